"""Repeats: the same quote in many articles, as wire copy and as a line that is said again.

Words are compared without case, punctuation and brackets. Four words in a row are a shingle; of every three shingles in a row the least
hash is kept (winnowing: Schleimer, Wilkerson and Aiken, 2003), so that two quotes with six words in a row in common share one, however long
they are. MinHash would not do: a short quote inside a long one has hardly any similarity with it, and signatures of a million quotes do not
fit into memory. What shares enough shingles is compared by letters. The longest form stands for a quote, and others are compared with it
alone, so that no chain of small differences joins two quotes.

From twelve words on, the words decide; of fewer, the same voice has to say them, since many say *we are doing all we can*. Fewer than four
are said again, not repeated. A form that differs in a number or a negation is another quote.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl
from msgspec import Struct
from numpy.typing import NDArray
from rapidfuzz import fuzz

from quoteapi.knowledge import entries

SHINGLE = 4
WINDOW = 3
SHORTEST = 4
"""Words of a quote that can be repeated."""
LONG = 12
"""Words from which on the words alone tell."""
LIKE = 90.0
"""Similarity of letters, of 100, of a form with the part of the longest form that is most like it."""
SHARED = 0.4
"""The share of the shorter one's shingles that two have in common if they are compared."""
MOST_HOLDERS = 24
"""Quotes that a shingle is in at most; one in more of them is a phrase of the language."""
TEXTS_AT_ONCE = 20_000
_NUMBER = re.compile(r"\d+")


class Wordings(Struct, frozen=True):
    """The wordings of an archive, each once.

    Args:
        texts: Normalised, sorted.
        words: How many words each has.
        leader: For each the position of the longest form, its own where it is that.
    """

    texts: pl.Series
    words: NDArray[np.int64]
    leader: NDArray[np.int64]


def normalised(text: pl.Expr) -> pl.Expr:
    """Words for comparison: lower case, apostrophes alike, without brackets and punctuation."""
    return (
        text.str.normalize("NFKC")
        .str.to_lowercase()
        .str.replace_all(r"[\[\]\u00ad\u200b]", "")
        .str.replace_all("[’‘`´]", "'")
        .str.replace_all(r"[^\p{L}\p{N}']+", " ")
        .str.replace_all(r"(^| )'+|'+( |$)", " ")
        .str.replace_all(r" {2,}", " ")
        .str.strip_chars()
    )


def find_repeats(texts: pl.Series, speakers: Sequence[int]) -> Wordings:
    """Which wordings are forms of one quote.

    Args:
        texts: Normalised, sorted, each once.
        speakers: Who says each: a number for a name, 0 where nobody is named, -1 where several say it.
    """
    counts = texts.str.count_matches(" ").to_numpy().astype(np.int64) + 1
    leader = np.arange(len(texts), dtype=np.int64)
    for short, long in _candidates(texts, counts):
        if leader[short] != short or leader[long] != long:
            continue
        if counts[short] < LONG and speakers[short] != speakers[long] and 0 not in {speakers[short], speakers[long]}:
            continue
        if is_form(texts[short], texts[long]):
            leader[short] = long
    return Wordings(texts, counts, leader)


def is_form(short: str, long: str) -> bool:
    """Whether normalised words are those of a longer quote, or a part of it, with small differences that change no number or negation."""
    if (at := f" {long} ".find(f" {short} ")) >= 0:
        return not _is_negation(long[:at].rstrip().rpartition(" ")[2])
    found = fuzz.partial_ratio_alignment(short, long, score_cutoff=LIKE)
    if found is None:
        return False
    start, end = found.dest_start, found.dest_end
    start = long.rfind(" ", 0, start) + 1
    end = len(long) if (space := long.find(" ", end)) < 0 else space
    return _telling(short) == _telling(long[start:end])


def _telling(text: str) -> Counter[str]:
    """The numbers and negations of a text."""
    words = text.split()
    negations = Counter("not" for word in words if _is_negation(word))
    numbers = Counter(_NUMBER.findall(text)) + Counter(word for word in words if word in entries("number_words"))
    return numbers + negations


def _is_negation(word: str) -> bool:
    return word in entries("negations") or word.endswith("n't")


