"""The contract's structs: what a caller sends and what the answer says.

Every offset counts in the caller's own string, half-open, in the answer's `offset_unit`. Descriptions given here are the ones that the
OpenAPI document shows.
"""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

NOT_BLANK = r"[^\s\x1c-\x1f]"
"""In the OpenAPI document: a text has a character that is not white space, as Python counts it. The engine refuses others, with words."""
ENGLISH = r"^[Ee][Nn]([-_]|$)"
"""The same for the tags of English."""

OffsetUnit = Annotated[
    Literal["codepoint", "utf16", "utf8"],
    Meta(description="What offsets count: Unicode code points, UTF-16 code units (JavaScript) or UTF-8 bytes."),
]
Format = Annotated[
    Literal["text", "html"],
    Meta(description="What `text` is: the article itself, or its page in HTML, out of which the main text is taken."),
]
Include = Annotated[
    Literal["other", "indirect", "alternatives", "mentioned"],
    Meta(
        description=(
            "What is left out of the answer unless asked for: `other`, words in marks that are nobody's speech; `indirect`, reported speech"
            " without marks; `alternatives`, who else may have said a quote; `mentioned`, who is named and never quoted."
        )
    ),
]
Kind = Annotated[
    Literal["direct", "mixed", "indirect", "other"],
    Meta(
        description=(
            "`direct`: a clause or more that stands by itself; `mixed`: a fragment in the reporter's sentence; `indirect`: reported speech"
            " without marks; `other`: words in marks that are nobody's speech here."
        )
    ),
]
Reason = Annotated[
    Literal["title", "nickname", "slogan", "sign", "headline", "term", "scare", "hypothetical", "negated", "unclear"],
    Meta(
        description=(
            "Why words in marks are nobody's speech here. `title`: of a work, a show, a ship; `nickname`: what somebody or something is"
            " called; `slogan`: a motto, or what a placard shouts; `sign`: what a sign, a label or a screen reads; `headline`;"
            " `term`: words as words; `scare`: words held at arm's length; `hypothetical`: what somebody might say; `negated`: what"
            " nobody said; `unclear`: nothing tells."
        )
    ),
]
Modality = Annotated[
    Literal["asserted", "denied", "hypothetical"],
    Meta(
        description=(
            "What the article makes of the words: `asserted`: that they were said, or will be; `denied`: that they were not (never said"
            " “…”); `hypothetical`: that they might be (as if to say “…”)."
        )
    ),
]
Stance = Annotated[
    Literal["affirms", "denies", "asks"],
    Meta(
        description=(
            "How the speaker stands to what is said: `denies` it (denied that he had stolen it, rejected claims that …), `asks` or leaves"
            " it open (asked whether, refused to say whether), else `affirms` it."
        )
    ),
]
SpeakerType = Annotated[
    Literal["person", "organization", "group", "unnamed", "document"],
    Meta(
        description=(
            "`group` is a plural source (critics, Jane Roe and John Doe), `unnamed` a single one without a name (a spokesman), `document` a"
            " text whose author the article does not say (a poll, a report, a lawsuit)."
        )
    ),
]
Status = Annotated[
    Literal["current", "former", "acting", "interim", "elect", "deputy", "late"],
    Meta(description="How the role is held, as the article words it."),
]
Offset = Annotated[int, Meta(ge=0)]
Probability = Annotated[float, Meta(ge=0.0, le=1.0)]


class Person(Struct, forbid_unknown_fields=True, frozen=True):
    """An entry of the newsroom's own authority list."""

    name: Annotated[str, Meta(min_length=1, max_length=256, description="The name to give the speaker.", examples=["Donald Lu"])]
    aliases: Annotated[
        list[Annotated[str, Meta(max_length=256)]],
        Meta(max_length=64, description="Other names that mean the same person or organization."),
    ] = field(default_factory=list)
    role: Annotated[Annotated[str, Meta(max_length=1024)] | None, Meta(description="Used where the article gives the speaker no role.")] = (
        None
    )
    same_as: Annotated[
        Annotated[str, Meta(max_length=2048)] | None,
        Meta(description="A URI that identifies the person, returned with the speaker.", examples=["https://example.org/people/lu"]),
    ] = None


