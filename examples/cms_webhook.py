"""A webhook for a content management system: a post is published, its quotes come back, ready to be stored with it.

    pip install '.[examples]'
    WEBHOOK_SECRET=… litestar --app-dir examples --app cms_webhook:create_app run --port 8100

The plug-in sends `{"event": "post_published", "post": {"id": 7, "content": "<p>…</p>"}}` with `X-Webhook-Signature: sha256=…`, the HMAC of
the body. It gets the post's text, every quote of it with offsets for JavaScript, and the post's HTML with a `<span>` around each quote.
`<q>` would be wrong there: browsers add marks of their own to those that the post has. Where the reader has no room, the hook is answered
with a 503 and `Retry-After`: such systems deliver again, and the same post has the same answer.

Variables: WEBHOOK_SECRET, QUOTEAPI_URL (http://127.0.0.1:8000), QUOTEAPI_KEY.
"""

import hashlib
import hmac
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Annotated, Literal

import msgspec
from bs4 import BeautifulSoup, NavigableString
from litestar import Litestar, Request, post
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import HTTPException, NotAuthorizedException, ValidationException
from msgspec import Meta, Struct

from quoteapi.client import ArticleError, AsyncClient, BusyError, ClientError
from quoteapi.structs import Answer, Quote

_BLOCKS = ["address", "article", "blockquote", "dd", "div", "dt", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "li", "p", "pre", "td"]
_SKIPPED = {"script", "style", "template", "figure", "code"}


class Post(Struct):
    """A post, as far as it is needed."""

    id: int
    content: Annotated[str, Meta(min_length=1)]


class Hook(Struct):
    """What the plug-in sends; it may send more."""

    event: Literal["post_published"]
    post: Post


class Marked(Struct):
    """What the plug-in stores with the post."""

    post: int
    text: str
    """What was read; offsets in the answer count its UTF-16 units."""
    answer: Answer
    html: str


@post("/hooks/post-published", status_code=200)
async def receive_post(request: Request[None, None, State], secret: str, reader: AsyncClient) -> Marked:
    """Answer with the quotes of a post that has been published."""
    body = await request.body()
    expected = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(request.headers.get("X-Webhook-Signature", "").encode(), expected.encode()):
        raise NotAuthorizedException(detail="The signature is not that of this body under our secret.")
    try:
        hook = msgspec.json.decode(body, type=Hook)
    except msgspec.DecodeError as error:
        raise ValidationException(detail=f"This is no post_published hook: {error}.") from None
    page = BeautifulSoup(hook.post.content, "html.parser")
    text = "".join(piece for _, piece in _pieces(page))
    try:
        answer = await reader.quotes(text, id=str(hook.post.id), offset_unit="utf16")
    except BusyError as error:
        headers = {"Retry-After": str(round(error.retry_after or 60))}
        raise HTTPException(status_code=503, detail="Deliver this again later.", headers=headers) from None
    except ArticleError as error:
        raise HTTPException(status_code=422, detail=str(error)) from None
    except ClientError as error:
        raise HTTPException(status_code=502, detail=str(error)) from None
    _mark(page, text, answer.quotes)
    return Marked(hook.post.id, text, answer, str(page))


def create_app() -> Litestar:
    """The receiver, as the variables say."""
    secret = os.environ.get("WEBHOOK_SECRET", "")
    if not secret:
        message = "Set WEBHOOK_SECRET to what the plug-in signs with."
        raise SystemExit(message)
    reader = AsyncClient(
        os.environ.get("QUOTEAPI_URL", "http://127.0.0.1:8000"),
        api_key=os.environ.get("QUOTEAPI_KEY"),
        deadline=20,  # the plug-in does not wait much longer
    )

    @asynccontextmanager
    async def closing(_: Litestar) -> AsyncIterator[None]:
        async with reader:
            yield

    return Litestar([receive_post], dependencies={"secret": _always(secret), "reader": _always(reader)}, lifespan=[closing])


def _always(value: object) -> Provide:
    """What gives this value to every handler that asks for it."""
    return Provide(lambda: value, sync_to_thread=False)


def _pieces(page: BeautifulSoup) -> Iterator[tuple[NavigableString | None, str]]:
    """The text of a page in reading order, each piece with its node; an empty line between blocks, which has none."""
    block = None
    for node in page.find_all(string=True):
        if type(node) is not NavigableString or any(parent.name in _SKIPPED for parent in node.parents):
            continue  # comments and the like
        if not node.strip() and node.parent is page:
            continue  # the source's own line breaks between blocks
        own = node.find_parent(_BLOCKS)
        if block is not None and own is not block:
            yield None, "\n\n"
        block = own
        yield node, str(node)


def _mark(page: BeautifulSoup, text: str, quotes: list[Quote]) -> None:
    """Put a `<span>` around each stretch of each quote, in each node that it runs through; quotes in quotes are the outer one's."""
    stretches = [
        (_code_points(text, span.start), _code_points(text, span.end), quote)
        for quote in quotes
        if quote.within is None
        for span in quote.spans
    ]
    position = 0
    for node, piece in list(_pieces(page)):
        start, position = position, position + len(piece)
        if node is None:
            continue
        parts: list[object] = []
        done = start
        for first, last, quote in stretches:
            begin, end = max(first, done), min(last, position)
            if begin < end:
                mark = page.new_tag("span", attrs={"class": "quote", "data-quote": quote.id})
                if quote.speaker is not None:
                    mark["data-speaker"] = quote.speaker.name
                mark.string = text[begin:end]
                parts += [NavigableString(text[done:begin]), mark]
                done = end
        if parts:
            node.replace_with(*parts, NavigableString(text[done:position]))


def _code_points(text: str, utf16: int) -> int:
    """An offset in UTF-16 units as one in Python's characters."""
    return len(text.encode("utf-16-le")[: 2 * utf16].decode("utf-16-le"))
