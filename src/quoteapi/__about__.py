"""The version of quoteapi."""

__version__ = "0.2.0"
