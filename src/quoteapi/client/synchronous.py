"""The client for programs without an event loop."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from threading import Event
from typing import Self, TypeVar

import httpx
from msgspec import UNSET, Struct
from tenacity import Retrying

from quoteapi.client.errors import ArticleError, ClientError
from quoteapi.client.exchange import (
    CONNECT_TIMEOUT,
    TIMEOUT,
    URL,
    answer_in,
    body_of,
    failures_told,
    http_options,
    readiness_in,
    verification_of,
)
from quoteapi.client.retries import DEADLINE, TRIES, RetryPolicy, checked_concurrency
from quoteapi.structs import Answer, Article, Format, Include, OffsetUnit, Person
from quoteapi.verification_structs import Draft, Source, Verification

_Answer = TypeVar("_Answer", bound=Struct)


class Client:
    """Sends articles to a service and returns its answers. Threads may share a client; it keeps its connections until it is closed.

    If the service is busy (429, 503) or there is no connection, the request is sent again: after `Retry-After`, or at growing random
    intervals. A request that was sent but not answered is not repeated. Proxies and certificates come from the environment
    (`HTTPS_PROXY`, `SSL_CERT_FILE`), as in httpx.

    Args:
        base_url: Address of the service.
        api_key: Sent as `Authorization: Bearer`.
        timeout: Seconds to wait for an answer. The default exceeds the service's own limits, so that the service gives up first.
        tries: Maximum number of times that a request is sent.
        deadline: Seconds for all tries, including the pauses. A pause that would exceed it is not started.

    Raises:
        ValueError: An argument is out of range.
    """

    def __init__(
        self,
        base_url: str = URL,
        *,
        api_key: str | None = None,
        timeout: float = TIMEOUT,
        tries: int = TRIES,
        deadline: float = DEADLINE,
    ) -> None:
        self._patience = RetryPolicy(timeout, tries, deadline)
        self._http = httpx.Client(**http_options(base_url, api_key))

    def __enter__(self) -> Self:
        """This client."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connections."""
        self.close()

    def close(self) -> None:
        """Close the connections. The client cannot be used afterwards."""
        self._http.close()

    def quotes(  # noqa: PLR0913  the fields of a request
        self,
        text: str,
        *,
        id: str | None = None,  # noqa: A002  the field's name in the contract
        language: str | None = None,
        format: Format = "text",  # noqa: A002  the same
        offset_unit: OffsetUnit = "codepoint",
        include: Sequence[Include] = (),
        people: Sequence[Person] = (),
    ) -> Answer:
        """Find the quotes in an article. The arguments and the answer are those of `quoteapi.extract`.

        Raises:
            ClientError: See the docstring of `quoteapi.client` for its subclasses.
        """
        given = UNSET if language is None else language
        return self.read(
            Article(text=text, id=id, language=given, format=format, offset_unit=offset_unit, include=list(include), people=list(people))
        )

    def read(self, article: Article) -> Answer:
        """The same for an `Article` with all its options.

        Raises:
            ClientError: See the docstring of `quoteapi.client` for its subclasses.
        """
        return self._read(article, Event())

    def verify(self, draft: str | Draft, sources: Iterable[str | Source], *, offset_unit: OffsetUnit = "codepoint") -> Verification:
        """Check the quotes of a draft against its sources. The answer is that of `quoteapi.verify`.

        Args:
            draft: A plain text, or a `Draft` with a format and language.
            sources: Plain texts, or `Source`s with ids and formats.
            offset_unit: The unit of all offsets.

        Raises:
            ClientError: See the docstring of `quoteapi.client` for its subclasses; an ArticleError is about the draft or a source.
        """
        return self._tried("/verify", body_of(verification_of(draft, sources, offset_unit)), Verification, Event())

    def many(self, articles: Iterable[Article], *, concurrency: int = 4) -> Iterator[Answer | ArticleError]:
        """Send many articles and yield the answers in order. If an article cannot be answered, its error takes the place of the answer.

        Articles are sent as you consume the answers, `concurrency` at a time, so memory does not grow. To keep the service busy, send two
        or three more at a time than it has workers.

        Raises:
            ClientError: Any error except an ArticleError, because the next articles would fail, too. Articles under way are finished, and
                no more are sent.
            ValueError: The concurrency is less than 1.
        """
        return self._many(articles, checked_concurrency(concurrency))

    def ready(self) -> bool:
        """Whether the service is running and would accept an article now.

        Raises:
            ClientError: Another service answers.
        """
        try:
            with failures_told():
                response = self._http.get("/health/ready", timeout=CONNECT_TIMEOUT)
        except ClientError:
            return False
        return readiness_in(response)

    def _many(self, articles: Iterable[Article], concurrency: int) -> Iterator[Answer | ArticleError]:
        given_up = Event()
        sent: deque[Future[Answer | ArticleError]] = deque()
        pool = ThreadPoolExecutor(concurrency, thread_name_prefix="quoteapi-client")
        try:
            for article in articles:
                sent.append(pool.submit(self._read_or_error, article, given_up))
                if len(sent) == concurrency:
                    yield sent.popleft().result()
            while sent:
                yield sent.popleft().result()
        finally:
            given_up.set()
            pool.shutdown(cancel_futures=True)

    def _read_or_error(self, article: Article, given_up: Event) -> Answer | ArticleError:
        try:
            return self._read(article, given_up)
        except ArticleError as error:
            return error

    def _read(self, article: Article, given_up: Event) -> Answer:
        return self._tried("/quotes", body_of(article), Answer, given_up)

    def _tried(self, path: str, body: bytes, kind: type[_Answer], given_up: Event) -> _Answer:
        """The answer to a request; no further try is started once `given_up` is set."""

        def sleep(seconds: float) -> None:
            if given_up.wait(seconds):
                raise CancelledError

        answer: _Answer = Retrying(**self._patience.options(), sleep=sleep)(self._send, path, body, kind, self._patience.end())
        return answer

    def _send(self, path: str, body: bytes, kind: type[_Answer], end: float) -> _Answer:
        with failures_told():
            response = self._http.post(path, content=body, timeout=self._patience.timeout_until(end))
        return answer_in(response, kind)
