"""Grammar: what the lower layers predict of every token."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from quoteapi.encoder.grammar import BEGIN, INSIDE, OUTSIDE, names_told
from target import few


def test_a_plain_sentence_is_told(nlp: Language) -> None:
    """Tags, parts of speech, heads, labels, forms and names."""
    doc = nlp("Jane Roe told reporters in Berlin that the walls had held.")
    assert [token.tag_ for token in doc] == ["NNP", "NNP", "VBD", "NNS", "IN", "NNP", "IN", "DT", "NNS", "VBD", "VBN", "."]
    assert [token.pos_ for token in doc[:4]] == ["PROPN", "PROPN", "VERB", "NOUN"]
    assert [(doc[i].dep_, doc[i].head.text) for i in (0, 2, 3, 8)] == [
        ("nsubj", "told"),
        ("ROOT", "told"),
        (doc[3].dep_, "told"),
        ("nsubj", "held"),
    ]
    assert doc[3].morph.get("Number") == ["Plur"]
    assert doc[10].lemma_ == "hold"
    assert [(entity.text, entity.label_) for entity in doc.ents] == [("Jane Roe", "PERSON"), ("Berlin", "GPE")]


def test_sentences_begin_with_paragraphs(nlp: Language) -> None:
    """Even without a full stop; white space belongs to the sentence before."""
    doc = nlp("Sea wall gives way\n\nNobody was hurt. Fishing goes on.")
    assert [sentence.text.strip() for sentence in doc.sents] == ["Sea wall gives way", "Nobody was hurt.", "Fishing goes on."]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "  Roe", "\n\nRoe said so.\n", "“", "a" * 3000])
def test_any_text_is_told(nlp: Language, text: str) -> None:
    """An empty one, white space at its ends, marks alone, a word without end."""
    doc = nlp(text)
    assert doc.text == text
    assert all(0 <= token.head.i < len(doc) for token in doc)


@few
@given(st.lists(st.sampled_from(["Roe", "said", "the", "wall", ".", "“", "”", "\n\n", "  ", "and", "Ostmark"]), max_size=300))
def test_every_sentence_has_one_root(nlp: Language, words: list[str]) -> None:
    """And everything in it hangs on it."""
    doc = nlp(" ".join(words))
    for sentence in doc.sents:
        roots = {token.i for token in sentence if token.head.i == token.i}
        assert len(roots) == 1
        assert all(sentence.start <= token.head.i < sentence.end for token in sentence)


def test_a_name_may_go_on_without_a_beginning() -> None:
    """Then it begins there; what goes on with another label keeps the first one's."""
    iob, kinds = names_told(["I-ORG", "I-ORG", "O", "B-PERSON", "I-ORG", "B-GPE", "B-GPE"])
    assert iob == [BEGIN, INSIDE, OUTSIDE, BEGIN, INSIDE, BEGIN, BEGIN]
    assert kinds == ["ORG", "ORG", "", "PERSON", "PERSON", "GPE", "GPE"]


def test_persons_side_by_side_are_one() -> None:
    """A first name and a surname, each told by itself."""
    assert names_told(["B-PERSON", "B-PERSON", "O"])[0] == [BEGIN, INSIDE, OUTSIDE]
