"""Judging: how probable each candidate is to be a quote's source, by the scorer that was fitted on PolNeAR.

What a candidate looks like by itself, and what a quote does, is told once an article: only what both are to each other is told anew.
"""

from collections.abc import Sequence

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
        self._stand(candidates)
        bags = [candidate_features(number, one, self._standings[one][0], scene, previous) for one in candidates]
        summed = scorer.sums([*bags, nobody_features(number, scene, previous)])
        if candidates:
            summed[:-1] += [self._standings[one][1] for one in candidates]
        return scorer.choice_of(summed + scorer.sums([quote_features(number, scene)]))

    def _stand(self, candidates: Sequence[int]) -> None:
        """Notes how candidates stand, and the sum of that, unless it is known."""
        new = [one for one in candidates if one not in self._standings]
        standings = [standing_of(one, self._scene) for one in new]
        if new:
            sums = self._scorer.sums([standing.features for standing in standings])
            self._standings |= zip(new, zip(standings, sums, strict=True), strict=True)


def bags_of(number: int, candidates: Sequence[int], scene: Scene, previous: int | None) -> list[list[str]]:
    """What a judge looks at, as one bag of features for each candidate and a last one for nobody: what its scorer is fitted on."""
    shared = quote_features(number, scene)
    standings = ((candidate, standing_of(candidate, scene)) for candidate in candidates)
    bags = [one.features + candidate_features(number, candidate, one, scene, previous) + shared for candidate, one in standings]
    return [*bags, nobody_features(number, scene, previous) + shared]
