"""The client for programs on asyncio."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Self

import httpx
from msgspec import UNSET
from tenacity import AsyncRetrying

from quoteapi.client.errors import ArticleError, ClientError
from quoteapi.client.exchange import CONNECT_TIMEOUT, TIMEOUT, URL, answer_in, body_of, failures_told, http_options, readiness_in
from quoteapi.client.trying import DEADLINE, TRIES, Patience, checked_concurrency
from quoteapi.structs import Answer, Article, Format, Include, OffsetUnit, Person


class AsyncClient:
    """Sends articles to a service and returns its answers, as `Client` does; tasks of one event loop may share one.

    Args:
        base_url: Where the service is.
        api_key: As for `Client`, like all that follow.
        timeout: Seconds.
        tries: Times that a request is sent at most.
        deadline: Seconds.

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
        self._http = httpx.AsyncClient(**http_options(base_url, api_key))

    async def __aenter__(self) -> Self:
        """This client."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the connections."""
        await self.close()

    async def close(self) -> None:
        """Close the connections; the client is of no use any more."""
        await self._http.aclose()

    async def quotes(  # noqa: PLR0913  the fields of a request
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
        return await self.read(
            Article(text=text, id=id, language=given, format=format, offset_unit=offset_unit, include=list(include), people=list(people))
        )

    async def read(self, article: Article) -> Answer:
        """The same for an article with all that is asked for.

        Raises:
            ClientError: The package's docstring has the tree.
        """
        return await AsyncRetrying(**self._patience.options())(self._send, body_of(article), self._patience.end())

    def many(self, articles: Iterable[Article], *, concurrency: int = 4) -> AsyncIterator[Answer | ArticleError]:
        """The answers to articles, in their order; for one that cannot be answered, the error in its place. See `Client.many`.

        Raises:
            ClientError: Anything but an ArticleError, which the articles that follow would meet, too.
            ValueError: A concurrency under 1.
        """
        return self._many(articles, checked_concurrency(concurrency))

    async def ready(self) -> bool:
        """Whether the service is there and would read an article now.

        Raises:
            ClientError: What answers is no such service.
        """
        try:
            with failures_told():
                response = await self._http.get("/health/ready", timeout=CONNECT_TIMEOUT)
        except ClientError:
            return False
        return readiness_in(response)

    async def _many(self, articles: Iterable[Article], concurrency: int) -> AsyncIterator[Answer | ArticleError]:
        sent: deque[asyncio.Task[Answer | ArticleError]] = deque()
        try:
            for article in articles:
                sent.append(asyncio.create_task(self._read_or_error(article)))
                if len(sent) == concurrency:
                    yield await sent.popleft()
            while sent:
                yield await sent.popleft()
        finally:
            for task in sent:
                task.cancel()
            await asyncio.gather(*sent, return_exceptions=True)

    async def _read_or_error(self, article: Article) -> Answer | ArticleError:
        try:
            return await self.read(article)
        except ArticleError as error:
            return error

    async def _send(self, body: bytes, end: float) -> Answer:
        with failures_told():
            response = await self._http.post("/quotes", content=body, timeout=self._patience.timeout_until(end))
        return answer_in(response)
