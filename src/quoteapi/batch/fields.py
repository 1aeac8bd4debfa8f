"""Fields: which field or column of a record holds the text, which the id, and which are carried to the output."""

from collections.abc import Collection, Iterable

import msgspec
from msgspec import Raw, Struct

from quoteapi.errors import QuoteapiError
from quoteapi.request import WrongShapeError
from quoteapi.structs import Article, ProblemError

TEXTS = ("text", "body", "content", "article")
"""Usual names of the text field, in order of preference, compared without regard to case."""
NOTHING = b"{}"
"""An empty JSON object."""


class NoTextError(QuoteapiError):
    """No field of a record or column of a table has a usual name for the text."""

    def __init__(self, names: Iterable[str], *, unit: str = "field") -> None:
        usual = f"{', '.join(TEXTS[:-1])} or {TEXTS[-1]}"
        super().__init__(
            f"No {unit} is named {usual}. Name the one that holds the article with --text-column. There are: {', '.join(names) or 'none'}."
        )


class Columns(Struct, frozen=True):
    """The names of the fields or columns that hold the text and the id.

    With the default for `text`, all usual names (`TEXTS`) are tried; with the default for `id`, the id may be missing.
    """

    text: str = "text"
    id: str = "id"


class RequestFields(Struct, frozen=True):
    """The request that a record makes, the field that its text comes from, and the carried fields as a JSON object."""

    body: bytes
    column: str = "text"
    carried: bytes = NOTHING


def text_among(names: Collection[str], columns: Columns | None) -> str | None:
    """The name of the text field as the input spells it; None if there is none."""
    wanted = columns or Columns()
    return _first_present(names, TEXTS if wanted.text == Columns().text else (wanted.text,))


def id_among(names: Collection[str], columns: Columns | None) -> str | None:
    """The name of the id field as the input spells it; None if there is none."""
    return _first_present(names, ((columns or Columns()).id,))


def separated(body: bytes, columns: Columns | None) -> RequestFields:
    """Separates the request in a line of JSON from the fields to carry.

    Args:
        body: A line. If it is not a JSON object, it is returned unchanged, and parsing the request reports the error.
        columns: If given, or if the text has another name than `text`, every other field is carried. Otherwise the line is a request, and
            only fields that a request does not have are carried.

    Raises:
        NoTextError: No field has a usual name for the text.
        WrongShapeError: There is no field with the given name.
    """
    try:
        fields = msgspec.json.decode(body, type=dict[str, Raw])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return RequestFields(body)
    text, identity = text_among(fields, columns), id_among(fields, columns)
    if text is None:
        if columns is None or columns.text == Columns().text:
            raise NoTextError(fields)
        raise WrongShapeError([ProblemError(f"#/{columns.text}", "This field is required.")])
    plain = columns is None and text == Columns().text
    known = set(Article.__struct_fields__) if plain else set()
    asked: dict[str, object] = {name: value for name, value in fields.items() if name in known}
    asked |= {"text": fields[text]}
    if identity is not None:
        asked["id"] = _identity(fields[identity])
    carried = {name: value for name, value in fields.items() if name not in known | {text, identity}}
    rest = msgspec.json.encode(carried).replace(b"\r", b" ")  # a raw CR is white space in JSON
    return RequestFields(msgspec.json.encode(asked), text, rest)


def as_text(identity: object) -> object:
    """The digits of a numeric id; any other value unchanged."""
    if isinstance(identity, float) and identity.is_integer():
        return str(int(identity))
    return str(identity) if isinstance(identity, int | float) else identity


def _identity(value: Raw) -> object:
    """The id in a JSON value."""
    try:
        return as_text(msgspec.json.decode(value))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return value


def _first_present(names: Collection[str], wanted: Iterable[str]) -> str | None:
    """The first wanted name that occurs: with the same spelling, otherwise ignoring case."""
    folded = {name.casefold(): name for name in reversed(list(names))}
    for name in wanted:
        if name in names:
            return name
        if name.casefold() in folded:
            return folded[name.casefold()]
    return None
