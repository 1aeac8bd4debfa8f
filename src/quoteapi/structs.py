"""The structs of requests and answers.

Every offset is half-open, refers to the string that the caller sent, and counts in the answer's `offset_unit`. The OpenAPI document shows
the descriptions given here.
"""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

NOT_BLANK = r"[^\s\x1c-\x1f]"
"""Pattern in the OpenAPI document: the text has a character that Python does not count as white space. The engine itself checks it."""
ENGLISH = r"^[Ee][Nn]([-_]|$)"
"""Pattern in the OpenAPI document: a language tag of English. The engine itself checks it."""

OffsetUnit = Annotated[
    Literal["codepoint", "utf16", "utf8"],
    Meta(description="The unit of all offsets: Unicode code points, UTF-16 code units (as in JavaScript) or UTF-8 bytes."),
]
Format = Annotated[
    Literal["text", "html"],
    Meta(description="Whether `text` is plain text or an HTML page, whose main text is extracted."),
]
Include = Annotated[
    Literal["other", "indirect", "alternatives", "mentioned"],
    Meta(
        description=(
            "Adds a part to the answer. `other`: words in quotation marks that are not speech; `indirect`: reported speech without"
            " quotation marks; `alternatives`: the other candidates for each quote; `mentioned`: people and organizations who are named but"
            " not quoted."
        )
    ),
]
Kind = Annotated[
    Literal["direct", "mixed", "indirect", "other"],
    Meta(
        description=(
            "`direct`: a whole clause or more; `mixed`: a fragment within the reporter's sentence; `indirect`: reported speech without"
            " quotation marks; `other`: words in quotation marks that are not speech."
        )
    ),
]
Reason = Annotated[
    Literal["title", "nickname", "slogan", "sign", "headline", "term", "scare", "hypothetical", "negated", "unclear"],
    Meta(
        description=(
            "Why words in quotation marks are not speech. `title`: of a work, a show or a ship; `nickname`: of a person or thing; `slogan`:"
            " a motto, or words on a placard; `sign`: words on a sign, a label or a screen; `headline`: of an article; `term`: a word under"
            " discussion; `scare`: words from which the reporter keeps a distance (scare quotes); `hypothetical`: what somebody might say;"
            " `negated`: what nobody said; `unclear`: the text does not show why."
        )
    ),
]
Modality = Annotated[
    Literal["asserted", "denied", "hypothetical"],
    Meta(
        description=(
            "Whether the article says that the words were said. `asserted`: they were, or will be; `denied`: they were not (never said"
            " “…”); `hypothetical`: they might be (as if to say “…”)."
        )
    ),
]
Stance = Annotated[
    Literal["affirms", "denies", "asks"],
    Meta(
        description=(
            "The speaker's position on the content. `denies`: denied that he had stolen it, rejected claims that …; `asks`: asked whether,"
            " refused to say whether; `affirms`: everything else."
        )
    ),
]
SpeakerType = Annotated[
    Literal["person", "organization", "group", "unnamed", "document"],
    Meta(
        description=(
            "`group`: several people (critics, Jane Roe and John Doe); `unnamed`: one person without a name (a spokesman); `document`: a"
            " text whose author the article does not name (a poll, a report, a lawsuit)."
        )
    ),
]
Pronoun = Literal["she", "he", "they"]
"""A third-person pronoun, which stands for all its forms (*her*, *himself*)."""
Status = Annotated[
    Literal["current", "former", "acting", "interim", "elect", "deputy", "late"],
    Meta(description="Whether the role is current, according to the article."),
]
Offset = Annotated[int, Meta(ge=0)]
Probability = Annotated[float, Meta(ge=0.0, le=1.0)]


class Person(Struct, forbid_unknown_fields=True, frozen=True):
    """An entry of your own list of people (an authority list)."""

    name: Annotated[
        str, Meta(min_length=1, max_length=256, description="The name that the speaker gets in the answer.", examples=["Donald Lu"])
    ]
    aliases: Annotated[
        list[Annotated[str, Meta(max_length=256)]],
        Meta(max_length=64, description="Other names of the same person or organization."),
    ] = field(default_factory=list)
    role: Annotated[Annotated[str, Meta(max_length=1024)] | None, Meta(description="The role to use if the article gives none.")] = None
    same_as: Annotated[
        Annotated[str, Meta(max_length=2048)] | None,
        Meta(description="A URI that identifies the person; it is returned with the speaker.", examples=["https://example.org/people/lu"]),
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
            extra_json_schema={"minLength": 1, "pattern": NOT_BLANK},  # the engine itself rejects an empty text, with a clearer error
            examples=["“The sea wall held,” said Jane Roe, the harbour master."],
        ),
    ]
    id: Annotated[Annotated[str, Meta(max_length=256)] | None, Meta(description="Echoed in the answer.", examples=["a1"])] = None
    language: Annotated[
        Annotated[str, Meta(max_length=64, extra_json_schema={"pattern": ENGLISH})] | UnsetType,
        Meta(
            description=(
                "BCP 47 tag of the text; English only. If it is omitted, a text that is clearly in another language is rejected. If it is a"
                " tag of English, every text is read as English."
            ),
            extra_json_schema={"default": "en"},
            examples=["en", "en-GB"],
        ),
    ] = UNSET
    format: Format = "text"
    offset_unit: OffsetUnit = "codepoint"
    include: Annotated[
        list[Include], Meta(max_length=16, description="Parts to add to the answer.", examples=[["other", "alternatives"]])
    ] = field(default_factory=list)
    people: Annotated[
        list[Person], Meta(max_length=1000, description="Your own list of people: a match gives the speaker that name, role and URI.")
    ] = field(default_factory=list)


