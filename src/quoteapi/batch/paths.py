"""Paths: the files that a run writes, by their names, none of which may be read as well, whatever it is called there.

A run empties, replaces or deletes each of them, so that an input among them would be lost.
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
"""A file whatever it is called: its device and its number there."""


class InputError(QuoteapiError):
    """A file of the input cannot be used; says which, and why."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")


def rejects_path(output: Path) -> Path:
    """Where the rejects of an output go."""
    return output.with_name(f"{output.name}.rejects.jsonl")


def journal_path(output: Path) -> Path:
    """Where the journal of an output is."""
    return output.with_name(f"{output.name}.run.json")


def spool_path(output: Path) -> Path:
    """Where the answers are kept of which a table is made."""
    return output.with_name(f"{output.name}.answers.jsonl.gz")


def beside(path: Path) -> Path:
    """Where a file is written that takes another's place as a whole."""
    return path.with_name(f"{path.name}.tmp")


def written_by(output: Path) -> list[Path]:
    """Every file that a run with this output may write, whether it is there or not."""
    return [output, rejects_path(output), journal_path(output), spool_path(output), beside(output), beside(journal_path(output))]


def identities(written: Iterable[Path | BinaryIO]) -> dict[Identity, str]:
    """Those of the files that are there, each with the name by which it is written; a pipe or a device is none, since it loses nothing."""
    names = {each: str(each) if isinstance(each, Path) else str(getattr(each, "name", each)) for each in written}
    return {identity: name for each, name in names.items() if (identity := _identity_of(each)) is not None}


def own_name(file: str, written: Mapping[Identity, str]) -> str | None:
    """The name by which a run writes to a file that it reads, be it by a link; None where it does not."""
    identity = _identity_of(sys.stdin.buffer if file == STANDARD else Path(file))
    return None if identity is None else written.get(identity)


def check_apart(files: Iterable[str], written: Mapping[Identity, str]) -> None:
    """Raise where a file that is read is one that is written.

    Raises:
        InputError: Names both.
    """
    for file in files:
        if (own := own_name(file, written)) is not None:
            reason = f"This file belongs to the output, too ({own}), and would be overwritten. Name another file for the answers."
            raise InputError(file, reason)


def _identity_of(file: Path | BinaryIO) -> Identity | None:
    """Whose a path or a stream is; None where it is no file."""
    try:
        found = file.stat() if isinstance(file, Path) else os.fstat(file.fileno())
    except OSError:  # it is not there, or is no stream of the system's
        return None
    return (found.st_dev, found.st_ino) if stat.S_ISREG(found.st_mode) else None
