"""Answers to export: one with everything that a form can get wrong."""

from typing import NamedTuple

import pytest
from msgspec import UNSET

from quoteapi.structs import Answer, Cue, Engine, Evidence, Quote, Range, Role, Span, Speaker, SpeakerBrief, SpeakerType

TEXT = """Port <b>opens</b> 🚢 & waits

“It will,” said *Jane Roe*, the mayor, “take years.” Critics called it “=HYPERLINK(1)”.

“He told me, ‘We are done,’ and left,” Jane Roe said.

“First paragraph.

“Second paragraph,” a spokesman said. The “so-called” deal fell.
"""


class Exported(NamedTuple):
    """An answer and the text that it is about."""

    answer: Answer
    text: str


def span(words: str) -> Span:
    """Where words stand in the text."""
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


def quote(identity: str, speaker: SpeakerBrief | None, *stretches: str, kind: str = "direct", within: str | None = None) -> Quote:
    """A quote of stretches of the text."""
    spans = [span(words) for words in stretches]
    return Quote(
        reason="scare" if kind == "other" else UNSET,
        id=identity,
        kind=kind,  # type: ignore[arg-type]
        modality="asserted",
        stance="affirms",
        text=" ".join(words for words in stretches),
        start=spans[0].start,
        end=spans[-1].end,
        spans=spans,
        speaker=speaker,
        mention=None if speaker is None else span(speaker.name),
        cue=Cue(*place(span("said")), "said", lemma="say"),
        addressee=None,
        context=Range(0, len(TEXT)),
        within=within,
        confidence=0.875,
        evidence=Evidence(method="cue" if speaker else "unattributed", chain=[]),
    )


def place(found: Span) -> tuple[int, int]:
    """A span's place alone."""
    return found.start, found.end


def speaker(brief: SpeakerBrief, kind: SpeakerType, *quotes: str, same_as: str | None = None, role: Role | None = None) -> Speaker:
    """A speaker, named once."""
    return Speaker(
        id=brief.id,
        name=brief.name,
        type=kind,
        pronoun=None,
        same_as=same_as,
        role=role,
        roles=[role] if role else [],
        mentions=[span(brief.name)],
        quotes=list(quotes),
    )


@pytest.fixture(scope="session")
def exported() -> Exported:
    """Split, nested and running quotes, one of nobody, a formula, markup, and speakers of several types."""
    jane = SpeakerBrief(id="s1", name="Jane Roe", role="the mayor")
    critics = SpeakerBrief(id="s2", name="Critics", role=None)
    spokesman = SpeakerBrief(id="s3", name="a spokesman", role=None)
    mayor = Role(text="the mayor", start=None, end=None, title="mayor", organization="Port Ellery")
    answer = Answer(
        id="https://example.org/news/1",
        language="en",
        offset_unit="codepoint",
        quotes=[
            quote("q1", jane, "It will,", "take years."),
            quote("q2", critics, "=HYPERLINK(1)", kind="mixed"),
            quote("q3", jane, "He told me, ‘We are done,’ and left,"),
            quote("q4", None, "We are done,", within="q3"),
            quote("q5", spokesman, "First paragraph.", "Second paragraph,"),
            quote("q6", None, "so-called", kind="other"),
        ],
        speakers=[
            speaker(jane, "person", "q1", "q3", same_as="https://example.org/roe", role=mayor),
            speaker(critics, "group", "q2"),
            speaker(spokesman, "unnamed", "q5"),
        ],
        engine=Engine(version="0.1.0", pipeline="en_quotes 0.3.0"),
    )
    return Exported(answer, TEXT)
