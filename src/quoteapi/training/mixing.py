"""The fit of a mix: the exponents under which the answers of articles that neither judge has seen are most probable."""

from collections.abc import Sequence
from itertools import product

import numpy as np
import structlog
from msgspec import Struct

from quoteapi.mixing import Floats, Mix, mixed

EXPONENTS = np.linspace(0.0, 1.6, 33)
"""The values that are tried."""

log = structlog.get_logger()


class Judged(Struct, frozen=True):
    """A question's probabilities by the scorer and by the encoder, and which of its answers are right, in the same order."""

    scored: Floats
    told: Floats
    right: list[bool]


def fit_mix(questions: Sequence[Judged], *, name: str) -> Mix:
    """The mix with the least negative log of the right answers' summed probability; both judges' halves where there are no questions."""
    if not questions:
        return Mix(scorer=0.5, encoder=0.5)

    def loss(mix: Mix) -> float:
        return -sum(float(np.log(max(mixed(q.scored, q.told, mix)[q.right].sum(), 1e-9))) for q in questions)

    best = min((Mix(scorer=float(a), encoder=float(b)) for a, b in product(EXPONENTS, EXPONENTS)), key=loss)
    for label, mix in (("scorer", Mix(1.0, 0.0)), ("encoder", Mix(0.0, 1.0)), ("both", best)):
        log.info("mix", question=name, judge=label, right=round(accuracy(questions, mix), 4), loss=round(loss(mix) / len(questions), 4))
    return Mix(scorer=round(best.scorer, 3), encoder=round(best.encoder, 3))


def accuracy(questions: Sequence[Judged], mix: Mix) -> float:
    """The share of questions whose most probable answer is right."""
    return float(np.mean([q.right[int(mixed(q.scored, q.told, mix).argmax())] for q in questions]))
