"""Outputs: files that grow by blocks, each of which can be cut off again, so that a run that was stopped goes on at the last whole one.

JSON lines and CSV can be cut behind any block; compressed, a block is a member (gzip) or a frame (zstd) of its own, which every program
reads as one stream. Parquet can be cut nowhere: its answers are kept beside it as compressed JSON lines and become a table at the end.
"""

import gzip
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO, Protocol

from msgspec import Struct

from quoteapi.batch.arrow import arrow
from quoteapi.batch.journal import OtherRunError
from quoteapi.batch.rows import Shape, csv_lines, csv_names, json_lines
from quoteapi.errors import QuoteapiError

FORMS = (".jsonl", ".ndjson", ".csv", ".parquet")


class OutputError(QuoteapiError):
    """Nothing can be written as the output's name asks for."""


class RunningError(QuoteapiError):
    """Another process writes to the output."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"Another process is writing to {path}. Wait until it ends, or name another file.")


class Sink(Protocol):
    """What takes bytes."""

    def write(self, data: bytes, /) -> object:
        """Take them."""


class Form(Struct, frozen=True):
    """How answers are written to a file that grows.

    Args:
        encode: An answer as JSON, to lines.
        head: Stands before the first line.
        compress: Makes a block one member or frame; None where the lines stand as they are.
        table: Whether a table is made of the file at the end; what stands there are then answers.
    """

    encode: Callable[[bytes], bytes]
    head: bytes = b""
    compress: Callable[[bytes], bytes] | None = None
    table: bool = False


def is_csv(output: Path) -> bool:
    """Whether an output has all its columns' names before its first row."""
    return output.name.lower().removesuffix(".gz").removesuffix(".zst").endswith(".csv")


def form_of(output: Path | None, shape: Shape, carried: Sequence[str] | None = ()) -> Form:
    """How an output is written, by its suffixes; JSON lines for standard output (None) and where there is no suffix.

    Args:
        output: Its name.
        shape: What a row stands for.
        carried: The columns that CSV has beside its own; None where they are not known.

    Raises:
        OutputError: The suffix is not known, or has no such rows.
        ExtraMissingError: What writes it is not installed.
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
    """A file that is written by blocks, by this process alone.

    Args:
        path: Is made where it is not there.
        compress: As a form has it.

    Raises:
        RunningError: Another process writes to it.
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

    def go_on_at(self, size: int, *, head: bytes = b"", whole: bool = False) -> None:
        """Cut off what is behind so many bytes; where there are none, the head is written.

        Raises:
            OtherRunError: The file is shorter; or longer, though it should be whole.
        """
        there = self._file.tell()
        if there < size or (whole and there > size):
            raise OtherRunError(self._path, f"it has {there:,} bytes, and had {size:,} when it was left")
        self._file.truncate(size)
        self._file.seek(0, os.SEEK_END)
        if not size and head:
            self.write(head)

    def write(self, data: bytes) -> None:
        """Add bytes to the block; where it is not compressed, others can read them at once."""
        if self._compress is None:
            self._file.write(data)
            self._file.flush()
        else:
            self._block.append(data)

    def end_block(self) -> None:
        """End the block: a member or frame of its own where the file is compressed."""
        if self._compress is not None and self._block:
            self._file.write(self._compress(b"".join(self._block)))
            self._block = []

    def sync(self) -> int:
        """Return once all blocks are on the disk; the file's size."""
        self._file.flush()
        os.fsync(self._file.fileno())
        return self._file.tell()

    def close(self) -> None:
        """Close the file; a block that has not ended is left out where it is compressed."""
        self._file.close()


def _line(answer: bytes) -> bytes:
    return answer + b"\n"


def _gzipped(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def _zstd(data: bytes) -> bytes:
    packed: bytes = arrow().compress(data, codec="zstd", asbytes=True)
    return packed


def _lock(file: BinaryIO, path: Path) -> None:
    """Keep other processes out while the file is open; the system forgets it when this one ends, however it does."""
    try:
        import fcntl  # noqa: PLC0415  not on Windows, where nobody is kept out
    except ModuleNotFoundError:
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise RunningError(path) from None
