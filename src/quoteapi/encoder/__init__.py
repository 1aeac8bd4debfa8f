"""The encoder: one small transformer that reads an article once and tells the stages what stands in it.

In comes a `Doc` with its tokens, out come its grammar and names, set on it, and for the article's quotes what may be their sources.
"""

from quoteapi.encoder.describing import Descriptions, TaggedName, TaggedRole, set_names
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
