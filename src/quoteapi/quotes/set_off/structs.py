"""Spans that a page sets off, with what shows whose words they are."""

from typing import Literal, TypeAlias

from msgspec import Struct

from quoteapi.findings import Chars

Form: TypeAlias = Literal["block", "signed", "post"]


class SetOffText(Struct, frozen=True):
    """Words of one source that stand without marks.

    Args:
        spans: Half-open spans of code points, one for each paragraph, without prefixes.
        form: Their layout: a block, also below a colon; above a signature; after the head of a post.
        source: The words that name the source; None if only the sentence above can.
        colon: The colon of the sentence that introduces them; None without one.
        plain: Whether only that colon sets them off.
    """

    spans: tuple[Chars, ...]
    form: Form
    source: Chars | None = None
    colon: int | None = None
    plain: bool = False
