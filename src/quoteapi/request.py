"""Requests: bytes parsed into an article, or the list of everything that is wrong with them, each error with its JSON Pointer.

The sender chooses the bytes and must not choose the cost: reading takes linear time, reported values are truncated, and a service reads
requests in its workers, never where it answers HTTP.
"""

import codecs
import re
from itertools import islice
from pathlib import Path
from typing import Annotated, NoReturn, TypeVar

import msgspec
from msgspec import Meta, Struct

from quoteapi.errors import QuoteapiError, shortened
from quoteapi.shapes import told
from quoteapi.structs import Article, Person, ProblemError
from quoteapi.verification_structs import VerificationRequest, repeated_id, source_ids
from quoteapi.web import decode_page

_Request = TypeVar("_Request", bound=Struct)

MAX_ERRORS = 20
"""Maximum number of errors reported for a request: a body full of unknown fields does not get an answer of the same size."""
LONGEST_NAME = 40
"""Maximum length of an unknown field's name in a pointer. A longer name is truncated, and the pointer leads to the object that has it."""
LONGEST_ID = 256
"""Maximum length of an id that an error is reported with; no article has a longer one."""
_STEP = re.compile(r"\.(?P<field>[^.\[\]]+)|\[(?P<position>\d+)\]")
_PLACE, _UNKNOWN = " - at `$", "Object contains unknown field `"
"""msgspec's text before the location of an error, and before the name of an unknown field."""


class NotJsonError(QuoteapiError):
    """The bytes are not JSON."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"This is not valid JSON: {reason}.")


class NotUtf8Error(QuoteapiError):
    """The bytes are not UTF-8."""

    def __init__(self, position: int) -> None:
        super().__init__(f"This is not valid UTF-8: byte {position} does not start a character. Send UTF-8.")


class TooDeepError(QuoteapiError):
    """Arrays or objects are nested more deeply than the parser allows."""

    def __init__(self) -> None:
        super().__init__("Arrays or objects are nested too deep.")


class WrongShapeError(QuoteapiError):
    """The body is JSON, but not an object with the required fields and types."""

    def __init__(self, errors: list[ProblemError]) -> None:
        super().__init__("; ".join(f"{error.pointer}: {error.detail}" for error in errors))
        self.errors = errors


class PeopleFileError(QuoteapiError):
    """A file of people cannot be used."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"The list of people in {path} cannot be used: {reason}")


class Sent(Struct, frozen=True):
    """An article as it was sent.

    Args:
        body: The raw bytes, not validated.
        media_type: `application/json`, `text/html` or plain text.
        content_type: The whole header with the media type, for the charset of a page.
    """

    body: bytes
    media_type: str = "application/json"
    content_type: str | None = None

    def read(self) -> Article:
        """Returns the article.

        Raises:
            NotUtf8Error: The bytes are not UTF-8; a page may be in another charset.
            NotJsonError: They are not JSON.
            TooDeepError: They are nested too deeply to be read.
            WrongShapeError: A field is missing, unknown or of a wrong type or length.
            HtmlExtraMissingError: They are a page, and the libraries that read pages are not installed.
        """
        match self.media_type:
            case "application/json":
                return read_article(self.body)
            case "text/html":
                return Article(text=decode_page(self.body, self.content_type), format="html")
            case _:
                return Article(text=read_text(self.body))


class _Identified(Struct):
    id: Annotated[str, Meta(max_length=LONGEST_ID)] | None = None


def read_text(body: bytes) -> str:
    """Decodes the body as text and keeps every character, including a byte order mark.

    Raises:
        NotUtf8Error: Names the first byte that cannot be decoded.
    """
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise NotUtf8Error(error.start) from None


def decode_request(body: bytes, kind: type[_Request]) -> _Request:
    """Decodes a JSON object as a request of the given type.

    Raises:
        NotUtf8Error: The bytes are not UTF-8.
        NotJsonError: They are not JSON.
        TooDeepError: They are nested too deeply to be read.
        WrongShapeError: A field is missing, unknown or of a wrong type or length.
    """
    _check_json(body)
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        _raise_all(body, error, kind)


def read_article(body: bytes) -> Article:
    """Returns the article that a JSON object describes.

    Raises:
        NotUtf8Error: The bytes are not UTF-8.
        NotJsonError: They are not JSON.
        TooDeepError: They are nested too deeply to be read.
        WrongShapeError: A field is missing, unknown or of a wrong type or length.
    """
    return decode_request(body, Article)


