"""Tables: answers as a Parquet file, with types derived from the structs."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from quoteapi.batch.arrow import arrow
from quoteapi.batch.carried_columns import CarryingAnswer
from quoteapi.batch.journal import replacing
from quoteapi.batch.rows import Shape, carried_names, rows_of, schema_of

ANSWERS_AT_ONCE = 100
GROUP_SIZE = 32 << 20
"""Bytes of rows in memory per row group: some megabytes in the file, a size that suits readers."""


_INT64_LIMIT = 2**63
"""The smallest positive integer that does not fit into a signed 64-bit column."""


def carried_types(answers: Iterable[bytes]) -> dict[str, Any]:
    """The carried columns of the answers, in order of first occurrence, each with the pyarrow type for its values.

    A column has a numeric or Boolean type if all its values do; otherwise it is text.
    """
    pa = arrow()
    found: dict[str, set[type]] = {}
    for answer in answers:
        for name, value in msgspec.json.decode(answer, type=CarryingAnswer).carried.items():
            kinds = found.setdefault(name, set())
            if value is not None:
                kinds.add(str if isinstance(value, int) and not -_INT64_LIMIT <= value < _INT64_LIMIT else type(value))
    types = {frozenset([bool]): pa.bool_(), frozenset([int]): pa.int64()}
    types |= dict.fromkeys((frozenset([float]), frozenset([int, float])), pa.float64())
    return {name: types.get(frozenset(kinds), pa.string()) for name, kinds in found.items()}


def write_table(answers: Iterable[bytes], path: Path, shape: Shape, carried: Mapping[str, Any] | None = None) -> None:
    """Write a Parquet file completely or not at all; the same answers give the same bytes.

    Args:
        answers: As JSON.
        path: Replaced if it exists.
        shape: What a row stands for.
        carried: The types of the carried columns, from `carried_types`.
    """
    pa, parquet = arrow(), arrow("parquet")
    schema, types = schema_of(shape), dict(zip(carried_names(carried or {}, shape), (carried or {}).values(), strict=True))
    for name, kind in types.items():
        schema = schema.append(pa.field(name, kind))
    texts = {name for name, kind in types.items() if kind == pa.string()}
    with replacing(path) as file, parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        group, size = [], 0
        for block in _blocks(answers):
            rows = [_typed(row, texts) for answer in block for row in rows_of(answer, shape)]
            group.append(pa.Table.from_pylist(rows, schema=schema))
            size += group[-1].nbytes
            if size >= GROUP_SIZE:
                writer.write_table(pa.concat_tables(group))
                group, size = [], 0
        if group:
            writer.write_table(pa.concat_tables(group))


def _typed(row: dict[str, Any], texts: set[str]) -> dict[str, Any]:
    """A row whose carried values are converted to text for text columns; numbers, lists and objects become JSON."""
    converted = {name: row[name] for name in texts if name in row and not isinstance(row[name], str | None)}
    return row | {name: msgspec.json.encode(value).decode() for name, value in converted.items()} if converted else row


def _blocks(answers: Iterable[bytes]) -> Iterator[list[CarryingAnswer]]:
    """The answers in groups of `ANSWERS_AT_ONCE`."""
    block = []
    for answer in answers:
        block.append(msgspec.json.decode(answer, type=CarryingAnswer))
        if len(block) == ANSWERS_AT_ONCE:
            yield block
            block = []
    if block:
        yield block
