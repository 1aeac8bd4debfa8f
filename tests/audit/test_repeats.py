"""The same quote in many articles: forms found, other quotes kept apart."""

import polars as pl
import pytest

from quoteapi.audit.repeats import find_repeats, is_form, normalised

LONG = "we will rebuild the harbour wall before the winter storms come and nobody will have to leave the island"


def leaders(*texts: str, speakers: tuple[int, ...] | None = None) -> dict[str, str]:
    """For each wording the longest form."""
    ordered = sorted(texts)
    by_text = dict(zip(texts, speakers or (0,) * len(texts), strict=True))
    found = find_repeats(pl.Series(ordered, dtype=pl.String), [by_text[text] for text in ordered])
    return {text: ordered[found.leader[i]] for i, text in enumerate(ordered)}


def test_words_are_compared_without_style() -> None:
    """Case, punctuation, brackets and kinds of apostrophes are no difference."""
    texts = pl.DataFrame({"text": ["“[T]he wall’s gone,  again!”", "the wall's gone - again"]})
    assert texts.select(normalised(pl.col("text"))).to_series().to_list() == ["the wall's gone again"] * 2


def test_a_part_and_a_form_with_small_differences_are_the_longest_ones() -> None:
    """Of a long quote."""
    part = "rebuild the harbour wall before the winter storms come and nobody will have to leave"
    near = LONG.replace("storms come", "storm comes")
    found = leaders(LONG, part, near)
    assert found[part] == found[near] == found[LONG]


@pytest.mark.parametrize(
    "other",
    [
        LONG.replace("will rebuild", "will not rebuild"),
        "the council has asked the owners of all boats to leave the harbour before the storm",
    ],
)
def test_another_quote_stays_one(other: str) -> None:
    """A negation makes another quote of the same words."""
    found = leaders(LONG, other)
    assert (found[LONG], found[other]) == (LONG, other)


def test_numbers_and_negations_before_the_cut_count() -> None:
    """Nine years are not seven; “will give up” is no part of “will not give up”."""
    assert not is_form("it will take nine years to rebuild the wall", "it will take seven years to rebuild the wall")
    assert not is_form("give up the harbour wall this winter", "we will not give up the harbour wall this winter")
    assert is_form("it will take years to rebuild", "we know it will take years to rebuild the wall")


def test_few_words_are_joined_if_the_same_one_says_them() -> None:
    """Or nobody is named for one of them."""
    short, longer = "we are doing all we can", "we are doing all we can here"
    assert leaders(short, longer, speakers=(1, 2))[short] == short
    assert leaders(short, longer, speakers=(1, 1))[short] == longer
    assert leaders(short, longer, speakers=(0, 1))[short] == longer


def test_nothing_is_joined_of_nothing() -> None:
    """No quotes, and quotes of a word."""
    assert len(find_repeats(pl.Series([], dtype=pl.String), []).texts) == 0
    assert leaders("no", "yes") == {"no": "no", "yes": "yes"}
