"""Tokens: the words of a text in the form in which they are compared, with the way back to the text.

A token is a word, a number, an abbreviation with its full stops, or a sign that is read aloud ($, %). Marks, dashes, other punctuation and
white space part tokens and are none. Two tokens are the same if their keys are: compatible characters alike (NFKC), no case, one kind of
apostrophe, no separators of thousands. Nothing is stemmed, looked up or guessed.
"""

import re
import unicodedata
from collections.abc import Sequence

from msgspec import Struct

from quoteapi.findings import Chars

_WORD = re.compile(
    r"(?P<edited>\[[^\W\d_]{1,6}\](?:['’]?[^\W\d_]++)++|(?:[^\W\d_]+\[[^\W\d_]{1,6}\]))"
    r"|(?P<initials>(?:[^\W\d_]\.){2,})|(?P<number>\d+(?:[.,:]\d+)*)"
    r"|(?:[^\W\d_][\u0300-\u036f]*+)++(?:['’ʼ‘](?:[^\W\d_][\u0300-\u036f]*+)++)*+|[^\W_]|[$€£¥%&+=@#°]"
)
_APOSTROPHES = str.maketrans("’ʼ‘", "'''")
_THOUSANDS = re.compile(r",(?=\d{3}(?:\D|$))")
_ELLIPSIS = re.compile(r"…|\.(?:\s?\.){2,}")
_BRACKETED = re.compile(r"\[[^\[\]\n]{1,120}\]")
_WORD_END = re.compile(r"['’]?[^\W\d_]")
_DASHES = re.compile(r"[‐‑‒–—―−-]+")
_HYPHEN = re.compile(r"(?<=\w)[‐‑-](?=\w)")
_KEPT = re.compile(r"[^\w\s\"'“”‘’„‟‚‛«»‹›`´″′]+")
_ENDS = frozenset(".?!…\n")
LONGEST_KEY = 64
"""Characters of a key: a longer word is compared by its first ones."""


class Tokens(Struct, frozen=True):
    """The tokens of a text, in parallel lists.

    Args:
        text: The text; `starts` and `ends` are half-open code points of it.
        keys: What is compared.
        starts: Where each token starts.
        ends: Where each token ends.
    """

    text: str
    keys: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        """How many there are."""
        return len(self.keys)

    def raw(self, token: int) -> str:
        """A token as it is written."""
        return self.text[self.starts[token] : self.ends[token]]

    def between(self, before: int, after: int) -> str:
        """What stands between two tokens."""
        return self.text[self.ends[before] : self.starts[after]]

    def opens_sentence(self, token: int) -> bool:
        """Whether a token is the first of a sentence, a line or what stands between marks, as far as what is before it tells."""
        before = self.text[self.ends[token - 1] if token else 0 : self.starts[token]]
        return token == 0 or not _ENDS.isdisjoint(before) or any(mark in before for mark in '“"‘«:')


def tokens_of(text: str) -> Tokens:
    """The tokens of a text, in time linear in its length."""
    keys: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for found in _WORD.finditer(text):
        keys.append(key_of(found[0], dotted=found["initials"] is not None, number=found["number"] is not None))
        starts.append(found.start())
        ends.append(found.end())
    return Tokens(text, keys, starts, ends)


def key_of(word: str, *, dotted: bool = False, number: bool = False) -> str:
    """The form in which a word is compared."""
    if word.isascii() and word.isalpha():
        return word.lower()[:LONGEST_KEY]
    if "[" in word:
        word = word.replace("[", "").replace("]", "")
    if dotted:
        word = word.replace(".", "")
    if number:
        word = _THOUSANDS.sub("", word)
    return unicodedata.normalize("NFKC", word.translate(_APOSTROPHES)).casefold()[:LONGEST_KEY]


def bracketed(text: str) -> list[Chars]:
    """The stretches in square brackets that hold whole words, brackets included: an editor's or a transcriber's, not the speaker's.

    “[T]he” and “want[ed]” are words with bracketed letters, and none of them.
    """
    return [
        found.span()
        for found in _BRACKETED.finditer(text)
        if not text[found.start() - 1 : found.start()].isalnum() and not _WORD_END.match(text, found.end())
    ]


def within_any(stretches: Sequence[Chars], tokens: Tokens) -> list[bool]:
    """For each token whether it lies in one of some stretches, which are in reading order and not over each other."""
    inside = [False] * len(tokens)
    token = 0
    for start, end in stretches:
        while token < len(tokens) and tokens.starts[token] < start:
            token += 1
        while token < len(tokens) and tokens.starts[token] < end:
            inside[token] = True
            token += 1
    return inside


def unedited(word: str) -> str:
    """What of a word with bracketed letters is the speaker's (want[ed]: want), as its key has it; the empty string for another word."""
    return key_of(_BRACKETED.sub("", word)) if "[" in word else ""


def has_ellipsis(gap: str) -> bool:
    """Whether what stands between two tokens marks an omission."""
    return _ELLIPSIS.search(gap) is not None


def punctuation(gap: str) -> str:
    """What stands between two tokens without marks and white space, every dash alike, hyphens left out."""
    plain = _DASHES.sub("-", _HYPHEN.sub("", f"x{gap}x"))[1:-1]
    return "".join(_KEPT.findall(unicodedata.normalize("NFKC", plain)))
