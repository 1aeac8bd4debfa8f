"""A request as it arrives: the bytes of a JSON object read as an article, or what is wrong with them, each thing with its pointer."""

import codecs
import re
from pathlib import Path
from typing import NoReturn

import msgspec
from msgspec import Struct

from quoteapi.errors import QuoteapiError
from quoteapi.structs import Article, Person, ProblemError

_PLACE = re.compile(r"^(?P<detail>.*?)(?: - at `\$(?P<path>[^`]*)`)?$", re.DOTALL)
_STEP = re.compile(r"\.(?P<field>[^.\[\]]+)|\[(?P<position>\d+)\]")
_TOLD = 100
"""Errors of a request that are told: a body of nothing but unknown fields is not answered with a list as long."""
_UNKNOWN = re.compile(r"unknown field `(?P<field>.*)`$", re.DOTALL)


class NotJsonError(QuoteapiError):
    """The bytes are no JSON."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"This is not valid JSON: {reason}.")


class NotUtf8Error(QuoteapiError):
    """The bytes are no UTF-8."""

    def __init__(self, position: int) -> None:
        super().__init__(f"This is not valid UTF-8: byte {position} begins no character. Send UTF-8.")


class TooDeepError(QuoteapiError):
    """Arrays or objects are nested deeper than anything that is asked for."""

    def __init__(self) -> None:
        super().__init__("Arrays or objects are nested too deep.")


class WrongShapeError(QuoteapiError):
    """JSON, but not an object of the shape that is asked for."""

    def __init__(self, errors: list[ProblemError]) -> None:
        super().__init__("; ".join(f"{error.pointer}: {error.detail}" for error in errors))
        self.errors = errors


class PeopleFileError(QuoteapiError):
    """A file of people cannot be used."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"No list of people in {path}: {reason}")


class _Identified(Struct):
    id: str | None = None


def read_text(body: bytes) -> str:
    """The body as text, every character of it kept, a byte order mark too.

    Raises:
        NotUtf8Error: With the first byte that cannot be read.
    """
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise NotUtf8Error(error.start) from None


def read_article(body: bytes) -> Article:
    """The article that a JSON object describes.

    Raises:
        NotUtf8Error: The bytes are no UTF-8.
        NotJsonError: They are no JSON.
        TooDeepError: They nest too deep to be read.
        WrongShapeError: A field is missing, unknown or of a wrong type or length.
    """
    _check_json(body)
    try:
        return msgspec.json.decode(body, type=Article)
    except msgspec.ValidationError as error:
        _raise_all(body, error)


def read_id(body: bytes) -> str | None:
    """The `id` of a JSON object, whatever else is wrong with it; None where it has none."""
    try:
        return msgspec.json.decode(body, type=_Identified).id
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def read_people(body: bytes) -> list[Person]:
    """An authority list, as a file holds it, maybe behind a byte order mark: a JSON array in the shape of the field `people`.

    Raises:
        NotUtf8Error: The bytes are no UTF-8.
        NotJsonError: They are no JSON.
        TooDeepError: They nest too deep to be read.
        WrongShapeError: An entry has a wrong shape.
    """
    body = body.removeprefix(codecs.BOM_UTF8)
    _check_json(body)
    try:
        return msgspec.json.decode(body, type=list[Person])
    except msgspec.ValidationError as error:
        raise WrongShapeError([_located(error, "")]) from None


def read_people_file(path: Path) -> list[Person]:
    """The authority list in a file.

    Raises:
        PeopleFileError: The file cannot be read, or holds no such list.
    """
    try:
        return read_people(path.read_bytes())
    except (OSError, QuoteapiError) as error:
        raise PeopleFileError(path, str(error)) from None


def _check_json(body: bytes) -> None:
    """Raise where the bytes are not one value of JSON in UTF-8.

    UTF-8 is checked first, since JSON is read only as far as its first error; and no value is made of what is only looked at: a body of
    a million empty lists would keep everybody waiting.
    """
    read_text(body)
    try:
        msgspec.json.decode(body, type=msgspec.Raw)
    except RecursionError:
        raise TooDeepError from None
    except msgspec.DecodeError as error:
        raise NotJsonError(str(error)) from None


def _raise_all(body: bytes, first: msgspec.ValidationError) -> NoReturn:
    """Raise for everything that is wrong with a request, not for the first thing only."""
    try:
        values = msgspec.json.decode(body, type=dict[str, msgspec.Raw])
    except msgspec.ValidationError:
        raise WrongShapeError([_located(first, "")]) from None
    fields = {field.encode_name: field for field in msgspec.structs.fields(Article)}
    errors = [ProblemError(pointer=f"#/{_escaped(name)}", detail="This field is unknown.") for name in values if name not in fields]
    for name, field in fields.items():
        if name in values:
            try:
                msgspec.json.decode(values[name], type=field.type)
            except msgspec.ValidationError as error:
                errors.append(_located(error, f"/{name}"))
        elif field.required:
            errors.append(ProblemError(pointer=f"#/{name}", detail="This field is required."))
    raise WrongShapeError(errors[:_TOLD])


def _located(error: msgspec.ValidationError, root: str) -> ProblemError:
    """A validation error with its place as a JSON Pointer (RFC 6901) below `root`."""
    found = _PLACE.match(str(error))
    detail, path = (found["detail"], found["path"] or "") if found else (str(error), "")
    steps = [step["field"] or step["position"] for step in _STEP.finditer(path)]
    if unknown := _UNKNOWN.search(detail):
        steps.append(unknown["field"])
        detail = "This field is unknown."
    pointer = "".join(f"/{_escaped(step)}" for step in steps)
    return ProblemError(pointer=f"#{root}{pointer}", detail=detail if detail.endswith(".") else f"{detail}.")


def _escaped(step: str) -> str:
    """A step of a JSON Pointer: its own two signs escaped."""
    return step.replace("~", "~0").replace("/", "~1")
