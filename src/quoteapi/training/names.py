"""Names: corpora of persons, organizations, places and nationalities, read as spaCy training documents.

The labels are PERSON, ORG, GPE (any place) and NORP (nationalities). A person's name excludes titles and honorifics, as in the contract;
the corpora include them, so they are removed here.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

from msgspec import Struct
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from quoteapi.knowledge import entries
from quoteapi.training.treebanks import PARAGRAPH_BREAK_RATE, SENTENCES_A_PASSAGE, Word, sentences

GMB_LABELS = {"per": "PERSON", "org": "ORG", "geo": "GPE", "gpe": "NORP"}
UNER_LABELS = {"PER": "PERSON", "ORG": "ORG", "LOC": "GPE"}
GUM_LABELS = {"person": "PERSON", "organization": "ORG", "place": "GPE"}
JOINING = {"PERSON": (), "ORG": ("of", "the", "for", "and", "&", "'s"), "GPE": ("of", "the")}
"""Lower-case words allowed inside a name of each label."""
RENAME_RATE = 0.35

Entity = tuple[int, int, str]
"""First token, token after the last, label."""


class TaggedSentence(Struct, frozen=True):
    """A sentence and the names in it."""

    words: list[str]
    spaces: list[bool]
    names: list[Entity]


def without_titles(words: list[str], start: int, end: int) -> int:
    """The start of the name after titles and anything before them; equal to `end` if nothing else is left."""
    titles = entries("titles")
    return max((i + 1 for i in range(start, end) if words[i].lower().rstrip(".") in titles), default=start)


def written(words: list[str]) -> list[bool]:
    """Whether a space follows each word, guessed for corpora without that information."""
    spaces = []
    quoted = False
    for word, after in zip(words, [*words[1:], ""], strict=True):
        space = not re.fullmatch(r"[.,;:!?%)\]}]|'s|'|n't|'(?:re|ve|ll|d|m)|\.\.\.", after) and word not in {"(", "[", "{", "$", "#"}
        if word == '"':
            quoted = not quoted
            space = space and not quoted
        if after == '"' and quoted:
            space = False
        spaces.append(space)
    return spaces


def tagged(words: list[str], tags: list[str], labels: dict[str, str], spaces: list[bool] | None = None) -> TaggedSentence:
    """A sentence from IOB tags; `labels` maps the corpus's labels to ours, and entities with other labels are dropped."""
    names: list[Entity] = []
    start = 0
    for i, tag in enumerate([*tags, "O"]):
        if i and not tag.startswith("I-") and tags[i - 1] != "O":
            label = labels.get(tags[i - 1][2:])
            begin = without_titles(words, start, i) if label == "PERSON" else start
            if label and begin < i:
                names.append((begin, i, label))
        if not tag.startswith("I-"):
            start = i
    return TaggedSentence(words, spaces or written(words), names)


