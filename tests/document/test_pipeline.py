"""The language pipeline that ships inside the package."""

from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from quoteapi.document import load_pipeline, memory_for, packaged_pipeline, pipeline
from quoteapi.errors import WeightsMissingError
from target import few


def test_the_packaged_pipeline_annotates_what_the_stages_read(nlp: Language) -> None:
    """Tags, dependencies, lemmas, names and sentences."""
    doc = nlp("Jane Roe told reporters on Monday that the wall held.")
    assert all(doc.has_annotation(attribute) for attribute in ("TAG", "POS", "DEP", "LEMMA", "SENT_START", "ENT_IOB"))
    assert (doc[2].lemma_, doc[0].head.text, [entity.text for entity in doc.ents]) == ("tell", "told", ["Jane Roe"])


def test_the_pipeline_may_be_the_users(tmp_path: Path) -> None:
    """By its folder; the longest text may be set."""
    spacy.blank("en").to_disk(tmp_path / "own")
    own = load_pipeline(str(tmp_path / "own"), max_length=10)
    assert (own.pipe_names, own.max_length) == ([], 10)


def test_missing_weights_are_said_to_be_missing(tmp_path: Path) -> None:
    """With the folder, not as an error of the library's."""
    with pytest.raises(WeightsMissingError, match="none"):
        load_pipeline(str(tmp_path / "none"))


def test_the_packaged_pipeline_lies_in_the_package() -> None:
    """As a folder of spaCy's."""
    assert (packaged_pipeline() / "config.cfg").is_file()


def test_a_dash_behind_a_mark_is_a_token_of_its_own(nlp: Language) -> None:
    """Whatever stands behind it without a space."""
    assert [token.text for token in nlp("“It held”—as Roe said.")][:6] == ["“", "It", "held", "”", "—", "as"]


@few
@given(text=st.text(max_size=60))
def test_a_document_holds_exactly_its_text(nlp: Language, text: str) -> None:
    """Every character of it."""
    assert nlp(text).text == text


def test_a_vocabulary_keeps_the_words_of_its_first_texts_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Up to a limit, which no text takes it over; what was kept stays."""
    nlp = spacy.blank("en")
    monkeypatch.setattr(pipeline, "KEPT_WORDS", len(nlp.vocab) + 60)
    for number in range(40):
        text = f"Pump{number} and valve{number} failed."
        with memory_for(nlp, text):
            assert nlp(text)[0].text == f"Pump{number}"
    assert "Pump0" in nlp.vocab
    assert "Pump39" not in nlp.vocab
