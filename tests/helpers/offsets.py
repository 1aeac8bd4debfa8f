"""Offsets: checks that those of an answer slice the caller's own string, in any unit."""

from collections.abc import Iterator

import msgspec

from quoteapi.structs import Answer, OffsetUnit, Span

CODECS: dict[OffsetUnit, str] = {"codepoint": "utf-32-le", "utf16": "utf-16-le", "utf8": "utf-8"}
WIDTHS: dict[OffsetUnit, int] = {"codepoint": 4, "utf16": 2, "utf8": 1}


def spans_of(value: object) -> Iterator[Span]:
    """All spans in an answer, at any depth."""
    if isinstance(value, Span):
        yield value
    if isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from spans_of(getattr(value, field))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from spans_of(part)


def assert_offsets_hold(text: str, answer: Answer) -> None:
    """`text[start:end]` equals the text that the answer gives, for all its spans."""
    unit = answer.offset_unit
    units, width = text.encode(CODECS[unit], "surrogatepass"), WIDTHS[unit]
    for span in spans_of(answer):
        assert units[span.start * width : span.end * width].decode(CODECS[unit], "surrogatepass") == span.text
