"""Text: normalizes the caller's string for the pipeline, and maps offsets back to it.

Takes the caller's string and returns a `Reading`: the normalized text, and for each span of it the span of the caller's string. Also splits
text into paragraphs, and converts offsets to the caller's unit.
"""

from quoteapi.text.normalization import Reading, read
from quoteapi.text.paragraphs import paragraphs
from quoteapi.text.units import offset_converter

__all__ = ["Reading", "offset_converter", "paragraphs", "read"]
