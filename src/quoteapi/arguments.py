"""Arguments: checks of what a Python caller passes, by the same rules as a request to the HTTP API."""

from collections.abc import Iterable, Mapping
from typing import Any, get_args

import msgspec

from quoteapi.errors import ArgumentError, shortened
from quoteapi.structs import Article, Format, Include, OffsetUnit, Person
from quoteapi.verification_structs import Draft, Source, VerificationRequest, repeated_id

_MAY_BE = {
    "format": f"one of {', '.join(get_args(get_args(Format)[0]))}",
    "offset_unit": f"one of {', '.join(get_args(get_args(OffsetUnit)[0]))}",
    "include": f"a list of any of {', '.join(get_args(get_args(Include)[0]))}",
    "people": "a list of quoteapi.Person",
}
"""Allowed values of a field, where msgspec's message does not list them."""
_MAY_BE_NONE = {"id", "language"}
_TOLD = 200
"""Maximum length of a message about a field: it quotes the wrong value, which may be of any length."""


def article_of(text: str, **fields: object) -> Article:
    """Builds an article from Python arguments.

    Args:
        text: The article. The engine, not this function, rejects an empty text.
        **fields: The other fields of a request. A list may be any iterable, a person a struct or a mapping.

    Raises:
        ArgumentError: Names each field that has a value which is not allowed.
    """
    read: dict[str, Any] = {}
    wrong = [] if isinstance(text, str) else [f"text: Expected `str`, got `{type(text).__name__}`."]
    for field in msgspec.structs.fields(Article):
        if field.name not in fields or (fields[field.name] is None and field.name in _MAY_BE_NONE):
            continue
        try:
            read[field.name] = msgspec.convert(_plain(fields[field.name]), field.type)
        except msgspec.ValidationError as error:
            allowed = f" It may be {_MAY_BE[field.name]}." if field.name in _MAY_BE else ""
            wrong.append(f"{field.name}: {str(error)[:_TOLD]}.{allowed}")
    if wrong:
        raise ArgumentError("\n".join(wrong))
    return Article(text=text, **read)


def verification_of(draft: object, sources: object, *, offset_unit: object) -> VerificationRequest:
    """Builds a verification request from Python arguments.

    Args:
        draft: A text, a `Draft`, or a mapping of its fields. The engine, not this function, rejects an empty text.
        sources: An iterable of texts, `Source` or mappings of its fields.
        offset_unit: The unit of all offsets.

    Raises:
        ArgumentError: Names what is wrong with the arguments.
    """
    if isinstance(sources, str | Mapping | Source):
        message = "sources: Expected a list of texts or quoteapi.Source, got one alone."
        raise ArgumentError(message)
    fields = {
        "draft": {"text": draft} if isinstance(draft, str) else _plain(draft),
        "sources": [{"text": one} if isinstance(one, str) else _plain(one) for one in sources]
        if isinstance(sources, Iterable)
        else sources,
        "offset_unit": offset_unit,
    }
    try:
        request = msgspec.convert(fields, VerificationRequest)
    except msgspec.ValidationError as error:
        message = f"{str(error)[:_TOLD]}."
        raise ArgumentError(message) from None
    if (repeated := repeated_id(request.sources)) is not None:
        message = f"sources: Two have the id “{shortened(repeated)}”: give each its own."
        raise ArgumentError(message)
    return request


def people_of(people: object) -> list[Person]:
    """The list of people that a caller gives.

    Raises:
        ArgumentError: Names what is wrong with it.
    """
    try:
        return msgspec.convert(_plain(people), list[Person])
    except msgspec.ValidationError as error:
        message = f"people: {str(error)[:_TOLD]}. It may be {_MAY_BE['people']}."
        raise ArgumentError(message) from None


def _plain(value: object) -> object:
    """Converts a value to plain JSON types, so that every part of it is validated."""
    if isinstance(value, Person | Draft | Source):
        return {name: field for name, field in msgspec.structs.asdict(value).items() if field is not msgspec.UNSET}
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
        return value
    return [_plain(each) for each in value]
