"""A spool: answers that wait to be sent, first in memory, then in a temporary file, up to a limit."""

import asyncio

from anyio import SpooledTemporaryFile

_IN_MEMORY = 1 << 20
"""Bytes that are held in memory before a file is used."""
_PART = 1 << 16
"""Maximum bytes that are returned at a time."""


class Spool:
    """Passes bytes from one task to another; its file has no name and disappears with this process.

    Bytes that were read are freed only when all are read, and count towards the size until then.

    Args:
        size: Maximum bytes held; a single larger piece is accepted if nothing else is held.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY)
        self._using = asyncio.Lock()
        self._written = self._read = 0
        self._ended = False
        self._filled, self._emptied = asyncio.Event(), asyncio.Event()
        self.full = False
        """Whether the writer waits for room."""

    async def put(self, data: bytes) -> None:
        """Append bytes, once there is room.

        Raises:
            OSError: The disk has no room.
        """
        while self._written and self._written + len(data) > self._size:
            self.full = True
            self._emptied.clear()
            await self._emptied.wait()
        self.full = False
        async with self._using:
            await self._file.seek(self._written)
            await self._file.write(data)
            self._written += len(data)
        self._filled.set()

    def end(self) -> None:
        """Mark the end of the data."""
        self._ended = True
        self._filled.set()

    async def get(self) -> bytes:
        """Return the next bytes, as soon as there are some; empty at the end."""
        while self._read == self._written and not self._ended:
            self._filled.clear()
            await self._filled.wait()
        async with self._using:
            await self._file.seek(self._read)
            data = await self._file.read(min(_PART, self._written - self._read))
            self._read += len(data)
            if self._read == self._written:
                await self._start_anew()
        return data

    async def aclose(self) -> None:
        """Discard the contents."""
        await self._file.aclose()

    async def _start_anew(self) -> None:
        """Free what was read."""
        if self._written > _IN_MEMORY:
            await self._file.aclose()
            self._file = SpooledTemporaryFile(max_size=_IN_MEMORY)
        self._written = self._read = 0
        self._emptied.set()
