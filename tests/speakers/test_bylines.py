"""Bylines: who says I outside all quotes."""

from collections.abc import Callable

import pytest

from quoteapi.findings import FoundSpeaker

Join = Callable[..., Callable[[str], FoundSpeaker | None]]


@pytest.mark.parametrize(
    "text",
    [
        "A night on the ice\n\nBy Jane Roe\n\nThe plough left at three. “Have you been stuck?” I asked. The driver nodded.",
        "I grew up by the sea. “It will rain,” I said. My mother laughed.\n\nJane Roe teaches history in Kelby.",
    ],
)
def test_i_is_the_author(join: Join, text: str) -> None:
    """Named in a line above the text, or in the last one of an essay."""
    found = join(text, "I asked" if "asked" in text else "I said")("I asked" if "asked" in text else "I said")
    assert found is not None
    assert found.name == "Jane Roe"


def test_without_a_byline_nobody_is_known_to_say_i(join: Join) -> None:
    """A name in a story is no author's."""
    assert join("Jane Roe came late. “Sit down,” I said.", "I said")("I said") is None
