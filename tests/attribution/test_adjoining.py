"""Adjoining: what stands right beside a quote hands it over, whoever spoke before."""

from collections.abc import Callable

import pytest

Speakers = Callable[[str], list[str | None]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Clerk Piet Lund said the ledger had been “kept in a drawer”. Advocate Jane Roe, for the union, averred: “It was wet.”",
            ["Piet Lund", "Jane Roe"],
        ),
        (
            "“Where is the ferry?” asked the pupils of the harbour school. “In the yard,” answered Sister Jane Roe, the cook.",
            ["the pupils of the harbour school", "Jane Roe"],
        ),
        (
            "“She will float once the rain comes,” reckons Piet Lund. His neighbour, Jane Roe, isn’t so sure: “He said that in May.”",
            ["Piet Lund", "Jane Roe"],
        ),
        (
            "In a statement issued through Kelby Police, João and Teresa Roe said: “We ask for quiet.” Inspector Ann Doe thanked all.",
            ["João and Teresa Roe"],
        ),
        (
            "Graziers had been given “plenty of warning” to move their sheep, according to Jane Roe. Local vet Ann Doe said it was “late”.",
            ["Jane Roe", "Ann Doe"],
        ),
    ],
)
def test_the_quotes_own_sentence_names_its_source(speakers: Speakers, text: str, expected: list[str]) -> None:
    """By the subject of its verb, by the words behind the verb, by the subject of the sentence that leads to the colon."""
    assert speakers(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Usher Jane Roe says that somebody shouted “Five”, which was the number of the bus.",
        "Jane Roe said that someone had cried “Thief!” in the hall.",
    ],
)
def test_what_somebody_shouted_is_not_who_tells_of_it(speakers: Speakers, text: str) -> None:
    """Nobody knows who it was."""
    assert speakers(text) == [None]


def test_the_speaker_of_the_quote_before_goes_on_all_the_same(speakers: Speakers) -> None:
    """Where the next sentence names nobody beside the quote."""
    assert speakers("“The wall held,” Jane Roe said. “Piet Lund asked why. We did nothing.”") == ["Jane Roe", "Jane Roe"]


def test_in_somebodys_words(speakers: Speakers) -> None:
    """Whoever spoke before."""
    text = "The fire began at noon, according to fire chief Daniel Moreau. In the words of Salma Haddad, it was “a miracle”."
    assert speakers(text) == ["Salma Haddad"]


def test_an_account_writes(speakers: Speakers) -> None:
    """Though the tagger does not know what it is."""
    text = "“Stay indoors,” the disaster office posted on Facebook. @jun_albay shared a video and wrote, “This is not the worst.”"
    assert speakers(text) == ["the disaster office", "@jun_albay"]
