"""Corpora: the treebanks and named-entity corpora for training the encoder, each with a held-out part."""

from pathlib import Path

from quoteapi.training import names, treebanks

HELD_OUT_GUM = ("GUM_news_nasa", "GUM_news_korea", "GUM_interview_peres", "GUM_news_expo", "GUM_speech_school", "GUM_bio_hadid")
HELD_OUT_EVERY = 20
"""Of the Groningen Meaning Bank, one block of sentences in this many is held out."""
BLOCK = 50


def grammar_corpora(data: Path) -> tuple[list[list[treebanks.Word]], list[list[treebanks.Word]]]:
    """Training and held-out sentences of the English Web Treebank, GUM and PUD."""
    folder = data / "treebanks"
    fit = list(treebanks.sentences(folder / "ewt" / "en_ewt-ud-train.conllu"))
    held_out = list(treebanks.sentences(folder / "ewt" / "en_ewt-ud-dev.conllu"))
    for path in sorted((folder / "gum").glob("*.conllu")):
        (held_out if path.stem in HELD_OUT_GUM else fit).extend(treebanks.sentences(path))
    for path in sorted((folder / "pud").glob("*.conllu")):
        fit.extend(treebanks.sentences(path))
    return fit, held_out


def name_corpora(data: Path) -> tuple[list[names.TaggedSentence], list[names.TaggedSentence]]:
    """Training and held-out sentences of the Groningen Meaning Bank, Universal NER over EWT, and GUM."""
    fit: list[names.TaggedSentence] = []
    held_out: list[names.TaggedSentence] = []
    for i, sentence in enumerate(names.gmb(data / "ner" / "gmb" / "ner_dataset.csv")):
        (held_out if i // BLOCK % HELD_OUT_EVERY == 0 else fit).append(sentence)
    for part, into in (("train", fit), ("dev", held_out)):
        into.extend(
            names.uner(data / "ner" / "uner-ewt" / f"en_ewt-ud-{part}.iob2", data / "treebanks" / "ewt" / f"en_ewt-ud-{part}.conllu")
        )
    for path in sorted((data / "treebanks" / "gum").glob("*.conllu")):
        (held_out if path.stem in HELD_OUT_GUM else fit).extend(names.gum(path))
    return fit, held_out


def pools_of_names(sentences: list[names.TaggedSentence], data: Path) -> tuple[list[str], list[str]]:
    """First names and surnames for replacing others: a list of US first names, and the surnames in the corpora."""
    surnames = sorted({s.words[end - 1] for s in sentences for start, end, label in s.names if label == "PERSON" and end - start > 1})
    first_names = (data / "names" / "atleast100.txt").read_text(encoding="utf8").split()
    return first_names, [name for name in surnames if name[:1].isupper() and name.isalpha()]
