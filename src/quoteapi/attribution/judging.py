"""Judging: how probable each candidate is to be a quote's source, by the scorer that was fitted on PolNeAR.

What a candidate looks like by itself, and what a quote does, is told once an article: only what both are to each other is told anew.
"""

from collections.abc import Sequence

import numpy as np

from quoteapi.attribution.features import candidate_features, nobody_features, quote_features
from quoteapi.attribution.scene import Scene
from quoteapi.attribution.standing import Standing, standing_of
from quoteapi.scoring import Floats, Scorer


class Judge:
    """The scorer in an article.

    Args:
        scene: The article.
        scorer: What scores.
    """

    def __init__(self, scene: Scene, scorer: Scorer) -> None:
        self._scene = scene
        self._scorer = scorer
        self._standings: dict[int, tuple[Standing, Floats]] = {}

    def probabilities(self, number: int, candidates: Sequence[int], previous: int | None) -> Floats:
        """For each candidate, and last for nobody, the probability to be the source of quote `number`.

        Args:
            number: The quote's position.
            candidates: Positions of mentions.
            previous: The mention that spoke last.
        """
        scene, scorer = self._scene, self._scorer
        summed = []
        for candidate in candidates:
            standing, own = self._standing(candidate)
            summed.append(own + scorer.sum(candidate_features(number, candidate, standing, scene, previous)))
        summed.append(scorer.sum(nobody_features(number, scene, previous)))
        return scorer.choice_of(np.array(summed) + scorer.sum(quote_features(number, scene)))

    def _standing(self, candidate: int) -> tuple[Standing, Floats]:
        """How a candidate stands, and what that weighs."""
        if candidate not in self._standings:
            standing = standing_of(candidate, self._scene)
            self._standings[candidate] = standing, self._scorer.sum(standing.features)
        return self._standings[candidate]


def bags_of(number: int, candidates: Sequence[int], scene: Scene, previous: int | None) -> list[list[str]]:
    """What a judge looks at, as one bag of features for each candidate and a last one for nobody: what its scorer is fitted on."""
    shared = quote_features(number, scene)
    standings = ((candidate, standing_of(candidate, scene)) for candidate in candidates)
    bags = [one.features + candidate_features(number, candidate, one, scene, previous) + shared for candidate, one in standings]
    return [*bags, nobody_features(number, scene, previous) + shared]
