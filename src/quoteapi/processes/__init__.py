"""Engine processes: each owns one engine, since a spaCy pipeline is for one thread alone; the process that starts them never loads one.

In go articles, out come answers, written in the form that is wanted, or why an article is not read. `Worker` is one process on a link of
its own, which can be stopped and replaced without another's knowing: for a service. `engine_pool` is the standard library's pool: for a
run over a file.
"""

from quoteapi.processes.child import EngineSource
from quoteapi.processes.pool import answer_article, check_engine, engine_pool
from quoteapi.processes.reading import ENGINE, EngineFailedError, EngineUnavailableError, Order, Refused, Reply
from quoteapi.processes.worker import Worker, WorkerEndedError

__all__ = [
    "ENGINE",
    "EngineFailedError",
    "EngineSource",
    "EngineUnavailableError",
    "Order",
    "Refused",
    "Reply",
    "Worker",
    "WorkerEndedError",
    "answer_article",
    "check_engine",
    "engine_pool",
]
