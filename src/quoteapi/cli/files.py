"""Arguments of commands: files, `-` for a standard stream, and the choices of a request; errors become messages, not tracebacks."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, get_args

import rich_click as click

from quoteapi.errors import QuoteapiError
from quoteapi.escapes import escaped
from quoteapi.settings import Model
from quoteapi.structs import Format, Include, OffsetUnit, Person

STANDARD = Path("-")
PAGES = frozenset({".html", ".htm", ".xhtml"})
NO_COLUMNS = 80
"""Width of a table if the terminal's width is unknown."""
INCLUDE = click.Choice(get_args(get_args(Include)[0]))
FORMAT = click.Choice(get_args(get_args(Format)[0]))
OFFSET_UNIT = click.Choice(get_args(get_args(OffsetUnit)[0]))
model_option = click.option("--model", type=click.Choice(get_args(Model)), help="small is faster, base more accurate.  [default: small]")
"""The option of every command that reads articles."""


@contextmanager
def failures_told() -> Iterator[None]:
    """Turn errors of files, articles and settings into a message and exit code 1."""
    try:
        yield
    except BrokenPipeError:  # the reader of our output has closed it; click exits quietly
        raise
    except OSError as error:
        message = f"{error.filename}: {error.strerror}." if error.filename else f"{error}."
        raise click.ClickException(escaped(message)) from None
    except QuoteapiError as error:
        raise click.ClickException(escaped(str(error))) from None


@contextmanager
def reading(path: Path) -> Iterator[BinaryIO]:
    """Open a file, or standard input, as a binary stream."""
    if path == STANDARD:
        yield sys.stdin.buffer
    else:
        with path.open("rb") as file:
            yield file


def read_bytes(path: Path) -> bytes:
    """All bytes of a file or of standard input."""
    with reading(path) as file:
        return file.read()


def read_text_of(path: Path, given: str) -> str:
    """The text of a file or page in a given format; an error for text that is not UTF-8 names the file."""
    from quoteapi.request import NotUtf8Error, read_text  # noqa: PLC0415  help stays fast
    from quoteapi.web import decode_page  # noqa: PLC0415  help stays fast

    if given == "html":
        return decode_page(read_bytes(path))
    try:
        return read_text(read_bytes(path))
    except NotUtf8Error as error:
        message = escaped(f"{path}: {error}")
        raise click.ClickException(message) from None


def read_people_file(path: Path | None) -> list[Person]:
    """Read a list of people from a file; errors name the file."""
    from quoteapi.request import read_people  # noqa: PLC0415  help stays fast

    if path is None:
        return []
    try:
        return read_people(read_bytes(path))
    except QuoteapiError as error:
        message = escaped(f"{path}: {error}")
        raise click.ClickException(message) from None
