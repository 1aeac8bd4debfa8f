"""The structs of a verification: a draft, its sources, and the result for each quote.

Offsets are half-open and count in the verification's `offset_unit`. They refer to the string that was sent, or, for a page or subtitles,
to the text extracted from it, which the verification has as `text`.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from quoteapi.structs import ENGLISH, NOT_BLANK, Engine, Kind, Offset, OffsetUnit, Span

DocumentFormat = Annotated[
    Literal["text", "html", "srt", "vtt"],
    Meta(description="Plain text, an HTML page whose main text is extracted, or subtitles in SubRip (`srt`) or WebVTT (`vtt`)."),
]
QuoteStatus = Annotated[
    Literal["exact", "styled", "altered", "spliced", "absent"],
    Meta(
        description=(
            "`exact`: the source has these words; `styled`: only house style differs (marks, a capital or a full stop at an edge, white"
            " space, an ellipsis or words in square brackets); `altered`: words, capitals or punctuation differ, `changes` lists them;"
            " `spliced`: passages that are not adjacent in the source stand as one; `absent`: no source has them."
        )
    ),
]
Agreement = Annotated[
    Literal["same", "different", "unknown"],
    Meta(description="Whether draft and source name the same speaker; `unknown` if either of them names nobody."),
]
ChangeKind = Annotated[
    Literal["dropped", "added", "replaced"],
    Meta(description="`dropped`: only the source has the words; `added`: only the draft has them; `replaced`: each has its own."),
]
Flag = Annotated[
    Literal["negation", "number", "name", "punctuation", "capitals"],
    Meta(
        description=(
            "What a change concerns. `negation`, `number`, `name`: it may turn the quote round; `punctuation`, `capitals`: the words are"
            " the same."
        )
    ),
]
MAX_SOURCES = 64
"""Maximum number of sources in a request."""


class Draft(Struct, forbid_unknown_fields=True, frozen=True):
    """A text whose quotes are to be checked."""

    text: Annotated[
        str,
        Meta(
            description="The draft, by default up to 200,000 characters.",
            extra_json_schema={"minLength": 1, "pattern": NOT_BLANK},
            examples=["“The sea wall held,” said Jane Roe, the harbour master."],
        ),
    ]
    format: DocumentFormat = "text"
    language: Annotated[
        Annotated[str, Meta(max_length=64, extra_json_schema={"pattern": ENGLISH})] | UnsetType,
        Meta(
            description="BCP 47 tag of the draft; English only. If it is omitted, a draft that is clearly in another language is rejected.",
            extra_json_schema={"default": "en"},
            examples=["en"],
        ),
    ] = UNSET


class Source(Struct, forbid_unknown_fields=True, frozen=True):
    """A text that the draft quotes from: a transcript, a statement, an earlier article. It is always read as English."""

    text: Annotated[
        str,
        Meta(
            description="The source, by default up to 200,000 characters.",
            extra_json_schema={"minLength": 1, "pattern": NOT_BLANK},
            examples=["JANE ROE: The sea wall held, and we were lucky."],
        ),
    ]
    id: Annotated[
        Annotated[str, Meta(min_length=1, max_length=256)] | None,
        Meta(description="What the verification calls the source; its position, from 1, if it is omitted.", examples=["transcript"]),
    ] = None
    format: DocumentFormat = "text"


class VerificationRequest(Struct, forbid_unknown_fields=True, frozen=True):
    """A draft to check against its sources."""

    draft: Draft
    sources: Annotated[list[Source], Meta(min_length=1, max_length=MAX_SOURCES, description="No two with the same id.")]
    offset_unit: OffsetUnit = "codepoint"


def source_ids(sources: Sequence[Source]) -> list[str]:
    """Returns the name of each source: its id, or its position, counted from 1."""
    return [str(number) if source.id is None else source.id for number, source in enumerate(sources, start=1)]


def repeated_id(sources: Sequence[Source]) -> str | None:
    """Returns the first id that two sources have; None if all differ."""
    return next((identity for identity, count in Counter(source_ids(sources)).items() if count > 1), None)


class Time(Struct, frozen=True):
    """When words are said, by the cues that hold them."""

    start: Annotated[float, Meta(ge=0, description="Seconds at which the first cue starts.")]
    end: Annotated[float, Meta(ge=0, description="Seconds at which the last cue ends.")]


class Passage(Span, frozen=True, kw_only=True):
    """A stretch of a source."""

    id: Annotated[str, Meta(description="The source's id.")]
    time: Annotated[Time | None, Meta(description="Only for subtitles: when it is said.")] = None


class Change(Struct, frozen=True):
    """Words that differ between draft and source."""

    kind: ChangeKind
    draft: Annotated[Span | None, Meta(description="The draft's words; null if it has none here.")]
    source: Annotated[Passage | None, Meta(description="The source's words; null if it has none here.")]
    flags: Annotated[list[Flag], Meta(description="What the change concerns; none for other words.")] = field(default_factory=list)


class SpeakerCheck(Struct, frozen=True):
    """Who says the words, in the draft and in the source."""

    status: Agreement
    draft: Annotated[str | None, Meta(description="The speaker's name in the draft; null if it names nobody.")]
    source: Annotated[str | None, Meta(description="The speaker's name in the source; null if it names nobody, or was not found.")]


class VerifiedQuote(Struct, frozen=True):
    """A quote of the draft, and what came of it."""

    id: Annotated[str, Meta(description="Unique in the verification.", examples=["q1"])]
    kind: Kind
    text: Annotated[str, Meta(description="The spans, joined by one space.")]
    start: Annotated[Offset, Meta(description="Start of the first span, in `offset_unit`.")]
    end: Annotated[Offset, Meta(description="End of the last span, in `offset_unit`: the first position after it.")]
    spans: Annotated[list[Span], Meta(description="The quote's stretches in reading order, without their marks.")]
    status: QuoteStatus
    source: Annotated[Passage | None, Meta(description="Where it stands; the first passage of several. Null if it is absent.")]
    passages: Annotated[
        list[Passage], Meta(description="Every passage that it was made of, in its own order: several around an ellipsis or a splice.")
    ]
    nearest: Annotated[Passage | None, Meta(description="Only if it is absent: the passage that has most of its words.")]
    changes: Annotated[list[Change], Meta(description="What differs, word by word, in reading order.")]
    speaker: SpeakerCheck

    @property
    def holds(self) -> bool:
        """Whether it is `exact` or `styled`."""
        return self.status in {"exact", "styled"}


class ReadDocument(Struct, frozen=True):
    """The text to which offsets refer, of a document that is a page or subtitles."""

    id: Annotated[str, Meta(description="The source's id.")]
    text: Annotated[str | UnsetType, Meta(description="Only for pages and subtitles: the text that was read.")] = UNSET


class Verification(Struct, frozen=True):
    """What came of a draft's quotes."""

    offset_unit: OffsetUnit
    quotes: Annotated[list[VerifiedQuote], Meta(description="In reading order.")]
    sources: Annotated[list[ReadDocument], Meta(description="In the order in which they were sent.")]
    engine: Engine
    text: Annotated[
        str | UnsetType, Meta(description="Only for pages and subtitles: the text of the draft that was read, to which offsets refer.")
    ] = UNSET

    @property
    def holds(self) -> bool:
        """Whether every quote is `exact` or `styled`."""
        return all(quote.holds for quote in self.quotes)
