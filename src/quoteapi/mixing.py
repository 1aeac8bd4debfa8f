"""Mixing: what two judges of one question, the encoder and a scorer of features, say together.

A logarithmic pool (Genest and Zidek 1986): the product of both probabilities, each raised to an exponent that was fitted on articles which
neither had seen, so that the result is calibrated, too.
"""

from functools import cache
from pathlib import Path

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Floats = NDArray[np.float32]

FLOOR = 0.002
"""What neither goes below: no one alone rules a candidate out."""


class Mix(Struct, frozen=True, forbid_unknown_fields=True):
    """How much either counts."""

    scorer: float
    encoder: float


def mixed(scored: Floats, told: Floats, mix: Mix) -> Floats:
    """The probabilities of a question's answers, from those that the scorer and the encoder give them in the same order."""
    raised: Floats = np.exp(mix.scorer * np.log(scored + FLOOR) + mix.encoder * np.log(told + FLOOR))
    probabilities: Floats = raised / raised.sum()
    return probabilities


@cache
def packaged_mix() -> Mix:
    """The mix that ships inside the package: for who is a quote's source."""
    return msgspec.json.decode((Path(__file__).parent / "weights" / "mix.json").read_bytes(), type=Mix)
