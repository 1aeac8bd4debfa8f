"""Outputs: files that are written in blocks and can be truncated to the last complete one, so that a stopped run can resume.

JSON lines and CSV can be cut after any block; if compressed, each block is a gzip member or zstd frame of its own, and all programs read
the members as one stream. Parquet cannot be cut: its answers are kept beside it as compressed JSON lines and become a table at the end.
"""

import gzip
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO, Protocol

from msgspec import Struct

from quoteapi.batch.arrow import arrow
from quoteapi.batch.journal import OtherRunError
from quoteapi.batch.paths import plain_name
from quoteapi.batch.rows import Shape, csv_lines, csv_names, json_lines
from quoteapi.errors import QuoteapiError

FORMS = (".jsonl", ".ndjson", ".csv", ".parquet")


class OutputError(QuoteapiError):
    """The output cannot be written in the format that its name implies."""


class RunningError(QuoteapiError):
    """Another process is writing to the output."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"Another process is writing to {path}. Wait until it ends, or name another file.")


class Sink(Protocol):
    """Anything that bytes can be written to."""

    def write(self, data: bytes, /) -> object:
        """Write bytes."""


class Form(Struct, frozen=True):
    """How answers are written to a growing file.

    Args:
        encode: Turns an answer (JSON) into lines.
        head: Written before the first line.
        compress: Makes one member or frame of a block; None if the file is not compressed.
        table: Whether a table is made from the file at the end. Its lines are then whole answers.
    """

    encode: Callable[[bytes], bytes]
    head: bytes = b""
    compress: Callable[[bytes], bytes] | None = None
    table: bool = False


def is_csv(output: Path) -> bool:
    """Whether an output is CSV, whose header needs the names of all columns before the first row."""
    return plain_name(output.name).endswith(".csv")


def form_of(output: Path | None, shape: Shape, carried: Sequence[str] | None = ()) -> Form:
    """The output format for a file name's suffixes; JSON lines for standard output (None) and for names without a suffix.

    Args:
        output: The file name.
        shape: What a row stands for.
        carried: The carried columns of CSV; None if they are not known.

    Raises:
        OutputError: The suffix is unknown, or its format cannot hold such rows.
        ExtraMissingError: The library that writes the format is not installed.
    """
    suffixes = [suffix.lower() for suffix in output.suffixes] if output is not None else []
    compress = None
    if suffixes[-1:] == [".gz"]:
        compress = _gzipped
    elif suffixes[-1:] == [".zst"]:
        arrow()
        compress = _zstd
    name = "".join(suffixes[-1:] if compress is None else suffixes[-2:-1])
    match name:
        case ".parquet" if compress is None:
            arrow("parquet")
            return Form(encode=_line, compress=_gzipped, table=True)
        case ".csv" if shape != "answers":
            return Form(lambda answer: csv_lines(answer, shape, carried), head=csv_names(shape, carried), compress=compress)
        case ".csv":
            message = "CSV cannot hold whole answers. Pass --rows quotes or --rows speakers, or write .jsonl or .parquet."
            raise OutputError(message)
        case ".jsonl" | ".ndjson" | "":
            return Form(encode=lambda answer: json_lines(answer, shape), compress=compress)
        case _:
            message = f"{output}: its suffix is none of {', '.join(FORMS)} (the first three also with .gz or .zst)."
            raise OutputError(message)


class GrowingFile:
    """A file that only this process writes, block by block.

    Args:
        path: Created if missing.
        compress: As in `Form`.

    Raises:
        RunningError: Another process is writing to it.
    """

    def __init__(self, path: Path, compress: Callable[[bytes], bytes] | None = None) -> None:
        self._path = path
        self._compress = compress
        self._block: list[bytes] = []
        self._file = path.open("ab")
        try:
            _lock(self._file, path)
        except BaseException:
            self._file.close()
            raise

    def resume_at(self, size: int, *, head: bytes = b"", whole: bool = False) -> None:
        """Truncate the file to `size` bytes; if that is 0, write the head.

        Raises:
            OtherRunError: The file is shorter than `size`, or it is longer although `whole` says that it is complete.
        """
        there = self._file.tell()
        if there < size or (whole and there > size):
            raise OtherRunError(self._path, f"it has {there:,} bytes, and had {size:,} when it was left")
        self._file.truncate(size)
        self._file.seek(0, os.SEEK_END)
        if not size and head:
            self.write(head)

    def write(self, data: bytes) -> None:
        """Add bytes to the block; in an uncompressed file, others can read them at once."""
        if self._compress is None:
            self._file.write(data)
            self._file.flush()
        else:
            self._block.append(data)

    def end_block(self) -> None:
        """End the block; in a compressed file, it becomes a member or frame of its own."""
        if self._compress is not None and self._block:
            self._file.write(self._compress(b"".join(self._block)))
            self._block = []

    def sync(self) -> int:
        """Sync all complete blocks to disk, and return the size of the file in bytes."""
        self._file.flush()
        os.fsync(self._file.fileno())
        return self._file.tell()

    def close(self) -> None:
        """Close the file; in a compressed file, an incomplete block is discarded."""
        self._file.close()


def _line(answer: bytes) -> bytes:
    return answer + b"\n"


def _gzipped(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def _zstd(data: bytes) -> bytes:
    packed: bytes = arrow().compress(data, codec="zstd", asbytes=True)
    return packed


def _lock(file: BinaryIO, path: Path) -> None:
    """Keep other processes out while the file is open; the system releases the lock when this process ends, even if it is killed."""
    try:
        import fcntl  # noqa: PLC0415  missing on Windows, where files are not locked
    except ModuleNotFoundError:
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise RunningError(path) from None
