"""Stretches that a page sets apart, with what says whose words they are."""

from typing import Literal, TypeAlias

from msgspec import Struct

from quoteapi.findings import Chars

Form: TypeAlias = Literal["block", "signed", "post"]


class Apart(Struct, frozen=True):
    """Words of one source that stand without marks.

    Args:
        spans: Half-open stretches of code points, one for each paragraph, prefixes left out.
        form: How they are set: below a colon or as a block, above a signature, behind the head of a post.
        source: The words that name the source; None where only the sentence above can tell.
        colon: The colon of the sentence that introduces them; None without one.
        plain: Whether nothing but that colon sets them apart.
    """

    spans: tuple[Chars, ...]
    form: Form
    source: Chars | None = None
    colon: int | None = None
    plain: bool = False
