"""Frames: what a worker and its parent tell each other over their link, a message behind its length."""

import pickle
import pkgutil
from asyncio import StreamReader
from typing import BinaryIO

import msgspec
from msgspec import Struct

from quoteapi.processes.reading import Order, Refused, Reply

_LENGTH = 4
"""Bytes of a length, the highest first."""


class Loaded(Struct, frozen=True, tag=True):
    """The worker can read. `shared`: with the engine that the fork server had loaded, whose memory it shares."""

    shared: bool


class Unloadable(Struct, frozen=True, tag=True):
    """The worker has no engine and ends."""

    reason: str


class Failed(Struct, frozen=True, tag=True):
    """The engine raised what it should not, and where."""

    where: str


Report = Loaded | Unloadable | Failed | Refused | Reply
"""What a worker tells."""


def _name_of(value: object) -> str:
    """The name that leads to a class."""
    if isinstance(value, type):
        return f"{value.__module__}:{value.__qualname__}"
    raise NotImplementedError


def _named(_: type, name: str) -> object:
    """The class that a name leads to."""
    return pkgutil.resolve_name(name)


_encoder = msgspec.msgpack.Encoder(enc_hook=_name_of)
_reports = msgspec.msgpack.Decoder(Report, dec_hook=_named)


def framed(message: Order | Report) -> bytes:
    """A message as it goes over the link."""
    body = pickle.dumps(message) if isinstance(message, Order) else _encoder.encode(message)
    return len(body).to_bytes(_LENGTH, "big") + body


def next_order(link: BinaryIO) -> Order | None:
    """What the parent sends next; None where it has closed the link."""
    head = link.read(_LENGTH)
    body = link.read(int.from_bytes(head, "big")) if len(head) == _LENGTH else b""
    if not body:
        return None
    order: Order = pickle.loads(body)  # noqa: S301  our own parent's; taken as it is, since to judge it is the engine's part
    return order


async def next_report(link: StreamReader) -> Report:
    """What the worker tells next.

    Raises:
        IncompleteReadError: The worker has ended.
        ConnectionError: It has, while something was on its way to it.
    """
    length = int.from_bytes(await link.readexactly(_LENGTH), "big")
    report: Report = _reports.decode(await link.readexactly(length))
    return report
