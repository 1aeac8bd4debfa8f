"""Shapes: error messages about JSON values in JSON's own terms; msgspec's use Python's types and do not list allowed values."""

import re
from collections.abc import Sequence
from typing import Any

from msgspec import inspect

from quoteapi.errors import shortened

_GOT = re.compile(r"^Expected `(?P<expected>[^`]+)`, got `(?P<got>[^`]+)`$")
_LENGTH = re.compile(r"^Expected `(?P<kind>str|array|object)` of length (?P<bound>[<>]=) (?P<number>\d+)$")
_RANGE = re.compile(r"^Expected `(?P<kind>int|float)` (?P<bound>[<>]=?) (?P<number>\S+)$")
_CHOICE = re.compile(r"^Invalid enum value '(?P<value>.*)'$", re.DOTALL)
_MISSING = re.compile(r"^Object missing required field `(?P<field>.*)`$", re.DOTALL)
_NAMES = {"str": "string", "int": "integer", "float": "number", "bool": "boolean"}
"""JSON Schema's names for the types that msgspec names as Python does; the other names are the same."""
_UNITS = {"str": "character", "array": "item", "object": "field"}
_BOUNDS = {"<=": "at most", ">=": "at least", "<": "less than", ">": "more than"}


def told(detail: str, kind: object, steps: Sequence[str]) -> str:
    """Rewrites the detail of a validation error in JSON's terms.

    Args:
        detail: msgspec's message, without the location.
        kind: The type that was decoded.
        steps: The path from it to the wrong value: field names and list positions.
    """
    if found := _CHOICE.match(detail):
        allowed = _choices(inspect.type_info(kind), steps)
        value = shortened(found["value"])
        return f"“{value}” is not allowed: use {_listed(allowed)}." if allowed else f"“{value}” is not allowed."
    if found := _GOT.match(detail):
        expected = _listed([_NAMES.get(name, name) for name in found["expected"].split(" | ")])
        return f"Expected {expected}, got {_NAMES.get(found['got'], found['got'])}."
    if found := _LENGTH.match(detail):
        number = int(found["number"])
        unit = f"{_UNITS[found['kind']]}{'' if number == 1 else 's'}"
        return f"Expected {_NAMES.get(found['kind'], found['kind'])} of {_BOUNDS[found['bound']]} {number:,} {unit}."
    if found := _RANGE.match(detail):
        return f"Expected {_NAMES[found['kind']]} of {_BOUNDS[found['bound']]} {found['number']}."
    if found := _MISSING.match(detail):
        return f"The field “{found['field']}” is required."
    return f"{shortened(detail.removesuffix('.'))}."


def _choices(kind: inspect.Type, steps: Sequence[str]) -> list[str]:
    """Returns the strings allowed at the end of the path; empty if any string is."""
    match kind:
        case inspect.Metadata():
            return _choices(kind.type, steps)
        case inspect.UnionType():
            return [choice for part in kind.types for choice in _choices(part, steps)]
        case inspect.LiteralType() if not steps:
            return [str(value) for value in kind.values]
        case inspect.StructType() if steps:
            return [choice for field in kind.fields if field.encode_name == steps[0] for choice in _choices(field.type, steps[1:])]
        case inspect.ListType() if steps:
            return _choices(kind.item_type, steps[1:])
    return []


def _listed(words: Sequence[Any]) -> str:
    """Joins words into a list of alternatives (a, b or c)."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else str(last)
