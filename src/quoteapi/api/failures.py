"""Failures: the problem that a caller is told where the workers do not answer an article."""

from quoteapi.api.kinds import FATAL_ARTICLE, QUEUE_FULL, TOO_SLOW, WORKERS_DOWN
from quoteapi.api.problems import ProblemException
from quoteapi.api.workers import QueueFullError, WorkersDownError
from quoteapi.processes import FatalArticleError, TooSlowError

FAILURES = (QueueFullError, WorkersDownError, FatalArticleError, TooSlowError)
"""What the workers raise on purpose."""


def retry_after(seconds: int) -> dict[str, str]:
    """The header that tells when to come back."""
    return {"Retry-After": str(seconds)}


def problem_of_failure(error: QueueFullError | WorkersDownError | FatalArticleError | TooSlowError) -> ProblemException:
    """What to raise in an error's place."""
    match error:
        case QueueFullError():
            return ProblemException(QUEUE_FULL, str(error), headers=retry_after(error.retry_after))
        case WorkersDownError():
            return ProblemException(WORKERS_DOWN, str(error), headers=retry_after(error.retry_after))
        case FatalArticleError():
            return ProblemException(FATAL_ARTICLE, str(error))
        case TooSlowError():
            return ProblemException(TOO_SLOW, str(error))
