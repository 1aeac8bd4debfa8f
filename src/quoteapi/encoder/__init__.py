"""The encoder: one small transformer that reads an article once, and whose predictions all stages use.

Takes a `Doc` with its tokens; sets grammar and names on it, and returns the possible sources of the article's quotes.
"""

from quoteapi.encoder.descriptions import Descriptions, TaggedName, TaggedRole, set_names
from quoteapi.encoder.pointing import Pointing, Source, point
from quoteapi.encoder.session import Encoder, packaged_encoder
from quoteapi.encoder.tagging import Linked, Tagged, tag

__all__ = [
    "Descriptions",
    "Encoder",
    "Linked",
    "Pointing",
    "Source",
    "Tagged",
    "TaggedName",
    "TaggedRole",
    "packaged_encoder",
    "point",
    "set_names",
    "tag",
]
