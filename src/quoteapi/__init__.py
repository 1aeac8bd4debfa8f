"""quoteapi: who said what in a news article, and who they are."""

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from quoteapi.__about__ import __version__
from quoteapi.arguments import article_of, verification_of
from quoteapi.default import default_engine
from quoteapi.errors import (
    ArgumentError,
    DocumentError,
    EmptyTextError,
    HtmlExtraMissingError,
    QuoteapiError,
    SubtitlesError,
    TextTooLongError,
    UnreadablePageError,
    UnsupportedIncludeError,
    UnsupportedLanguageError,
    WeightsMissingError,
)
from quoteapi.structs import (
    Alternative,
    Answer,
    Article,
    Cue,
    Engine,
    Evidence,
    Format,
    Include,
    Known,
    OffsetUnit,
    Person,
    Quote,
    Range,
    Role,
    Span,
    Speaker,
    SpeakerBrief,
)
from quoteapi.verification_structs import (
    Change,
    Draft,
    Passage,
    ReadDocument,
    Source,
    SpeakerCheck,
    Time,
    Verification,
    VerifiedQuote,
)

if TYPE_CHECKING:
    from quoteapi.audit.tables import Tables

__all__ = [
    "Alternative",
    "Answer",
    "ArgumentError",
    "Article",
    "Change",
    "Cue",
    "DocumentError",
    "Draft",
    "EmptyTextError",
    "Engine",
    "Evidence",
    "Format",
    "HtmlExtraMissingError",
    "Include",
    "Known",
    "OffsetUnit",
    "Passage",
    "Person",
    "Quote",
    "QuoteapiError",
    "Range",
    "ReadDocument",
    "Role",
    "Source",
    "Span",
    "Speaker",
    "SpeakerBrief",
    "SpeakerCheck",
    "SubtitlesError",
    "TextTooLongError",
    "Time",
    "UnreadablePageError",
    "UnsupportedIncludeError",
    "UnsupportedLanguageError",
    "Verification",
    "VerifiedQuote",
    "WeightsMissingError",
    "__version__",
    "extract",
    "rows",
    "verify",
    "voices",
]

os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # ONNX Runtime reads it on import, and would send telemetry to its vendor otherwise


def extract(  # noqa: PLR0913  the fields of a request
    text: str,
    *,
    id: str | None = None,  # noqa: A002  the field's name in the contract
    language: str | None = None,
    format: Format = "text",  # noqa: A002  the same
    offset_unit: OffsetUnit = "codepoint",
    include: Sequence[Include] = (),
    people: Sequence[Person] = (),
) -> Answer:
    """Find the quotes in an article and their speakers.

    The first call loads the engine, with the settings of the environment. Threads may call this function; they take turns. A process may
    fork: the fork waits until the current article is read, and the child has the engine, too. For speed, use processes (`quoteapi batch`,
    `quoteapi serve`).

    Args:
        text: The article. Every offset in the answer is half-open and refers to exactly this string.
        id: Returned in the answer.
        language: BCP 47 tag; English only. If None, a text that is clearly in another language is rejected; `en` reads every text.
        format: Whether `text` is plain text or an HTML page. Of a page, the answer has the extracted main `text`, to which offsets refer;
            this needs the extra `[html]`.
        offset_unit: The unit of all offsets.
        include: Parts to add to the answer.
        people: Your own list of people.

    Returns:
        The answer, as the HTTP API gives it.

    Raises:
        ArgumentError: An argument has a value that a request may not have, such as an unknown unit. It is also a `ValueError`.
        EmptyTextError: The text contains only white space.
        HtmlExtraMissingError: The libraries that read HTML pages are not installed.
        UnreadablePageError: The page has no main text.
        TextTooLongError: The text is longer than QUOTEAPI_MAX_TEXT_LENGTH.
        UnsupportedIncludeError: `include` has `indirect`, and the pipeline was trained without reported speech.
        UnsupportedLanguageError: The language is not English, or it is None and the text is clearly in another language.
        WeightsMissingError: The package has no trained pipeline.
        PeopleFileError: The file in QUOTEAPI_PEOPLE cannot be read.
    """
    article = article_of(text, id=id, language=language, format=format, offset_unit=offset_unit, include=include, people=people)
    with default_engine() as engine:
        return engine.extract(article)


