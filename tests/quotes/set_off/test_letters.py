"""Letters: from the salutation to the signature."""

from collections.abc import Callable

import pytest

Page = Callable[[str], list[tuple[list[str], str | None]]]


@pytest.mark.parametrize(
    "close",
    [
        "Sincerely,\nJane Roe\nDirector",
        "Yours faithfully,\n\nJane Roe",
        "With kind regards, Jane Roe, Director",
        "— Jane Roe",
        "Jane Roe, director",
    ],
)
def test_the_signer_wrote_what_stands_above(laid_out: Page, close: str) -> None:
    """The salutation and the complimentary close frame a letter and are no part of its words."""
    text = f"Dear colleagues,\n\nThe pier is closed.\n\nNobody told us why.\n\n{close}\n\nThe harbour has three piers."
    assert laid_out(text) == [(["The pier is closed.", "Nobody told us why."], "Jane Roe")]


def test_an_unsigned_letter_is_left_out(laid_out: Page) -> None:
    """Nothing says where it ends."""
    assert laid_out("Dear colleagues,\n\nThe pier is closed.\n\nThe harbour has three piers.") == []


def test_a_statement_below_a_colon_ends_with_its_signature(laid_out: Page) -> None:
    """A dash and a name, or a close, say how far it goes."""
    text = "The harbour board wrote to skippers:\n\nThe pier is closed.\n\nUse the quay.\n\nRespectfully,\nJane Roe\n\nThe quay is new."
    assert laid_out(text) == [(["The pier is closed.", "Use the quay."], "Jane Roe")]


def test_two_letters_do_not_become_one(laid_out: Page) -> None:
    """A second salutation ends the search for the signer of the first."""
    text = "Dear Sir,\n\nThe pier is closed.\n\nDear Madam,\n\nThe quay is new.\n\nYours truly,\nAnn Doe"
    assert laid_out(text) == [(["The quay is new."], "Ann Doe")]
