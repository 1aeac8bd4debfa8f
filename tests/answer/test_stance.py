"""Stance: what the source makes of what it says."""

import pytest
from spacy.language import Language

from quoteapi.answer.stance import stance_of
from quoteapi.findings import FoundQuote
from quoteapi.structs import Kind, Stance


def stance(nlp: Language, text: str, words: str, cue: str, kind: Kind) -> Stance:
    """The stance on words of a text that a cue hands over."""
    doc = nlp(text)
    start = text.index(words)
    span = doc.char_span(text.index(cue), text.index(cue) + len(cue))
    assert span is not None
    return stance_of(doc, FoundQuote(((start, start + len(words)),), (start, start + len(words)), kind), (span.start, span.end))


@pytest.mark.parametrize(
    ("text", "words", "cue", "expected"),
    [
        ("Jane Roe said the gate had held.", "the gate had held", "said", "affirms"),
        ("Jane Roe denied that the gate had failed.", "the gate had failed", "denied", "denies"),
        ("Jane Roe dismissed the idea of a second gate.", "the idea of a second gate", "dismissed", "denies"),
        ("Jane Roe rejected claims that the gate had failed.", "the gate had failed", "claims", "denies"),
        ("Jane Roe asked whether the gate would hold.", "the gate would hold", "asked", "asks"),
        ("Jane Roe refused to say whether the gate would hold.", "whether the gate would hold", "say", "asks"),
        ("Jane Roe wondered who would pay for it.", "who would pay for it", "wondered", "asks"),
    ],
)
def test_the_verb_tells_the_stance_on_what_is_reported(nlp: Language, text: str, words: str, cue: str, expected: Stance) -> None:
    """Or the verb that governs the noun which hands it over."""
    assert stance(nlp, text, words, cue, "indirect") == expected


def test_direct_speech_is_the_speakers_own_whatever_the_verb(nlp: Language) -> None:
    """Who says that she never did, and is said to deny it, affirms that."""
    assert stance(nlp, "“I never opened the gate,” Jane Roe denied.", "I never opened the gate,", "denied", "direct") == "affirms"


def test_a_fragment_that_is_denied_is_denied(nlp: Language) -> None:
    """The marks make no difference to what is denied."""
    assert stance(nlp, "Jane Roe denied that it was “a sham”.", "a sham", "denied", "mixed") == "denies"


def test_a_question_asks(nlp: Language) -> None:
    """By its mark, whoever says it."""
    assert stance(nlp, "“Who paid?” Jane Roe said.", "Who paid?", "said", "direct") == "asks"
