"""The client for programs on asyncio."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Self, TypeVar

import httpx
from msgspec import UNSET, Struct
from tenacity import AsyncRetrying

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


class AsyncClient:
    """Sends articles to a service and returns its answers, like `Client`. Tasks of one event loop may share a client.

    Args:
        base_url: Address of the service.
        api_key: As in `Client`, like the other arguments.
        timeout: Seconds to wait for an answer.
        tries: Maximum number of times that a request is sent.
        deadline: Seconds for all tries, including the pauses.

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
        self._http = httpx.AsyncClient(**http_options(base_url, api_key))

    async def __aenter__(self) -> Self:
        """This client."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the connections."""
        await self.close()

    async def close(self) -> None:
        """Close the connections. The client cannot be used afterwards."""
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
        """Find the quotes in an article. The arguments and the answer are those of `quoteapi.extract`.

        Raises:
            ClientError: See the docstring of `quoteapi.client` for its subclasses.
        """
        given = UNSET if language is None else language
        return await self.read(
            Article(text=text, id=id, language=given, format=format, offset_unit=offset_unit, include=list(include), people=list(people))
        )

    async def read(self, article: Article) -> Answer:
        """The same for an `Article` with all its options.

        Raises:
            ClientError: See the docstring of `quoteapi.client` for its subclasses.
        """
        return await self._tried("/quotes", body_of(article), Answer)

    async def verify(self, draft: str | Draft, sources: Iterable[str | Source], *, offset_unit: OffsetUnit = "codepoint") -> Verification:
        """Check the quotes of a draft against its sources. The answer is that of `quoteapi.verify`.

        Args:
            draft: A plain text, or a `Draft` with a format and language.
            sources: Plain texts, or `Source`s with ids and formats.
            offset_unit: The unit of all offsets.

        Raises:
            ClientError: See the docstring of `quoteapi.client` for its subclasses; an ArticleError is about the draft or a source.
        """
        return await self._tried("/verify", body_of(verification_of(draft, sources, offset_unit)), Verification)

    def many(self, articles: Iterable[Article], *, concurrency: int = 4) -> AsyncIterator[Answer | ArticleError]:
        """Send many articles and yield the answers in order, with errors in place of failed ones. See `Client.many`.

        Raises:
            ClientError: Any error except an ArticleError, because the next articles would fail, too.
            ValueError: The concurrency is less than 1.
        """
        return self._many(articles, checked_concurrency(concurrency))

    async def ready(self) -> bool:
        """Whether the service is running and would accept an article now.

        Raises:
            ClientError: Another service answers.
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

    async def _tried(self, path: str, body: bytes, kind: type[_Answer]) -> _Answer:
        return await AsyncRetrying(**self._patience.options())(self._send, path, body, kind, self._patience.end())

    async def _send(self, path: str, body: bytes, kind: type[_Answer], end: float) -> _Answer:
        with failures_told():
            response = await self._http.post(path, content=body, timeout=self._patience.timeout_until(end))
        return answer_in(response, kind)
