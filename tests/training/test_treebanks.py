"""Treebanks: CoNLL-U files as training documents."""

from pathlib import Path

import pytest
from spacy.vocab import Vocab

from quoteapi.training.treebanks import passages, restyled, sentences

ROWS = [
    ("1", "``", "``", "PUNCT", "``", "_", "4", "punct", "SpaceAfter=No"),
    ("2", "It", "it", "PRON", "PRP", "Number=Sing", "4", "nsubj", "_"),
    ("3-4", "won't", "_", "_", "_", "_", "_", "_", "SpaceAfter=No"),
    ("3", "wo", "will", "AUX", "MD", "_", "4", "aux", "_"),
    ("4", "n't", "not", "PART", "RB", "_", "0", "root", "_"),
    ("4.1", "hold", "hold", "VERB", "VB", "_", "_", "_", "_"),
    ("5", "''", "''", "PUNCT", "''", "_", "4", "punct", "_"),
]


@pytest.fixture
def treebank(tmp_path: Path) -> Path:
    """Two sentences of a treebank, with a multiword and an empty token."""
    lines = ["\t".join((*row[:8], "_", row[8])) for row in ROWS]
    path = tmp_path / "kelby.conllu"
    path.write_text("# sent_id = 1\n" + "\n".join(lines) + "\n\n# sent_id = 2\n1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_\n", encoding="utf8")
    return path


def test_sentences_are_read_word_by_word(treebank: Path) -> None:
    """Heads from 0, -1 for the root; empty tokens left out; the last sentence needs no blank line."""
    first, second = sentences(treebank)
    assert [word.text for word in first] == ["``", "It", "wo", "n't", "''"]
    assert [word.head for word in first] == [3, 3, 3, -1, 3]
    assert [word.dep for word in first] == ["punct", "nsubj", "aux", "ROOT", "punct"]
    assert [(word.text, word.lemma) for word in second] == [("Yes", "yes")]


def test_spaces_are_those_of_the_multiword_token(treebank: Path) -> None:
    """No space inside it; the one after it is its own."""
    first, _ = sentences(treebank)
    assert [word.space for word in first] == [False, True, False, False, True]


@pytest.mark.parametrize(("style", "marks"), [("straight", ['"', '"']), ("curly", ["“", "”"]), ("apostrophes", ["''", "''"])])
def test_marks_are_set_in_the_styles_of_the_press(treebank: Path, style: str, marks: list[str]) -> None:
    """An opening mark is told from a closing one by its tag."""
    first, _ = sentences(treebank)
    texts = restyled(first, style)
    assert [texts[0], texts[-1]] == marks
    assert texts[3] == ("n’t" if style == "curly" else "n't")


def test_passages_hold_every_word_once(treebank: Path) -> None:
    """Sentences joined, their starts and heads set; the same seed makes the same passages."""
    corpus = list(sentences(treebank)) * 10
    docs, again = (list(passages(corpus, Vocab(), seed=3)) for _ in range(2))
    words = [token for doc in docs for token in doc if not token.text.isspace()]
    assert len(words) == sum(map(len, corpus))
    assert sum(bool(token.is_sent_start) for token in words) == len(corpus)
    assert all(token.head.lemma_ == "not" or token.dep_ == "ROOT" for token in words)
    assert [doc.text for doc in docs] == [doc.text for doc in again]
    assert any("\n" in doc.text for doc in docs)
