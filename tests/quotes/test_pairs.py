"""Pairs: which mark closes which, also where one is missing or turned the wrong way."""

import pytest

from quoteapi.quotes.marks import Family, find_marks
from quoteapi.quotes.pairs import Pair, pair_marks


def pairs(text: str, *, next_opens: Family | None = None) -> list[Pair]:
    """The pairs of a paragraph."""
    return pair_marks(find_marks(text), end=len(text), next_opens=next_opens)


def words(text: str) -> list[str]:
    """What stands between the marks of a paragraph's pairs that are closed."""
    return [text[pair.inner[0] : pair.inner[1]] for pair in pairs(text) if pair.closed]


@pytest.mark.parametrize(
    "marks",
    [
        "“”",
        '""',
        "''''",
        "``''",
        "«»",
        "»«",
        "„“",
        "„”",
        "‘’",
        "‚‘",
        "‚’",
        "‹›",
        "›‹",
        "＂＂",
        "〝〞",
        "`'",
        "´´",
        "””",
        "»»",
        '“"',
        "''\"",
        "““",
    ],
)
def test_every_style_of_marks_is_paired(marks: str) -> None:
    """Also marks turned the other way and of mixed styles."""
    opening, closing = marks[: len(marks) // 2], marks[len(marks) // 2 :]
    assert words(f"She said {opening}the wall held{closing} at noon.") == ["the wall held"]


@pytest.mark.parametrize("space", ["", " "])
def test_a_missing_space_does_not_turn_a_mark_round(space: str) -> None:
    """He said:"Go." is as clear as with the space."""
    assert words(f'He said:{space}"Go now." And then{space}"Stay here," he said.') == ["Go now.", "Stay here,"]


@pytest.mark.parametrize("style", ['""', "“”", "''''"])
def test_a_missing_closing_mark_spoils_nothing_after_it(style: str) -> None:
    """The quotes behind it are not turned inside out."""
    a, b = style[: len(style) // 2], style[len(style) // 2 :]
    text = f"{a}We stay, he said. {a}Then we leave,{b} she said. {a}At last,{b} said Roe."
    assert words(text) == ["Then we leave,", "At last,"]


@pytest.mark.parametrize("style", ['""', "“”", "''''"])
def test_a_missing_opening_mark_spoils_nothing_after_it(style: str) -> None:
    """A closing mark that closes nothing is astray."""
    a, b = style[: len(style) // 2], style[len(style) // 2 :]
    assert words(f"We stay,{b} he said. {a}Then we leave,{b} she said. {a}Now.{b}") == ["Then we leave,", "Now."]


def test_a_doubled_mark_is_one() -> None:
    """As some exports of tables write it."""
    assert words('""The wall held,"" he said. "Good."') == ["The wall held,", "Good."]


def test_a_mark_turned_the_wrong_way_still_opens() -> None:
    """”Yes,” at the start of a sentence."""
    assert words("”The wall held,” he said. “Good.“") == ["The wall held,", "Good."]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("“He said ‘no’ twice.”", "no"),
        ("‘He said “no” twice.’", "no"),
        ("\"He said 'no' twice.\"", "no"),
        ("''He said 'no' twice.''", "no"),
        ("“He said “no” twice.”", "no"),
        ('"He said "no" twice."', "no"),
        ("«He said ‹no› twice.»", "no"),
        ("“‘No’ was all.”", "No"),
        ("''He said, 'No.'''", "No."),
    ],
)
def test_a_quote_in_a_quote_is_held_by_it(text: str, held: str) -> None:
    """Single marks in double ones, double in single, and a style in itself."""
    outer, inner = pairs(text)
    assert (outer.holder, inner.holder) == (None, 0)
    assert text[inner.inner[0] : inner.inner[1]] == held
    assert outer.outer == (0, len(text))


def test_an_inner_mark_left_open_ends_with_what_holds_it() -> None:
    """“She asked, ‘Who knows?” he said."""
    text = "“She asked, ‘Who knows?” he said."
    outer, inner = pairs(text)
    assert (outer.closed, inner.closed) == (True, False)
    assert text[inner.inner[0] : inner.inner[1]] == "Who knows?"


def test_a_mark_left_open_ends_with_its_paragraph() -> None:
    """The next paragraph may open with a mark again."""
    (pair,) = pairs("“We stay.", next_opens=Family.DOUBLE)
    assert (pair.inner, pair.closed) == ((1, 9), False)


@pytest.mark.parametrize(
    "text",
    [
        "The teachers' union and the pupils' parents agreed.",
        "In the '90s the boys' club sang 'em all, rock 'n' roll and the blues'.",
        'She is 5\' 6" tall, he 6\' 2", on a 12" board.',
        "’Tis the workers’ day, singin’ ’bout ol’ times.",
    ],
)
def test_apostrophes_and_primes_are_not_paired(text: str) -> None:
    """However many there are."""
    assert words(text) == []


def test_apostrophes_do_not_close_a_single_quote() -> None:
    """‘It’s the workers’ day,’ he said: the last mark closes."""
    assert words("‘It’s the workers’ day, singin’ ’bout it,’ he said.") == ["It’s the workers’ day, singin’ ’bout it,"]
    assert words("'It's the workers' day,' he said.") == ["It's the workers' day,"]


def test_a_height_in_a_quote_does_not_close_it() -> None:
    """Feet and inches inside marks of the same looks."""
    assert words('"He is 6\' 5" tall," she said. "Really."') == ["He is 6' 5\" tall,", "Really."]
