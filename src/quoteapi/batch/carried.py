"""Carried columns: what a record holds beside the article and its id (an outlet, a date, an address) stands in each of its rows again.

On the way through the engine they are one more member of the answer; in a row they are columns of their own.
"""

from typing import Any

import msgspec
from msgspec import Raw, field

from quoteapi.batch.fields import NOTHING
from quoteapi.structs import Answer

CARRIED = "carried"
"""The member of an answer that holds them until rows are made."""
PREFIX = "article_"
"""Stands before the name of one where the rows have a column of that name themselves."""
_MEMBER = f',"{CARRIED}":'.encode()


class CarryingAnswer(Answer, frozen=True):
    """An answer and what its record carried."""

    carried: dict[str, Any] = field(default_factory=dict)


def attach(answer: bytes, carried: bytes) -> bytes:
    """An answer as JSON with the object of what its record carries."""
    return answer if carried == NOTHING else b"".join((answer[:-1], _MEMBER, carried, b"}"))


def flat(answer: bytes) -> bytes:
    """The answer as JSON, what it carries beside its own fields."""
    if _MEMBER not in answer:
        return answer
    fields = msgspec.json.decode(answer, type=dict[str, Raw])
    carried = msgspec.json.decode(fields.pop(CARRIED, Raw(NOTHING)), type=dict[str, Raw])
    own = frozenset(Answer.__struct_fields__)
    return msgspec.json.encode(fields | {name_beside(name, own): value for name, value in carried.items()})


def name_beside(name: str, own: frozenset[str]) -> str:
    """The name of a carried column beside some columns of our own: no two get the same."""
    base = name
    while base not in own and base.startswith(PREFIX):
        base = base.removeprefix(PREFIX)
    return PREFIX + name if base in own else name
