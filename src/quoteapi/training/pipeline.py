"""The language pipeline's training: grammar from treebanks, names from name corpora, put together as one spaCy pipeline.

Grammar (tags, morphology, dependencies) and names are fitted apart, each on a small convolutional token encoder of its own: neither
corpus carries the other's annotation, and so two processes can fit them at the same time.
"""

import shutil
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, cast

import spacy
import structlog
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as train_loop
from spacy.util import compile_infix_regex, load_config
from spacy.vocab import Vocab

from quoteapi.training import names, treebanks

if TYPE_CHECKING:
    from spacy.pipeline import Lemmatizer

PASS_SEEDS = (1, 2, 3)
"""Each pass over the corpora joins other sentences and sets other marks."""
HELD_OUT_GUM = ("GUM_news_nasa", "GUM_news_korea", "GUM_interview_peres", "GUM_news_expo", "GUM_speech_school", "GUM_bio_hadid")
HELD_OUT_EVERY = 20
"""Of the Groningen Meaning Bank, one block of sentences in so many is kept for choosing the best step."""
BLOCK = 50
MARKS = ('["“”«»]', r'(?<=\w)[,.:;?!](?=["“”«»])')
"""Marks that end a token wherever they stand: pages forget the space beside them."""

log = structlog.get_logger()


def grammar_corpora(data: Path) -> tuple[list[list[treebanks.Word]], list[list[treebanks.Word]]]:
    """Sentences to fit on and to choose on: English Web Treebank and GUM."""
    folder = data / "treebanks"
    fit = list(treebanks.sentences(folder / "ewt" / "en_ewt-ud-train.conllu"))
    choose = list(treebanks.sentences(folder / "ewt" / "en_ewt-ud-dev.conllu"))
    for path in sorted((folder / "gum").glob("*.conllu")):
        (choose if path.stem in HELD_OUT_GUM else fit).extend(treebanks.sentences(path))
    return fit, choose


def name_corpora(data: Path) -> tuple[list[names.Tagged], list[names.Tagged]]:
    """Sentences to fit on and to choose on: Groningen Meaning Bank, Universal NER over EWT, GUM."""
    fit: list[names.Tagged] = []
    choose: list[names.Tagged] = []
    for i, sentence in enumerate(names.gmb(data / "ner" / "gmb" / "ner_dataset.csv")):
        (choose if i // BLOCK % HELD_OUT_EVERY == 0 else fit).append(sentence)
    for part, into in (("train", fit), ("dev", choose)):
        into.extend(
            names.uner(data / "ner" / "uner-ewt" / f"en_ewt-ud-{part}.iob2", data / "treebanks" / "ewt" / f"en_ewt-ud-{part}.conllu")
        )
    for path in sorted((data / "treebanks" / "gum").glob("*.conllu")):
        (choose if path.stem in HELD_OUT_GUM else fit).extend(names.gum(path))
    return fit, choose


def name_passages(sentences: list[names.Tagged], data: Path, *, seed: int) -> Iterator[Doc]:
    """Documents of named sentences; replacement names come from the corpora's surnames and the list of US first names."""
    surnames = sorted({s.words[end - 1] for s in sentences for start, end, label in s.names if label == "PERSON" and end - start > 1})
    surnames = [name for name in surnames if name[:1].isupper() and name.isalpha()]
    first_names = (data / "names" / "atleast100.txt").read_text(encoding="utf8").split()
    return names.passages(sentences, Vocab(), first_names=first_names, surnames=surnames, seed=seed)


def save(docs: Iterable[Doc], path: Path) -> Path:
    """The documents as a file that spaCy's corpus reader streams."""
    DocBin(docs=docs, store_user_data=False).to_disk(path)
    return path


def fit(config_path: Path, fit_docs: Iterable[Doc], choose_docs: Iterable[Doc], *, output: Path, max_steps: int) -> None:
    """Fits a pipeline by the configuration and leaves the step that was best on the chosen documents in `output/model-best`."""
    with TemporaryDirectory() as folder:
        overrides = {
            "paths.train": str(save(fit_docs, Path(folder) / "fit.spacy")),
            "paths.dev": str(save(choose_docs, Path(folder) / "choose.spacy")),
            "training.max_steps": max_steps,
        }
        output.mkdir(parents=True, exist_ok=True)
        nlp = init_nlp(load_config(config_path, overrides=overrides, interpolate=True))
        train_loop(nlp, output)


def train_grammar(data: Path, output: Path, *, max_steps: int) -> None:
    """Fits tags, morphology and dependencies."""
    sentences, held_out = grammar_corpora(data)
    docs = chain.from_iterable(treebanks.passages(sentences, Vocab(), seed=seed) for seed in PASS_SEEDS)
    fit(
        Path(__file__).parent / "grammar.cfg",
        docs,
        treebanks.passages(held_out, Vocab(), seed=0),
        output=output,
        max_steps=max_steps,
    )


def train_names(data: Path, output: Path, *, max_steps: int) -> None:
    """Fits the finder of names."""
    sentences, held_out = name_corpora(data)
    docs = chain.from_iterable(name_passages(sentences, data, seed=seed) for seed in PASS_SEEDS)
    fit(
        Path(__file__).parent / "names.cfg",
        docs,
        name_passages(held_out, data, seed=0),
        output=output,
        max_steps=max_steps,
    )


def assemble(grammar: Path, names_folder: Path, output: Path, *, version: str) -> Language:
    """The packaged pipeline: sentence limits, grammar, lemmas and names, told again over the article, in one folder."""
    nlp = spacy.load(grammar)
    finder = spacy.load(names_folder)
    finder.replace_listeners("tok2vec", "ner", ["model.tok2vec"])
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = compile_infix_regex([*(nlp.Defaults.infixes or ()), *MARKS]).finditer
    nlp.add_pipe("quoteapi_sentences", before="parser")
    lemmatizer = cast("Lemmatizer", nlp.add_pipe("lemmatizer", config={"mode": "rule"}))
    lemmatizer.initialize(list, nlp=nlp)
    nlp.add_pipe("ner", source=finder)
    nlp.add_pipe("quoteapi_names", after="ner")
    nlp.meta.update(
        name="quotes",
        version=version,
        description="Tags, dependencies, lemmas, sentence limits and names of English news, for quoteapi.",
        license="CC-BY-SA-4.0",
        author="quoteapi",
        sources=[
            {"name": "UD English EWT", "license": "CC BY-SA 4.0"},
            {"name": "GUM (open genres)", "license": "CC BY 4.0"},
            {"name": "Groningen Meaning Bank (names)", "license": "public-domain texts"},
            {"name": "Universal NER over EWT", "license": "CC BY-SA 4.0"},
        ],
    )
    shutil.rmtree(output, ignore_errors=True)
    nlp.to_disk(output)
    log.info("pipeline written", folder=str(output))
    return nlp
