"""Tasks: the training examples of a round: grammar, names, sources, antecedents."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import msgspec
from spacy.tokens import Doc
from spacy.vocab import Vocab

from quoteapi.encoder.pieces import PieceCutter
from quoteapi.encoder.session import Classes
from quoteapi.training import names, treebanks
from quoteapi.training.corpora import grammar_corpora, name_corpora, pools_of_names
from quoteapi.training.encoder.antecedents import gap_cases, gum_stories, litbank_stories, story_case
from quoteapi.training.encoder.cases import UpperCase, lower_cases
from quoteapi.training.encoder.fit import Case, Tasks
from quoteapi.training.encoder.litbank import litbank_cases
from quoteapi.training.encoder.name_substitution import by_gender, renamed
from quoteapi.training.encoder.sources import source_cases, tokenized_articles
from quoteapi.training.polnear import articles, fitted_on

MIN_TAG_COUNT, MIN_LABEL_COUNT = 5, 20
"""Minimum counts in the treebanks for a tag and for a dependency label to be a class."""
NAME_LABELS = ("PERSON", "ORG", "GPE", "NORP")
NAME_BLOCK = 50
"""Sentences of the name corpora that go into the same round; a round uses every other block."""
STORY_SHARE = 0.6
"""The share of the stories' windows that a round uses."""


def classes_of(sentences: Sequence[list[treebanks.Word]]) -> Classes:
    """The classes of the treebanks and of names."""

    def common(values: Counter[str], least: int) -> list[str]:
        return sorted(value for value, count in values.items() if count >= least)

    words = [word for sentence in sentences for word in sentence]
    return Classes(
        tags=common(Counter(word.tag for word in words), MIN_TAG_COUNT),
        parts=common(Counter(word.pos for word in words), MIN_TAG_COUNT),
        labels=common(Counter(word.dep for word in words), MIN_LABEL_COUNT),
        names=["O", *(f"{place}-{label}" for label in NAME_LABELS for place in "BI")],
    )


def tasks_of(
    data: Path, cutter: PieceCutter, make_doc: Callable[[str], Doc], vocab: Vocab, *, polnear: bool = True
) -> tuple[Tasks, Classes]:
    """The tasks, and the classes for grammar and names.

    Sources are used twice per round, because they matter most. Without PolNeAR, fiction provides all sources.

    Args:
        data: The folder of corpora.
        cutter: Cuts tokens into wordpieces.
        make_doc: Tokenizes a text as the pipeline does.
        vocab: The vocabulary of the training documents.
        polnear: Whether to use PolNeAR.
    """
    sentences, _ = grammar_corpora(data)
    classes = classes_of(sentences)
    named, _ = name_corpora(data)
    first_names, surnames = pools_of_names(named, data)
    pools = by_gender(first_names)
    stories = [
        story_case(story, cutter)
        for story in (*gum_stories(data / "treebanks" / "gum"), *litbank_stories(data / "coref" / "litbank" / "conll"))
    ]
    gap = list(gap_cases(data / "coref" / "gap" / "gap-development.tsv", make_doc, cutter))
    attributed = tokenized_articles(fitted_on(list(articles(data / "polnear" / "train"))), make_doc) if polnear else []

    def grammar(number: int) -> Sequence[Case]:
        return lower_cases(treebanks.passages(sentences, vocab, seed=number + 1), cutter, classes)

    def naming(number: int) -> Sequence[Case]:
        part = [sentence for i, sentence in enumerate(named) if (i // NAME_BLOCK) % 2 == number % 2]
        docs = names.passages(part, vocab, first_names=first_names, surnames=surnames, seed=number + 1)
        return lower_cases(docs, cutter, classes)

    def telling(number: int) -> Sequence[UpperCase]:
        random = Random(number)  # noqa: S311 - reproducible choice, nothing secret
        parts = (msgspec.structs.replace(case, windows=[w for w in case.windows if random.random() < STORY_SHARE]) for case in stories)
        return [case for case in parts if case.windows]

    def sources(number: int) -> Sequence[UpperCase]:
        random = Random(number)  # noqa: S311 - the same
        return source_cases(attributed, cutter, lambda doc: renamed(doc, pools, surnames, random))

    tasks: Tasks = {"trees": grammar, "names": naming, "stories": telling, "gap": lambda _: gap}
    if polnear:
        tasks |= {"sources": lambda number: sources(2 * number), "sources again": lambda number: sources(2 * number + 1)}
    else:
        fiction = list(litbank_cases(data / "coref" / "litbank", cutter))
        tasks |= {"fiction": lambda _: fiction, "fiction again": lambda _: fiction}
    return tasks, classes
