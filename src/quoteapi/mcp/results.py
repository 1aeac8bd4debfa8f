"""Results: what a tool returns, brief enough for an assistant's context.

Offsets are half-open, count in `offset_unit` and are those of the HTTP API; words are shortened. Fields with nothing to say are left out.
"""

from typing import Annotated

from msgspec import Meta, Struct, field

from quoteapi.structs import Kind, Modality, Offset, OffsetUnit, Probability, Range, Reason, SpeakerType, Stance
from quoteapi.verification_structs import ChangeKind, Flag, QuoteStatus, SpeakerCheck, Time

Words = Annotated[str, Meta(description="The words, white space folded. A long text has […] in place of its middle.")]
Total = Annotated[int, Meta(ge=0, description="Number of quotes in the article or draft.")]
NextQuote = Annotated[
    int | None, Meta(description="The `first_quote` with which the same call returns the next quotes; absent after the last one.")
]


class Candidate(Struct, frozen=True):
    """Somebody else who may have spoken."""

    name: Annotated[str | None, Meta(description="Null means nobody.")]
    probability: Probability


class BriefQuote(Struct, frozen=True, omit_defaults=True):
    """A quote and who says it."""

    id: str
    kind: Kind
    text: Words
    start: Offset
    end: Offset
    speaker: Annotated[str | None, Meta(description="Full name; null if the article does not say who speaks.")]
    role: Annotated[str | None, Meta(description="The speaker's role in the article's words.")]
    confidence: Annotated[Probability, Meta(description="Probability that the speaker, or null, is right.")]
    spans: Annotated[list[Range], Meta(description="Only if there are several: the stretches, without the words between them.")] = field(
        default_factory=list
    )
    modality: Modality = "asserted"
    stance: Stance = "affirms"
    reason: Reason | None = None
    within: Annotated[str | None, Meta(description="Id of the quote that contains this one.")] = None
    path: Annotated[str | None, Meta(description="Only for HTML pages: XPath of the element that has the quote.")] = None
    alternatives: Annotated[list[Candidate], Meta(description="With `include: alternatives`.")] = field(default_factory=list)


class Mentioned(Struct, frozen=True):
    """Somebody whom the article names and does not quote."""

    name: str
    type: SpeakerType
    role: str | None


class Extraction(Struct, frozen=True, omit_defaults=True):
    """The quotes of an article."""

    offset_unit: OffsetUnit
    total: Total
    quotes: list[BriefQuote]
    next_quote: NextQuote = None
    mentioned: Annotated[list[Mentioned], Meta(description="With `include: mentioned`; the first 40.")] = field(default_factory=list)
    id: Annotated[str | None, Meta(description="The id that was sent.")] = None


class DraftWords(Struct, frozen=True):
    """Words of the draft."""

    text: Words
    start: Offset
    end: Offset


class BriefChange(Struct, frozen=True, omit_defaults=True):
    """Words that differ between draft and source."""

    kind: ChangeKind
    draft: Annotated[DraftWords | None, Meta(description="The draft's words, if it has any here.")] = None
    source: Annotated[Words | None, Meta(description="The source's words, if it has any here.")] = None
    flags: list[Flag] = field(default_factory=list)


class Place(Struct, frozen=True, omit_defaults=True):
    """A stretch of a source."""

    id: Annotated[str, Meta(description="The source's id.")]
    start: Offset
    end: Offset
    text: Annotated[Words | None, Meta(description="Only if the quote is not `exact`.")] = None
    time: Annotated[Time | None, Meta(description="Only for subtitles.")] = None


class BriefCheck(Struct, frozen=True, omit_defaults=True):
    """A quote of the draft, and what came of it."""

    id: str
    text: Words
    start: Offset
    end: Offset
    status: QuoteStatus
    speaker: SpeakerCheck
    places: Annotated[list[Place], Meta(description="Where the words stand: several around an ellipsis or a splice, none if absent.")] = (
        field(default_factory=list)
    )
    nearest: Annotated[Place | None, Meta(description="Only if it is absent: the passage that has most of its words.")] = None
    changes: list[BriefChange] = field(default_factory=list)
    omitted: Annotated[int, Meta(ge=0, description="Number of further places and changes that are left out.")] = 0


class Check(Struct, frozen=True, omit_defaults=True):
    """What came of a draft's quotes."""

    offset_unit: OffsetUnit
    total: Total
    statuses: Annotated[dict[QuoteStatus, int], Meta(description="Number of quotes of the draft with each status.")]
    other_speakers: Annotated[int, Meta(ge=0, description="Number of quotes of the draft that are somebody else's in the source.")]
    quotes: list[BriefCheck]
    next_quote: NextQuote = None


Result = Extraction | Check