def gmb(path: Path) -> Iterator[TaggedSentence]:
    """The Groningen Meaning Bank's sentences (silver tags over newswire); its gpe is a nationality unless a proper noun (Iran, U.S.)."""
    words: list[str] = []
    tags: list[str] = []
    with path.open(encoding="latin1", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for row in rows:
            if row[0] and words:
                yield tagged(words, tags, GMB_LABELS)
                words, tags = [], []
            words.append(row[1] or "-")
            tags.append(row[3].replace("gpe", "geo") if row[2] == "NNP" else row[3])
    yield tagged(words, tags, GMB_LABELS)


def uner(path: Path, treebank: Path) -> Iterator[TaggedSentence]:
    """Universal NER's tags over the sentences of a treebank, whose own file (in another order) says where spaces are."""
    tags: dict[tuple[str, ...], list[str]] = {}
    for block in path.read_text(encoding="utf8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line[:1].isdigit()]
        tags[tuple(row[1] for row in rows)] = [row[2] if row[2][2:] in UNER_LABELS else "O" for row in rows]
    for parsed in sentences(treebank):
        words = [word.text for word in parsed]
        if tuple(words) in tags:
            yield tagged(words, tags[tuple(words)], UNER_LABELS, [word.space for word in parsed])


def gum(path: Path) -> Iterator[TaggedSentence]:
    """GUM's entities that are names: noun phrases for a person, organization or place that consist of proper nouns."""
    for parsed in sentences(path):
        open_spans: dict[str, list[int]] = {}
        found: list[Entity] = []
        for i, word in enumerate(parsed):
            field = re.search(r"Entity=([^|]*)", word.misc)
            if not field:
                continue
            for opened, body, closed in re.findall(r"(\(?)([^()]+)(\)?)", field[1]):
                number, _, rest = body.partition("-")
                if opened:
                    open_spans.setdefault(number, []).append(i)
                    kind = rest.partition("-")[0]
                    open_spans.setdefault(f"{number} kind", []).append(list(GUM_LABELS).index(kind) if kind in GUM_LABELS else -1)
                if closed and open_spans.get(number):
                    start, kind_index = open_spans[number].pop(), open_spans[f"{number} kind"].pop()
                    if kind_index >= 0:
                        found.append((start, i + 1, list(GUM_LABELS.values())[kind_index]))
        yield TaggedSentence([w.text for w in parsed], [w.space for w in parsed], named_only(parsed, found))


def named_only(parsed: list[Word], found: list[Entity]) -> list[Entity]:
    """The entities that consist of proper nouns, without titles and determiners; of nested ones, the longest."""
    kept: list[Entity] = []
    texts = [word.text for word in parsed]
    for first, end, label in sorted(found, key=lambda entity: (entity[0], -entity[1])):
        start = first
        while start < end and parsed[start].pos == "DET":
            start += 1
        if label == "PERSON":
            start = without_titles(texts, start, end)
        inside = parsed[start:end]
        proper = inside and inside[0].pos == "PROPN" and inside[-1].pos in {"PROPN", "NUM"}
        plain = all(word.pos in {"PROPN", "NUM"} or word.text in ("-", ".", '"', *JOINING[label]) for word in inside)
        if proper and plain and not any(start < b and a < end for a, b, _ in kept):
            kept.append((start, end, label))
    return kept


def renamed(sentence: TaggedSentence, first_names: list[str], surnames: list[str], random: Random) -> TaggedSentence:
    """The sentence with some person names replaced, so that the network does not memorize names."""
    words, spaces = list(sentence.words), list(sentence.spaces)
    for start, end, label in sentence.names:
        if label == "PERSON" and random.random() < RENAME_RATE:
            pool = [random.choice(first_names) if i < end - 1 else random.choice(surnames) for i in range(start, end)]
            words[start:end] = [new if old[:1].isupper() and len(old) > 2 else old for new, old in zip(pool, words[start:end], strict=True)]  # noqa: PLR2004 - initials stay
    return TaggedSentence(words, spaces, sentence.names)


def passages(corpus: Iterable[TaggedSentence], vocab: Vocab, *, first_names: list[str], surnames: list[str], seed: int) -> Iterator[Doc]:
    """Training documents of a few sentences each, with entities and some paragraph breaks."""
    random = Random(seed)  # noqa: S311 - reproducible augmentation, nothing secret
    batch: list[TaggedSentence] = []
    for sentence in corpus:
        batch.append(renamed(sentence, first_names, surnames, random))
        if len(batch) >= random.randint(1, SENTENCES_A_PASSAGE):
            yield passage(batch, vocab, random)
            batch = []
    if batch:
        yield passage(batch, vocab, random)


def passage(batch: list[TaggedSentence], vocab: Vocab, random: Random) -> Doc:
    """One document of these sentences, with quotation marks and apostrophes in one style."""
    curly = random.random() < 0.5  # noqa: PLR2004 - half of the press uses curly quotation marks
    words: list[str] = []
    spaces: list[bool] = []
    names: list[Entity] = []
    for sentence in batch:
        base = len(words)
        shouted = random.random() < 0.03  # noqa: PLR2004 - a headline in capitals now and then
        opened = False
        for word in sentence.words:
            text = word.upper() if shouted else word
            if word == '"':
                opened = not opened
                text = ("“" if opened else "”") if curly else word
            words.append(text.replace("'", "’") if curly else text)
        spaces += sentence.spaces
        names += [(base + a, base + b, label) for a, b, label in sentence.names]
        if random.random() < PARAGRAPH_BREAK_RATE:
            spaces[-1] = False
            words.append("\n\n")
            spaces.append(False)
        else:
            spaces[-1] = True
    doc = Doc(vocab, words=words, spaces=spaces)
    doc.set_ents([Span(doc, a, b, label) for a, b, label in names], default="outside")
    return doc
