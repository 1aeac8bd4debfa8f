"""Hyphens at the ends of lines: cut words and compounds."""

import pytest

from quoteapi.text.hyphens import joined, words_of

KNOWN = frozenset(("government", "well", "known", "sea", "wall", "vice", "calder", "wood", "president"))


@pytest.mark.parametrize(
    ("line", "after", "expected"),
    [
        ("of the go-", "vernment in", (1, "")),
        ("of a well-", "known in", (0, "")),
        ("of the sea-", "wall in", (0, "")),
        ("of the wharf-", "inger in", (1, "")),
        ("state-of-the-", "art pumps", (0, "")),
        ("Colin Calder-", "wood said", (1, "")),
        ("the Vice-", "president said", (0, "")),
        ("the Anglo-", "Saxon wall", (0, "")),
        ("a two-", "or three-storey house", (0, " ")),
        ("a 72-", "year-old man", (0, "")),
        ("the wall -", "and the pier", (0, " ")),
    ],
)
def test_a_word_that_was_cut_is_told_from_a_compound(line: str, after: str, expected: tuple[int, str]) -> None:
    """By known words; a name is one word, an office two."""
    assert joined(line, after, frozenset(), KNOWN.__contains__) == expected


def test_the_article_knows_its_words_best() -> None:
    """What it writes elsewhere, with a hyphen or without, it writes here."""
    words = words_of("The seawall is a go-vernment.")
    assert joined("the sea-", "wall", words, KNOWN.__contains__) == (1, "")
    assert joined("the go-", "vernment", words, KNOWN.__contains__) == (0, "")
