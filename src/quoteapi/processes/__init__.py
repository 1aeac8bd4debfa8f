"""Engine processes: each owns one engine, because a spaCy pipeline serves one thread only; the process that starts them loads none.

They take articles and return answers in the requested form, or the reason why an article was not read. A `Supervisor` keeps one `Worker`
running, a process with its own pipe, replaces it when it ends, and gives it the articles that wait in a `JobQueue`.
"""

from quoteapi.processes.child import EngineSource
from quoteapi.processes.job_queue import Job, JobQueue
from quoteapi.processes.reading import ENGINE, EngineFailedError, EngineUnavailableError, Order, Refused, Reply, Task
from quoteapi.processes.supervisor import Cause, FatalArticleError, Supervisor, TooSlowError
from quoteapi.processes.worker import Worker, WorkerEndedError

__all__ = [
    "ENGINE",
    "Cause",
    "EngineFailedError",
    "EngineSource",
    "EngineUnavailableError",
    "FatalArticleError",
    "Job",
    "JobQueue",
    "Order",
    "Refused",
    "Reply",
    "Supervisor",
    "Task",
    "TooSlowError",
    "Worker",
    "WorkerEndedError",
]
