"""Engine processes: each owns one engine, since a spaCy pipeline is for one thread alone; the process that starts them never loads one.

In go articles, out come answers, written in the form that is wanted, or why an article is not read. A `Slot` keeps one `Worker` going, a
process on a link of its own, and puts another in its place when it ends; it hands it the articles that wait in a `Line`.
"""

from quoteapi.processes.child import EngineSource
from quoteapi.processes.line import Job, Line
from quoteapi.processes.reading import ENGINE, EngineFailedError, EngineUnavailableError, Order, Refused, Reply, Task
from quoteapi.processes.slots import Cause, FatalArticleError, Slot, TooSlowError
from quoteapi.processes.worker import Worker, WorkerEndedError

__all__ = [
    "ENGINE",
    "Cause",
    "EngineFailedError",
    "EngineSource",
    "EngineUnavailableError",
    "FatalArticleError",
    "Job",
    "Line",
    "Order",
    "Refused",
    "Reply",
    "Slot",
    "Task",
    "TooSlowError",
    "Worker",
    "WorkerEndedError",
]
