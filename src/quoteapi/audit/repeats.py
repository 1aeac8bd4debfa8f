"""Repeats: near-duplicate detection for quotes that appear in many articles, as wire copy or as a line said again.

Words are compared without case, punctuation and brackets. Four consecutive words are a shingle; of every three consecutive shingles the one
with the least hash is kept (winnowing: Schleimer, Wilkerson and Aiken, 2003), so that two quotes of any length with six consecutive words
in common share one. MinHash does not work here: a short quote inside a long one has hardly any similarity with it, and the signatures of a
million quotes do not fit into memory. Quotes that share enough shingles are compared by characters. The longest form represents a quote,
and others are compared with it alone, so that no chain of small differences joins two quotes.

From twelve words on, the words alone decide; shorter quotes must have the same speaker, since many say *we are doing all we can*. Quotes of
fewer than four words are never joined. A form that differs in a number or a negation is a different quote.
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
"""Minimum number of words of a quote that can be a repeat."""
LONG = 12
"""Number of words from which the words alone decide."""
LIKE = 90.0
"""Minimum similarity in characters, from 0 to 100, between a form and the most similar part of the longest form."""
SHARED = 0.4
"""Minimum number of shared shingles for two quotes to be compared, as a fraction of those of the one that has fewer."""
MOST_HOLDERS = 24
"""Maximum number of quotes with a shingle; one in more quotes is a common phrase and is ignored."""
TEXTS_AT_ONCE = 20_000
_NUMBER = re.compile(r"\d+")


class Wordings(Struct, frozen=True):
    """The distinct wordings of an archive.

    Args:
        texts: Normalized, sorted.
        words: Number of words in each.
        leader: Position of each one's longest form; its own if it is the longest form.
    """

    texts: pl.Series
    words: NDArray[np.int64]
    leader: NDArray[np.int64]


def normalised(text: pl.Expr) -> pl.Expr:
    """Returns text for comparison: lower case, uniform apostrophes, no brackets or punctuation."""
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
    """Finds the wordings that are forms of the same quote.

    Args:
        texts: Normalized, sorted, without duplicates.
        speakers: The speaker of each: a number for each name, 0 if nobody is named, -1 if several say it.
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
    """Whether a normalized quote equals a longer one or part of it, except for small differences that change no number or negation."""
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
    """Counts the numbers and negations in a text."""
    words = text.split()
    negations = Counter("not" for word in words if _is_negation(word))
    numbers = Counter(_NUMBER.findall(text)) + Counter(word for word in words if word in entries("number_words"))
    return numbers + negations


def _is_negation(word: str) -> bool:
    return word in entries("negations") or word.endswith("n't")


def _candidates(texts: pl.Series, counts: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Yields pairs of a wording and a longer one that share enough shingles, sorted by the length of both, longest first."""
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
    """Returns a code for each pair that shares a shingle: the rank of the shorter one times `count`, plus the rank of the longer one."""
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
    """Returns the winnowed shingles of all wordings, as positions of wordings and hashes."""
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
    """Returns the least shingle of each window, once per wording; windows at the end of a wording are shorter."""
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