def verify(draft: str | Draft, sources: Sequence[str | Source], *, offset_unit: OffsetUnit = "codepoint") -> Verification:
    """Check the quotes in a draft against the sources that they come from.

    It uses the same engine as `extract`, so threads take turns. A source is read for its speakers only if it contains one of the quotes.

    Args:
        draft: The draft, or a `Draft` with its format.
        sources: At least one text, or `Source` with its id and format, no two with the same id. A source without an id is identified by
            its position, counted from 1.
        offset_unit: The unit of all offsets. They refer to the strings that were given; for pages and subtitles, to the text in the
            verification.

    Returns:
        The verification, as the HTTP API gives it: for each quote a status, its place in the source, the differences, and who says it.

    Raises:
        ArgumentError: An argument has a value that a request may not have, such as an unknown format. It is also a `ValueError`.
        DocumentError: The draft or a source cannot be read, or is empty or too long, or the draft is not in English. It says which one, and
            `error` is what `extract` would raise, or a `SubtitlesError`.
        WeightsMissingError: The package has no trained pipeline.
        PeopleFileError: The file in QUOTEAPI_PEOPLE cannot be read.
    """
    request = verification_of(draft, sources, offset_unit=offset_unit)
    with default_engine() as engine:
        return engine.verify(request)


def rows(answer: Answer) -> list[dict[str, Any]]:
    """Turn the quotes of an answer into rows of a table, for example for `pandas.DataFrame`.

    Args:
        answer: An answer of `extract`. Rows of several articles can go into one table if each article was read with an `id`.

    Returns:
        One row per quote, with the columns of `quoteapi batch --rows quotes`. The ids of quotes and speakers begin with the article's id.
    """
    from quoteapi.batch.rows import rows_of  # noqa: PLC0415  reading an article needs no tables

    return rows_of(answer, "quotes")


def voices(  # noqa: PLR0913  the options of the command
    rows: "Iterable[Mapping[str, Any] | Answer]",  # noqa: A002, RUF100  as the function above gives them
    *,
    by: Sequence[str] = (),
    every: Literal["month", "year"] = "month",
    date_column: str | None = None,
    outlet_column: str | None = None,
    min_confidence: float = 0.0,
    people: Sequence[Person] = (),
) -> "Tables":
    """Count whose voices are heard in an archive: join speakers across articles, find repeated quotes, and make tables.

    Args:
        rows: Rows of quotes from `rows` or `quoteapi batch` (with pandas `DataFrame.to_dict("records")`, with Polars
            `iter_rows(named=True)`), or answers. Other columns, such as the outlet, are copied to the table of appearances.
        by: Columns to summarize by.
        every: The length of a period in the summaries over time.
        date_column: The column with the article's date; by default `date`, `published`, `published_at` or `pubdate`.
        outlet_column: The column with the outlet, which separates organizations with generic names (the Health Department); by default
            `outlet`, `publisher`, `publication`, `newspaper` or `source`.
        min_confidence: Quotes with a lower confidence count as quotes of an unknown speaker.
        people: Your own list of people. A speaker without a URI whose name is in it gets the entry's URI.

    Returns:
        All tables, as Polars data frames.

    Raises:
        ArgumentError: A row was not made by quoteapi, two articles have the same id, or a column does not exist.
        ExtraMissingError: Polars is not installed (extra `[voices]`).
    """
    from quoteapi.audit import audit  # noqa: PLC0415  reading an article needs no tables

    return audit(
        rows, by=by, every=every, date_column=date_column, outlet_column=outlet_column, min_confidence=min_confidence, people=people
    )