def _candidates(texts: pl.Series, counts: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Pairs of a wording and a longer one that share enough shingles: the longer ones first, on both sides."""
    owners, prints = _fingerprints(texts, counts)
    if not len(owners):
        return
    size = np.bincount(owners, minlength=len(texts))
    lengths = texts.str.len_chars().to_numpy().astype(np.int64)
    rank = np.empty(len(texts), dtype=np.int64)
    rank[np.lexsort((np.arange(len(texts)), -lengths))] = np.arange(len(texts))
    codes = _pairs(rank[owners], prints, len(texts))
    if not len(codes):
        return
    found, shared = np.unique(codes, return_counts=True)
    by_rank = np.argsort(rank)
    shorts, longs = by_rank[found // len(texts)], by_rank[found % len(texts)]
    enough = shared >= np.maximum(1, SHARED * np.minimum(size[shorts], size[longs]))
    yield from zip(shorts[enough].tolist(), longs[enough].tolist(), strict=True)


def _pairs(ranks: NDArray[np.int64], prints: NDArray[np.uint64], count: int) -> NDArray[np.int64]:
    """Codes of pairs that share a shingle: the rank of the shorter one times the count, plus that of the longer one."""
    order = np.lexsort((ranks, prints))
    ranks, prints = ranks[order], prints[order]
    starts = np.flatnonzero(np.r_[True, prints[1:] != prints[:-1]])
    sizes = np.diff(np.r_[starts, len(prints)])
    pieces = []
    for size in range(2, MOST_HOLDERS + 1):
        runs = starts[sizes == size]
        if not len(runs):
            continue
        block = ranks[runs[:, None] + np.arange(size)]
        first, second = np.triu_indices(size, k=1)
        pieces.append((block[:, second] * count + block[:, first]).ravel())
    return np.concatenate(pieces) if pieces else np.empty(0, dtype=np.int64)


def _fingerprints(texts: pl.Series, counts: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """The winnowed shingles of all wordings, as positions of wordings and hashes."""
    owners, prints = [], []
    for start in range(0, len(texts), TEXTS_AT_ONCE):
        sizes = counts[start : start + TEXTS_AT_ONCE]
        words = texts[start : start + TEXTS_AT_ONCE].str.split(" ").explode().hash(seed=1).to_numpy()
        owner = np.repeat(np.arange(len(sizes)), sizes)
        own, least = _winnowed(words, owner)
        owners.append(own + start)
        prints.append(least)
    return (np.concatenate(owners), np.concatenate(prints)) if owners else (np.empty(0, dtype=np.int64), np.empty(0, dtype=np.uint64))


def _winnowed(words: NDArray[np.uint64], owner: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """The least shingle of every window of them; of a wording with fewer than a window holds, the least of all."""
    if len(words) < SHINGLE:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.uint64)
    with np.errstate(over="ignore"):
        shingles = np.zeros(len(words) - SHINGLE + 1, dtype=np.uint64)
        for i in range(SHINGLE):
            shingles = shingles * np.uint64(0x9E3779B97F4A7C15) + words[i : len(words) - SHINGLE + 1 + i]
        shingles ^= shingles >> np.uint64(29)
        shingles *= np.uint64(0xBF58476D1CE4E5B9)
        shingles ^= shingles >> np.uint64(32)
    whole = owner[: len(shingles)] == owner[SHINGLE - 1 :]
    own, shingles = owner[: len(shingles)][whole], shingles[whole]
    least = shingles.copy()
    for i in range(1, WINDOW):
        same = np.zeros(len(own), dtype=bool)
        same[: len(own) - i] = own[: len(own) - i] == own[i:]
        nxt = np.zeros_like(shingles)
        nxt[: len(own) - i] = shingles[i:]
        least = np.where(same, np.minimum(least, nxt), least)
    again = np.zeros(len(own), dtype=bool)
    again[1:] = (own[1:] == own[:-1]) & (least[1:] == least[:-1])
    own, least = own[~again], least[~again]
    order = np.lexsort((least, own))
    own, least = own[order], least[order]
    kept = np.ones(len(own), dtype=bool)
    kept[1:] = (own[1:] != own[:-1]) | (least[1:] != least[:-1])
    return own[kept], least[kept]
