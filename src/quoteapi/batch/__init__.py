"""Batches: the articles of whole archives in, answers out, in the same order.

A step is a generator in and a generator out (`inputs`: files to records; `records`: records to tasks); what runs it is apart (`local`:
processes of this machine), and so is what is kept (`run`: where a run that was stopped goes on). `rows` and `tables` make tables.
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
