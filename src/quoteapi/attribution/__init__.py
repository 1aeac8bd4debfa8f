"""Attribution: the source of each quote.

Takes a `Doc`, its quotes and its mentions; returns an attribution for each quote: mention, cue, addressee, probability.
"""

from quoteapi.attribution.resolver import attribute

__all__ = ["attribute"]
