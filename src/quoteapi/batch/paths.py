"""Paths: the files that a run writes, and the check that none of them is also read, under whatever name.

A run empties, replaces or deletes each of them, so an input among them would be lost.
"""

import os
import stat
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import BinaryIO

from quoteapi.errors import QuoteapiError

STANDARD = "-"

Identity = tuple[int, int]
"""The device and inode numbers of a file, which identify it under any name."""


class InputError(QuoteapiError):
    """A file of the input cannot be used; the message names it and says why."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")


def rejects_path(output: Path) -> Path:
    """The path of an output's rejects."""
    return output.with_name(f"{output.name}.rejects.jsonl")


def journal_path(output: Path) -> Path:
    """The path of an output's journal."""
    return output.with_name(f"{output.name}.run.json")


def spool_path(output: Path) -> Path:
    """The path of the answers from which a table is made."""
    return output.with_name(f"{output.name}.answers.jsonl.gz")


def plain_name(name: str) -> str:
    """The name of a file in small letters, without the suffix of a compression."""
    return name.lower().removesuffix(".gz").removesuffix(".zst")


def temporary_path(path: Path) -> Path:
    """The temporary path of a file that replaces another atomically."""
    return path.with_name(f"{path.name}.tmp")


def written_by(output: Path) -> list[Path]:
    """Every file that a run with this output may write, whether or not it exists."""
    journal = journal_path(output)
    return [output, rejects_path(output), journal, spool_path(output), temporary_path(output), temporary_path(journal)]


def identities(written: Iterable[Path | BinaryIO]) -> dict[Identity, str]:
    """The existing files by identity, each with the name under which it is written; pipes and devices are left out: they lose nothing."""
    names = {each: str(each) if isinstance(each, Path) else str(getattr(each, "name", each)) for each in written}
    return {identity: name for each, name in names.items() if (identity := _identity_of(each)) is not None}


def own_name(file: str, written: Mapping[Identity, str]) -> str | None:
    """The name under which the run writes to a file that it reads, even through a link; None if it does not."""
    identity = _identity_of(sys.stdin.buffer if file == STANDARD else Path(file))
    return None if identity is None else written.get(identity)


def check_not_overwritten(files: Iterable[str], written: Mapping[Identity, str]) -> None:
    """Raise an error if a file that is read is also written.

    Raises:
        InputError: Names both files.
    """
    for file in files:
        if (own := own_name(file, written)) is not None:
            reason = f"This file belongs to the output, too ({own}), and would be overwritten. Name another file for the answers."
            raise InputError(file, reason)


def _identity_of(file: Path | BinaryIO) -> Identity | None:
    """The identity of a path or stream; None if it is not a regular file."""
    try:
        found = file.stat() if isinstance(file, Path) else os.fstat(file.fileno())
    except OSError:  # it does not exist, or the stream has no file descriptor
        return None
    return (found.st_dev, found.st_ino) if stat.S_ISREG(found.st_mode) else None
