"""The spool: what goes in comes out, in memory or in a file, and no more goes in than may."""

import asyncio
from contextlib import aclosing
from pathlib import Path

import pytest

from quoteapi.api.spool import Spool

PIECE = b"x" * 100_000


async def emptied(spool: Spool) -> bytes:
    """All that still comes out."""
    parts = []
    while part := await spool.get():
        parts.append(part)
    return b"".join(parts)


@pytest.mark.parametrize("pieces", [0, 1, 5, 40], ids=lambda pieces: f"{pieces} pieces")
def test_what_goes_in_comes_out_in_order(pieces: int) -> None:
    """Also where it is more than memory holds."""

    async def work() -> bytes:
        async with aclosing(Spool(10_000_000)) as spool:
            for number in range(pieces):
                await spool.put(b"%d:%s" % (number, PIECE))
            spool.end()
            return await emptied(spool)

    assert asyncio.run(work()) == b"".join(b"%d:%s" % (number, PIECE) for number in range(pieces))


def test_who_puts_waits_while_it_is_full() -> None:
    """Until all is out; and then the same bytes may go in again, many times over."""

    async def work() -> int:
        async with aclosing(Spool(3 * len(PIECE))) as spool:

            async def fill() -> None:
                for _ in range(50):
                    await spool.put(PIECE)
                spool.end()

            filling = asyncio.create_task(fill())
            while not spool.full:  # noqa: ASYNC110  it tells nobody
                await asyncio.sleep(0)
            assert not filling.done()
            out = len(await emptied(spool))
            await filling
            assert not spool.full
            return out

    assert asyncio.run(work()) == 50 * len(PIECE)


def test_one_piece_that_is_too_large_is_let_in_alone() -> None:
    """It would wait for ever otherwise."""

    async def work() -> bytes:
        async with aclosing(Spool(10)) as spool:
            await spool.put(PIECE)
            spool.end()
            return await emptied(spool)

    assert asyncio.run(work()) == PIECE


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts open files in /proc")
def test_the_file_is_gone_when_all_is_out() -> None:
    """And memory serves again."""

    async def work() -> tuple[int, int, int]:
        counts = [open_files()]
        async with aclosing(Spool(10_000_000)) as spool:
            for _ in range(30):
                await spool.put(PIECE)
            counts.append(open_files())
            for _ in range(30 * len(PIECE) // 65536 + 1):
                await spool.get()
            counts.append(open_files())
        return counts[0], counts[1], counts[2]

    before, during, after = asyncio.run(work())
    assert (during, after) == (before + 1, before)


def open_files() -> int:
    """Open files of this process that have no name any more."""
    targets = []
    for entry in Path("/proc/self/fd").iterdir():
        try:
            targets.append(str(entry.readlink()))
        except FileNotFoundError:
            continue  # the folder's own
    return sum("(deleted)" in target for target in targets)
