"""Sheets: the rows of CSV files, tab-separated tables and Excel workbooks, a few at a time, by column name.

Rows are numbered as in a spreadsheet: the header is row 1.
"""

import csv
import datetime as dt
import importlib
import io
import warnings
import zipfile
from collections.abc import Generator, Iterable
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import Struct

from quoteapi.batch.fields import Columns, NoTextError, id_among, text_among
from quoteapi.batch.records import row_body
from quoteapi.errors import ExtraMissingError, QuoteapiError

Row = tuple[int, list[object]]
"""A row's number and its cells."""
_SEPARATORS = ",;\t|"
_MIN_CELL_LIMIT = 131_072
"""The csv module's default limit of characters per cell; a lower limit is never set, because it applies to the whole process."""


class SheetError(QuoteapiError):
    """A table cannot be read, or not beyond some row; the message says why and what to do."""


class Chosen(Struct, frozen=True):
    """The columns of a table: all names, the text column, and the id column, if there is one."""

    names: list[str]
    text: str
    id: str | None


def choose(names: list[str], columns: Columns | None) -> Chosen:
    """Choose the columns that hold the text and the id.

    Raises:
        NoTextError: No column has a usual name for the text.
        SheetError: There is no column with the given name.
    """
    text, identity = text_among(names, columns), id_among(names, columns)
    wanted = columns or Columns()
    if text is None and wanted.text == Columns().text:
        raise NoTextError(names, unit="column")
    if text is None or (identity is None and wanted.id != Columns().id):
        missing = wanted.text if text is None else wanted.id
        message = f"It has no column {missing}, only {', '.join(names)}. Name another with --{'text' if text is None else 'id'}-column."
        raise SheetError(message)
    return Chosen(names, text, identity)


def csv_rows(stream: BinaryIO, *, tabs: bool, longest: int) -> Generator[Row]:
    """The rows of a text table in UTF-8, with or without a byte order mark.

    Args:
        stream: Its bytes.
        tabs: Whether tabs separate the cells. Otherwise the separator is the one that occurs most in the first line: `,`, `;`, a tab or
            `|`.
        longest: Maximum characters per cell.

    Raises:
        SheetError: It is not UTF-8, or not a table.
    """
    csv.field_size_limit(max(_MIN_CELL_LIMIT, longest))
    number = 0
    with io.TextIOWrapper(stream, encoding="utf-8-sig", newline="") as text:
        try:
            first = text.readline()
            separator = "\t" if tabs else max(_SEPARATORS, key=first.count)
            for number, cells in enumerate(csv.reader(chain([first], text), delimiter=separator), start=1):
                if any(cells):
                    yield number, list(cells)
        except UnicodeDecodeError:
            message = f"It is not UTF-8 somewhere after row {number}. Save it again as “CSV UTF-8”, or give the .xlsx file itself."
            raise SheetError(message) from None
        except csv.Error as error:
            message = f"It cannot be read beyond row {number}: {error}. A quotation mark that is never closed may be the cause."
            raise SheetError(message) from None


def workbook_rows(path: Path) -> Generator[Row]:
    """The rows of a workbook's first sheet; a formula gives the value that it had when the workbook was saved.

    Raises:
        SheetError: It is not a readable workbook.
        ExtraMissingError: openpyxl is not installed.
    """
    try:
        openpyxl = importlib.import_module("openpyxl")
    except ModuleNotFoundError:
        raise ExtraMissingError(need="Excel workbooks need openpyxl", extra="excel") from None
    number = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # about styles and extensions, which contain no text
        try:
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:  # XML's ParseError is a SyntaxError
            message = f"It is no Excel workbook that can be read: {error}. Save it again as .xlsx, or as CSV UTF-8."
            raise SheetError(message) from None
    with closing(book):
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # some programs write wrong dimensions
        try:
            for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
                if any(cell is not None for cell in cells):
                    yield number, [_plain(cell) for cell in cells]
        except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
            message = f"It cannot be read beyond row {number}: {error}."
            raise SheetError(message) from None


def column_names(header: Iterable[object]) -> list[str]:
    """The column names: a column without a name gets one from its number, and a repeated name gets a number appended."""
    names: list[str] = []
    for number, cell in enumerate(header, start=1):
        name = wanted = str(cell).strip() if cell is not None and str(cell).strip() else f"column_{number}"
        again = 1
        while name in names:
            again += 1
            name = f"{wanted}_{again}"
        names.append(name)
    return names


def fault_of(cells: list[object], names: list[str]) -> str | None:
    """What is wrong with a row: cells beyond the last column come from separators in an unquoted text."""
    if not any(cell not in {None, ""} for cell in cells[len(names) :]):
        return None
    return (
        f"The row has {len(cells)} cells, and there are {len(names)} columns: a cell that holds a separator or a line break needs"
        " quotation marks around it."
    )


def requested(row: dict[str, object], chosen: Chosen) -> tuple[bytes, bytes]:
    """The request that a row makes, and the carried columns, both as JSON objects."""
    body = row_body(row.get(chosen.id) if chosen.id is not None else None, row.get(chosen.text))
    carried = {name: value for name, value in row.items() if name not in {chosen.text, chosen.id}}
    return body, msgspec.json.encode(carried, enc_hook=str)


def _plain(cell: object) -> object:
    """A cell's value for JSON; a date at midnight is written without the time."""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat()
    return cell
