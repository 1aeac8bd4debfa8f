"""Arguments: what a Python caller says of an article, held to what the HTTP API holds a request to."""

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
"""What a field may be, where msgspec's message does not say all of it."""
_MAY_BE_NONE = {"id", "language"}
_TOLD = 200
"""Characters of a message about a field: it holds the value that is wrong, however long that is."""


def article_of(text: str, **fields: object) -> Article:
    """The article that a caller describes.

    Args:
        text: The article; an empty one is left to the engine, which refuses white space alone.
        **fields: Of a request. A list may be any iterable, a person a struct or a mapping.

    Raises:
        ArgumentError: Names each field whose value it may not have.
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
    """The verification that a caller asks for.

    Args:
        draft: A text, a `Draft`, or a mapping of its fields; an empty text is left to the reader, which refuses white space alone.
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
    """A value as JSON could hold it, so that nothing in it goes unchecked."""
    if isinstance(value, Person | Draft | Source):
        return {name: field for name, field in msgspec.structs.asdict(value).items() if field is not msgspec.UNSET}
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
        return value
    return [_plain(each) for each in value]
