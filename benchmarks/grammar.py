"""Grammar and names: the accuracy of the packaged pipeline on held-out sentences.

    python benchmarks/grammar.py [--shared ../shared] [--encoder FOLDER]

Tokens are the corpora's own. Reads EWT's dev part, six documents of GUM and every twentieth block of the Groningen Meaning Bank; writes
nothing.
"""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example

from quoteapi.document import load_pipeline
from quoteapi.training import names, treebanks
from quoteapi.training.corpora import grammar_corpora, name_corpora, pools_of_names

PASSAGES = 400
"""Maximum number of passages of each kind."""


def told(nlp: Language, golds: Iterable[Doc]) -> list[Example]:
    """The gold documents with the pipeline's predictions on the same tokens."""
    examples = []
    for gold in golds:
        doc = Doc(nlp.vocab, words=[token.text for token in gold], spaces=[bool(token.whitespace_) for token in gold])
        for name, component in nlp.pipeline:
            if name in {"quoteapi_sentences", "quoteapi_encoder"}:
                doc = component(doc)
        examples.append(Example(doc, gold))
    return examples


def main() -> None:
    """Print tag, part-of-speech, dependency and name figures."""
    parser = argparse.ArgumentParser(description="Grammar and names on held-out sentences.")
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder of data/ (default: %(default)s)")
    parser.add_argument("--encoder", type=Path, help="folder of another encoder than the packaged one")
    options = parser.parse_args()
    data = options.shared / "data"
    if not (data / "treebanks").is_dir():
        sys.exit(f"Nothing is measured, because this is missing (see --shared): {data / 'treebanks'}")
    nlp = load_pipeline(encoder=options.encoder)
    _, sentences = grammar_corpora(data)
    parsed = told(nlp, list(treebanks.passages(sentences, nlp.vocab, seed=0))[:PASSAGES])
    fitted, tagged = name_corpora(data)
    first_names, surnames = pools_of_names(fitted, data)
    passages = list(names.passages(tagged, nlp.vocab, first_names=first_names, surnames=surnames, seed=0))
    named = told(nlp, passages[:: max(1, len(passages) // PASSAGES)])
    found = Scorer.score_token_attr(parsed, "tag") | Scorer.score_token_attr(parsed, "pos") | Scorer.score_spans(named, "ents")
    found |= Scorer.score_deps(parsed, "dep", ignore_labels=("punct",))
    for figure in ("pos_acc", "tag_acc", "dep_uas", "dep_las", "ents_p", "ents_r", "ents_f"):
        print(f"{figure:10s} {found[figure]:.3f}")
    for label, scores in sorted(found["ents_per_type"].items()):
        print(f"{label:10s} F {scores['f']:.3f}")


if __name__ == "__main__":
    main()
