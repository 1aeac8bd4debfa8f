"""The journal: how far a run has come, kept beside its output and replaced as a whole, so that another run goes on from there.

What is in the files beyond what the journal counts was being written when the run was stopped; it is cut off and written again.
"""

import os
from pathlib import Path

import msgspec
from msgspec import Struct

from quoteapi.batch.paths import beside, journal_path, rejects_path, spool_path
from quoteapi.errors import QuoteapiError


class OtherRunError(QuoteapiError):
    """The output that is there belongs to another run, or somebody has changed it."""

    def __init__(self, output: Path, reason: str) -> None:
        super().__init__(
            f"{output} is the output of another run: {reason}. Name another file for the answers, or delete this one and the .run.json"
            " beside it."
        )


class Journal(Struct, frozen=True, forbid_unknown_fields=True):
    """What is done.

    `options` are all that the output depends on beside the input; `chain` is the digest of the records that are done; `output` and
    `rejects` are the bytes of the files that hold what became of them. `unreadable` are files that were skipped, each from where it could
    not be read.
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
        """Records that are done."""
        return self.answered + self.rejected


def read_journal(output: Path, *, options: dict[str, str]) -> Journal | None:
    """The journal of an output; None where nothing was begun.

    Raises:
        OtherRunError: The output is there without a journal, or what is there was made with other options.
    """
    path = journal_path(output)
    if not path.exists():
        for there in (output, rejects_path(output), spool_path(output)):  # all that a run empties when it begins
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
    """Put a journal in the place of the one before; whoever is killed meanwhile leaves one or the other."""
    replace_file(journal_path(output), msgspec.json.format(msgspec.json.encode(journal)) + b"\n")


def replace_file(path: Path, content: bytes) -> None:
    """Write a file as a whole, or not at all."""
    with beside(path).open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    put_in_place(beside(path), path)


def put_in_place(written: Path, path: Path) -> None:
    """Give a file that is on the disk its name, in the place of what has it."""
    written.replace(path)
    if os.name == "posix":  # the name is on the disk when its folder is
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
