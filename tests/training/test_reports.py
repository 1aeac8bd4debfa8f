"""The training of reported speech: what it is fitted on, and what is made as likely as can be."""

from collections.abc import Sequence
from itertools import pairwise, product
from typing import Any

import numpy as np
import pytest

from quoteapi.encoder import packaged_encoder
from quoteapi.encoder.tagging import TAGS
from quoteapi.engine import QuoteEngine
from quoteapi.training.polnear import Annotated, Attributed
from quoteapi.training.polnear_documents import read_articles
from quoteapi.training.reports.cases import repaired, report_cases, tokens_of

TEXT = "Ida Moor said that the gate, which is old, held. “We were lucky,” she added."


def stretch(words: str) -> tuple[int, int]:
    """Where words stand in the text."""
    start = TEXT.index(words)
    return start, start + len(words)


def attributed(content: str, source: str, cue: str) -> Attributed:
    """An attribution of the text."""
    return Attributed([stretch(content)], [stretch(source)], [stretch(cue)])


ARTICLE = Annotated(
    "1", TEXT, [attributed("that the gate, which is old, held.", "Ida Moor", "said"), attributed("“We were lucky,”", "she", "added")]
)


def test_a_window_knows_tags_and_links(engine: QuoteEngine) -> None:
    """Punctuation and marks at the ends of a stretch are outside it; a link leads from a content to its source and cue."""
    (case,) = report_cases(engine.nlp, packaged_encoder(), [ARTICLE])
    words = [token.text for token in engine.nlp(TEXT)]
    tagged = {word: TAGS[tag] for word, tag in zip(words, case.tags.tolist(), strict=True)}
    assert {word: tagged[word] for word in ("Ida", "Moor", "said", "that", "held", "We", "lucky", "she", "added", "“", "”")} == {
        "Ida": "B-source",
        "Moor": "I-source",
        "said": "B-cue",
        "that": "B-content",
        "held": "I-content",
        "We": "B-content",
        "lucky": "I-content",
        "she": "B-source",
        "added": "B-cue",
        "“": "O",
        "”": "O",
    }
    first, second = case.links
    assert [words[i] for i in (first.first, first.last, *first.sources, *first.cues)] == ["that", "held", "Ida", "Moor", "said"]
    assert [words[i] for i in (second.first, second.last, *second.sources, *second.cues)] == ["We", "lucky", "she", "added"]


def test_a_stretch_of_punctuation_stays_what_it_is(engine: QuoteEngine) -> None:
    """A colon is a cue."""
    (case,) = read_articles(engine.nlp, [Annotated("1", "Roe: We held.", [])])
    assert [case.doc[i].text for i in tokens_of((3, 4), case)] == [":"]


def test_what_was_written_over_begins_anew() -> None:
    """As where another stretch lies within one."""
    tags = np.array([TAGS.index(name) for name in ("B-content", "O", "I-content", "I-content")])
    assert [TAGS[tag] for tag in repaired(tags)] == ["B-content", "O", "B-content", "I-content"]


def score(scores: Any, follows: Any, choice: Sequence[int]) -> float:  # noqa: ANN401 - tensors, which have no types where torch is not there
    """The score of a sequence of tags."""
    return sum(float(scores[k][one]) for k, one in enumerate(choice)) + sum(float(follows[a][b]) for a, b in pairwise(choice))


def test_the_loss_is_that_of_the_right_tags_among_all() -> None:
    """Compared with every sequence there is, windows of unlike length."""
    torch = pytest.importorskip("torch", reason="the fit needs the extra [train]")
    from quoteapi.training.reports.network import tag_loss  # noqa: PLC0415 - needs it, too

    torch.manual_seed(20)
    scores, follows = torch.randn(2, 3, len(TAGS)), torch.randn(len(TAGS), len(TAGS))
    right, lengths = [[1, 2, 0], [3, 4, 0]], [3, 2]
    expected = 0.0
    for window, length in enumerate(lengths):
        every = [score(scores[window], follows, choice) for choice in product(range(len(TAGS)), repeat=length)]
        expected += np.logaddexp.reduce(every) - score(scores[window], follows, right[window][:length])
    assert float(tag_loss(scores, follows, torch.tensor(right), torch.tensor(lengths))) == pytest.approx(expected, abs=1e-3)
