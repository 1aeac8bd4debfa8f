"""Findings: the structs that the stages pass to each other.

Offsets are half-open and count code points of `doc.text` (the reading text, not yet the caller's string). Token indices are half-open
too and refer to the same `Doc`.
"""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from msgspec import Struct

from quoteapi.structs import Kind, Modality, Person, Reason, SpeakerType, Status

Chars: TypeAlias = tuple[int, int]
"""A half-open span of code points."""


LabelSort: TypeAlias = Literal["name", "body", "office", "asks", "answers", "unknown"]


class Label(Struct, frozen=True):
    """The label in front of a dialogue turn (ROE:, The Chair:, Q:).

    Args:
        chars: The words that name the speaker, without a title before the name or a role after it.
        sort: What they are: a person's name, an organization's, an office, the asking or the answering part in an interview, or a
            word for an unidentified speaker.
        roles: What the label says about the person named, before and after the name (SEN. JANE ROE, HARBOUR MASTER:).
    """

    chars: Chars
    sort: LabelSort
    roles: tuple[Chars, ...] = ()


class FoundQuote(Struct, frozen=True):
    """An utterance, in quotation marks or set off by the layout. Its spans exclude the marks.

    `outer` runs from the first opening mark to the last closing one, inclusive. `within` is the index, in the same list, of the quote
    that contains this one. `kind` is `direct` until the stage that classifies kinds has run, which also sets `modality` and, for the kind
    `other`, `reason`. `form` is what sets the words apart: quotation marks or an element of the page; a label (`turn`) or a dash at the
    start of the paragraph; a colon or an indentation (`block`); a signature below; the header of a post. `label` is that of a turn.
    `source` is the span in which the page or its markup names the speaker. It is None if the reporter's sentences have to tell, and for
    words without quotation marks if nobody is named.
    """

    spans: tuple[Chars, ...]
    outer: Chars
    kind: Kind = "direct"
    within: int | None = None
    form: Literal["marks", "turn", "dash", "block", "signed", "post"] = "marks"
    label: Label | None = None
    source: Chars | None = None
    modality: Modality = "asserted"
    reason: Reason | None = None

    @property
    def start(self) -> int:
        """Start of the first span."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """End of the last span."""
        return self.spans[-1][1]


class PageQuote(Struct, frozen=True):
    """A quote marked up as such in an HTML page (`q`, `blockquote`): one span per line, and the span that names its source."""

    spans: tuple[Chars, ...]
    signed: Chars | None = None


class Mention(Struct, frozen=True):
    """A name, a noun phrase or a pronoun that may refer to a speaker.

    Args:
        start: First token of the phrase; a name excludes titles (Lu, not Mr. Lu).
        end: The token after it. A noun phrase includes its determiner and modifiers (an official from her own party).
        head: The token that carries number and grammatical function.
        form: Whether it is a name, a noun phrase or a pronoun.
        type: The type of entity it refers to, as far as its own words show.
        quote: Index of the innermost quote that contains it; None in the reporter's own words.
    """

    start: int
    end: int
    head: int
    form: Literal["name", "noun", "pronoun"]
    type: SpeakerType
    quote: int | None = None


class Candidate(Struct, frozen=True):
    """A mention that may be a quote's source, with its probability; `mention` None means that nobody is named."""

    mention: int | None
    probability: float


class Attribution(Struct, frozen=True):
    """The source to which a quote is attributed.

    `mention` is an index into the list of mentions, None if no source is named; `cue` and `addressee` are half-open token spans.
    `candidates` are sorted by descending probability and include the chosen one.
    """

    mention: int | None
    cue: tuple[int, int] | None
    addressee: tuple[int, int] | None
    probability: float
    method: str
    candidates: tuple[Candidate, ...] = ()


class FoundSpeaker(Struct, frozen=True):
    """An entity: the mentions that refer to one person, organization, group or document.

    `mentions` are indices into the list of mentions, in reading order; `certainties` are the probabilities that each belongs to this
    entity (1 if omitted). `name` is cleaned for display. `known` are the entries of the authority list that have one of its names: a
    single entry is the speaker, several leave the identity open. `members` has one mention of each member of a group that is named by its
    members (Jane Roe and John Doe). `jointly` maps each quote attributed to all of them at once to the members' mentions, one of which is
    the quote's own.
    """

    name: str
    type: SpeakerType
    mentions: tuple[int, ...]
    known: tuple[Person, ...] = ()
    certainties: tuple[float, ...] = ()
    members: tuple[int, ...] = ()
    jointly: Mapping[int, tuple[int, ...]] = {}


class FoundRole(Struct, frozen=True):
    """A description of a speaker's job, office or affiliation: its span in code points, its parts, and the pattern it was found by."""

    chars: Chars
    title: str | None = None
    organization: str | None = None
    status: Status = "current"
    party: str | None = None
    constituency: str | None = None
    pattern: str | None = None


class SpeakerRoles(Struct, frozen=True):
    """A speaker's roles: the most informative one, and all of them in reading order."""

    best: FoundRole | None = None
    all: tuple[FoundRole, ...] = ()
