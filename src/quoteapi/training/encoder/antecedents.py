"""Antecedents: the mentions of GUM, LitBank and GAP with the names and nouns that they refer to."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from msgspec import Struct
from spacy.lang.en import English
from spacy.tokens import Doc

from quoteapi.encoder.pieces import PieceCutter
from quoteapi.encoder.quote_pieces import quote_pieces
from quoteapi.encoder.windows import MAX_UPPER_PIECES, lower_windows
from quoteapi.knowledge import entries, meanings
from quoteapi.quotes import find_quotes
from quoteapi.training.encoder.cases import Pointer, UpperCase, UpperWindow, pieces_of
from quoteapi.training.encoder.sources import core
from quoteapi.training.names import written
from quoteapi.training.treebanks import Word, sentences

ENGLISH = English()
THIRD = frozenset(word for word, kinds in meanings("pronouns").items() if "third" in kinds)
PRONOUNS = entries("pronouns")
DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "their", "its"})
ENTITY_TYPES = frozenset({"person", "organization", "place"})
STRIDE = MAX_UPPER_PIECES // 2
NAMING = frozenset({"flat", "compound", "goeswith", "nmod:desc"})


class Referring(Struct, frozen=True):
    """A mention: its half-open tokens, its core (the tokens that identify it), its entity, and whether it is known to be a name."""

    start: int
    end: int
    core: tuple[int, ...]
    entity: str
    named: bool = False


class Story(Struct, frozen=True):
    """A text with its mentions."""

    doc: Doc
    mentions: list[Referring]


def gum_stories(folder: Path) -> Iterator[Story]:
    """GUM's documents, with mentions of persons, organizations and places only."""
    for path in sorted(folder.glob("*.conllu")):
        parsed = list(sentences(path))
        breaks = paragraph_starts(path)
        words: list[str] = []
        spaces: list[bool] = []
        mentions: list[Referring] = []
        opened: dict[str, list[int]] = {}
        kinds: dict[str, str] = {}
        for number, sentence in enumerate(parsed):
            if number in breaks and words:
                spaces[-1] = False
                words.append("\n\n")
                spaces.append(False)
            base = len(words)
            for i, word in enumerate(sentence):
                field = re.search(r"Entity=([^|]*)", word.misc)
                for bracket, body, closed in re.findall(r"(\(?)([^()]+)(\)?)", field[1]) if field else ():
                    name, _, kind = body.partition("-")
                    if bracket:
                        opened.setdefault(name, []).append(i)
                        kinds[name] = kind.partition("-")[0] or kinds.get(name, "")
                    if closed and opened.get(name):
                        start = opened[name].pop()
                        if "[" not in name and kinds.get(name) in ENTITY_TYPES:
                            mentions.append(Referring(base + start, base + i + 1, carried(sentence, start, i + 1, base), name))
            opened = {}
            words += [word.text for word in sentence]
            spaces += [word.space for word in sentence]
        yield Story(Doc(ENGLISH.vocab, words=words, spaces=spaces), mentions)


def paragraph_starts(path: Path) -> set[int]:
    """The indexes of the sentences that open a paragraph."""
    found, number = set(), -1
    fresh = False
    for line in path.read_text(encoding="utf8").splitlines():
        fresh = fresh or line.startswith("# newpar ") or line == "# newpar"
        if line.startswith("1\t"):
            number += 1
            if fresh:
                found.add(number)
            fresh = False
    return found


def carried(sentence: Sequence[Word], start: int, end: int, base: int) -> tuple[int, ...]:
    """The head of a phrase and the proper nouns that form a name with it."""
    head = next((i for i in range(start, end) if not start <= sentence[i].head < end), end - 1)
    own = [i for i in range(start, end) if sentence[i].head == head and sentence[i].dep in NAMING and sentence[i].pos == "PROPN"]
    return tuple(base + i for i in sorted({head, *own}))


