"""Language: whether a text is certainly not in English, judged from a sample.

Many English function words show that a text is English. Otherwise py3langid identifies the language; this module chooses its input and
decides when to trust it. Names and headlines look like any language,
and an English article may quote another at length. So capitalized words and quotes are left out, and every part of the sample must be
foreign.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from spacy.lang.en.stop_words import STOP_WORDS

from quoteapi.findings import Chars

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_WORD = re.compile(r"[^\W\d_]\S*")
"""A letter and everything up to the next space, since vowel signs are not letters."""
_ADDRESS = re.compile(r"[/@_\d]")
_PARTS, _PART = 16, 120
"""Maximum number of parts in the sample, spread evenly over the text, and characters of a part."""
_MIN_LETTERS, _MIN_PART_LETTERS = 80, 30
"""Minimum letters, in words without a capital, to judge a text, and a part."""
_MIN_SIGNS = 12
"""Minimum distinct characters of a sample: one word repeated is not a text."""
_ENGLISH = frozenset({"en", "pcm", "zxx"})
"""English, Nigerian Pidgin, and the code for no language."""
_MIN_FUNCTION_WORDS = 0.4
"""Share of English function words in a part from which it is English: 999 of 1,000 news articles have a part with half, news in 22 other
languages none with a quarter."""
_DOUBT = 0.1
"""A part counts as English from this probability of English."""
_SURE = 0.5
"""Minimum probability to trust a language: letters that form no words spread it over many languages."""


@cache
def identifier() -> "LanguageIdentifier":
    """Returns the identifier with the model from its package; loading takes half a second and 80 MB, once per process."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - few articles need it

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def foreign_language(text: str, quoted: Iterable[Chars] = ()) -> str | None:
    """Returns the language of a text as an ISO 639 code (`fr`); None if it is English, too short, or uncertain.

    Looks at two thousand characters, whatever the length of the text.

    Args:
        text: An article.
        quoted: Spans to leave out, in reading order; they may be nested.
    """
    parts = [words for words in _sample(_without(text, quoted)) if _letters(words) >= _MIN_PART_LETTERS]
    if (
        sum(map(_letters, parts)) < _MIN_LETTERS
        or len(set("".join(parts))) < _MIN_SIGNS
        or any(map(_has_function_words, parts))
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
    """Returns the words of some parts of the text, without capitalized words, addresses and numbers."""
    count = min(_PARTS, 1 + len(text) // _PART)
    size = min(_PART, 1 + len(text) // count)
    starts = (number * (len(text) - size) // max(1, count - 1) for number in range(count))
    found = (_WORD.findall(text, start, start + size) for start in starts)
    return [" ".join(word for word in words if not (word[0].isupper() or _ADDRESS.search(word))) for words in found]


def _letters(words: str) -> int:
    return sum(map(str.isalpha, words))


def _has_function_words(words: str) -> bool:
    """Whether as many words of a part are English function words as in no other language."""
    return sum(word in STOP_WORDS for word in words.split()) >= _MIN_FUNCTION_WORDS * len(words.split())


def _english(words: str) -> float:
    """Returns the probability that words are English."""
    ranked: dict[str, float] = dict(identifier().rank(words))
    return sum(ranked[language] for language in _ENGLISH)
