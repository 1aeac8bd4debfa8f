"""Text: what the caller sent, made simple to read, with the way back to it.

In comes the caller's string, out goes a `Reading`: the text that the stages read, its paragraphs, and for each of its stretches the
stretch of the caller's string, in the unit that the caller counts in.
"""

from quoteapi.text.paragraphs import paragraphs
from quoteapi.text.reading import Reading, read
from quoteapi.text.units import offset_converter

__all__ = ["Reading", "offset_converter", "paragraphs", "read"]