class Range(Struct, frozen=True):
    """A stretch of the text, by its offsets."""

    start: Annotated[Offset, Meta(description="Start of the stretch, counted from 0 in `offset_unit`.")]
    end: Annotated[Offset, Meta(description="End of the stretch: the first position after it, in `offset_unit`.")]


class Span(Range, frozen=True):
    """A stretch of the text with its words, verbatim."""

    text: Annotated[str, Meta(description="`text[start:end]` of the string that was sent, verbatim.")]


class Cue(Span, frozen=True):
    """The word that attributes the quote to its source, such as *said*."""

    lemma: Annotated[str, Meta(description="Dictionary form of the cue.", examples=["tell"])]


class SpeakerBrief(Struct, frozen=True):
    """The speaker of a quote in brief; `speakers` has all details."""

    id: Annotated[str, Meta(description="The speaker's id in `speakers`.", examples=["s1"])]
    name: Annotated[str, Meta(description="The fullest form of the name in the article.", examples=["Donald Lu"])]
    role: Annotated[str | None, Meta(description="The most informative role, cleaned for display.")]


class Alternative(Struct, frozen=True):
    """Another candidate for the speaker of a quote."""

    name: Annotated[str | None, Meta(description="The candidate's name; null means nobody.")]
    mention: Annotated[Span | None, Meta(description="The words that refer to the candidate.")]
    probability: Annotated[Probability, Meta(description="Probability of the candidate, from 0 to 1.")]


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
    """One utterance, including all its spans."""

    id: Annotated[str, Meta(description="Unique in the answer.", examples=["q1"])]
    kind: Kind
    modality: Modality
    stance: Stance
    text: Annotated[str, Meta(description="The spans, joined by one space.")]
    start: Annotated[Offset, Meta(description="Start of the first span, in `offset_unit`.")]
    end: Annotated[Offset, Meta(description="End of the last span, in `offset_unit`: the first position after it.")]
    spans: Annotated[list[Span], Meta(description="The quote's stretches in reading order, without their marks.")]
    speaker: Annotated[SpeakerBrief | None, Meta(description="Null if the article does not say who speaks.")]
    mention: Annotated[Span | None, Meta(description="The words beside this quote that refer to the speaker, such as a name or *she*.")]
    cue: Annotated[Cue | None, Meta(description="The word that attributes the quote to its source, such as *said*.")]
    addressee: Annotated[Span | None, Meta(description="The person or group that the speaker addressed.")]
    context: Annotated[Range, Meta(description="The sentence or sentences with the quote, its cue and its mention.")]
    within: Annotated[str | None, Meta(description="Id of the quote that contains this one.")]
    confidence: Annotated[Probability, Meta(description="Probability, from 0 to 1, that the speaker, or null, is right.")]
    evidence: Evidence
    reason: Annotated[Reason | UnsetType, Meta(description="Only with the kind `other`: why the words are not speech.")] = UNSET
    alternatives: Annotated[list[Alternative] | UnsetType, Meta(description="The next candidates, with `include: alternatives`.")] = UNSET
    path: Annotated[
        str | UnsetType | None,
        Meta(
            description=(
                "Only for HTML pages: XPath of the smallest element that contains the quote, in the tree that lxml's HTML parser builds;"
                " null if it was not found."
            ),
            examples=["/html/body/article/p[3]"],
        ),
    ] = UNSET


