"""Posts: the words behind, below or above an account's handle."""

from collections.abc import Callable

import pytest

Page = Callable[[str], list[tuple[list[str], str | None]]]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Jane Roe (@janeroe): Boats at noon! #kelby https://t.example/a", "Jane Roe"),
        ("@janeroe: Boats at noon! #kelby https://t.example/a", "@janeroe"),
        ("Mayor Jane Roe (@janeroe) tweeted: Boats at noon! #kelby https://t.example/a", "Jane Roe"),
        ("Jane Roe @janeroe · 3 May\nBoats at noon! #kelby https://t.example/a\n12 Retweets 5 Likes", "Jane Roe"),
        ("Jane Roe\n@janeroe\nBoats at noon! #kelby https://t.example/a\n9:14 PM · May 3, 2024 · 1.2K Views", "Jane Roe"),
        ("Boats at noon! #kelby https://t.example/a — Jane Roe (@janeroe) May 3, 2024", "Jane Roe"),
        ("Boats at noon! #kelby https://t.example/a\n— Jane Roe (@janeroe) 3 May 2024", "Jane Roe"),
        ("@jane@kelby.example: Boats at noon! #kelby https://t.example/a", "@jane@kelby.example"),
    ],
)
def test_the_name_beside_the_handle_is_the_source(laid_out: Page, text: str, source: str) -> None:
    """Without a name, the handle; links and hashtags are said, counts and dates are not."""
    assert laid_out(f"The pier was closed.\n\n{text}\n\nThe council meets.") == [(["Boats at noon! #kelby https://t.example/a"], source)]


def test_what_is_posted_again_is_its_first_authors(laid_out: Page) -> None:
    """Jane Roe says Yes!, the rest is what @anndoe wrote."""
    text = "Jane Roe (@janeroe): Yes! RT @anndoe: Boats at noon."
    assert laid_out(text) == [(["Yes!"], "Jane Roe"), (["Boats at noon."], "@anndoe")]
    assert laid_out("RT @anndoe Boats at noon.") == [(["Boats at noon."], "@anndoe")]


def test_a_post_of_several_lines_ends_with_its_frame(laid_out: Page) -> None:
    """An empty line, or how often it was liked."""
    text = "Jane Roe ✓ @janeroe · 2h\nReplying to @anndoe\nBoats at noon.\nAnd at three.\n\nThe council meets."
    assert laid_out(text) == [(["Boats at noon.", "And at three."], "Jane Roe")]


@pytest.mark.parametrize(
    "text",
    [
        "By Jane Roe\n@janeroe\n\nThe pier was closed.",
        "Jane Roe\n@janeroe\nMay 3, 2024\n\nThe pier was closed.",
        "By Jane Roe (@janeroe): staff writer",
        "Follow Jane Roe on Twitter: @janeroe",
        "Write to news@kelby.example: we read all letters.",
        "The account @janeroe has one rule: no cats.",
        "Photo: @janeroe",
    ],
)
def test_other_handles_head_no_post(laid_out: Page, text: str) -> None:
    """Bylines, addresses, and sentences that speak of an account."""
    assert laid_out(text) == []
