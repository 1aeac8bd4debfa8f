"""pyarrow, which is there only with an extra: what reads and writes Parquet, and unpacks zstd."""

import importlib
from typing import Any

from quoteapi.errors import ExtraMissingError


def arrow(module: str | None = None) -> Any:  # noqa: ANN401  a module of a library without types
    """`pyarrow`, or a module of it.

    Raises:
        ExtraMissingError: It is not installed.
    """
    try:
        return importlib.import_module("pyarrow" if module is None else f"pyarrow.{module}")
    except ModuleNotFoundError:
        raise ExtraMissingError(need="Parquet and zstd need pyarrow", extra="parquet") from None
