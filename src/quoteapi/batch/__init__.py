"""Batches: articles a line in, answers a line out, in the same order.

A step is a generator in and a generator out (`lines`: bytes to tasks); what runs it is apart (`local`: processes of this machine), and so
is what is kept (`files`: where a run that was stopped goes on).
"""

from quoteapi.batch.files import OtherInputError, run_files, run_streams
from quoteapi.batch.lines import Answered, Reject, numbered_lines, tasks
from quoteapi.batch.local import answer_tasks

__all__ = ["Answered", "OtherInputError", "Reject", "answer_tasks", "numbered_lines", "run_files", "run_streams", "tasks"]
