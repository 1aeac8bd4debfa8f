"""Tagging: the best sequence of tags, and what a content points at."""

from collections.abc import Callable
from itertools import pairwise, product

import numpy as np
import pytest
from spacy.tokens import Doc

from quoteapi.encoder import Encoder, tag
from quoteapi.encoder.tagging import NEAR_NUMBER, TAGS, Tagged, allowed, nearness, parted, sequences
from quoteapi.quotes import find_quotes

RANDOM = np.random.default_rng(20)


def log_sum(scores: list[float]) -> float:
    """The logarithm of a sum of exponentials."""
    return float(np.logaddexp.reduce(scores))


def test_the_sequence_is_the_best_of_all() -> None:
    """And its probabilities are those that all sequences together give: compared with every one of them, windows of unlike length."""
    follows = allowed() + RANDOM.normal(size=(len(TAGS), len(TAGS)))
    windows = [RANDOM.normal(size=(length, len(TAGS))).astype(np.float32) * 2 for length in (4, 1, 3)]
    for scores, (path, probabilities) in zip(windows, sequences(windows, follows), strict=True):
        every = {
            choice: sum(float(scores[k, one]) for k, one in enumerate(choice))
            + sum(float(follows[before, after]) for before, after in pairwise(choice))
            for choice in product(range(len(TAGS)), repeat=len(scores))
            if not TAGS[choice[0]].startswith("I")
        }
        assert tuple(path.tolist()) == max(every, key=lambda choice: every[choice])
        total = log_sum(list(every.values()))
        for k, probability in enumerate(probabilities.tolist()):
            with_tag = log_sum([score for choice, score in every.items() if choice[k] == path[k]])
            assert probability == pytest.approx(np.exp(with_tag - total), abs=1e-4)


def test_a_stretch_goes_on_only_with_its_own_tag() -> None:
    """However high another one scores."""
    scores = np.zeros((2, len(TAGS)), dtype=np.float32)
    scores[0, TAGS.index("B-content")] = scores[1, TAGS.index("I-source")] = 50
    ((path, _),) = sequences([scores], allowed())
    assert (TAGS[path[0]], TAGS[path[1]]) != ("B-content", "I-source")


def test_no_window_has_no_sequence() -> None:
    """An article of white space is none."""
    assert list(sequences([], allowed())) == []


def test_nearness_tells_the_sides_apart() -> None:
    """Steps before a content, behind it, and one for the content itself."""
    near = nearness(3, 4, 8)
    assert near.tolist()[3:5] == [NEAR_NUMBER - 1] * 2
    assert near[2] < near[1] < near[0] < near[5] < near[6] < near[7] < NEAR_NUMBER - 1


@pytest.mark.parametrize(
    ("cues", "openings", "parts"),
    [
        ([(1, 2), (10, 11)], [0, 6], [(2, 6), (6, 9)]),  # Roe said that it held . It would stay , she added
        ([(1, 2)], [0, 6], [(2, 9)]),  # the second sentence has none
        ([(1, 2), (10, 11)], [0, 6, 9], [(2, 9)]),  # the second cue is the next sentence's
        ([(10, 11)], [0, 6], [(2, 9)]),  # nothing hands over the first sentence
        ([(1, 2), (10, 11)], [0], [(2, 9)]),
    ],
)
def test_a_sentence_with_a_cue_of_its_own_is_another_content(
    cues: list[tuple[int, int]], openings: list[int], parts: list[tuple[int, int]]
) -> None:
    """Else a content may run on over sentences, as what somebody said at length does."""
    opening = np.isin(np.arange(12), openings)
    found = parted(Tagged(2, 9, 0.9), [Tagged(*cue, 1.0) for cue in cues], opening)
    assert [(one.start, one.end) for one in found] == parts


def test_a_content_comes_with_its_source_and_its_cue(encoder: Encoder, tokens: Callable[[str], Doc]) -> None:
    """In tokens of the document, without any other annotation than these."""
    doc = tokens("\n\nThe harbour master warned on Monday that the sea wall would not last the winter.")
    (link,) = tag(doc, [], encoder)
    assert link.source is not None
    assert link.cue is not None
    words = [doc[one.start : one.end].text for one in (link.source, link.cue, link.content)]
    assert words[0] == "The harbour master"
    assert words[1].startswith("warned")
    assert words[2].removeprefix("that ") == "the sea wall would not last the winter"
    assert 0 < link.source_probability <= 1
    assert 0 < link.content.probability <= 1


def test_what_reports_nothing_has_no_content(encoder: Encoder, tokens: Callable[[str], Doc]) -> None:
    """Neither does an empty document."""
    assert tag(tokens("The ferry left the quay at noon with forty passengers and two goats."), [], encoder) == []
    assert tag(tokens(""), [], encoder) == []


def test_marks_are_known_to_the_tagger(encoder: Encoder, tokens: Callable[[str], Doc]) -> None:
    """What stands between them is a content, too; the stage that follows leaves it to the quotes."""
    doc = tokens("“The wall held through the night,” said Jane Roe, the harbour master.")
    contents = [doc[link.content.start : link.content.end].text for link in tag(doc, find_quotes(doc.text), encoder)]
    assert contents == ["The wall held through the night"]
