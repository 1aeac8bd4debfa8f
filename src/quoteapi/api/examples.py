"""Examples for the OpenAPI document: requests that work when pasted, and answers."""

from typing import Any

import msgspec

from quoteapi.__about__ import __version__
from quoteapi.api.problem_kinds import EMPTY_TEXT, WRONG_SHAPE, ProblemKind
from quoteapi.api.problems import problem_of
from quoteapi.errors import EmptyTextError
from quoteapi.structs import (
    Answer,
    Cue,
    Engine,
    Evidence,
    LineProblem,
    Problem,
    ProblemError,
    Quote,
    Range,
    Role,
    Span,
    Speaker,
    SpeakerBrief,
)
from quoteapi.verification_structs import Change, Passage, ReadDocument, SpeakerCheck, Verification, VerifiedQuote

_QUOTE = "The sea wall held,"
_TEXT = f"“{_QUOTE}” said Jane Roe, the harbour master."

REQUESTS: dict[str, tuple[str, dict[str, Any]]] = {
    "article": ("An article", {"id": "a1", "text": _TEXT}),
    "javascript": (
        "Offsets for JavaScript, and words in quotation marks that are not speech",
        {
            "text": "The “miracle” 🚀 took nine years. “We nearly gave up,” Roe told reporters.",
            "offset_unit": "utf16",
            "include": ["other", "alternatives"],
        },
    ),
    "page": (
        "An HTML page",
        {"text": "<article><p><q>The sea wall held,</q> said Jane Roe, the harbour master, on Monday.</p></article>", "format": "html"},
    ),
    "people": (
        "With your own list of people",
        {
            "text": "“The budget stands,” Roe said on Tuesday.",
            "people": [
                {
                    "name": "Jane Roe",
                    "aliases": ["Roe"],
                    "role": "harbour master of Port Ellery",
                    "same_as": "https://example.org/people/jane-roe",
                }
            ],
        },
    ),
}
"""JSON requests by name, each with its summary."""

TEXT_REQUEST = _TEXT

PAGE_REQUEST: str = REQUESTS["page"][1]["text"]

LINES_REQUEST: list[dict[str, Any]] = [REQUESTS["article"][1], {"id": "a2", "text": " "}]
"""The requests of a stream; the second is refused."""


def _place(words: str) -> tuple[int, int]:
    start = _TEXT.index(words)
    return start, start + len(words)


def _span(words: str) -> Span:
    return Span(*_place(words), words)


_ROLE = Role(
    text="the harbour master",
    start=_place("the harbour master")[0],
    end=_place("the harbour master")[1],
    title="harbour master",
    evidence="apposition",
)

ANSWER = Answer(
    id="a1",
    language="en",
    offset_unit="codepoint",
    quotes=[
        Quote(
            id="q1",
            kind="direct",
            modality="asserted",
            stance="affirms",
            text=_QUOTE,
            start=_place(_QUOTE)[0],
            end=_place(_QUOTE)[1],
            spans=[_span(_QUOTE)],
            speaker=SpeakerBrief(id="s1", name="Jane Roe", role="the harbour master"),
            mention=_span("Jane Roe"),
            cue=Cue(*_place("said"), "said", lemma="say"),
            addressee=None,
            context=Range(0, len(_TEXT)),
            within=None,
            confidence=0.97,
            evidence=Evidence(method="cue", chain=[]),
        )
    ],
    speakers=[
        Speaker(
            id="s1",
            name="Jane Roe",
            type="person",
            pronoun=None,
            same_as=None,
            role=_ROLE,
            roles=[_ROLE],
            mentions=[_span("Jane Roe"), _span("the harbour master")],
            quotes=["q1"],
        )
    ],
    engine=Engine(version=__version__, pipeline="en_quotes 0.4.0"),
)
"""The answer to the first request; its confidence is illustrative."""


_TRANSCRIPT = "JANE ROE: The sea wall never held. We were lucky.\n\nTOM HART: Thank you."
_SAID = "The sea wall never held"

VERIFICATIONS: dict[str, tuple[str, dict[str, Any]]] = {
    "transcript": ("A draft and a transcript", {"draft": {"text": _TEXT}, "sources": [{"id": "hearing", "text": _TRANSCRIPT}]}),
    "subtitles": (
        "Offsets for JavaScript, and subtitles",
        {
            "draft": {"text": "“We were lucky,” Roe said. 🚀"},
            "sources": [
                {
                    "id": "tape",
                    "format": "vtt",
                    "text": "WEBVTT\n\n00:07.000 --> 00:09.500\n<v Jane Roe>We were lucky, as always.",
                }
            ],
            "offset_unit": "utf16",
        },
    ),
}
"""Verification requests by name, each with its summary."""


def _passage(words: str) -> Passage:
    start = _TRANSCRIPT.index(words)
    return Passage(start, start + len(words), words, id="hearing")


VERIFICATION = Verification(
    offset_unit="codepoint",
    quotes=[
        VerifiedQuote(
            id="q1",
            kind="direct",
            text=_QUOTE,
            start=_place(_QUOTE)[0],
            end=_place(_QUOTE)[1],
            spans=[_span(_QUOTE)],
            status="altered",
            source=_passage(_SAID),
            passages=[_passage(_SAID)],
            nearest=None,
            changes=[Change("dropped", None, _passage("never"), ["negation"])],
            speaker=SpeakerCheck("same", "Jane Roe", "JANE ROE"),
        )
    ],
    sources=[ReadDocument("hearing")],
    engine=Engine(version=__version__, pipeline="en_quotes 0.4.0"),
)
"""The answer to the first verification request."""


def line_problem_example() -> LineProblem:
    """Return the answer to the second request of the stream."""
    error = EmptyTextError()
    problem = problem_of(EMPTY_TEXT, str(error), errors=[ProblemError(pointer="#/text", detail=str(error))])
    return LineProblem(**msgspec.structs.asdict(problem), id="a2", line=2, retry_after=None)


def problem_example(kind: ProblemKind) -> Problem:
    """Return an example of a kind of problem."""
    errors = [ProblemError(pointer="#/people/0/name", detail="Expected string, got integer.")] if kind is WRONG_SHAPE else []
    return problem_of(kind, kind.meaning, errors=errors)
