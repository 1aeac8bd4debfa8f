"""Names: corpora of named entities as training documents."""

from pathlib import Path
from random import Random

import pytest
from spacy.vocab import Vocab

from quoteapi.training.names import TaggedSentence, gmb, gum, passages, renamed, tagged, uner, without_titles, written


def names(sentence: TaggedSentence) -> list[tuple[str, str]]:
    """The words and the label of each name."""
    return [(" ".join(sentence.words[start:end]), label) for start, end, label in sentence.names]


def test_titles_are_cut_from_names() -> None:
    """Mr. and Prime Minister stay outside; a title alone is no name."""
    assert without_titles(["Mr.", "Tom", "Hart"], 0, 3) == 1
    assert without_titles(["said", "President", "Roe"], 1, 3) == 2
    assert without_titles(["Tom", "Hart"], 0, 2) == 0
    assert without_titles(["President"], 0, 1) == 1


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["It", "held", ",", "he", "said", "."], "It held, he said."),
        (['"', "It", "held", '"', "he", "said", "."], '"It held" he said.'),
        (["Roe", "'s", "wall", "(", "old", ")", "wo", "n't", "hold"], "Roe's wall (old) won't hold"),
    ],
)
def test_spaces_are_guessed(words: list[str], text: str) -> None:
    """None before a comma, none inside marks."""
    spaces = written(words)
    assert "".join(word + " " * space for word, space in zip(words, spaces, strict=True)).strip() == text


def test_tags_make_names() -> None:
    """Two names side by side are two; labels that are not ours are none."""
    words = ["Mr.", "Hart", "Kelby", "Gazette", "Monday"]
    sentence = tagged(words, ["B-per", "I-per", "B-org", "I-org", "B-tim"], {"per": "PERSON", "org": "ORG"})
    assert names(sentence) == [("Hart", "PERSON"), ("Kelby Gazette", "ORG")]


def test_a_name_may_end_the_sentence() -> None:
    """And may be all of it."""
    assert names(tagged(["Jane", "Roe"], ["B-per", "I-per"], {"per": "PERSON"})) == [("Jane Roe", "PERSON")]


def test_the_meaning_bank_is_read(tmp_path: Path) -> None:
    """Its gpe is a nationality unless a proper noun."""
    path = tmp_path / "gmb.csv"
    path.write_text(
        "Sentence #,Word,POS,Tag\nSentence: 1,Ostmark,NNP,B-gpe\n,and,CC,O\n,Lindish,JJ,B-gpe\n,fans,NNS,O\nSentence: 2,Kelby,NNP,B-geo\n",
        encoding="latin1",
    )
    assert [names(sentence) for sentence in gmb(path)] == [[("Ostmark", "GPE"), ("Lindish", "NORP")], [("Kelby", "GPE")]]


def conllu(rows: list[tuple[str, str, str]]) -> str:
    """A treebank's sentence: words, parts of speech and the last column."""
    lines = (
        f"{i}\t{word}\t{word}\t{pos}\t_\t_\t{i - 1}\t{'root' if i == 1 else 'dep'}\t_\t{misc}"
        for i, (word, pos, misc) in enumerate(rows, 1)
    )
    return "\n".join(lines) + "\n\n"


def test_universal_names_take_spaces_from_the_treebank(tmp_path: Path) -> None:
    """Sentences without tags are left out."""
    treebank, tags = tmp_path / "t.conllu", tmp_path / "t.iob2"
    treebank.write_text(
        conllu([("Jane", "PROPN", "_"), ("Roe", "PROPN", "SpaceAfter=No"), (".", "PUNCT", "_")]) + conllu([("No", "INTJ", "_")])
    )
    tags.write_text("# id\n1\tJane\tB-PER\t-\n2\tRoe\tI-PER\t-\n3\t.\tO\t-\n\n")
    (sentence,) = uner(tags, treebank)
    assert (names(sentence), sentence.spaces) == ([("Jane Roe", "PERSON")], [True, False, True])


def test_entities_of_proper_nouns_are_names(tmp_path: Path) -> None:
    """Determiners cut; a phrase of common nouns is none, nor is a name inside a longer one."""
    path = tmp_path / "g.conllu"
    path.write_text(
        conllu(
            [
                ("The", "DET", "Entity=(1-organization-x"),
                ("Kelby", "PROPN", "Entity=(2-place-x)"),
                ("Gazette", "PROPN", "Entity=1)"),
                ("met", "VERB", "_"),
                ("the", "DET", "Entity=(3-person-x"),
                ("mayor", "NOUN", "Entity=3)"),
                ("Jane", "PROPN", "Entity=(4-person-x"),
                ("Roe", "PROPN", "Entity=4)"),
            ]
        )
    )
    (sentence,) = gum(path)
    assert names(sentence) == [("Kelby Gazette", "ORG"), ("Jane Roe", "PERSON")]


def test_names_are_exchanged_now_and_then() -> None:
    """First names for first names, surnames for surnames; initials and all other words stay."""
    sentence = TaggedSentence(["Jane", "Q.", "Roe", "left", "Kelby"], [True] * 5, [(0, 3, "PERSON"), (4, 5, "GPE")])
    random = Random(1)  # noqa: S311 - reproducible, nothing secret
    made = {" ".join(renamed(sentence, ["Ada"], ["Lund"], random).words) for _ in range(20)}
    assert made == {"Jane Q. Roe left Kelby", "Ada Q. Lund left Kelby"}


def test_passages_keep_every_name() -> None:
    """With its label, in all styles of marks."""
    sentence = TaggedSentence(
        ['"', "No", '"', ",", "Jane", "Roe", "said"], [False, False, False, True, True, True, True], [(4, 6, "PERSON")]
    )
    docs = list(passages([sentence] * 30, Vocab(), first_names=["Ada"], surnames=["Lund"], seed=1))
    entities = [entity for doc in docs for entity in doc.ents]
    assert len(entities) == 30
    assert {entity.text.title() for entity in entities} <= {"Jane Roe", "Ada Lund"}
    assert {entity.label_ for entity in entities} == {"PERSON"}
    assert any("“No”" in doc.text for doc in docs)
    assert any('"No"' in doc.text for doc in docs)
