"""Distillation data: what a teacher holds possible of articles that nobody has annotated, as cases of a fit."""

from collections import Counter
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest

from quoteapi.encoder.tagging import NEAR_NUMBER, TAGS, Tagged, allowed

pytest.importorskip("torch", reason="the fit needs the extra [train]")
pytest.importorskip("transformers", reason="the teacher needs the extra [train]")

from quoteapi.training.reports.distillation import PARAGRAPHS, drawn, link, newswire
from quoteapi.training.reports.network import POINT, numbers

FIRST = np.array([0.0, 1.0, *[-9.0] * (len(TAGS) - 2)], dtype=np.float32)


def test_sentences_become_articles(corpora: Path) -> None:
    """Without attributions, the words as they are written."""
    articles = list(newswire(corpora / "ner" / "gmb" / "ner_dataset.csv"))
    paragraphs = [article.text.split("\n\n") for article in articles]
    assert paragraphs[0][0].startswith("President Lena Holt left Norland. Norlandic police saw the Harbour Board. ")
    assert all(len(found) == PARAGRAPHS for found in paragraphs[:-1])
    assert not any(article.attributions for article in articles)


def test_sequences_are_drawn_by_their_probability() -> None:
    """As often as their scores say, within chance; none that may not stand is drawn."""
    chance = np.random.default_rng(20)
    scores = np.stack([FIRST, np.roll(FIRST, 1), FIRST])
    follows = allowed()
    drawings = 4000
    found = Counter(tuple(drawn(scores, follows, chance).tolist()) for _ in range(drawings))
    every = [tags for tags in product(range(len(TAGS)), repeat=3) if not TAGS[tags[0]].startswith("I")]
    weights = np.array(
        [sum(scores[k, tag] for k, tag in enumerate(tags)) + sum(follows[a, b] for a, b in pairwise(tags)) for tags in every]
    )
    shares = np.exp(weights - np.logaddexp.reduce(weights))
    assert all(found[tags] == pytest.approx(share * drawings, abs=120) for tags, share in zip(every, shares, strict=True))


@pytest.mark.parametrize(("place", "sources"), [(0, [0, 1]), (3, [3]), (6, [])])
def test_a_link_leads_to_the_whole_stretch(place: int, sources: list[int]) -> None:
    """Where the drawn token is tagged as a source, to all of it; else to the token alone, or to nothing behind the last one."""
    tags = np.array([TAGS.index(name) for name in ("B-source", "I-source", "B-cue", "O", "B-content", "I-content")])
    keys, pointing = np.zeros((6, 2 * POINT), dtype=np.float32), np.zeros(2 * POINT, dtype=np.float32)
    pointing[:] = 1
    none = np.array([90.0 * (place == len(tags)), 0], dtype=np.float32)
    if place < len(tags):
        keys[place, :POINT] = 1
    keys[2, POINT:] = 1
    told = [pointing, none, np.zeros(2 * NEAR_NUMBER, dtype=np.float32)]
    found = link(Tagged(4, 6, 1.0), tags, keys, told, np.random.default_rng(20))
    assert (found.first, found.last) == (4, 5)
    assert found.sources.tolist() == sources
    assert found.cues.tolist() == [2]


def test_pieces_have_the_numbers_that_mpnet_gives_them(mpnet: Path) -> None:
    """The special ones by their own names."""
    found = numbers(mpnet / "pieces.json", mpnet / "vocab.txt").tolist()
    theirs = (mpnet / "vocab.txt").read_text(encoding="utf8").splitlines()
    assert theirs[found[0]] == "<pad>"
    assert len(set(found)) == len(found)
