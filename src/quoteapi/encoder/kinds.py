"""Kinds: the classes of words in quotation marks that the encoder distinguishes: speech, and the reasons why words are not speech."""

from typing import get_args

from quoteapi.structs import Reason

SPEECH = ("direct", "mixed")
REASONS: tuple[Reason, ...] = get_args(get_args(Reason)[0])
KINDS = (*SPEECH, *REASONS)
"""The classes in the order of the encoder's scores."""
