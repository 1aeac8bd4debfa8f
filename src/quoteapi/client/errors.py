"""Errors of the client; the docstring of the package shows their hierarchy. They can be pickled, and contain no words of an article."""

from quoteapi import structs
from quoteapi.errors import QuoteapiError


class ClientError(QuoteapiError):
    """The base class of all errors of the client; `url` is the address of the request."""

    def __init__(self, message: str, url: str = "") -> None:
        super().__init__(message, url)
        self.url = url

    def __str__(self) -> str:
        """The message alone."""
        return str(self.args[0])


class UnreachableError(ClientError):
    """There is no connection to the service; nothing was sent."""


class NoAnswerError(ClientError):
    """The connection broke or timed out after the article was sent."""


class BrokenAnswerError(ClientError):
    """The answer is not one of this service, or comes from another version."""


class ProblemError(ClientError):
    """The service answered with a problem (RFC 9457).

    If a proxy answered in another format, `type` is `about:blank`, and only the status is known.
    """

    def __init__(self, problem: structs.Problem, retry_after: float | None = None, url: str = "") -> None:
        super().__init__(problem.detail, url)
        self.args = (problem, retry_after, url)  # the constructor's arguments, as pickling needs them
        self.type = problem.type
        self.title = problem.title
        self.status = problem.status
        self.detail = problem.detail
        self.errors = problem.errors
        self.retry_after = retry_after
        """Seconds after which to send the request again; None if the answer does not say."""

    @property
    def name(self) -> str:
        """The kind of problem: the last part of its `type`, such as `queue-full`."""
        return self.type.rpartition("/")[2]

    def __str__(self) -> str:
        """The problem in one line, with each error in the body and the address of the request."""
        told = "; ".join([f"{self.status} {self.title}: {self.detail}", *(f"{error.pointer}: {error.detail}" for error in self.errors)])
        return f"{told} ({self.url})" if self.url else told


class ArticleError(ProblemError):
    """This article cannot be answered. Sending it again unchanged will not help."""


class UnauthorizedError(ProblemError):
    """The API key is missing or unknown."""


class BusyError(ProblemError):
    """After the last try, the service was still busy, or the caller still over its rate."""
