"""quoteapi in a spaCy pipeline, beside other components: which figures does an article name, and who says them?

    pip install .
    python examples/spacy_pipeline.py examples/articles/*.txt

Each line has the figure and who says it, a speaker or the article itself. The pipeline is a blank one: quoteapi brings its own
engine, works on these tokens, and leaves the entities of others alone.
"""

import sys
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

FIGURE = [{"LIKE_NUM": True, "LOWER": {"NOT_IN": ["one", "first", "second", "third"]}, "OP": "+"}, {"IS_ALPHA": True, "OP": "?"}]
"""A number and the word behind it: 40 percent, 6,000 riders."""


def speaker_of(span: Span) -> str | None:
    """Who says these words, where they stand in a quote with a speaker."""
    for stretch in span.doc.spans["quotes"]:
        if stretch.start <= span.start and span.end <= stretch.end and stretch._.quote.speaker is not None:
            name: str = stretch._.quote.speaker.name
            return name
    return None


@Language.component("said_by")
def tell_who_says_it(doc: Doc) -> Doc:
    """Tell of each entity who says it."""
    for entity in doc.ents:
        entity._.said_by = speaker_of(entity)
    return doc


def make_pipeline() -> Language:
    """A blank pipeline with rules for figures, quotes, and what joins the two."""
    Span.set_extension("said_by", default=None, force=True)
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "FIGURE", "pattern": FIGURE}])  # type: ignore[attr-defined]  its own method
    nlp.add_pipe("quoteapi")
    nlp.add_pipe("said_by")
    return nlp


def main(paths: list[str]) -> None:
    """Print the figures in some articles."""
    texts = [(Path(path).read_text(encoding="utf-8"), Path(path).stem) for path in paths]
    for doc, name in make_pipeline().pipe(texts, as_tuples=True):
        for entity in doc.ents:
            print(name, entity.text, entity._.said_by or "(the article)", sep=" | ")


if __name__ == "__main__":
    main(sys.argv[1:])