class Article(Struct, forbid_unknown_fields=True, frozen=True):
    """An article to read."""

    text: Annotated[
        str,
        Meta(
            description=(
                "The article, by default up to 200,000 characters (code points); every offset in the answer refers to exactly this string,"
                " or for a page to the answer's `text`."
            ),
            extra_json_schema={"minLength": 1, "pattern": NOT_BLANK},  # told by the engine, as the empty text that it is
            examples=["“The sea wall held,” said Jane Roe, the harbour master."],
        ),
    ]
    id: Annotated[Annotated[str, Meta(max_length=256)] | None, Meta(description="Echoed in the answer.", examples=["a1"])] = None
    language: Annotated[
        Annotated[str, Meta(max_length=64, extra_json_schema={"pattern": ENGLISH})] | UnsetType,
        Meta(
            description=(
                "BCP 47 tag of the text; English only. Where it is left out, a text that is surely in another language is refused; a tag of"
                " English insists."
            ),
            extra_json_schema={"default": "en"},
            examples=["en", "en-GB"],
        ),
    ] = UNSET
    format: Format = "text"
    offset_unit: OffsetUnit = "codepoint"
    include: Annotated[
        list[Include], Meta(max_length=16, description="Extra parts of the answer.", examples=[["other", "alternatives"]])
    ] = field(default_factory=list)
    people: Annotated[list[Person], Meta(max_length=1000, description="The newsroom's own authority list.")] = field(default_factory=list)


class Range(Struct, frozen=True):
    """A stretch of the caller's text, without its words."""

    start: Annotated[Offset, Meta(description="Where the stretch begins, counted from 0 in `offset_unit`.")]
    end: Annotated[Offset, Meta(description="Where it ends: the first position after it, in `offset_unit`.")]


class Span(Range, frozen=True):
    """A stretch of the caller's text and its words, verbatim."""

    text: Annotated[str, Meta(description="`text[start:end]` of the caller's string, verbatim.")]


class Cue(Span, frozen=True):
    """The word by which the reporter hands the quote to its source."""

    lemma: Annotated[str, Meta(description="The cue's dictionary form.", examples=["tell"])]


class SpeakerBrief(Struct, frozen=True):
    """A quote's speaker in short; `speakers` has the whole."""

    id: Annotated[str, Meta(description="The speaker's id in `speakers`.", examples=["s1"])]
    name: Annotated[str, Meta(description="The fullest form of the name that the article gives.", examples=["Donald Lu"])]
    role: Annotated[str | None, Meta(description="The most informative role, cleaned for display.")]


class Alternative(Struct, frozen=True):
    """Another candidate for a quote's speaker."""

    name: Annotated[str | None, Meta(description="The candidate's name; null stands for nobody.")]
    mention: Annotated[Span | None, Meta(description="The words that name the candidate.")]
    probability: Annotated[Probability, Meta(description="How probable the candidate is, from 0 to 1.")]


class Evidence(Struct, frozen=True):
    """Why the speaker was chosen."""

    method: Annotated[
        str,
        Meta(
            description=(
                "How the mention was found (`cue`, `according_to`, `label`, `cite`, `colon`, `dash`, `action`, `continuation`,"
                " `context`), or why there is none (`unattributed`, `doubtful`, `not_speech`)."
            ),
            examples=["cue"],
        ),
    ]
    chain: Annotated[list[Span], Meta(description="The antecedents that lead from the mention to the fullest name.")]


class Quote(Struct, frozen=True):
    """One utterance."""

    id: Annotated[str, Meta(description="Unique in the answer.", examples=["q1"])]
    kind: Kind
    modality: Modality
    stance: Stance
    text: Annotated[str, Meta(description="The spans joined by one space.")]
    start: Annotated[Offset, Meta(description="Start of the first span, in `offset_unit`.")]
    end: Annotated[Offset, Meta(description="End of the last span, in `offset_unit`: the first position after it.")]
    spans: Annotated[list[Span], Meta(description="The quote's stretches in reading order, without their marks.")]
    speaker: Annotated[SpeakerBrief | None, Meta(description="Null where the article does not say.")]
    mention: Annotated[Span | None, Meta(description="The words by which the reporter names the speaker beside this quote.")]
    cue: Annotated[Cue | None, Meta(description="The word that hands the quote to its source.")]
    addressee: Annotated[Span | None, Meta(description="Whom the speaker spoke to.")]
    context: Annotated[Range, Meta(description="The reporter's sentence or sentences that hold the quote, its cue and its mention.")]
    within: Annotated[str | None, Meta(description="Id of the quote that this one stands in.")]
    confidence: Annotated[Probability, Meta(description="The probability, from 0 to 1, that the speaker (or its absence) is right.")]
    evidence: Evidence
    reason: Annotated[Reason | UnsetType, Meta(description="With kind `other` alone: why nobody says it.")] = UNSET
    alternatives: Annotated[list[Alternative] | UnsetType, Meta(description="The next candidates, with `include: alternatives`.")] = UNSET
    path: Annotated[
        str | UnsetType | None,
        Meta(
            description=(
                "XPath of the smallest element of the page that holds the quote, as lxml's HTML parser builds the page; null where it was"
                " not found there. Of pages only."
            ),
            examples=["/html/body/article/p[3]"],
        ),
    ] = UNSET


