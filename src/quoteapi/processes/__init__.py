"""Engine processes: each owns one engine, because a spaCy pipeline serves only one thread; their parent process loads none.

They take articles and return answers in the requested form, or the reason why an article was not read. A `Supervisor` keeps one `Worker`
(a process with its own link) running, replaces it when it ends, and gives it the jobs that wait in a `JobQueue`.
"""

from quoteapi.processes.engine_process import ENGINE, EngineFailedError, EngineUnavailableError, Order, Refused, Reply, Task
from quoteapi.processes.job_queue import Job, JobQueue
from quoteapi.processes.supervisor import Cause, FatalArticleError, Supervisor, TooSlowError
from quoteapi.processes.worker import Worker, WorkerEndedError
from quoteapi.processes.worker_process import EngineSource

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
