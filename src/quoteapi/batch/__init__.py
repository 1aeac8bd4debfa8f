"""Batches: read archives of articles and write the answers in the same order.

Each step is a generator over the output of the previous one (`inputs`: files to records; `records`: records to tasks). `local` answers
tasks in processes on this machine; `run` keeps the state that lets a stopped run resume. `rows` and `tables` turn answers into tables.
"""

from quoteapi.batch.fields import Columns
from quoteapi.batch.inputs import find_inputs, size_of
from quoteapi.batch.outputs import is_csv
from quoteapi.batch.paths import InputError, rejects_path
from quoteapi.batch.records import Answered, Defaults, Reject
from quoteapi.batch.rows import SHAPES, Shape
from quoteapi.batch.run import Archive, Counts, run_files, run_streams

__all__ = [
    "SHAPES",
    "Answered",
    "Archive",
    "Columns",
    "Counts",
    "Defaults",
    "InputError",
    "Reject",
    "Shape",
    "find_inputs",
    "is_csv",
    "rejects_path",
    "run_files",
    "run_streams",
    "size_of",
]
