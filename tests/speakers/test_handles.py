"""Handles and their owners."""

from collections.abc import Callable

import pytest

from quoteapi.findings import FoundSpeaker

Join = Callable[..., Callable[[str], FoundSpeaker | None]]


def who(join: Join, text: str) -> tuple[str, str] | None:
    """Name and type of whoever holds the account that a text's last words tell of."""
    found = join(text, "@skipper wrote")("@skipper wrote")
    return found and (found.name, found.type)


@pytest.mark.parametrize(
    "text",
    [
        "Jane Roe (@skipper) has a boat.",
        "The account @skipper (Jane Roe) is new.",
    ],
)
def test_an_account_is_its_owners(join: Join, text: str) -> None:
    """The name beside the handle."""
    assert who(join, f"{text} “It is fast,” @skipper wrote.") == ("Jane Roe", "person")


def test_a_handle_that_spells_a_full_name_is_that_persons(join: Join) -> None:
    """@jane_roe is Jane Roe, once the article names her; a family name alone is not enough."""
    found = join("Mayor Jane Roe has a boat. “It is fast,” @jane_roe wrote.", "@jane_roe wrote")("@jane_roe wrote")
    assert found is not None
    assert found.name == "Jane Roe"
    found = join("Mayor Jane Roe has a boat. “It is fast,” @roe wrote.", "@roe wrote")("@roe wrote")
    assert found is not None
    assert found.name == "@roe"


def test_an_account_of_nobody_known_is_unnamed(join: Join) -> None:
    """It shows its handle, and is one somebody wherever it stands."""
    assert who(join, "The account @skipper is new. Jane Roe has a boat. “It is fast,” @skipper wrote.") == ("@skipper", "unnamed")
