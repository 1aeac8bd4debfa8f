"""Import of pyarrow, an optional dependency that reads and writes Parquet and decompresses zstd."""

import importlib
from typing import Any

from quoteapi.errors import ExtraMissingError


def arrow(module: str | None = None) -> Any:  # noqa: ANN401  a module of a library without types
    """`pyarrow` or one of its submodules.

    Raises:
        ExtraMissingError: pyarrow is not installed.
    """
    try:
        return importlib.import_module("pyarrow" if module is None else f"pyarrow.{module}")
    except ModuleNotFoundError:
        raise ExtraMissingError(need="Parquet and zstd need pyarrow", extra="parquet") from None
