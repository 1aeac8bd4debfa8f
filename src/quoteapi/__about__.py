"""The version of quoteapi."""

__version__ = "0.1.0"
