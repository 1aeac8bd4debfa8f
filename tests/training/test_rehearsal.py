"""What the lower layers predicted before, as cases to go on telling it."""

from spacy.language import Language

from quoteapi.encoder import Encoder
from quoteapi.encoder.session import packaged_folder
from quoteapi.training.encoder.rehearsal import rehearsed


def test_each_token_has_the_class_that_the_pipeline_gives_it(nlp: Language) -> None:
    """Tags of a short sentence, which stands in one window."""
    encoder = Encoder(packaged_folder())
    doc = nlp("Ida Moor closed the gate.")
    (case,) = rehearsed(doc, encoder)
    assert [encoder.classes.tags[number] for number in case.tags] == [token.tag_ for token in doc]
    assert [encoder.classes.labels[number] for number in case.labels][:3] == [token.dep_ for token in doc][:3]
    assert len(case.ids) == len(case.shapes) >= len(case.firsts) == len(doc)
