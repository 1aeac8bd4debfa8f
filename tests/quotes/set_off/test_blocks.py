"""Blocks: how far the words below a colon go."""

from collections.abc import Callable

Page = Callable[[str], list[tuple[list[str], str | None]]]


def test_one_paragraph_below_a_colon_is_quoted(laid_out: Page) -> None:
    """Where the words end nothing says, so the next paragraph is left out."""
    text = "Roe wrote:\n\nThe pier is closed.\n\nThe quay is new."
    assert laid_out(text) == [(["The pier is closed."], None)]


def test_lines_close_below_each_other_are_one_block(laid_out: Page) -> None:
    """Where an empty line stands above them and below."""
    text = "Roe wrote:\n\nThe pier is closed.\nThe quay is not.\n\nThe quay is new."
    assert laid_out(text) == [(["The pier is closed.", "The quay is not."], None)]


def test_indentation_says_how_far_a_block_goes(laid_out: Page) -> None:
    """Lines close below each other are one paragraph, as wide as a column."""
    text = "Roe wrote:\n\n    The pier is\n    closed.\n\n    The quay is not.\n\nThe quay is new."
    assert laid_out(text) == [(["The pier is\n    closed.", "The quay is not."], None)]


def test_a_prefix_does_so_too_and_stands_outside(laid_out: Page) -> None:
    """Each line of Markdown is a stretch of its own; a colon above it is not needed."""
    text = "Roe was angry.\n\n> The pier is closed.\n> The quay is not.\n>\n> Nobody was told.\n\nThe quay is new."
    assert laid_out(text) == [(["The pier is closed.", "The quay is not.", "Nobody was told."], None)]


def test_the_last_line_of_a_block_may_sign_it(laid_out: Page) -> None:
    """Behind the prefix, or right below the block."""
    assert laid_out("> The pier is closed.\n> — Jane Roe, mayor\n\nThe quay is new.") == [(["The pier is closed."], "Jane Roe")]
    assert laid_out("> The pier is closed.\n\n— Jane Roe, mayor\n\nThe quay is new.") == [(["The pier is closed."], "Jane Roe")]


def test_what_is_no_prose_is_no_block(laid_out: Page) -> None:
    """A list, a table, a heading, a caption, markup, an ingredient, a score."""
    for below in (
        "- bread",
        "1. Bread is baked.",
        "Bread | 2",
        "What we know",
        "Roe at the pier on Monday",
        "<b>The pier</b> is closed.",
        "Two cups of flour",
        "Kelby 2, Norburg 1",
    ):
        assert laid_out(f"Roe wrote:\n\n{below}\n\nThe quay is new.") == []


def test_a_marked_paragraph_is_left_to_its_marks(laid_out: Page) -> None:
    """What stands between marks is found by them, in a block behind a prefix, too, unless they are but a part of it."""
    assert laid_out("Roe wrote:\n\n“The pier is closed.”\n\nThe quay is new.") == []
    assert laid_out("Roe wrote:\n\n> “The pier is closed.”\n\nThe quay is new.") == []
    assert laid_out("Roe wrote:\n\n> “The pier” is closed.\n\nThe quay is new.") == [(["“The pier” is closed."], None)]
