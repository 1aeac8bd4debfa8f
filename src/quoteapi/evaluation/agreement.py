"""Agreement: when a span, a name or a role counts as the same as the annotated one.

Names match strictly or leniently, roles exactly or by overlap. Word overlap is the F1 of SQuAD (Rajpurkar et al. 2016). The normalization
is that of the published gold's own scorer, so that figures can be compared.
"""

import html
import re
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

from quoteapi.structs import SpeakerType

EDGES = " \t\r\n“”\"„«».,!?;:…—–-'‘’`[]()"
"""Quotation marks, white space and punctuation, which are ignored at both edges of a quote."""

TITLES = frozenset(
    {
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "sir",
        "dame",
        "lord",
        "lady",
        "rev",
        "sen",
        "rep",
        "gov",
        "gen",
        "col",
        "lt",
        "president",
        "prime",
        "minister",
        "senator",
        "professor",
        "prof",
        "the",
    }
)
"""Words that are not part of a name; fixed here rather than taken from the package's list, so that figures do not change with it."""

ARTICLES = frozenset({"the", "a", "an"})
PREPOSITIONS = frozenset({"of", "for", "from", "in", "at", "by", "with", "on", "to"})
LINKS = ARTICLES | PREPOSITIONS | {"and", "&", "his", "her", "its", "their"}
"""Words that the names of two different people may share (a friend of his, a fisherman of Kelby)."""

HALF = 0.5

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\ufeff]")
_WORD = re.compile(r"[\w&']+")


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without quotation marks, white space and punctuation at its edges; empty, at `end`, if nothing is left."""
    words = text[start:end].lstrip(EDGES)
    first = end - len(words)
    return first, first + len(words.rstrip(EDGES))


def shared_words(one: Sequence[str], other: Sequence[str]) -> float:
    """F1 of the words that both have, counted with repetitions; 0 if either has none."""
    if not one or not other:
        return 0.0
    return 2 * (Counter(one) & Counter(other)).total() / (len(one) + len(other))


def is_same_name(given: str | None, gold: str, *, speaker_type: SpeakerType | None) -> bool:
    """Whether two names have the same words in the same order, ignoring titles.

    A source without a name (a spokesman for the police) has no canonical form: half of the words are enough.
    """
    one, other = _name_words(given), _name_words(gold)
    if not one or not other:
        return False
    return one == other or (speaker_type == "unnamed" and shared_words(one, other) >= HALF)


def may_be_same_entity(given: str | None, gold: str, *, speaker_type: SpeakerType | None) -> bool:
    """Whether two names may refer to the same entity: the words of one are all among the other's (Lu, Donald Lu)."""
    one, other = set(_name_words(given)), set(_name_words(gold))
    if not one or not other:
        return False
    return one <= other or other <= one or is_same_name(given, gold, speaker_type=speaker_type)


def may_be_same_name(given: str | None, gold: str) -> bool:
    """Whether two names share an identifying word: not a link word, and not a title unless both names have nothing else."""
    return not (set(_name_words(given)) - LINKS).isdisjoint(_name_words(gold))


def is_same_mention(given: str, gold: str) -> bool:
    """Whether two phrases of one article are probably one mention with different extents (Lu, Mr. Lu; the agency, agency).

    The words of one are all among the other's, and both have the same head: a spokesman for Reed is a spokesman, not Reed. The gold does
    not say where its mention stands, so one *he* counts as any other.
    """
    one, other = ([word for word in _uninflected(phrase) if word not in ARTICLES] for phrase in (given, gold))
    if not one or not other:
        return False
    return (set(one) <= set(other) or set(other) <= set(one)) and _head(one) == _head(other)


def role_words(role: str | None) -> list[str]:
    """The words of a role in lower case, without articles."""
    return [word for word in words_of(role) if word not in ARTICLES]


def words_of(value: str | None) -> list[str]:
    """The words in lower case, with entities decoded, invisible characters removed and apostrophes straightened."""
    clean = _INVISIBLE.sub("", html.unescape(value or ""))
    return _WORD.findall(clean.lower().replace("’", "'"))


def _head(words: Sequence[str]) -> str:
    """The last word before the first preposition."""
    return [words[0], *takewhile(lambda word: word not in PREPOSITIONS, words)][-1]


def _name_words(name: str | None) -> list[str]:
    words = _uninflected(name)
    return [word for word in words if word not in TITLES] or words


def _uninflected(phrase: str | None) -> list[str]:
    """The words of a phrase without the possessive ending."""
    return [word.removesuffix("'s") for word in words_of(phrase)]
