"""The client for programs without an event loop."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from threading import Event
from typing import Self

import httpx
from msgspec import UNSET
from tenacity import Retrying

from quoteapi.client.errors import ArticleError, ClientError
from quoteapi.client.exchange import CONNECT_TIMEOUT, TIMEOUT, URL, answer_in, body_of, failures_told, http_options, readiness_in
from quoteapi.client.trying import DEADLINE, TRIES, Patience, checked_concurrency
from quoteapi.structs import Answer, Article, Format, Include, OffsetUnit, Person


class Client:
    """Sends articles to a service and returns its answers. Threads may share one; it keeps its connections until it is closed.

    A request for which the service has no room (429, 503), or which finds no connection, is sent again: when `Retry-After` says, or at
    growing random intervals. What was sent and not answered is not sent again. Proxies and certificates are taken from the environment
    (`HTTPS_PROXY`, `SSL_CERT_FILE`), as httpx does.

    Args:
        base_url: Where the service is.
        api_key: Sent as `Authorization: Bearer`, where the service asks for one.
        timeout: Seconds that the service may be silent after a request; more than its own limits, so that it is the one to give up.
        tries: Times that a request is sent at most.
        deadline: Seconds for all tries and the pauses between them. A pause that would pass it is not begun.

    Raises:
        ValueError: An argument that can be none.
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
        self._patience = Patience(timeout, tries, deadline)
        self._http = httpx.Client(**http_options(base_url, api_key))

    def __enter__(self) -> Self:
        """This client."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connections."""
        self.close()

    def close(self) -> None:
        """Close the connections; the client is of no use any more."""
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
        """Who said what in an article, and who they are; the arguments and the answer are those of `quoteapi.extract`.

        Raises:
            ClientError: The package's docstring has the tree.
        """
        given = UNSET if language is None else language
        return self.read(
            Article(text=text, id=id, language=given, format=format, offset_unit=offset_unit, include=list(include), people=list(people))
        )

    def read(self, article: Article) -> Answer:
        """The same for an article with all that is asked for.

        Raises:
            ClientError: The package's docstring has the tree.
        """
        return self._read(article, Event())

    def many(self, articles: Iterable[Article], *, concurrency: int = 4) -> Iterator[Answer | ArticleError]:
        """The answers to articles, in their order; for one that cannot be answered, the error in its place.

        Articles are taken and sent as the answers are asked for, `concurrency` at a time: memory does not grow with their number. As many
        as the service has workers, and one or two more, keep it busy.

        Raises:
            ClientError: Anything but an ArticleError, which the articles that follow would meet, too. Then, and where nobody asks any more,
                what is under way is waited for, and nothing else is sent.
            ValueError: A concurrency under 1.
        """
        return self._many(articles, checked_concurrency(concurrency))

    def ready(self) -> bool:
        """Whether the service is there and would read an article now.

        Raises:
            ClientError: What answers is no such service.
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
        """The answer to an article; no further try is begun once it is given up."""

        def sleep(seconds: float) -> None:
            if given_up.wait(seconds):
                raise CancelledError

        return Retrying(**self._patience.options(), sleep=sleep)(self._send, body_of(article), self._patience.end())

    def _send(self, body: bytes, end: float) -> Answer:
        with failures_told():
            response = self._http.post("/quotes", content=body, timeout=self._patience.timeout_until(end))
        return answer_in(response)