def litbank_stories(folder: Path) -> Iterator[Story]:
    """LitBank's texts."""
    for path in sorted(folder.glob("*.conll")):
        words: list[str] = []
        mentions: list[Referring] = []
        opened: dict[str, list[int]] = {}
        for line in path.read_text(encoding="utf8").splitlines():
            columns = line.split("\t")
            if line.startswith("#"):
                continue
            if len(columns) == 1:
                continue
            words.append({"``": "“", "''": "”"}.get(columns[3], columns[3].replace(" ", "\u00a0")))
            here = len(words) - 1
            for mark in columns[-1].strip().split("|") if columns[-1].strip() else columns[-2].strip().split("|"):
                name = mark.strip("()")
                if mark.startswith("("):
                    opened.setdefault(name, []).append(here)
                if mark.endswith(")") and opened.get(name):
                    start = opened[name].pop()
                    first, last = core(words[start : here + 1])
                    mentions.append(Referring(start, here + 1, tuple(range(start + first, start + last)), name))
        yield Story(Doc(ENGLISH.vocab, words=words, spaces=written(words)), mentions)


def story_case(story: Story, cutter: PieceCutter) -> UpperCase:
    """A story's windows with all third-person pronouns and definite descriptions, and the names and nouns of their entities in the window.

    If the window has none, the right answer is nothing.
    """
    doc = story.doc
    pieces = pieces_of(doc, cutter)
    quoted = quote_pieces(doc, pieces, find_quotes(doc.text))
    total = len(pieces.ids)
    windows = []
    for start in range(0, max(1, total - STRIDE), STRIDE):
        stretch = np.arange(start, min(total, start + MAX_UPPER_PIECES))
        low = start + STRIDE if start else 0
        places: dict[int, list[int]] = {int(t): [] for t in set(pieces.tokens[stretch].tolist())}
        for at, token in enumerate(pieces.tokens[stretch].tolist()):
            places[token].append(at)
        pointers = [
            Pointer((places[m.core[0]][0],), right_places(m, story, places))
            for m in story.mentions
            if refers(m, doc) and m.core[0] in places and pieces.firsts[m.core[0]] >= low
        ]
        windows.append(UpperWindow(stretch, quoted.marked[stretch], [], pointers))
    return UpperCase(pieces.ids, pieces.shapes, lower_windows(doc, pieces), [w for w in windows if w.mentions])


def refers(mention: Referring, doc: Doc) -> bool:
    """Whether a mention is a third-person pronoun or a definite description."""
    first = doc[mention.start]
    if mention.end - mention.start == 1:
        return first.lower_ in THIRD
    return first.lower_ in DEFINITE and not doc[mention.core[0]].text[:1].isupper()


def right_places(mention: Referring, story: Story, places: dict[int, list[int]]) -> np.ndarray:
    """The positions of the names of the mention's entity in the window, or if there are none, of its nouns before the mention."""
    names: list[int] = []
    nouns: list[int] = []
    for other in story.mentions:
        if other.entity != mention.entity or other == mention or story.doc[other.core[0]].lower_ in PRONOUNS:
            continue
        where = [at for token in other.core for at in places.get(token, ())]
        if any(story.doc[token].text[:1].isupper() for token in other.core) and story.doc[other.core[0]].i != 0:
            names += where
        elif other.start < mention.start:
            nouns += where
    return np.array(sorted(set(names or nouns)), dtype=np.int64)


def gap_cases(path: Path, make_doc: Callable[[str], Doc], cutter: PieceCutter) -> Iterator[UpperCase]:
    """GAP's passages: the pronoun and the positions of the name that it refers to, or if it is neither name, the wrong positions."""
    with path.open(encoding="utf8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            doc = make_doc(row["Text"])
            pieces = pieces_of(doc, cutter)
            pronoun = doc.char_span(*stretch_of(row, "Pronoun"), alignment_mode="expand")
            names = {side: doc.char_span(*stretch_of(row, side), alignment_mode="expand") for side in "AB"}
            if pronoun is None or len(pieces.ids) > MAX_UPPER_PIECES:
                continue
            coreferent = [side for side in "AB" if row[f"{side}-coref"] == "TRUE"]
            right = [t.i for side in coreferent or "AB" for t in names[side] or ()]
            quoted = quote_pieces(doc, pieces, find_quotes(doc.text))
            pointer = Pointer((int(pieces.firsts[pronoun.start]),), np.flatnonzero(np.isin(pieces.tokens, right)), wrong=not coreferent)
            window = UpperWindow(np.arange(len(pieces.ids)), quoted.marked, [], [pointer])
            yield UpperCase(pieces.ids, pieces.shapes, lower_windows(doc, pieces), [window])


def stretch_of(row: dict[str, str], side: str) -> tuple[int, int]:
    """The range of a name or the pronoun in a GAP passage."""
    start = int(row[f"{side}-offset"])
    return start, start + len(row[side])
