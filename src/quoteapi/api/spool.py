"""A spool: answers that nobody has taken yet, first in memory, then in a file, and no more of them than may."""

import asyncio

from anyio import SpooledTemporaryFile

_IN_MEMORY = 1 << 20
"""Bytes that are held before there is a file."""
_PART = 1 << 16
"""Bytes that are given out at a time, at most."""


class Spool:
    """Bytes in, the same bytes out, from one task to another; the file has no name, and is gone with this process.

    What is given out is freed when all is: until then it counts.

    Args:
        size: Bytes that it holds; one piece that has more is let in where nothing else is held.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY)
        self._using = asyncio.Lock()
        self._written = self._read = 0
        self._ended = False
        self._filled, self._emptied = asyncio.Event(), asyncio.Event()
        self.full = False
        """Whether somebody waits to put something in."""

    async def put(self, data: bytes) -> None:
        """Put bytes in, when there is room.

        Raises:
            OSError: There is none on the disk.
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
        """Say that nothing more comes."""
        self._ended = True
        self._filled.set()

    async def get(self) -> bytes:
        """The next bytes, as soon as there are some; none where nothing more comes."""
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
        """Let go of what is held."""
        await self._file.aclose()

    async def _start_anew(self) -> None:
        """Let go of what was given out."""
        if self._written > _IN_MEMORY:
            await self._file.aclose()
            self._file = SpooledTemporaryFile(max_size=_IN_MEMORY)
        self._written = self._read = 0
        self._emptied.set()
