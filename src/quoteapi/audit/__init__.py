"""Source audit: whose voices are heard in an archive of answers.

It turns rows written by `quoteapi batch` into tables, without loading an engine. `files` and `records` read the rows; `naming`, `facts` and
`bearers` decide who may be the same speaker; `joining` groups speakers into voices; `repeats` finds repeated quotes; `tables` and
`summaries` count; `report` makes a page of the tables; `output` writes.
"""

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from quoteapi.arguments import people_of
from quoteapi.errors import ArgumentError, ExtraMissingError
from quoteapi.structs import Answer

if TYPE_CHECKING:
    from quoteapi.audit.tables import Tables

__all__ = ["audit", "check_installed"]


def audit(  # noqa: PLR0913  the options of quoteapi.voices
    rows: Iterable[Mapping[str, Any] | Answer],
    *,
    by: Sequence[str],
    every: Literal["month", "year"],
    date_column: str | None,
    outlet_column: str | None,
    min_confidence: float,
    people: object,
) -> "Tables":
    """Returns the tables of `quoteapi.voices`.

    Raises:
        ArgumentError: As for `quoteapi.voices`.
        ExtraMissingError: Polars is not installed.
    """
    check_installed()
    from quoteapi.audit.records import Reading  # noqa: PLC0415  Polars is optional
    from quoteapi.audit.tables import tables_of  # noqa: PLC0415  the same
    from quoteapi.speakers import Authority  # noqa: PLC0415  the same

    if every not in {"month", "year"}:
        message = f"every: It may be month or year, not {every!r}."
        raise ArgumentError(message)
    if isinstance(by, str):
        message = f"by: Expected a list of columns, got a text: write by=[{by!r}]."
        raise ArgumentError(message)
    if isinstance(rows, Mapping | Answer | str) or not isinstance(rows, Iterable):
        message = "rows: Expected a list of rows or answers; of a data frame give its rows, such as frame.to_dict('records')."
        raise ArgumentError(message)
    known = people_of(people)
    reading = Reading(date_column, outlet_column, min_confidence, Authority(known) if known else None)
    plain = (msgspec.to_builtins(row) if isinstance(row, Answer) else row for row in rows)
    return tables_of(plain, reading=reading, by=by, every=every)


def check_installed(*, report: bool = False) -> None:
    """Checks that Polars is installed and, for a report, vl-convert-python.

    Args:
        report: Whether a report will be written.

    Raises:
        ExtraMissingError: It is not; the message says how to install it.
    """
    needs = {"polars": "Tables of voices need Polars"} | ({"vl_convert": "A report of voices needs vl-convert-python"} if report else {})
    for module, need in needs.items():
        try:
            import_module(module)
        except ModuleNotFoundError:
            raise ExtraMissingError(need=need, extra="voices") from None
