"""Tables: answers as a Parquet file, typed by the structs."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from quoteapi.batch.arrow import arrow
from quoteapi.batch.journal import put_in_place
from quoteapi.batch.paths import beside
from quoteapi.batch.rows import Shape, rows_of, schema_of
from quoteapi.structs import Answer

ANSWERS_AT_ONCE = 100
GROUP_SIZE = 32 << 20
"""Bytes of rows in memory that are written as a row group: some megabytes in the file, which is what readers like."""


def write_table(answers: Iterable[bytes], path: Path, shape: Shape) -> None:
    """Write a Parquet file as a whole, or not at all; the same answers make the same bytes.

    Args:
        answers: As JSON.
        path: Replaced where it is there.
        shape: What a row stands for.
    """
    pa, parquet = arrow(), arrow("parquet")
    schema = schema_of(shape)
    written = beside(path)
    with written.open("wb") as file:
        with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
            group, size = [], 0
            for block in _blocks(answers):
                rows = [row for answer in block for row in rows_of(answer, shape)]
                group.append(pa.Table.from_pylist(rows, schema=schema))
                size += group[-1].nbytes
                if size >= GROUP_SIZE:
                    writer.write_table(pa.concat_tables(group))
                    group, size = [], 0
            if group:
                writer.write_table(pa.concat_tables(group))
        file.flush()
        os.fsync(file.fileno())
    put_in_place(written, path)


def _blocks(answers: Iterable[bytes]) -> Iterator[list[Answer]]:
    """The answers, some at a time."""
    block = []
    for answer in answers:
        block.append(msgspec.json.decode(answer, type=Answer))
        if len(block) == ANSWERS_AT_ONCE:
            yield block
            block = []
    if block:
        yield block
