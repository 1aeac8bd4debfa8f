"""Frames: the messages that a worker and its parent exchange over their link, each with its length as a prefix."""

import pickle
import pkgutil
from asyncio import StreamReader
from typing import BinaryIO

import msgspec
from msgspec import Struct

from quoteapi.processes.engine_process import Order, Refused, Reply

_LENGTH = 4
"""Bytes of the length prefix, big-endian."""


class Loaded(Struct, frozen=True, tag=True):
    """The worker has its engine. `shared`: the engine is the fork server's, whose memory it shares."""

    shared: bool


class Unloadable(Struct, frozen=True, tag=True):
    """The worker could not load its engine and ends."""

    reason: str


class Failed(Struct, frozen=True, tag=True):
    """The engine raised an undocumented error; `where` tells the type and the line."""

    where: str


Report = Loaded | Unloadable | Failed | Refused | Reply
"""A message from a worker."""


def _name_of(value: object) -> str:
    """Return the import path of a class, `module:name`."""
    if isinstance(value, type):
        return f"{value.__module__}:{value.__qualname__}"
    raise NotImplementedError


def _named(_: type, name: str) -> object:
    """Return the class at an import path."""
    return pkgutil.resolve_name(name)


_encoder = msgspec.msgpack.Encoder(enc_hook=_name_of)
_reports = msgspec.msgpack.Decoder(Report, dec_hook=_named)


def framed(message: Order | Report) -> bytes:
    """Encode a message, with its length as a prefix."""
    body = pickle.dumps(message) if isinstance(message, Order) else _encoder.encode(message)
    return len(body).to_bytes(_LENGTH, "big") + body


def next_order(link: BinaryIO) -> Order | None:
    """Read the parent's next order; None if the parent has closed the link."""
    head = link.read(_LENGTH)
    body = link.read(int.from_bytes(head, "big")) if len(head) == _LENGTH else b""
    if not body:
        return None
    order: Order = pickle.loads(body)  # noqa: S301  from our own parent; the engine validates its content
    return order


async def next_report(link: StreamReader) -> Report:
    """Read the worker's next report.

    Raises:
        IncompleteReadError: The worker has ended.
        ConnectionError: The worker has ended while data was on its way to it.
    """
    length = int.from_bytes(await link.readexactly(_LENGTH), "big")
    report: Report = _reports.decode(await link.readexactly(length))
    return report
