"""Findings: the structs that the stages hand to each other.

Offsets count code points of `doc.text` (the reading text, not yet the caller's string), half-open; token numbers count tokens of the
same `Doc`, half-open too.
"""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from msgspec import Struct

from quoteapi.structs import Kind, Modality, Person, Reason, SpeakerType, Status

Chars: TypeAlias = tuple[int, int]
"""A half-open stretch of code points."""


LabelSort: TypeAlias = Literal["name", "body", "office", "asks", "answers", "unknown"]


class Label(Struct, frozen=True):
    """The words by which a page says whose turn follows (ROE:, The Chair:, Q:).

    Args:
        chars: The words that name the speaker, without a title before the name and a role behind it.
        sort: What they are: a person's name, a body's, an office, the part of who asks or answers in an interview, or nobody known.
        roles: What the label says of the name's bearer, before and behind the name (SEN. JANE ROE, HARBOUR MASTER:).
    """

    chars: Chars
    sort: LabelSort
    roles: tuple[Chars, ...] = ()


class FoundQuote(Struct, frozen=True):
    """An utterance: between marks, which its spans leave out, or set apart by the page's layout.

    `outer` is the stretch from the first opening mark to the last closing one, marks included. `within` is the position of the quote
    that holds this one, in the same list. `kind` is `direct` until the stage that tells kinds has run, which also tells the `modality` and,
    for kind `other`, the `reason`. `form` is what sets the words apart: marks, or a page's element; a label, or a dash at the paragraph's
    start; a colon or an indentation above them, a signature below, the head of a post. `label` is a turn's own. `source` are the words by
    which the page or its markup names whose they are; None where the reporter's sentences must tell, and for words without marks where
    nobody is named.
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
        """Where the first span begins."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Where the last span ends."""
        return self.spans[-1][1]


class PageQuote(Struct, frozen=True):
    """A quote by the markup of a page (`q`, `blockquote`), a span a line, and the stretch in which it names the source."""

    spans: tuple[Chars, ...]
    signed: Chars | None = None


class Mention(Struct, frozen=True):
    """Words that may stand for somebody: a name, a noun phrase or a pronoun.

    Args:
        start: First token of the phrase, titles left out for a name (Lu, not Mr. Lu).
        end: The token after it. A noun phrase keeps its determiner and its modifiers (an official from her own party).
        head: The token that carries number and grammatical function.
        form: How it names.
        type: What it names, as far as its words tell.
        quote: Position of the innermost quote that it stands in; None for the reporter's own words.
    """

    start: int
    end: int
    head: int
    form: Literal["name", "noun", "pronoun"]
    type: SpeakerType
    quote: int | None = None


class Candidate(Struct, frozen=True):
    """A mention that may be a quote's source, and how probable that is; `mention` None stands for nobody."""

    mention: int | None
    probability: float


class Attribution(Struct, frozen=True):
    """A quote handed to its source.

    `mention` is a position in the list of mentions, None where nobody is named; cue and addressee are token stretches. `candidates`
    are sorted by falling probability, the chosen one included.
    """

    mention: int | None
    cue: tuple[int, int] | None
    addressee: tuple[int, int] | None
    probability: float
    method: str
    candidates: tuple[Candidate, ...] = ()


class FoundSpeaker(Struct, frozen=True):
    """Mentions that are one and the same somebody.

    `mentions` are positions in the list of mentions, in reading order, `certainties` how sure it is that each is this somebody (1 where
    left out); `name` is cleaned for display; `known` are the entries of the authority list that bear one of its names: one is the
    speaker, several leave open who is meant. `members` has a mention of each member of a group that is named by them (Jane Roe and John
    Doe); `jointly` are its quotes that are handed to all of them at once, each with the members' mentions, one of which is the quote's own.
    """

    name: str
    type: SpeakerType
    mentions: tuple[int, ...]
    known: tuple[Person, ...] = ()
    certainties: tuple[float, ...] = ()
    members: tuple[int, ...] = ()
    jointly: Mapping[int, tuple[int, ...]] = {}


class FoundRole(Struct, frozen=True):
    """A description of a speaker's job, office or affiliation: its stretch of code points, its parts, and how the article gives it."""

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
