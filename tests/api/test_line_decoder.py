"""Cutting: lines come out the same however the chunks fall."""

import pytest

from quoteapi.api.line_decoder import DecodedLine, LineDecoder


def cut(*chunks: bytes, longest: int = 10) -> list[DecodedLine]:
    """The lines of a body that comes in chunks."""
    cutter = LineDecoder(longest=longest)
    return [line for chunk in chunks for line in cutter.feed(chunk)] + list(cutter.end())


@pytest.mark.parametrize("size", [1, 2, 3, 5, 100])
def test_lines_do_not_depend_on_the_chunks(size: int) -> None:
    """A byte at a time, or all at once; the last line needs no break, blank lines are counted."""
    body = b"\xef\xbb\xbfone\r\n\n \t\r\ntwo\n12345678901\nthree"
    found = cut(*(body[start : start + size] for start in range(0, len(body), size)))
    assert found == [DecodedLine(1, b"one\r"), DecodedLine(4, b"two"), DecodedLine(5, None), DecodedLine(6, b"three")]


def test_a_line_of_exactly_so_many_bytes_is_read() -> None:
    """One more, and it is not; the next one is."""
    assert cut(b"1234567890\n12345678901\n1\n") == [DecodedLine(1, b"1234567890"), DecodedLine(2, None), DecodedLine(3, b"1")]


def test_nothing_holds_no_line() -> None:
    """Neither an empty body nor blank lines, nor a byte order mark alone."""
    assert cut() == cut(b"") == cut(b"\n\n \n") == cut(b"\xef\xbb\xbf") == []


def test_a_byte_order_mark_inside_is_left_where_it_is() -> None:
    """It is a mistake there, for whoever reads the line to tell."""
    assert cut(b"a\n\xef\xbb\xbfb\n") == [DecodedLine(1, b"a"), DecodedLine(2, b"\xef\xbb\xbfb")]
