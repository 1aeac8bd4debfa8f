"""Marked articles as cases of the encoder's fit, and the fit that goes on with them."""

import gzip
from pathlib import Path

import msgspec
import numpy as np
import pytest

from quoteapi.encoder import Encoder
from quoteapi.encoder.kinds import KINDS
from quoteapi.encoder.session import packaged_folder
from quoteapi.training import train
from quoteapi.training.encoder.marked import marked_cases
from quoteapi.training.marked import MarkedArticle, MarkedEntity, MarkedQuote, read_marked
from quoteapi.training.pipeline import tokenizing

TEXT = "“The gate held,” Ida Moor said. She sang “Low Tide” at the harbour."


def at(words: str) -> tuple[int, int]:
    """Where words stand in the article."""
    return TEXT.index(words), TEXT.index(words) + len(words)


ARTICLE = MarkedArticle(
    id="a1",
    text=TEXT,
    entities={"E1": MarkedEntity(type="person", name="Ida Moor", aliases=["Ida Moor"], mentions=[at("Ida Moor"), at("She")])},
    quotes=[
        MarkedQuote(*at("The gate held,"), kind="direct", speakers=["E1"], mention=at("Ida Moor")),
        MarkedQuote(*at("Low Tide"), kind="other", reason="title"),
    ],
)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder of corpora that holds the article alone."""
    path = tmp_path / "data" / "news" / "marked-train.jsonl.gz"
    path.parent.mkdir(parents=True)
    path.write_bytes(gzip.compress(msgspec.json.encode(ARTICLE)))
    return tmp_path / "data"


def test_a_file_of_marked_articles_is_read_as_it_was_written(news: Path) -> None:
    """An article a line."""
    assert list(read_marked(news / "news" / "marked-train.jsonl.gz")) == [ARTICLE]


def test_quotes_point_at_the_mention_beside_them_and_know_their_kind() -> None:
    """A title has the kind *title* and no source that could be right or wrong; *she* points at the name."""
    encoder, nlp = Encoder(packaged_folder()), tokenizing()
    (case,) = marked_cases([ARTICLE], nlp.make_doc, encoder)
    (window,) = case.windows
    speech, title = window.quotes
    words = [encoder.cutter.cut([word], [False]).ids[0] for word in ("Ida", "Moor")]
    assert [case.ids[window.pieces[place]] for place in speech.right] == words
    assert [speech.kinds, title.kinds] == [(KINDS.index("direct"),), (KINDS.index("title"),)]
    assert title.wrong
    (she,) = window.mentions
    assert [case.ids[window.pieces[place]] for place in she.right] == words


def test_the_fit_goes_on_from_the_packaged_encoder(news: Path, tmp_path: Path) -> None:
    """A trial of one step, on news, more news and passages, leaves graphs that tell nearly the same, in lower and upper layers."""
    pytest.importorskip("torch", reason="the encoder's training needs the extra [train]")
    output = tmp_path / "weights"
    marked = news / "news" / "marked-train.jsonl.gz"
    train(news, output, part="marked", steps=1, more=[marked], passages=marked)
    before, after = Encoder(packaged_folder()), Encoder(output / "encoder")
    ids = before.cutter.cut(["Ida", "Moor", "closed", "the", "gate"], [True] * 5).ids
    nothing, firsts = np.zeros(len(ids), dtype=np.int64), np.arange(len(ids))
    lower = [encoder.lower(ids, nothing, firsts) for encoder in (before, after)]
    assert correlation(*(told.classes for told in lower)) > 0.95
    upper = [encoder.upper(lower[0].states, nothing, nothing)[0] for encoder in (before, after)]
    assert correlation(*upper) > 0.9


def correlation(before: np.ndarray, after: np.ndarray) -> float:
    """How alike two tables of numbers are."""
    return float(np.corrcoef(before.ravel(), after.ravel())[0, 1])
