"""The turn finder: turns and marks on one page."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from quoteapi.findings import FoundQuote
from quoteapi.quotes import find_quotes
from quoteapi.quotes.turns import with_turns

LINES = (
    "ROE: Did you sign?",
    "DOE: I said “no” twice.",
    "Q: Why?",
    "A: Yes. (laughs) We did.",
    "– Yes, said Roe. I do.",
    "“It held,” she said.",
    "ROE",
    "",
)


def read(text: str) -> list[FoundQuote]:
    """The quotes of a text."""
    return with_turns(text, find_quotes(text))


def test_marks_inside_a_turn_are_within_it() -> None:
    """Somebody quotes somebody."""
    text = "Jane Roe is here.\n\nROE: The clerk said, “We have no money.”\n\nDOE: I know.\n\n“So do I,” said Poe."
    quotes = read(text)
    assert [(quote.form, quote.within) for quote in quotes] == [("turn", None), ("marks", 0), ("turn", None), ("marks", None)]
    assert text[slice(*quotes[1].spans[0])] == "We have no money."


def test_a_turn_all_in_marks_is_left_to_them() -> None:
    """ROE: “I did it.” is a quote already."""
    text = "ROE: “I did it.”\n\nDOE: You did?\n\nROE: “Yes.” “I did.”"
    assert [quote.form for quote in read(text)] == ["marks", "turn", "marks", "marks"]


def test_marks_that_reach_from_one_turn_into_the_next_give_way() -> None:
    """A mark that is never closed does not swallow the page."""
    text = "ROE: He said “no to me.\n\n“DOE: I did not.\n\nROE: You did.\n\nDOE: I said it twice.\n\nROE: I know."
    assert [quote.form for quote in read(text)].count("turn") >= 3


def test_a_page_without_turns_keeps_its_quotes() -> None:
    """As they were."""
    text = "“It held,” said Jane Roe.\n\nUpdate: It “moved”."
    assert read(text) == find_quotes(text)


@given(st.lists(st.sampled_from(LINES), max_size=12))
def test_any_page_gives_quotes_in_order_that_do_not_overlap(lines: list[str]) -> None:
    """Unless one is within another, which comes before it."""
    text = "\n\n".join(lines)
    quotes = read(text)
    tops = [span for quote in quotes if quote.within is None for span in quote.spans]
    assert tops == sorted(tops)
    assert all(one[1] <= other[0] for one, other in pairwise(tops))
    for number, quote in enumerate(quotes):
        assert all(text[start:end].strip() for start, end in quote.spans)
        assert quote.within is None or (
            quote.within < number and quotes[quote.within].outer[0] <= quote.start and quote.end <= quotes[quote.within].end
        )
