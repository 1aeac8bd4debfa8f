"""quoteapi: who said what in a news article, and who they are."""

import os
from collections.abc import Sequence

from quoteapi.__about__ import __version__
from quoteapi.arguments import article_of
from quoteapi.default import default_engine
from quoteapi.errors import (
    ArgumentError,
    EmptyTextError,
    HtmlExtraMissingError,
    QuoteapiError,
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

__all__ = [
    "Alternative",
    "Answer",
    "ArgumentError",
    "Article",
    "Cue",
    "EmptyTextError",
    "Engine",
    "Evidence",
    "Format",
    "HtmlExtraMissingError",
    "Include",
    "Known",
    "OffsetUnit",
    "Person",
    "Quote",
    "QuoteapiError",
    "Range",
    "Role",
    "Span",
    "Speaker",
    "SpeakerBrief",
    "TextTooLongError",
    "UnreadablePageError",
    "UnsupportedIncludeError",
    "UnsupportedLanguageError",
    "WeightsMissingError",
    "__version__",
    "extract",
]

os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # read by ONNX Runtime when it is imported; it would write to its maker otherwise


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
    """Who said what in an article, and who they are: the structs that the HTTP API sends.

    The engine is loaded with the first call, as the environment's settings say. Threads may call this; they are served one after the
    other. A process may fork meanwhile: that waits for the article that is being read, and the child has the engine, too. For speed, use
    processes (`quoteapi batch`, `quoteapi serve`).

    Args:
        text: The article; every offset in the answer refers to exactly this string, half-open.
        id: Echoed.
        language: BCP 47 tag; English only. A text that is surely in another language is refused where None, read where this is `en`.
        format: Whether `text` is the article or its page in HTML, out of which the main text is taken; the answer then has that `text`, and
            offsets refer to it. Needs the extra `[html]`.
        offset_unit: What offsets count.
        include: Extra parts of the answer.
        people: The newsroom's own authority list.

    Raises:
        ArgumentError: An argument is none that a request may have, such as a unit that there is not; it is a `ValueError`, too.
        EmptyTextError: The text is white space alone.
        HtmlExtraMissingError: The libraries that read pages are not installed.
        UnreadablePageError: The page has no main text.
        TextTooLongError: The text is longer than QUOTEAPI_MAX_TEXT_LENGTH.
        UnsupportedIncludeError: Reported speech is asked for, and the pipeline's encoder was fitted without it.
        UnsupportedLanguageError: The language is not English, or none is named and the text is surely in another one.
        WeightsMissingError: The package holds no trained pipeline.
        PeopleFileError: The file QUOTEAPI_PEOPLE cannot be read.
    """
    article = article_of(text, id=id, language=language, format=format, offset_unit=offset_unit, include=include, people=people)
    with default_engine() as engine:
        return engine.extract(article)
