"""Blocks: a page, divided at the ends of paragraphs and before lines that open with a possible label."""

import re

from msgspec import Struct

from quoteapi.quotes.turns.labels import Head, head_at
from quoteapi.text import paragraphs

_LINE = re.compile(r"[^\n]+")
_SPOKEN = re.compile(
    r"\b(?:i|we|you|my|our|your|me|us|let[’']s|yes|no|yeah|okay|ok|well|oh|thank|thanks|please|sorry|\w+n[’']t|\w+[’'](?:m|re|ve|ll))\b|\?",
    re.IGNORECASE,
)
"""What people say and reporters seldom write: I, we and you, a question, yes and no, a contraction."""
_STOPPED = re.compile(r"[.?!…—–-][”\"’'»)\]*_]*\s*$")
_TAIL = 12
_LONG_LINE = 40
"""Characters from which a line that does not end a sentence was broken at its column."""
_STAGE_DIRECTION = re.compile(r"(?:\([^()\n]*\)|\[[^\[\]\n]*\]|\*[^*\n]+\*|_[^_\n]+_)\.?")
_MARKED = re.compile(r"[“\"][^“”\"\n]*[”\"]")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_HEADLINE, _SHORT, _CAPITALS = 160, 3, 0.75
"""Characters examined for a headline, letters of words that do not count, and the share of capitalized ones among the others."""


class Block(Struct, frozen=True):
    """A span of a page, without white space at its edges.

    Args:
        start: Where it begins, with its label.
        end: Where it ends.
        head: The label with which it opens; None without one.
    """

    start: int
    end: int
    head: Head | None

    @property
    def words(self) -> int:
        """Where the words after the label begin."""
        return self.start if self.head is None else min(self.head.words, self.end)


def split_blocks(text: str) -> list[Block]:
    """Returns the blocks of a text, in reading order; none if no line opens with a label."""
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
    """Maps the start of a line to the label with which it opens."""
    found = {}
    for line in _LINE.finditer(text):
        words = line[0].strip()
        start = line.start() + len(line[0]) - len(line[0].lstrip())
        if words and (head := head_at(text, start, start + len(words))) is not None:
            found[start] = head
    return found


def _is_broken(text: str, before: Block, after: Block) -> bool:
    """Whether a line merely continues in the next one: it is long and ends inside a sentence."""
    near = text.count("\n", before.end, after.start) == 1
    return near and before.end - before.words >= _LONG_LINE and not is_stopped(text[before.start : before.end])


def is_spoken(words: str) -> bool:
    """Whether words sound like speech, apart from those between marks; a headline does not."""
    plain = without_marked(words)
    return _SPOKEN.search(plain) is not None and not is_headline(words)


def without_marked(words: str) -> str:
    """Returns words without those between double marks."""
    return _MARKED.sub(" ", words)


def is_headline(words: str) -> bool:
    """Whether nearly all longer words are capitalized, as in a headline."""
    long = [word for word in _WORD.findall(words[:_HEADLINE]) if len(word) > _SHORT]
    return len(long) > 1 and sum(word[0].isupper() for word in long) > _CAPITALS * len(long)


def is_stopped(words: str) -> bool:
    """Whether words end like a sentence; a headline and a list item do not."""
    return _STOPPED.search(words[-_TAIL:]) is not None


def is_stage_direction(words: str) -> bool:
    """Whether a block is a stage direction: entirely in brackets, or in italics."""
    return _STAGE_DIRECTION.fullmatch(words) is not None


def is_about(words: str, head: Head) -> bool:
    """Whether words mention the person in a label by name, as only others do."""
    if head.label.sort != "name":
        return False
    return any(found[0][0].isupper() and bare(found[0]) == head.key for found in _WORD.finditer(words))


def bare(word: str) -> str:
    """Returns a word of a name in lower case, without a possessive."""
    return word.lower().removesuffix("’s").removesuffix("'s")
