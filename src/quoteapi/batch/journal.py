"""The journal: how far a run has come, stored beside its output and replaced atomically, so that another run can resume there.

Bytes in the output files beyond the sizes in the journal were being written when the run stopped; they are cut off and written again.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import Struct

from quoteapi.batch.paths import journal_path, rejects_path, spool_path, temporary_path
from quoteapi.errors import QuoteapiError


class OtherRunError(QuoteapiError):
    """The existing output belongs to another run, or was changed since."""

    def __init__(self, output: Path, reason: str) -> None:
        super().__init__(
            f"{output} is the output of another run: {reason}. Name another file for the answers, or delete this one and the .run.json"
            " beside it."
        )


class Journal(Struct, frozen=True, forbid_unknown_fields=True):
    """The progress of a run.

    `options` are everything besides the input that the output depends on; `chain` is the digest of the records done so far; `output` and
    `rejects` are the sizes of the output files in bytes. `unreadable` are the files of which the rest, from the first unreadable place, was
    skipped.
    """

    options: dict[str, str]
    chain: bytes
    answered: int = 0
    rejected: int = 0
    output: int = 0
    rejects: int = 0
    unreadable: list[str] = []
    finished: bool = False

    @property
    def records(self) -> int:
        """The number of records that are done."""
        return self.answered + self.rejected


def read_journal(output: Path, *, options: dict[str, str]) -> Journal | None:
    """The journal of an output; None if no run was started.

    Raises:
        OtherRunError: There is an output without a journal, or it was made with other options.
    """
    path = journal_path(output)
    if not path.exists():
        for there in (output, rejects_path(output), spool_path(output)):  # the files that a new run would empty
            if there.exists() and there.stat().st_size:
                raise OtherRunError(there, f"there is no {path.name} that tells how far it came")
        return None
    try:
        journal = msgspec.json.decode(path.read_bytes(), type=Journal)
    except msgspec.DecodeError:
        raise OtherRunError(output, f"{path.name} is none of this version's") from None
    for name in sorted(journal.options.keys() | options.keys()):
        before, now = journal.options.get(name), options.get(name)
        if before != now:
            raise OtherRunError(output, f"its {name} was {before}, and is {now} now")
    return journal


def write_journal(output: Path, journal: Journal) -> None:
    """Replace the journal atomically: if the process is killed meanwhile, either the old or the new one remains."""
    replace_file(journal_path(output), msgspec.json.format(msgspec.json.encode(journal)) + b"\n")


def replace_file(path: Path, content: bytes) -> None:
    """Write a file completely or not at all."""
    with replacing(path) as file:
        file.write(content)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a file that replaces another one as a whole: it gets its name only after all that was written is on the disk.

    If the writing fails, the other file stays as it was.
    """
    written = temporary_path(path)
    with written.open("wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    written.replace(path)
    if os.name == "posix":  # the new name is durable only after its folder is synced
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
