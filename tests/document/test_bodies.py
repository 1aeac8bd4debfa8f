"""Bodies whose names the finder cut short."""

import pytest
import spacy
from spacy.tokens import Doc, Span

from quoteapi.document.names import tell_names_again


@pytest.mark.parametrize(("word", "expected"), [("Crane", "Crane Lettings"), ("Tuesday", "Lettings"), ("Director", "Lettings")])
def test_a_body_that_acts_has_its_whole_name(word: str, expected: str) -> None:
    """With the word before the one that the finder knows, unless that is a day or an office."""
    words = ["There", "was", "no", "lift", ".", word, "Lettings", "said", "so", "."]
    tags = ["EX", "VBD", "DT", "NN", ".", "NNP", "NNP", "VBD", "RB", "."]
    heads, deps = [1, 1, 3, 1, 1, 6, 7, 7, 7, 7], ["expl", "ROOT", "det", "nsubj", "punct", "compound", "nsubj", "ROOT", "advmod", "punct"]
    doc = Doc(spacy.blank("en").vocab, words=words, tags=tags, heads=heads, deps=deps)
    doc.ents = [Span(doc, 6, 7, "ORG")]
    assert [entity.text for entity in tell_names_again(doc).ents] == [expected]