def read_verification(body: bytes) -> VerificationRequest:
    """Returns the draft and the sources that a JSON object describes.

    Raises:
        NotUtf8Error: The bytes are not UTF-8.
        NotJsonError: They are not JSON.
        TooDeepError: They are nested too deeply to be read.
        WrongShapeError: A field is missing, unknown or of a wrong type or length, or two sources have the same id.
    """
    request = decode_request(body, VerificationRequest)
    if (repeated := repeated_id(request.sources)) is not None:
        *_, last = (place for place, identity in enumerate(source_ids(request.sources)) if identity == repeated)
        detail = f"Another source has the id “{shortened(repeated)}”: give each its own."
        raise WrongShapeError([ProblemError(pointer=f"#/sources/{last}/id", detail=detail)])
    return request


def read_id(body: bytes) -> str | None:
    """Returns the `id` of a JSON object, whatever else is wrong with it; None if it has none, or one that is too long for an article."""
    try:
        return msgspec.json.decode(body, type=_Identified).id
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def read_people(body: bytes) -> list[Person]:
    """Parses an authority list: a JSON array in the shape of the field `people`. A byte order mark in front of it is ignored.

    Raises:
        NotUtf8Error: The bytes are not UTF-8.
        NotJsonError: They are not JSON.
        TooDeepError: They are nested too deeply to be read.
        WrongShapeError: An entry has a wrong shape.
    """
    body = body.removeprefix(codecs.BOM_UTF8)
    _check_json(body)
    try:
        return msgspec.json.decode(body, type=list[Person])
    except msgspec.ValidationError as error:
        raise WrongShapeError([_located(error, "", list[Person])]) from None


def read_people_file(path: Path) -> list[Person]:
    """Reads the authority list in a file.

    Raises:
        PeopleFileError: The file cannot be read, or contains no such list.
    """
    try:
        return read_people(path.read_bytes())
    except (OSError, QuoteapiError) as error:
        raise PeopleFileError(path, str(error)) from None


def _check_json(body: bytes) -> None:
    """Raises an error if the bytes are not a single JSON value in UTF-8.

    UTF-8 is checked first, because the JSON parser stops at its first error. No Python values are built for a mere check: a body of a
    million empty lists would keep all other callers waiting.
    """
    read_text(body)
    try:
        msgspec.json.decode(body, type=msgspec.Raw)
    except RecursionError:
        raise TooDeepError from None
    except msgspec.DecodeError as error:
        raise NotJsonError(str(error)) from None


def _raise_all(body: bytes, first: msgspec.ValidationError, kind: type[Struct]) -> NoReturn:
    """Raises one error that lists everything wrong with a request, not only the first problem."""
    try:
        values = msgspec.json.decode(body, type=dict[str, msgspec.Raw])
    except msgspec.ValidationError:
        raise WrongShapeError([_located(first, "", kind)]) from None
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    errors = []
    for name, field in fields.items():
        if name in values:
            try:
                msgspec.json.decode(values[name], type=field.type)
            except msgspec.ValidationError as error:
                errors.append(_located(error, f"/{name}", field.type))
        elif field.required:
            errors.append(ProblemError(pointer=f"#/{name}", detail="This field is required."))
    unknown = islice((name for name in values if name not in fields), MAX_ERRORS)
    raise WrongShapeError([*(_unknown("", name) for name in unknown), *errors][:MAX_ERRORS])


def _located(error: msgspec.ValidationError, root: str, kind: object) -> ProblemError:
    """Returns what is wrong with a value of a type, and its location as a JSON Pointer (RFC 6901) below `root`."""
    detail, path = str(error), ""
    if detail.endswith("`") and _PLACE in detail:  # msgspec's own is the last one, even if the caller's values contain these words
        detail, _, path = detail.removesuffix("`").rpartition(_PLACE)
    steps = [step["field"] or step["position"] for step in _STEP.finditer(path)]
    pointer = root + "".join(f"/{step}" for step in steps)
    if detail.startswith(_UNKNOWN):
        return _unknown(pointer, detail.removeprefix(_UNKNOWN).removesuffix("`"))
    return ProblemError(pointer=f"#{pointer}", detail=told(detail, kind, steps))


def _unknown(holder: str, name: str) -> ProblemError:
    """Returns the error for an unknown field of the object that the pointer `holder` leads to."""
    if len(name) > LONGEST_NAME:
        return ProblemError(pointer=f"#{holder}", detail=f"The field “{shortened(name, LONGEST_NAME)}” is unknown.")
    escaped = name.replace("~", "~0").replace("/", "~1")
    return ProblemError(pointer=f"#{holder}/{escaped}", detail="This field is unknown.")
