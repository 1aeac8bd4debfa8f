"""Tokens: the words of a text in the form in which they are compared, with their positions in the text.

A token is a word, a number, an abbreviation with its full stops, or a sign that is read aloud ($, %). Quotation marks, dashes, other
punctuation and white space separate tokens. Two tokens are the same if their keys are: normalized characters (NFKC), case folded, one kind
of apostrophe, no thousands separators. Nothing is stemmed, looked up or guessed.
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
"""Maximum length of a key: only the first characters of a longer word are compared."""


class Tokens(Struct, frozen=True):
    """The tokens of a text, in parallel lists.

    Args:
        text: The text; `starts` and `ends` are half-open offsets into it, in code points.
        keys: The form of each token that is compared.
        starts: Where each token starts.
        ends: Where each token ends.
    """

    text: str
    keys: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        """Returns the number of tokens."""
        return len(self.keys)

    def raw(self, token: int) -> str:
        """Returns a token as it is written."""
        return self.text[self.starts[token] : self.ends[token]]

    def between(self, before: int, after: int) -> str:
        """Returns the text between two tokens."""
        return self.text[self.ends[before] : self.starts[after]]

    def opens_sentence(self, token: int) -> bool:
        """Whether a token seems to be the first of a sentence, a line or a quotation, by the text before it."""
        before = self.text[self.ends[token - 1] if token else 0 : self.starts[token]]
        return token == 0 or not _ENDS.isdisjoint(before) or any(mark in before for mark in '“"‘«:')


def tokens_of(text: str) -> Tokens:
    """Returns the tokens of a text, in linear time."""
    keys: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for found in _WORD.finditer(text):
        keys.append(key_of(found[0], dotted=found["initials"] is not None, number=found["number"] is not None))
        starts.append(found.start())
        ends.append(found.end())
    return Tokens(text, keys, starts, ends)


def key_of(word: str, *, dotted: bool = False, number: bool = False) -> str:
    """Returns the form in which a word is compared."""
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
    """Returns the spans in square brackets that contain whole words, brackets included: an editor's or a transcriber's, not the speaker's.

    “[T]he” and “want[ed]” are words with bracketed letters and do not count.
    """
    return [
        found.span()
        for found in _BRACKETED.finditer(text)
        if not text[found.start() - 1 : found.start()].isalnum() and not _WORD_END.match(text, found.end())
    ]


def within_any(stretches: Sequence[Chars], tokens: Tokens) -> list[bool]:
    """Returns, for each token, whether it lies in one of the spans, which are in reading order and do not overlap."""
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
    """Returns the key of a word's letters outside brackets (want[ed]: want), which are the speaker's; empty for a word without brackets."""
    return key_of(_BRACKETED.sub("", word)) if "[" in word else ""


def has_ellipsis(gap: str) -> bool:
    """Whether the text between two tokens marks an omission."""
    return _ELLIPSIS.search(gap) is not None


def punctuation(gap: str) -> str:
    """Returns the text between two tokens without quotation marks, white space and hyphens, with every dash alike."""
    plain = _DASHES.sub("-", _HYPHEN.sub("", f"x{gap}x"))[1:-1]
    return "".join(_KEPT.findall(unicodedata.normalize("NFKC", plain)))
