"""Evidence: which lines that open with what looks like a label are turns of somebody's.

Nearly everything may stand before a colon (Update: …, Prep time: …, Score: …). Turns come in runs, their labels name somebody, and what
stands behind them is what people say.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from quoteapi.quotes.turns.blocks import Block, bare, is_about, is_spoken, is_stopped
from quoteapi.quotes.turns.labels import Head

APART = 8
"""Blocks without a label between two turns of one run, at most."""
MOSTLY, OFTEN = 0.5, 0.34
"""Turns of a run that sound spoken: so many at least, and so many where labels come back."""
FEW = 3
"""Turns from which a run of names that the page does not tell otherwise is believed."""
_NAME = re.compile(r"\b([A-Z][\w’'-]*\.?) (?:(?:[a-z]{1,3} )?)([A-Z][\w’'-]+)")
"""A name in running text: two words with capitals, a particle between them or none."""


class Page:
    """What the blocks of a page tell of those whom their labels name.

    Args:
        text: The page.
        blocks: Its blocks.
    """

    def __init__(self, text: str, blocks: Sequence[Block]) -> None:
        self.text = text
        self.blocks = blocks
        labelled = {block.head.label.chars[0] for block in blocks if block.head is not None and not block.head.alone}
        names = [(bare(found[1]), bare(found[2])) for found in _NAME.finditer(text) if found.start() not in labelled]
        self.parts = frozenset(part for name in names for part in name)
        self.words = frozenset(re.findall(r"(?<![\w’'])[a-z][a-z’'-]+", text))

    def said(self, number: int) -> str:
        """The words of a turn's first paragraph; the next block's where its label stands alone."""
        block = self.blocks[number]
        if block.words < block.end or number + 1 == len(self.blocks) or self.blocks[number + 1].head is not None:
            return self.text[block.words : block.end]
        return self.text[self.blocks[number + 1].start : self.blocks[number + 1].end]

    def is_known(self, head: Head) -> bool:
        """Whether the page tells of somebody whom a label names, or the label itself does."""
        return head.vouched or (head.label.sort == "name" and head.key in self.parts and head.key not in self.words)

    def is_plausible(self, number: int) -> bool:
        """Whether a block may be a turn at all."""
        head = self.blocks[number].head
        if head is None or not any(map(str.isalpha, self.said(number))):
            return False
        return self.is_known(head) or head.key not in self.words


def turns_of(page: Page) -> list[int]:
    """The blocks that are turns, in reading order."""
    return [number for run in runs(page) for number in accepted(page, run)]


def runs(page: Page) -> Iterator[list[int]]:
    """The blocks that may be turns, those that stand close to each other together."""
    run: list[int] = []
    apart = 0
    for number in range(len(page.blocks)):
        if not page.is_plausible(number):
            apart += 1
            continue
        if run and apart > APART:
            yield run
            run = []
        apart = 0
        run.append(number)
    if run:
        yield run


def accepted(page: Page, run: Sequence[int]) -> list[int]:
    """The turns of a run; none where it is a list of something else."""
    heads = {number: head for number in run if (head := page.blocks[number].head) is not None}
    if not any(head.label.sort == "asks" for head in heads.values()):
        heads = {number: head for number, head in heads.items() if head.label.sort != "answers"}
    counts = Counter(head.key for head in heads.values())
    known = {head.key for head in heads.values() if page.is_known(head)}
    turns = {n: head for n, head in heads.items() if head.key in known or counts[head.key] > 1 or head.upper}
    turns = {n: head for n, head in turns.items() if not head.alone or stands_alone(page, n, turns)}
    return list(turns) if is_transcript(page, turns, known) else single(page, turns, known)


def stands_alone(page: Page, number: int, heads: Mapping[int, Head]) -> bool:
    """Whether a line without a colon is a label: timed, in capitals, or one that comes back, above words that end as a sentence does."""
    head = heads[number]
    again = sum(other.key == head.key and other.alone for other in heads.values()) > 1
    return is_stopped(page.said(number)) and (head.timed or again or head.upper)


def is_transcript(page: Page, turns: Mapping[int, Head], known: set[str]) -> bool:
    """Whether a run of turns is one: two of two speakers, or of one who comes back, of whom somebody is known, in spoken words."""
    counts = Counter(head.key for head in turns.values())
    again = sum(count > 1 for count in counts.values())
    if len(turns) < 2 or len(counts) < 2 and not again:  # noqa: PLR2004 - a run
        return False
    said = [page.said(number) for number in turns]
    spoken = sum(is_said(words, head) for words, head in zip(said, turns.values(), strict=True))
    if spoken < (OFTEN if again else MOSTLY) * len(said) or sum(map(is_stopped, said)) < MOSTLY * len(said):
        return False
    if known & counts.keys():
        return all(head.key in known or head.upper or counts[head.key] > 1 for head in turns.values())
    upper = all(head.upper or head.timed for head in turns.values())
    return len(turns) >= FEW and len(counts) > 1 and again >= (1 if upper else 2)


def is_said(words: str, head: Head) -> bool:
    """Whether words sound as if whoever a label names said them: spoken, and not about that person."""
    return is_spoken(words) and not is_about(words, head)


def single(page: Page, turns: Mapping[int, Head], known: set[str]) -> list[int]:
    """A turn that stands by itself: in capitals or bold, of somebody whom the page names, in spoken words, and no headline."""
    return [
        number
        for number, head in turns.items()
        if number
        and head.upper
        and not head.alone
        and head.label.sort == "name"
        and head.key in known
        and head.key in page.parts
        and is_said(page.said(number), head)
        and is_stopped(page.said(number))
    ]
