"""A client of the HTTP API: it sends articles to a running service and returns the answers as structs of `quoteapi.structs`.

    from quoteapi.client import Client

    with Client("http://127.0.0.1:8000") as client:
        answer = client.quotes("“The sea wall held,” said Jane Roe, the harbour master.")

`AsyncClient` is the same for asyncio. Neither loads the engine. Needs the extra `[client]`. All errors are `ClientError`s:

ClientError
├── UnreachableError         no connection after the last try; nothing was sent
├── NoAnswerError            the connection broke or timed out after the article was sent
├── BrokenAnswerError        the answer is not one of this service
└── ProblemError             the service answered with a problem: type, title, status, detail, errors
    ├── ArticleError         this article cannot be answered: 400, 413, 422, fatal-article, too-slow
    ├── UnauthorizedError    401: the key is missing or wrong
    └── BusyError            429 or 503, after the last try; retry_after
"""

try:
    import httpx  # noqa: F401  asked for here, so that the message can say where it comes from
    import tenacity  # noqa: F401  the same
except ModuleNotFoundError as error:
    message = f"quoteapi.client needs {error.name}, which is not installed: run pip install '.[client]' in the checkout of quoteapi."
    raise ImportError(message, name=error.name) from None

from quoteapi.client.asynchronous import AsyncClient
from quoteapi.client.errors import (
    ArticleError,
    BrokenAnswerError,
    BusyError,
    ClientError,
    NoAnswerError,
    ProblemError,
    UnauthorizedError,
    UnreachableError,
)
from quoteapi.client.synchronous import Client

__all__ = [
    "ArticleError",
    "AsyncClient",
    "BrokenAnswerError",
    "BusyError",
    "Client",
    "ClientError",
    "NoAnswerError",
    "ProblemError",
    "UnauthorizedError",
    "UnreachableError",
]
