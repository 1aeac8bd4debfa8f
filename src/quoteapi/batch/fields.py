"""Fields: which of a record's fields or columns holds the article, which its id, and which are carried through to the output."""

from collections.abc import Collection, Iterable

import msgspec
from msgspec import Raw, Struct

from quoteapi.errors import QuoteapiError
from quoteapi.request import WrongShapeError
from quoteapi.structs import Article, ProblemError

TEXTS = ("text", "body", "content", "article")
"""Names that archives give the article's text, in the order in which they are looked for, in capitals or not."""
NOTHING = b"{}"
"""A JSON object of no fields."""


class NoTextError(QuoteapiError):
    """No field of a record, and no column of a table, is known to hold the article."""

    def __init__(self, names: Iterable[str], *, unit: str = "field") -> None:
        usual = f"{', '.join(TEXTS[:-1])} or {TEXTS[-1]}"
        super().__init__(
            f"No {unit} is named {usual}. Name the one that holds the article with --text-column. There are: {', '.join(names) or 'none'}."
        )


class Columns(Struct, frozen=True):
    """The fields or columns that hold the article and its id.

    Where the text's is not named, the usual names are looked for (`TEXTS`); the id's may be missing where it is not named.
    """

    text: str = "text"
    id: str = "id"


class Asked(Struct, frozen=True):
    """The request that a record makes, the field that its text is from, and a JSON object of the fields that are carried."""

    body: bytes
    column: str = "text"
    carried: bytes = NOTHING


def text_among(names: Collection[str], columns: Columns | None) -> str | None:
    """The name that holds the article, as it is spelt; None where there is none."""
    wanted = columns or Columns()
    return _spelt(names, TEXTS if wanted.text == Columns().text else (wanted.text,))


def id_among(names: Collection[str], columns: Columns | None) -> str | None:
    """The name that holds the id, as it is spelt; None where there is none."""
    return _spelt(names, ((columns or Columns()).id,))


def separated(body: bytes, columns: Columns | None) -> Asked:
    """The request in a line of JSON, apart from the fields that are carried.

    Args:
        body: A line; what is not an object of JSON is left for whoever reads the request.
        columns: Where they are named, or where the text stands under another name, every other field is carried. Else the line is a
            request, and what is no field of one is carried.

    Raises:
        NoTextError: No field has a usual name.
        WrongShapeError: There is no field of the name that was given.
    """
    try:
        fields = msgspec.json.decode(body, type=dict[str, Raw])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Asked(body)
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
    return Asked(msgspec.json.encode(asked), text, msgspec.json.encode(carried).replace(b"\r", b" "))  # bare, it is white space


def as_text(identity: object) -> object:
    """An id that is a number as its digits; anything else as it is."""
    if isinstance(identity, float) and identity.is_integer():
        return str(int(identity))
    return str(identity) if isinstance(identity, int | float) else identity


def _identity(value: Raw) -> object:
    """An id in JSON."""
    try:
        return as_text(msgspec.json.decode(value))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return value


def _spelt(names: Collection[str], wanted: Iterable[str]) -> str | None:
    """The first name that is wanted: spelt so, else in other capitals."""
    folded = {name.casefold(): name for name in reversed(list(names))}
    for name in wanted:
        if name in names:
            return name
        if name.casefold() in folded:
            return folded[name.casefold()]
    return None
