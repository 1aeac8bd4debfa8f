"""Units: what the caller's offsets count.

Python counts code points, JavaScript and Java UTF-16 code units, Go and Rust UTF-8 bytes.
"""

from collections.abc import Callable

import numpy as np

from quoteapi.structs import OffsetUnit

_LAST_OF_ONE_BYTE = 0x7F
_LAST_OF_TWO_BYTES = 0x7FF
_LAST_OF_THE_BASIC_PLANE = 0xFFFF


def offset_converter(source: str, unit: OffsetUnit) -> Callable[[int], int]:
    """Returns a function that converts an offset in code points of `source` to `unit`.

    Takes one pass over the source, then constant time for each offset. A lone surrogate counts as one UTF-16 unit and as the three bytes
    that Python's `surrogatepass` writes for it.
    """
    if unit == "codepoint" or source.isascii():
        return int
    codes = np.frombuffer(source.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    extra = (codes > _LAST_OF_THE_BASIC_PLANE).astype(np.int64)
    if unit == "utf8":
        extra += codes > _LAST_OF_ONE_BYTE
        extra += codes > _LAST_OF_TWO_BYTES
    before = np.concatenate(([0], np.cumsum(extra)))
    return lambda offset: offset + int(before[offset])
