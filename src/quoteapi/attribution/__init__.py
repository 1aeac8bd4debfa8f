"""Attribution: each quote handed to its source.

In come a `Doc`, its quotes and its mentions, out comes an attribution for each quote: mention, cue, addressee, probability.
"""

from quoteapi.attribution.resolver import attribute

__all__ = ["attribute"]
