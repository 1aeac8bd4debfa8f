"""Names told again over the article."""

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from quoteapi.document.names import tell_names_again


def names(nlp: Language, text: str, label: str = "PERSON") -> list[str]:
    """The names of one label, in reading order."""
    return [entity.text for entity in nlp(text).ents if entity.label_ == label]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Secretary of State Jane Roe arrived on Monday.", "Jane Roe"),
        ("Mr. Hart arrived on Monday.", "Hart"),
        ("“It held,” said Dr. Jane Roe.", "Jane Roe"),
        ("“It held,” said Prime Minister Jane Roe.", "Jane Roe"),
    ],
)
def test_a_title_is_no_part_of_a_name(nlp: Language, text: str, name: str) -> None:
    """Nor an office before it."""
    assert names(nlp, text) == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Minister for Transport Siobhán Tierney has announced funding for buses.", "Siobhán Tierney"),
        ("Lawyer Adam Zaremba represents forty families.", "Adam Zaremba"),
        ("The District Chief Executive, Hon. Esther Boateng, commended the chiefs.", "Esther Boateng"),
        ("On Tuesday Mr Ashdown (@CllrAshdown) posted again that he was sorry.", "Ashdown"),
    ],
)
def test_an_office_and_a_day_are_no_part_of_a_name(nlp: Language, text: str, name: str) -> None:
    """What is administered, and weekdays, whatever parents call their children; first names have accents."""
    assert names(nlp, text) == [name]


def test_a_bodys_name_does_not_end_with_a_preposition(nlp: Language) -> None:
    """Where it has its seat is not part of it."""
    assert (
        names(nlp, "The Ministry of Health in Suva confirmed on Monday that two more cases had been found.", "ORG")[0]
        == "Ministry of Health"
    )


def test_an_office_before_a_persons_name_is_no_body(nlp: Language) -> None:
    """Between commas, behind a form of address."""
    text = "The Kelby State Commissioner for Works, Alhaji Sani Garba, has warned contractors."
    assert not any("Commissioner" in name for name in names(nlp, text, "ORG"))


def test_a_surname_alone_is_the_same_person(nlp: Language) -> None:
    """Wherever the full name stands in the article."""
    assert names(nlp, "Jane Lindqvist leads the inquiry. The wall was old, Lindqvist said.") == ["Jane Lindqvist", "Lindqvist"]


def test_a_turns_label_is_a_name(nlp: Language) -> None:
    """In capitals, with a colon."""
    assert names(nlp, "ROE: When did you know?\n\nHART: In March.") == ["ROE", "HART"]


@pytest.fixture
def tagged() -> Doc:
    """Repairs, taken for a person; Anders Holm, half taken for a place; both before the names are told again."""
    words = ["Repairs", "were", "planned", ",", "according", "to", "Anders", "Holm", "of", "Virginia", "Beach", "."]
    tags = ["NNS", "VBD", "VBN", ",", "VBG", "IN", "NNP", "NNP", "IN", "NNP", "NNP", "."]
    doc = Doc(spacy.blank("en").vocab, words=words, tags=tags, heads=[2, 2, 2, 2, 6, 4, 2, 6, 9, 6, 9, 2], deps=["dep"] * len(words))
    doc.ents = [Span(doc, 0, 1, "PERSON"), Span(doc, 7, 8, "GPE"), Span(doc, 9, 11, "GPE")]
    return doc


def test_a_plural_noun_is_nobodys_name(tagged: Doc) -> None:
    """Repairs has a capital because it opens its sentence."""
    assert "Repairs" not in [entity.text for entity in tell_names_again(tagged).ents]


def test_a_first_name_that_speaks_makes_a_place_a_person(tagged: Doc) -> None:
    """According to Anders Holm; Virginia Beach, which says nothing, stays a place."""
    assert [(entity.text, entity.label_) for entity in tell_names_again(tagged).ents] == [
        ("Anders Holm", "PERSON"),
        ("Virginia Beach", "GPE"),
    ]


def test_a_body_is_one_name(nlp: Language) -> None:
    """What *of* adds belongs to it."""
    assert "University of Kelby" in names(nlp, "Jane Roe teaches at the University of Kelby.", "ORG")


def test_no_name_is_no_error(nlp: Language) -> None:
    """An empty document and one without capitals."""
    assert list(nlp("").ents) == []
    assert names(nlp, "the wall held.") == []


def test_a_name_cut_at_its_hyphen_is_one_name() -> None:
    """Bae Dong- and hyun, as the finder gives them."""
    words = ["Speaker", "Bae", "Dong", "-", "hyun", "left", "."]
    doc = Doc(
        spacy.blank("en").vocab,
        words=words,
        spaces=[True, True, False, False, True, False, False],
        tags=["NNP"] * 3 + ["HYPH", "NNP", "VBD", "."],
    )
    doc.ents = [Span(doc, 1, 4, "PERSON"), Span(doc, 4, 5, "PERSON")]
    assert [entity.text for entity in tell_names_again(doc).ents] == ["Bae Dong-hyun"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Commissioner for Health, Engr. Tunde Bello, left.", "Tunde Bello"),
        ("Shoppers met Smt. Radha Menon of ward 14.", "Radha Menon"),
        ("Tan Sri Lim Kok Hua left.", "Lim Kok Hua"),
    ],
)
def test_a_title_and_its_full_stop_are_no_name(nlp: Language, text: str, name: str) -> None:
    """Nor is what the title is for."""
    assert names(nlp, text) == [name]
