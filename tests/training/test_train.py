"""The training: corpora in, weights that can be served out."""

import shutil
from pathlib import Path

import msgspec
import pytest

from quoteapi.document import load_pipeline
from quoteapi.encoder import Encoder, point, tag
from quoteapi.encoder.session import packaged_folder
from quoteapi.quotes import find_quotes
from quoteapi.reports.calibration import Certainty
from quoteapi.training import CorpusMissingError, MpnetMissingError, Part, train


@pytest.mark.parametrize("polnear", [True, False])
def test_an_encoder_is_fitted_from_the_corpora(corpora: Path, tmp_path: Path, *, polnear: bool) -> None:
    """A trial of two steps, with PolNeAR or without, leaves one that a pipeline reads with."""
    pytest.importorskip("torch", reason="the encoder's training needs the extra [train]")
    output = tmp_path / "weights"
    train(corpora, output, part="encoder", polnear=polnear, steps=2, version="9.9.9")
    nlp = load_pipeline(str(output / "en_quotes"), encoder=output / "encoder")
    assert nlp.meta["version"] == "9.9.9"
    assert nlp.pipe_names == ["quoteapi_sentences", "quoteapi_encoder", "lemmatizer"]
    doc = nlp("“The gate held,” Ida Moor said.")
    assert all(doc.has_annotation(attribute) for attribute in ("TAG", "DEP", "LEMMA", "ENT_IOB"))
    assert set(Encoder(output / "encoder").classes.labels) >= {"ROOT", "nsubj", "punct"}


def test_reported_speech_is_fitted_beside_the_packaged_encoder(corpora: Path, mpnet: Path, tmp_path: Path) -> None:
    """Where the output holds none of its own; a trial of two steps a fit leaves graphs that go with it, and how sure they are."""
    output = tmp_path / "weights"
    train(corpora, output, part="reports", steps=2, mpnet=mpnet)
    assert sorted(path.name for path in output.iterdir()) == ["encoder", "reports.json", "reports.pt"]
    assert sorted(path.name for path in (output / "encoder").iterdir()) == ["body.onnx", "links.onnx", "reports.onnx"]
    assert 0 < msgspec.json.decode((output / "reports.json").read_bytes(), type=Certainty).least < 1
    encoder = Encoder(packaged_folder(), reports=output / "encoder")
    assert encoder.reads_reports
    assert all(0 < link.content.probability <= 1 for link in tag(load_pipeline()("Ida Moor said the gate held."), [], encoder))


def test_the_model_base_is_fitted_over_the_body_of_reported_speech(corpora: Path, reported: Path, tmp_path: Path) -> None:
    """A trial of one step leaves a model that reads an article; a second one goes on from there, with the same states."""
    torch = pytest.importorskip("torch", reason="the fit needs the extra [train]")
    output = tmp_path / "weights"
    shutil.copytree(reported, output / "encoder", symlinks=True)
    for rounds in (1, 2):
        train(corpora, output, part="base", steps=1)
        assert torch.load(output / "base.pt")["rounds"] == rounds
    assert len(list(output.glob("states-*"))) == 1
    encoder = Encoder(output / "encoder", model="base")
    doc = load_pipeline()("“The gate held,” Ida Moor said. She slept.")
    read = point(doc, find_quotes(doc.text), encoder)
    assert sum(read.sources[0].tokens.values()) + read.sources[0].nobody == pytest.approx(1, abs=1e-3)
    assert 0 < sum(read.antecedents(10).values()) < 1


@pytest.mark.parametrize("part", ["all", "reports"])
def test_reported_speech_asks_for_mpnet_before_any_work(part: Part, corpora: Path, tmp_path: Path) -> None:
    """And no folder is made."""
    with pytest.raises(MpnetMissingError, match="--mpnet"):
        train(corpora, tmp_path / "weights", part=part)
    assert not (tmp_path / "weights").exists()


@pytest.mark.parametrize(("part", "missing"), [("all", "treebanks"), ("encoder", "treebanks"), ("reports", "polnear"), ("base", "news")])
def test_a_missing_corpus_is_named_before_any_work(part: Part, missing: str, tmp_path: Path) -> None:
    """And no folder is made."""
    with pytest.raises(CorpusMissingError, match=missing):
        train(tmp_path / "nothing", tmp_path / "weights", part=part)
    assert not (tmp_path / "weights").exists()