class Role(Struct, frozen=True):
    """A job, title, office or affiliation, in the article's words."""

    text: Annotated[str, Meta(description="The description, verbatim.", examples=["the top US diplomat for South and Central Asia"])]
    start: Annotated[Offset | None, Meta(description="Start, in `offset_unit`; null if the role comes from `people`.")]
    end: Annotated[
        Offset | None, Meta(description="End (the first position after it), in `offset_unit`; null if the role comes from `people`.")
    ]
    title: Annotated[
        str | None, Meta(description="The office or job alone, with abbreviations expanded.", examples=["top US diplomat"])
    ] = None
    organization: Annotated[str | None, Meta(description="The organization it belongs to, by the fullest name in the article.")] = None
    status: Status = "current"
    party: Annotated[str | None, Meta(description="The party, in full.", examples=["Republican"])] = None
    constituency: Annotated[str | None, Meta(description="The constituency; a state is given in full.", examples=["Texas"])] = None
    evidence: Annotated[
        str | None,
        Meta(
            description=(
                "Where the article gives it: before the name (`title`, `preposed`, `kind`), after it (`apposition`, `relative`,"
                " `affiliation`, `tag`), in a sentence (`predicate`, `as`) or as the speaker's only name (`phrase`); `people` if it comes"
                " from your list."
            ),
            examples=["apposition"],
        ),
    ] = None


class Known(Struct, frozen=True):
    """An entry of `people` that may be meant."""

    name: Annotated[str, Meta(description="The entry's name.")]
    same_as: Annotated[str | None, Meta(description="The entry's URI.")]


class Speaker(Struct, frozen=True):
    """A person, organization, group or document that the article quotes."""

    id: Annotated[str, Meta(description="Unique in the answer.", examples=["s1"])]
    name: Annotated[
        str, Meta(description="The fullest form of the name in the article, without title or honorific.", examples=["Donald Lu"])
    ]
    type: SpeakerType
    pronoun: Annotated[
        Pronoun | None,
        Meta(
            description=(
                "The pronoun that the article itself uses for the person, shown by `mentions`; null if it uses none, or if that is in"
                " doubt. It is never inferred from a name."
            ),
            examples=["he"],
        ),
    ]
    same_as: Annotated[str | None, Meta(description="The URI of the matching entry in `people`.")]
    role: Annotated[Role | None, Meta(description="The most informative role.")]
    roles: Annotated[list[Role], Meta(description="All roles that the article gives, in reading order.")]
    mentions: Annotated[list[Span], Meta(description="All words that refer to the speaker, in reading order.")]
    quotes: Annotated[list[str], Meta(description="Ids of the speaker's quotes.")]
    candidates: Annotated[
        list[Known] | UnsetType,
        Meta(description="If several entries of `people` have the speaker's name, all of them; none was used."),
    ] = UNSET


class Engine(Struct, frozen=True):
    """The software that made the answer."""

    version: Annotated[str, Meta(description="Version of quoteapi.", examples=["0.1.0"])]
    pipeline: Annotated[str, Meta(description="Name and version of the language pipeline.", examples=["en_quotes 0.1.0"])]


class Answer(Struct, frozen=True):
    """Who said what in one article, and who they are."""

    id: Annotated[str | None, Meta(description="The id that was sent with the article.")]
    language: Annotated[str, Meta(description="The language in which the text was read.")]
    offset_unit: OffsetUnit
    quotes: Annotated[list[Quote], Meta(description="In reading order.")]
    speakers: Annotated[list[Speaker], Meta(description="In the order of their first quote.")]
    engine: Engine
    mentioned: Annotated[
        list[Speaker] | UnsetType, Meta(description="People and organizations who are named but not quoted, with `include: mentioned`.")
    ] = UNSET
    text: Annotated[str | UnsetType, Meta(description="Only for HTML pages: the extracted main text, to which every offset refers.")] = (
        UNSET
    )

    def text_of(self, sent: str) -> str:
        """Returns the text that the offsets refer to, given the text that was sent."""
        return sent if self.text is UNSET else self.text


class ProblemError(Struct, frozen=True):
    """One thing that is wrong with a request."""

    pointer: Annotated[str, Meta(description="JSON Pointer to the wrong value.", examples=["#/text"])]
    detail: Annotated[str, Meta(description="What is wrong with it.")]


class Problem(Struct, frozen=True):
    """A problem (RFC 9457)."""

    type: Annotated[str, Meta(description="A stable URI for the kind of problem, with a page on this server that explains it.")]
    title: Annotated[str, Meta(description="Name of the kind of problem.")]
    status: Annotated[int, Meta(description="The HTTP status.")]
    detail: Annotated[str, Meta(description="What went wrong, and what to do.")]
    errors: Annotated[list[ProblemError], Meta(description="The errors in the body, field by field.")] = field(default_factory=list)


class LineProblem(Problem, frozen=True, kw_only=True):
    """A problem in place of an answer in a stream. If it ends the stream, it is the last line, and `line` the first that was not read."""

    id: Annotated[str | None, Meta(description="The article's id, if known.")]
    line: Annotated[int, Meta(ge=1, description="Line number, counted from 1, including blank lines.", examples=[3])]
    retry_after: Annotated[int | None, Meta(description="Seconds after which to send the line again, if that may help.")]
