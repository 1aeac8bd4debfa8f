"""Failures: the problems for articles that the workers do not answer."""

from quoteapi.api.problem_kinds import FATAL_ARTICLE, QUEUE_FULL, TOO_SLOW, WORKERS_DOWN
from quoteapi.api.problems import ProblemException
from quoteapi.api.workers import QueueFullError, WorkersDownError
from quoteapi.processes import FatalArticleError, TooSlowError

FAILURES = (QueueFullError, WorkersDownError, FatalArticleError, TooSlowError)
"""Errors that the workers raise on purpose."""


def retry_after(seconds: int) -> dict[str, str]:
    """Return the header that says when to send the request again."""
    return {"Retry-After": str(seconds)}


def problem_of_failure(error: QueueFullError | WorkersDownError | FatalArticleError | TooSlowError) -> ProblemException:
    """Return the problem to raise in place of an error."""
    match error:
        case QueueFullError():
            return ProblemException(QUEUE_FULL, str(error), headers=retry_after(error.retry_after))
        case WorkersDownError():
            return ProblemException(WORKERS_DOWN, str(error), headers=retry_after(error.retry_after))
        case FatalArticleError():
            return ProblemException(FATAL_ARTICLE, str(error))
        case TooSlowError():
            return ProblemException(TOO_SLOW, str(error))
