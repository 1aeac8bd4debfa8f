"""Sentence limits: where the page alone decides."""

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from quoteapi.document.sentences import limit_sentences

BLANK = spacy.blank("en")


def starts(text: str, *, value: bool) -> list[str]:
    """The tokens at which a sentence certainly starts, or certainly does not."""
    return [token.text for token in limit_sentences(BLANK(text)) if token.is_sent_start is value]


def sentences(nlp: Language, text: str) -> list[str]:
    """The sentences of the packaged pipeline."""
    return [sentence.text.strip() for sentence in nlp(text).sents]


def test_a_paragraph_starts_a_sentence() -> None:
    """Though no full stop ends the one before, as under a heading."""
    assert starts("Kelby counts the cost\n\nThe wall gave way", value=True) == ["Kelby", "The"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The tunnel stays shut until Friday. Drivers queued.", ["The", "Drivers"]),
        ("A sign said “Closed, gone marching”. “I was born here,” said Roe.", ["A", "“"]),
        ("They posted it on Facebook. @kelby7 shared it.", ["They", "@kelby7"]),
        ("He works for Acme Corp. Roe said so.", ["He"]),
        ("The road near St. Mary was shut.", ["The"]),
        ("It costs approx. five pounds.", ["It"]),
    ],
)
def test_a_full_stop_behind_a_whole_word_ends_a_sentence(text: str, expected: list[str]) -> None:
    """At a capital, a mark that opens, an account; an abbreviation may go on."""
    assert starts(text, value=True) == expected


@pytest.mark.parametrize(
    "text",
    [
        "“Will it hold?” Jane Roe asked.",
        "“It will hold!” said Jane Roe.",
        "“It will hold,” Jane Roe said.",
        '"Will it hold?" Jane Roe asked.',
        "''Will it hold?'' Jane Roe asked.",
        "‘Will it hold?’ Jane Roe asked.",
    ],
)
def test_a_quote_and_its_attribution_are_one_sentence(nlp: Language, text: str) -> None:
    """A closing mark behind a question does not end the reporter's sentence."""
    assert sentences(nlp, text) == [text]


def test_a_sentence_after_a_closed_quote_starts_anew(nlp: Language) -> None:
    """A full stop inside the marks ends it."""
    assert sentences(nlp, "“It held.” The council met on Monday.") == ["“It held.”", "The council met on Monday."]


def test_no_sentence_starts_behind_an_opening_mark() -> None:
    """Nor before a closing one."""
    denied = starts("Roe said: “It held.”", value=False)
    assert {"It", "”"} <= set(denied)


@given(text=st.text(st.sampled_from("“”\"'. ?!aA\n("), max_size=40))
def test_every_text_gets_limits(text: str) -> None:
    """White space never starts a sentence; the first word always does."""
    doc = limit_sentences(BLANK(text))
    words = [token for token in doc if not token.is_space]
    assert not any(token.is_sent_start for token in doc if token.is_space and token.i)
    assert not words or words[0].is_sent_start