class Role(Struct, frozen=True):
    """A description of job, title, office or affiliation, as the article words it."""

    text: Annotated[str, Meta(description="The description, verbatim.", examples=["the top US diplomat for South and Central Asia"])]
    start: Annotated[Offset | None, Meta(description="Where it begins, in `offset_unit`; null where it comes from `people`.")]
    end: Annotated[Offset | None, Meta(description="The first position after it, in `offset_unit`; null where it comes from `people`.")]
    title: Annotated[str | None, Meta(description="The office or job alone, an abbreviation in full.", examples=["top US diplomat"])] = None
    organization: Annotated[str | None, Meta(description="The body that it belongs to, by the fullest name that the article gives.")] = None
    status: Status = "current"
    party: Annotated[str | None, Meta(description="The party that it tells, in full.", examples=["Republican"])] = None
    constituency: Annotated[str | None, Meta(description="Whom it represents, a state in full.", examples=["Texas"])] = None
    evidence: Annotated[
        str | None,
        Meta(
            description=(
                "How it is given: before the name (`title`, `preposed`, `kind`), after it (`apposition`, `relative`, `affiliation`,"
                " `tag`), in a sentence (`predicate`, `as`) or as the speaker's only name (`phrase`); `people` where the"
                " list gave it."
            ),
            examples=["apposition"],
        ),
    ] = None


class Known(Struct, frozen=True):
    """An entry of the authority list that may be meant."""

    name: Annotated[str, Meta(description="The entry's name.")]
    same_as: Annotated[str | None, Meta(description="The entry's URI.")]


class Speaker(Struct, frozen=True):
    """Somebody, or some body, that the article quotes."""

    id: Annotated[str, Meta(description="Unique in the answer.", examples=["s1"])]
    name: Annotated[str, Meta(description="The fullest form that the article gives, without title or honorific.", examples=["Donald Lu"])]
    type: SpeakerType
    same_as: Annotated[str | None, Meta(description="The URI from the `people` entry that matches.")]
    role: Annotated[Role | None, Meta(description="The most informative role.")]
    roles: Annotated[list[Role], Meta(description="Every role that the article gives, in reading order.")]
    mentions: Annotated[list[Span], Meta(description="Where the article names the speaker, in reading order.")]
    quotes: Annotated[list[str], Meta(description="Ids of the speaker's quotes.")]
    candidates: Annotated[
        list[Known] | UnsetType,
        Meta(description="The entries of `people` that bear the speaker's name, where more than one does; none of them was taken."),
    ] = UNSET


class Engine(Struct, frozen=True):
    """What made the answer."""

    version: Annotated[str, Meta(description="Version of quoteapi.", examples=["0.1.0"])]
    pipeline: Annotated[str, Meta(description="Name and version of the language pipeline.", examples=["en_quotes 0.1.0"])]


class Answer(Struct, frozen=True):
    """Who said what in one article, and who they are."""

    id: Annotated[str | None, Meta(description="The article's id, echoed.")]
    language: Annotated[str, Meta(description="The language that the text was read as.")]
    offset_unit: OffsetUnit
    quotes: Annotated[list[Quote], Meta(description="In reading order.")]
    speakers: Annotated[list[Speaker], Meta(description="In the order of their first quote.")]
    engine: Engine
    mentioned: Annotated[
        list[Speaker] | UnsetType, Meta(description="Whom the article names and never quotes, with `include: mentioned`.")
    ] = UNSET
    text: Annotated[str | UnsetType, Meta(description="The main text of a page, which every offset refers to. Of pages only.")] = UNSET

    def text_of(self, sent: str) -> str:
        """The text that the offsets refer to, for what was sent."""
        return sent if self.text is UNSET else self.text


class ProblemError(Struct, frozen=True):
    """One thing that is wrong with a request."""

    pointer: Annotated[str, Meta(description="JSON Pointer to the offending value.", examples=["#/text"])]
    detail: Annotated[str, Meta(description="What is wrong with it.")]


class Problem(Struct, frozen=True):
    """A problem as RFC 9457 shapes it."""

    type: Annotated[str, Meta(description="A stable URI that names the kind of problem: the address of its page on this server.")]
    title: Annotated[str, Meta(description="The kind of problem in words.")]
    status: Annotated[int, Meta(description="The HTTP status.")]
    detail: Annotated[str, Meta(description="What went wrong here, and what to do.")]
    errors: Annotated[list[ProblemError], Meta(description="Each thing that is wrong with the body.")] = field(default_factory=list)


class LineProblem(Problem, frozen=True, kw_only=True):
    """A problem in the place of an answer in a stream. Where it ends the stream, it is the last line, and `line` the first not taken in."""

    id: Annotated[str | None, Meta(description="The article's id, where it is known.")]
    line: Annotated[int, Meta(ge=1, description="The number of the line, counted from 1, blank lines too.", examples=[3])]
    retry_after: Annotated[int | None, Meta(description="Seconds after which to send the line again, where that may help.")]
