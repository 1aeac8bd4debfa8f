"""The kinds of marked words that the encoder tells apart: speech, and the reasons why words are nobody's."""

from typing import get_args

from quoteapi.structs import Reason

SPEECH = ("direct", "mixed")
REASONS: tuple[Reason, ...] = get_args(get_args(Reason)[0])
KINDS = (*SPEECH, *REASONS)
"""In the order of the encoder's scores."""
