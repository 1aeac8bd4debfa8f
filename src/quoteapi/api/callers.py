"""Callers: middleware that identifies who sends a request, by API key or address, and admits or refuses it, for protected routes."""

from collections.abc import Awaitable, Callable
from functools import partial

from litestar.datastructures import Headers, MutableScopeHeaders
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from msgspec import Struct

from quoteapi.api.keys import ApiKeys, sent_key
from quoteapi.api.problem_kinds import RATE_EXCEEDED, UNAUTHORIZED
from quoteapi.api.problems import ProblemException
from quoteapi.api.rates import Rates, Standing, network_of
from quoteapi.api.request_records import record_in

_ALLOWANCE = "quoteapi.allowance"
_CALLER = "quoteapi.caller"


class _Refusal(Struct, frozen=True):
    detail: str
    challenge: str


_HOW = "send yours as “Authorization: Bearer …” or “X-API-Key: …”."
_NO_KEY = _Refusal(f"The request has no API key: {_HOW}", 'Bearer realm="quoteapi"')
_WRONG_KEY = _Refusal(f"The API key is unknown: {_HOW}", 'Bearer realm="quoteapi", error="invalid_token"')


def admission(keys: ApiKeys | None, rates: Rates | None, *, tries_alone: bool = False) -> Callable[[ASGIApp], ASGIApp]:
    """Return middleware that admits a request, or raises the problem that answers it.

    A request whose key is missing or wrong counts for the sender's address, which limits how fast keys can be guessed.

    Args:
        keys: The accepted keys; None admits everybody.
        rates: Counts each caller's requests; None counts none.
        tries_alone: Whether only requests without a valid key are counted.
    """

    def around(app: ASGIApp) -> ASGIApp:
        async def admitted(scope: Scope, receive: Receive, send: Send) -> None:
            name, refusal = (None, None) if keys is None else _known(keys, scope)
            record_in(scope).caller = name
            headers = {}
            identity = scope["state"][_CALLER] = _identity(scope, name)
            if rates is not None and (refusal is not None or not tries_alone):
                count = scope["state"][_ALLOWANCE] = partial(rates.count, identity)
                standing = await count()
                headers = standing.headers
                if not standing.allowed:
                    detail = f"You may send {standing.limit:,} requests a minute: continue in {standing.reset} s."
                    raise ProblemException(RATE_EXCEEDED, detail, headers=headers)
            if refusal is not None:
                raise ProblemException(UNAUTHORIZED, refusal.detail, headers=headers | {"WWW-Authenticate": refusal.challenge})

            async def send_with_headers(message: Message) -> None:
                if message["type"] == "http.response.start":
                    MutableScopeHeaders.from_message(message).update(headers)
                await send(message)

            await app(scope, receive, send_with_headers)

        return admitted

    return around


def caller_in(scope: Scope) -> str:
    """Return the identity by which a request's caller is counted: a key's name, or an address."""
    caller: str = scope["state"][_CALLER]
    return caller


def allowance_in(scope: Scope) -> Callable[[], Awaitable[Standing]] | None:
    """Return a function that counts one more article for a request's caller; None if articles are not counted."""
    count: Callable[[], Awaitable[Standing]] | None = scope["state"].get(_ALLOWANCE)
    return count


def _known(keys: ApiKeys, scope: Scope) -> tuple[str | None, _Refusal | None]:
    """Return the name of the key that a request sends, or why it has none."""
    key = sent_key(Headers.from_scope(scope))
    if key is None:
        return None, _NO_KEY
    name = keys.name_of(key)
    return name, _WRONG_KEY if name is None else None


def _identity(scope: Scope, name: str | None) -> str:
    """Return the identity by which a caller is counted."""
    if name is not None:
        return f"key {name}"
    client = scope["client"]
    return f"address {network_of(client[0])}" if client else "address unknown"
