"""Names with particles, which the finder of names cuts or leaves out."""

import pytest
from spacy.language import Language


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The sale was stopped by commissioner Joost van den Roe on Friday.", "Joost van den Roe"),
        ("“It held,” said Hala el-Sherif, a curator.", "Hala el-Sherif"),
        ("The minister, Seán Mac an Roe, promised an answer.", "Seán Mac an Roe"),
        ("“It held,” said Juan de la Roe, a fisherman.", "Juan de la Roe"),
    ],
)
def test_a_family_name_goes_on_behind_its_particles(nlp: Language, text: str, name: str) -> None:
    """As one person's name."""
    assert [entity.text for entity in nlp(text).ents if entity.label_ == "PERSON"] == [name]


def test_the_end_of_a_sentence_ends_a_name(nlp: Language) -> None:
    """What follows is somebody else's."""
    doc = nlp("The wall was built by Jane Roe. Van Doe paid for it.")
    assert "Jane Roe" in [entity.text for entity in doc.ents]
