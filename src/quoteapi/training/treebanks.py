"""Treebanks: Universal Dependencies files read as spaCy training documents.

Sentences are joined into passages with some paragraph breaks, and quotation marks are set in the styles of the press (curly, straight, two
apostrophes), so that the pipeline learns from text like real pages rather than treebank lines.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

from msgspec import Struct
from msgspec.structs import replace
from spacy.tokens import Doc
from spacy.vocab import Vocab

SENTENCES_A_PASSAGE = 6
PARAGRAPH_BREAK_RATE = 0.4


class Word(Struct, frozen=True):
    """A token of a treebank; `head` counts from 0 within its sentence, -1 for the root."""

    text: str
    lemma: str
    pos: str
    tag: str
    morph: str
    head: int
    dep: str
    space: bool
    misc: str


def sentences(path: Path) -> Iterator[list[Word]]:
    """The sentences of a CoNLL-U file; multiword tokens are replaced by their parts, and empty nodes are skipped."""
    rows: list[list[str]] = []
    joined: dict[int, bool] = {}
    for line in (*path.read_text(encoding="utf8").splitlines(), ""):
        if line.startswith("#"):
            continue
        if line:
            columns = line.split("\t")
            if "-" in columns[0]:
                first, last = map(int, columns[0].split("-"))
                joined |= dict.fromkeys(range(first, last), False)
                joined[last] = "SpaceAfter=No" not in columns[9]
            elif "." not in columns[0]:
                rows.append(columns)
        elif rows:
            yield [
                Word(
                    text=row[1].replace(" ", "\u00a0"),
                    lemma=row[2],
                    pos=row[3],
                    tag=row[4],
                    morph="" if row[5] == "_" else row[5],
                    head=int(row[6]) - 1,
                    dep="ROOT" if row[7] == "root" else row[7],
                    space=joined.get(int(row[0]), "SpaceAfter=No" not in row[9]),
                    misc=row[9],
                )
                for row in rows
            ]
            rows, joined = [], {}


def restyled(words: list[Word], style: str) -> list[str]:
    """The words with quotation marks in one style: `straight`, `curly` or `apostrophes`; XPOS distinguishes opening from closing marks."""
    opening, closing = {"straight": ('"', '"'), "curly": ("“", "”"), "apostrophes": ("''", "''")}[style]
    texts = []
    for word in words:
        text = word.text
        if text in {'"', "“", "”", "``", "''"}:
            text = opening if word.tag == "``" else closing
        elif style == "curly":
            text = text.replace("'", "’")
        elif style == "straight":
            text = text.replace("’", "'")
        texts.append(text)
    return texts


def passages(parsed: Iterable[list[Word]], vocab: Vocab, *, seed: int) -> Iterator[Doc]:
    """Training documents of a few sentences each, with some paragraph breaks as white-space tokens."""
    random = Random(seed)  # noqa: S311 - reproducible augmentation, nothing secret
    batch: list[list[Word]] = []
    for sentence in parsed:
        batch.append(sentence)
        if len(batch) >= random.randint(1, SENTENCES_A_PASSAGE):
            yield passage(batch, vocab, random)
            batch = []
    if batch:
        yield passage(batch, vocab, random)


def passage(batch: list[list[Word]], vocab: Vocab, random: Random) -> Doc:
    """One document of these sentences, with heads, tags, lemmas and sentence starts."""
    style = random.choices(["curly", "straight", "apostrophes"], [5, 4, 1])[0]
    placed: list[Word] = []
    starts: list[bool | int | None] = []
    for sentence in batch:
        base = len(placed)
        shouted = random.random() < 0.02  # noqa: PLR2004 - a headline in capitals now and then
        for i, (word, text) in enumerate(zip(sentence, restyled(sentence, style), strict=True)):
            head = base + (i if word.head < 0 else word.head)
            placed.append(replace(word, text=text.upper() if shouted else text, head=head))
            starts.append(i == 0)
        if random.random() < PARAGRAPH_BREAK_RATE:
            placed[-1] = replace(placed[-1], space=False)
            placed.append(paragraph_break(random.choice(["\n\n", "\n"]), head=len(placed) - 1))
            starts.append(False)
    return Doc(
        vocab,
        words=[word.text for word in placed],
        spaces=[word.space for word in placed],
        tags=[word.tag for word in placed],
        pos=[word.pos for word in placed],
        morphs=[word.morph for word in placed],
        lemmas=[word.lemma for word in placed],
        heads=[word.head for word in placed],
        deps=[word.dep for word in placed],
        sent_starts=starts,
    )


def paragraph_break(text: str, *, head: int) -> Word:
    """The white-space token that ends a paragraph; its head is the token before it."""
    return Word(text=text, lemma=text, pos="SPACE", tag="_SP", morph="", head=head, dep="dep", space=False, misc="")
