"""Carried columns: fields of a record besides the text and the id (an outlet, a date, a URL), copied to each of its output rows.

While an article is processed, they are one extra member of the answer; in a row, each is a column of its own.
"""

from typing import Any

import msgspec
from msgspec import Raw, field

from quoteapi.batch.fields import NOTHING
from quoteapi.structs import Answer

CARRIED = "carried"
"""The member of an answer that holds the carried columns until rows are made."""
PREFIX = "article_"
"""Prefix of a carried column whose name the output already uses."""
_MEMBER = f',"{CARRIED}":'.encode()


class CarryingAnswer(Answer, frozen=True):
    """An answer with the carried columns of its record."""

    carried: dict[str, Any] = field(default_factory=dict)


def attach(answer: bytes, carried: bytes) -> bytes:
    """Adds the object of carried columns to an answer, both as JSON."""
    return answer if carried == NOTHING else b"".join((answer[:-1], _MEMBER, carried, b"}"))


def flat(answer: bytes) -> bytes:
    """The answer as JSON, with its carried columns as top-level fields."""
    if _MEMBER not in answer:
        return answer
    fields = msgspec.json.decode(answer, type=dict[str, Raw])
    carried = msgspec.json.decode(fields.pop(CARRIED, Raw(NOTHING)), type=dict[str, Raw])
    own = frozenset(Answer.__struct_fields__)
    return msgspec.json.encode(fields | {unique_name(name, own): value for name, value in carried.items()})


def unique_name(name: str, own: frozenset[str]) -> str:
    """The name of a carried column next to the output's own columns, made so that no two columns get the same name."""
    base = name
    while base not in own and base.startswith(PREFIX):
        base = base.removeprefix(PREFIX)
    return PREFIX + name if base in own else name
