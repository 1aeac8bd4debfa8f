"""CSV: one row per quote, for spreadsheets and data frames, as RFC 4180 specifies it."""

import csv
import io
import re
from collections.abc import Iterable, Mapping

from quoteapi.structs import Answer, Quote

COLUMNS = (
    "id", "kind", "text", "start", "end", "speaker", "type", "role", "cue", "mention", "confidence", "method", "modality", "stance",
    "reason", "path",
)  # fmt: skip

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""The start of a cell that a spreadsheet would run (OWASP, CSV injection), or that is already escaped."""
_NUMBER = re.compile(r"[+-]?[0-9.,]*%?")
"""A number, or a lone sign such as a dash for no value: harmless as it is."""


def as_csv(answer: Answer, text: str) -> bytes:  # noqa: ARG001  every form gets the text, this one needs none
    """A header and one row per quote."""
    types = {speaker.id: speaker.type for speaker in answer.speakers}
    return csv_of([COLUMNS, *(_row(quote, types) for quote in answer.quotes)])


def csv_of(rows: Iterable[Iterable[object]]) -> bytes:
    """Rows as CSV in UTF-8; cells with None are empty.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front, unless it is a number. Nothing is lost: removing one
    apostrophe where `'+[=+-@…]` matches at the start restores the text.
    """
    out = io.StringIO()
    csv.writer(out).writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8", "surrogatepass")


def _harmless(cell: object) -> object:
    formula = isinstance(cell, str) and _FORMULA.match(cell) and not _NUMBER.fullmatch(cell)
    return f"'{cell}" if formula else cell


def _row(quote: Quote, types: Mapping[str, str]) -> list[object]:
    speaker = quote.speaker
    return [
        quote.id,
        quote.kind,
        quote.text,
        quote.start,
        quote.end,
        speaker.name if speaker else None,
        types.get(speaker.id) if speaker else None,
        speaker.role if speaker else None,
        quote.cue.text if quote.cue else None,
        quote.mention.text if quote.mention else None,
        quote.confidence,
        quote.evidence.method,
        quote.modality,
        quote.stance,
        quote.reason or None,
        quote.path or None,
    ]
