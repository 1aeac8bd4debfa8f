"""Scoring: a small network that gives a bag of named features a score.

Each feature is a string ("side=before"); known ones have a learned vector, the sum of which passes one hidden layer. The same network
serves every choice that the stages learn: whether marked words are speech, and which mention a quote belongs to. After the pairwise
ranking networks of Clark and Manning (2016), "Improving Coreference Resolution by Learning Entity-Level Distributed Representations".
"""

from collections.abc import Iterable, Sequence
from math import log
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def log_odds(probability: float, *, edge: float) -> float:
    """The log-odds of a probability, which is taken for at least `edge` and at most 1 less that."""
    inside = min(1 - edge, max(edge, probability))
    return log(inside / (1 - inside))


class Scorer:
    """Scores bags of features.

    Args:
        vocabulary: The position of each known feature; unknown features count nothing.
        embed: A vector for each feature.
        hidden: Weights of the hidden layer and its bias as a last row.
        output: Weights of the score and its bias as a last element.
        temperature: What scores are divided by before they become probabilities; fitted on articles that the fit did not see.
    """

    def __init__(self, vocabulary: dict[str, int], embed: Floats, hidden: Floats, output: Floats, *, temperature: float = 1.0) -> None:
        self.vocabulary = vocabulary
        self._vectors = np.vstack([embed, np.zeros_like(embed[:1])])
        self._nothing = len(embed)  # the last vector, of features that are not known
        self.embed = self._vectors[:-1]
        self.hidden = hidden
        self.output = output
        self.temperature = temperature

    def sums(self, bags: Sequence[Iterable[str]]) -> Floats:
        """The vectors of each bag's features added up (a row); the sums of its parts may be added up in their stead."""
        known = self.vocabulary.get
        rows = [[known(feature, self._nothing) for feature in bag] for bag in bags]
        widest = max(map(len, rows), default=0)
        table = np.array([row + [self._nothing] * (widest - len(row)) for row in rows], dtype=np.intp)
        summed: Floats = self._vectors.take(table, axis=0).sum(axis=1)
        return summed

    def scores(self, bags: Sequence[Iterable[str]]) -> Floats:
        """A score for each bag, already divided by the temperature."""
        return self.scores_of(self.sums(bags)) if bags else np.zeros(0, dtype=np.float32)

    def scores_of(self, summed: Floats) -> Floats:
        """A score for each bag, given its sum (a row)."""
        first = np.maximum(summed, 0.0)
        second = np.maximum(first @ self.hidden[:-1] + self.hidden[-1], 0.0)
        scores: Floats = (second @ self.output[:-1] + self.output[-1]) / np.float32(self.temperature)
        return scores

    def choice(self, bags: Sequence[Iterable[str]]) -> Floats:
        """The probability of each bag being the right one of them all."""
        return probabilities(self.scores(bags))

    def choice_of(self, summed: Floats) -> Floats:
        """The same of bags, given their sums (rows)."""
        return probabilities(self.scores_of(summed))

    def save(self, path: Path) -> None:
        """Writes the network as one `.npz` file, half precision, its vocabulary inside."""
        names = np.frombuffer(msgspec.json.encode(sorted(self.vocabulary, key=self.vocabulary.__getitem__)), dtype=np.uint8)
        np.savez_compressed(
            path,
            vocabulary=names,
            embed=self.embed.astype(np.float16),
            hidden=self.hidden.astype(np.float16),
            output=self.output.astype(np.float16),
            temperature=np.float32(self.temperature),
        )

    @classmethod
    def load(cls, path: Path) -> "Scorer":
        """Reads what `save` wrote.

        Raises:
            FileNotFoundError: There is no such file.
        """
        with np.load(path) as file:
            names = msgspec.json.decode(file["vocabulary"].tobytes(), type=list[str])
            return cls(
                {name: i for i, name in enumerate(names)},
                file["embed"].astype(np.float32),
                file["hidden"].astype(np.float32),
                file["output"].astype(np.float32),
                temperature=float(file["temperature"]),
            )


def probabilities(scores: Floats) -> Floats:
    """Scores as probabilities."""
    raised: Floats = np.exp(scores - scores.max())
    found: Floats = raised / raised.sum()
    return found
