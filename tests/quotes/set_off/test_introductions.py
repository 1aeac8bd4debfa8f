"""Introductions: the sentence above the words."""

import pytest
from spacy.language import Language

from quoteapi.quotes.set_off.introductions import introducer


def source(nlp: Language, sentence: str, *, clear: bool = False) -> str | None:
    """The word that names the source of what follows a sentence."""
    text = f"It rained in Kelby.\n\n{sentence}\n\nWe are sorry for this. It will be better."
    token = introducer(nlp(text), text.index(sentence) + len(sentence) - 1, clear=clear)
    return token and token.text


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Kelby Ferries said in a statement:", "Ferries"),
        ("In a letter to staff, Roe wrote:", "Roe"),
        ("The mayor told reporters in an email:", "mayor"),
        ("Roe posted on Facebook:", "Roe"),
        ("The company issued the following statement:", "company"),
        ("The ruling says:", "ruling"),
        ("The statement read:", "statement"),
        ("Her full statement:", "statement"),
        ("Here is the statement in full:", "statement"),
        ("The full text of the letter follows:", "letter"),
        ("The mayor described the night in her blog:", "mayor"),
        ("The union's reply ran to three lines:", "reply"),
        ("The statement, signed by Roe, reads:", "Roe"),
    ],
)
def test_who_speaks_or_the_text_is_the_source(nlp: Language, sentence: str, word: str) -> None:
    """A subject of saying or writing, or a document, whose author the speakers are asked for."""
    assert source(nlp, sentence) == word


@pytest.mark.parametrize(
    "sentence",
    [
        "Police said the victims were:",
        "The mayor said there were three reasons:",
        "The following are the results:",
        "Other developments, officials said:",
        "Roe announced three changes:",
        "Roe had one problem:",
        "The transcript follows:",
        "Here is what we know:",
        "Update:",
    ],
)
def test_a_sentence_that_says_it_itself_hands_nothing_over(nlp: Language, sentence: str) -> None:
    """A clause or a thing that is said leaves nothing for the words below."""
    assert source(nlp, sentence) is None


def test_where_the_page_sets_words_apart_any_subject_is_their_source(nlp: Language) -> None:
    """Roe was blunt: an indented block says by itself that words follow."""
    assert source(nlp, "Roe was blunt:") is None
    assert source(nlp, "Roe was blunt:", clear=True) == "Roe"
    assert source(nlp, "This is the letter:", clear=True) == "letter"


@pytest.mark.parametrize(
    "sentence",
    [
        "Parents learned of it from an email sent at noon by the head teacher, Jane Roe:",
        "Here is how Jane Roe describes the morning:",
    ],
)
def test_who_wrote_what_a_page_sets_apart_is_its_source(nlp: Language, sentence: str) -> None:
    """Not whoever got it, and not *here*."""
    assert source(nlp, sentence, clear=True) == "Jane"
