"""Reporting verbs: those that hand words to a source."""

import pytest
from spacy.language import Language

from quoteapi.engine import QuoteEngine
from quoteapi.quotes import find_quotes
from quoteapi.quotes.reporting import is_reporting, nested_verb


@pytest.fixture(scope="session")
def nlp(engine: QuoteEngine) -> Language:
    """The packaged pipeline."""
    return engine.nlp


@pytest.mark.parametrize(
    ("text", "verb"), [("“It held,” Roe said.", "said"), ("“It held,” tweeted Roe.", "tweeted"), ("She wrote: “No.”", "wrote")]
)
def test_a_reporting_verb_is_told_by_its_lemma(nlp: Language, text: str, verb: str) -> None:
    """In any form."""
    assert [token.text for token in nlp(text) if is_reporting(token)] == [verb]


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("Roe attacked the budget as “half a plan”.", ["attacked"]),
        ("The budget was attacked as “half a plan”.", ["attacked"]),
        ("Gunmen attacked the hotel as guests slept.", []),
        ("Gunmen attacked the hotel.", []),
    ],
)
def test_a_verb_of_judgement_reports_with_its_as_alone(nlp: Language, text: str, verbs: list[str]) -> None:
    """Attacked as “half a plan”; not attacked by night."""
    assert [token.text for token in nlp(text) if is_reporting(token)] == verbs


def test_a_noun_is_no_reporting_verb(nlp: Language) -> None:
    """The report, his claim."""
    assert [
        token.text for token in nlp("The report rejects his claim and the answer.") if is_reporting(token) and token.text != "rejects"
    ] == []


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("“He told me, ‘Go home now,’” Roe said.", "told"),
        ("“‘Go home now, all of you,’ he said, and I went,” Roe said.", "said"),
        ("“The ‘sea wall’ held,” Roe said.", None),
    ],
)
def test_a_quote_in_a_quote_has_its_verb_beside_it(nlp: Language, text: str, verb: str | None) -> None:
    """Among the holder's own words, never the reporter's."""
    outer, inner = find_quotes(text)
    found = nested_verb(nlp(text), inner, outer)
    assert (found and found.text) == verb
