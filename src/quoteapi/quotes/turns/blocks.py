"""Blocks: a page cut where a paragraph ends and where a line opens with what looks like a label."""

import re

from msgspec import Struct

from quoteapi.quotes.turns.labels import Head, head_at
from quoteapi.text import paragraphs

_LINE = re.compile(r"[^\n]+")
_SPOKEN = re.compile(
    r"\b(?:i|we|you|my|our|your|me|us|let[’']s|yes|no|yeah|okay|ok|well|oh|thank|thanks|please|sorry|\w+n[’']t|\w+[’'](?:m|re|ve|ll))\b|\?",
    re.IGNORECASE,
)
"""What somebody says and a reporter hardly does: I, we and you, a question, yes and no, a short form."""
_STOPPED = re.compile(r"[.?!…—–-][”\"’'»)\]*_]*\s*$")
_TAIL = 12
_LONG_LINE = 40
"""Characters from which a line that does not end a sentence was broken at its column."""
_APART = re.compile(r"(?:\([^()\n]*\)|\[[^\[\]\n]*\]|\*[^*\n]+\*|_[^_\n]+_)\.?")
_MARKED = re.compile(r"[“\"][^“”\"\n]*[”\"]")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_HEADLINE, _SHORT, _CAPITALS = 160, 3, 0.75
"""Characters that are looked at for a headline, letters of words that do not count, and the share of the others with a capital."""


class Block(Struct, frozen=True):
    """A stretch of a page, white space at its edges left out.

    Args:
        start: Where it begins, its label included.
        end: Where it ends.
        head: The label that it opens with; None without one.
    """

    start: int
    end: int
    head: Head | None

    @property
    def words(self) -> int:
        """Where the words behind the label begin."""
        return self.start if self.head is None else min(self.head.words, self.end)


def cut(text: str) -> list[Block]:
    """The blocks of a text, in reading order."""
    heads = _heads(text)
    if not heads:
        return []
    starts = sorted(heads)
    found: list[Block] = []
    place = 0
    for start, end in paragraphs(text):
        while place < len(starts) and starts[place] < start:
            place += 1
        cuts = [start]
        while place < len(starts) and starts[place] < end:
            if starts[place] != start:
                cuts.append(starts[place])
            place += 1
        limits = zip(cuts, [*cuts[1:], end], strict=True)
        for a, b in limits:
            block = Block(a, a + len(text[a:b].rstrip()), heads.get(a))
            if found and block.head is None and _is_broken(text, found[-1], block):
                block = Block(found[-1].start, block.end, found.pop().head)
            found.append(block)
    return found


def _heads(text: str) -> dict[int, Head]:
    """The labels of a text by where their lines begin."""
    found = {}
    for line in _LINE.finditer(text):
        words = line[0].strip()
        start = line.start() + len(line[0]) - len(line[0].lstrip())
        if words and (head := head_at(text, start, start + len(words))) is not None:
            found[start] = head
    return found


def _is_broken(text: str, before: Block, after: Block) -> bool:
    """Whether a line only goes on in the next one: it is long and ends in the middle of a sentence."""
    near = text.count("\n", before.end, after.start) == 1
    return near and before.end - before.words >= _LONG_LINE and not is_stopped(text[before.start : before.end])


def is_spoken(words: str) -> bool:
    """Whether words are of the kind that people say, those between marks aside; a headline in capitals says nothing."""
    plain = without_marked(words)
    return _SPOKEN.search(plain) is not None and not is_headline(words)


def without_marked(words: str) -> str:
    """Words without those between double marks."""
    return _MARKED.sub(" ", words)


def is_headline(words: str) -> bool:
    """Whether nearly all longer words begin with a capital, as in a headline."""
    long = [word for word in _WORD.findall(words[:_HEADLINE]) if len(word) > _SHORT]
    return len(long) > 1 and sum(word[0].isupper() for word in long) > _CAPITALS * len(long)


def is_stopped(words: str) -> bool:
    """Whether words end as a sentence does; a headline and an entry of a list do not."""
    return _STOPPED.search(words[-_TAIL:]) is not None


def is_set_apart(words: str) -> bool:
    """Whether a block is a stage direction: all of it in brackets, or in italics."""
    return _APART.fullmatch(words) is not None


def is_about(words: str, head: Head) -> bool:
    """Whether words call whom a label names by name, as only others do."""
    if head.label.sort != "name":
        return False
    return any(found[0][0].isupper() and bare(found[0]) == head.key for found in _WORD.finditer(words))


def bare(word: str) -> str:
    """A name's word in lower case, without a possessive."""
    return word.lower().removesuffix("’s").removesuffix("'s")
