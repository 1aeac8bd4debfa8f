"""Units: an offset in the unit that the caller counts in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteapi.structs import OffsetUnit
from quoteapi.text import offset_converter, read

any_text = st.text(st.characters(codec=None)) | st.text("a“é😀\ud83d\ude00 ")


@pytest.mark.parametrize(("unit", "offsets"), [("codepoint", [0, 1, 2, 3, 4]), ("utf16", [0, 1, 2, 3, 5]), ("utf8", [0, 1, 3, 6, 10])])
def test_each_unit_counts_its_own(unit: OffsetUnit, offsets: list[int]) -> None:
    """A letter, é, “ and an emoji: one each in code points, up to two in UTF-16, up to four in UTF-8."""
    convert = offset_converter("aé“😀", unit)
    assert [convert(k) for k in range(5)] == offsets


def test_a_lone_surrogate_is_one_unit_or_three_bytes() -> None:
    """As `surrogatepass` writes it."""
    assert offset_converter("\ud800x", "utf16")(1) == 1
    assert offset_converter("\ud800x", "utf8")(1) == 3


@given(any_text, st.data())
def test_every_unit_cuts_the_same_words(source: str, data: st.DataObject) -> None:
    """The encoded source, cut at converted offsets, is the encoded stretch."""
    start = data.draw(st.integers(0, len(source)))
    end = data.draw(st.integers(start, len(source)))
    units: list[tuple[OffsetUnit, str, int]] = [("utf16", "utf-16-le", 2), ("utf8", "utf-8", 1)]
    for unit, codec, width in units:
        convert = offset_converter(source, unit)
        encoded = source.encode(codec, "surrogatepass")
        cut = encoded[width * convert(start) : width * convert(end)]
        assert cut == source[start:end].encode(codec, "surrogatepass")


@given(any_text)
def test_a_reading_leads_back_in_every_unit(source: str) -> None:
    """The whole reading lies in the source, whatever is counted."""
    reading = read(source)
    start, end = reading.to_source(0, len(reading.text))
    convert = offset_converter(source, "utf8")
    assert 0 <= convert(start) <= convert(end) <= len(source.encode("utf-8", "surrogatepass"))
