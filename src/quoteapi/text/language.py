"""Language: whether a text is surely in another language than English, told from a sample of it.

py3langid identifies; here is decided what it is asked and when it is believed. Names and headlines look like any language, and an English
article may quote another at length: so capitalized words and quotes are left out, and every part of the sample has to be foreign.
"""

import re
from collections.abc import Iterable
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from quoteapi.findings import Chars

_WORD = re.compile(r"[^\W\d_]\S*")
"""A letter and what is written on: vowel signs are no letters."""
_ADDRESS = re.compile(r"[/@_\d]")
_PARTS, _PART = 16, 120
"""Parts of the sample at most, spread evenly over the text, and characters of a part."""
_FEWEST_LETTERS, _FEWEST_OF_PART = 80, 30
"""Letters, in words that are not capitalized, below which nothing is said of a text, or of a part."""
_FEWEST_SIGNS = 12
"""Different letters and signs of a sample, since a word that is written again and again is no text."""
_ENGLISH = frozenset({"en", "pcm", "zxx"})
"""English, Nigerian Pidgin, and what is no language."""
_DOUBT = 0.1
"""A part that is English with at least this probability is taken for English."""
_SURE = 0.5
"""The probability of a language from which it is believed: letters that make no words have less of each."""


@cache
def identifier() -> LanguageIdentifier:
    """The identifier, with its model, which comes inside its package: half a second and 80 MB, once a process."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def foreign_language(text: str, quoted: Iterable[Chars] = ()) -> str | None:
    """The language of a text (`fr`), as an ISO 639 code; None where it is English, too short, or not surely anything else.

    Looks at two thousand characters, however long the text is.

    Args:
        text: An article.
        quoted: Its stretches that are left out, in reading order; they may hold each other.
    """
    parts = [words for words in _sample(_without(text, quoted)) if _letters(words) >= _FEWEST_OF_PART]
    if (
        sum(map(_letters, parts)) < _FEWEST_LETTERS
        or len(set("".join(parts))) < _FEWEST_SIGNS
        or any(_english(words) >= _DOUBT for words in parts)
    ):
        return None
    language, probability = identifier().classify(" ".join(parts))
    return None if language in _ENGLISH or probability < _SURE else str(language)


def _without(text: str, quoted: Iterable[Chars]) -> str:
    kept, at = [], 0
    for start, end in quoted:
        kept.append(text[at : max(at, start)])
        at = max(at, end)
    return " ".join([*kept, text[at:]])


def _sample(text: str) -> list[str]:
    """The words of some parts of the text, without addresses and those that begin with a capital."""
    count = min(_PARTS, 1 + len(text) // _PART)
    size = min(_PART, 1 + len(text) // count)
    starts = (number * (len(text) - size) // max(1, count - 1) for number in range(count))
    found = (_WORD.findall(text, start, start + size) for start in starts)
    return [" ".join(word for word in words if not (word[0].isupper() or _ADDRESS.search(word))) for words in found]


def _letters(words: str) -> int:
    return sum(map(str.isalpha, words))


def _english(words: str) -> float:
    """The probability that words are English."""
    ranked: dict[str, float] = dict(identifier().rank(words))
    return sum(ranked[language] for language in _ENGLISH)
