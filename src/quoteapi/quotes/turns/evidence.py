"""Evidence: which lines that open like a label are turns.

Nearly anything may stand before a colon (Update: …, Prep time: …, Score: …). Turns come in runs, their labels name someone, and the words
after them sound like speech.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from quoteapi.document.name_parts import is_given_name
from quoteapi.findings import Label
from quoteapi.quotes.turns.blocks import Block, bare, is_about, is_headline, is_spoken, is_stage_direction, is_stopped
from quoteapi.quotes.turns.labels import Head

MAX_GAP = 8
"""Maximum blocks without a label between two turns of one run."""
MOSTLY, OFTEN, SELDOM = 0.5, 0.33, 0.2
"""Minimum shares of turns in a run that sound like speech: usually, if labels recur, and if all of these name people known to the page."""
MIN_UNKNOWN_TURNS = 3
"""Minimum turns of a run whose names occur nowhere else on the page."""
_NAME = re.compile(r"\b([A-Z][\w’'-]*+\.?+)(?:(?= (?:[a-z]{1,3} )?([A-Z][\w’'-]++)))?")
"""A name in running text: two capitalized words, with or without a particle between them. Also matches a first word without a second, so
that the search does not start again at each of its hyphens.
"""


_CHOICE = re.compile(r"B[.:)]\s")
_INSIDE = re.compile(r"(?<=[a-z,] )([A-Z][\w’'-]+)")
"""A capitalized word inside a sentence."""
_BODY = re.compile(r"\b[Tt]he ((?:[A-Z][\w’'-]+ ){0,2}[A-Z][\w’'-]+)")
"""A name after an article, like that of a newspaper."""


class PageEvidence:
    """What the blocks of a page show about the people whom its labels name.

    Args:
        text: The page.
        blocks: Its blocks.
    """

    def __init__(self, text: str, blocks: Sequence[Block]) -> None:
        self.text = text
        self.blocks = blocks
        labelled = {block.head.label.chars[0] for block in blocks if block.head is not None and not block.head.on_own_line}
        names = [(bare(found[1]), bare(found[2])) for found in _NAME.finditer(text) if found[2] and found.start() not in labelled]
        inside = (bare(found[1]) for found in _INSIDE.finditer(text))
        self.parts = frozenset(part for name in names for part in name) | frozenset(filter(is_given_name, inside))
        self.initials = frozenset(given[0] + family[0] for given, family in names)
        self.bodies = frozenset(bare(name) for found in _BODY.finditer(text) for name in found[1].split()[-1:]) - {
            family for given, family in names if is_given_name(given)
        }
        self.words = frozenset(re.findall(r"(?<![\w’'])[a-z][a-z’'-]+", text))

    def said(self, number: int) -> str:
        """Returns the words of a turn's first paragraph; if the label stands alone, those of the next block, stage directions aside."""
        block = self.blocks[number]
        if block.words < block.end:
            return self.text[block.words : block.end]
        following = next((other for other in self.blocks[number + 1 : number + 3] if not is_stage_direction(self.own(other))), block)
        return "" if following.head is not None else self.own(following)

    def own(self, block: Block) -> str:
        """Returns all words of a block."""
        return self.text[block.start : block.end]

    def is_answer(self, number: int) -> bool:
        """Whether a question without a label stands right before a block."""
        before = self.blocks[number - 1] if number else None
        return before is not None and before.head is None and self.own(before).rstrip("*_ ").endswith("?")

    def is_choice(self, number: int) -> bool:
        """Whether a block is the first option of a multiple-choice question (A. … B. …)."""
        return number + 1 < len(self.blocks) and _CHOICE.match(self.own(self.blocks[number + 1])) is not None

    def is_before_stage_direction(self, number: int) -> bool:
        """Whether a stage direction follows a label on a line of its own."""
        block = self.blocks[number]
        return block.words >= block.end and number + 1 < len(self.blocks) and is_stage_direction(self.own(self.blocks[number + 1]))

    def is_known(self, head: Head) -> bool:
        """Whether the page, or the label itself, shows that a label names someone."""
        name = head.label.sort == "name"
        initials = name and head.upper and head.key in self.initials
        # A family name that the page has also as a common word proves nothing.
        return head.self_evident or initials or (name and head.key in self.parts and head.key not in self.words)

    def label(self, head: Head) -> Label:
        """Returns a head's label, as an organization if running text has the name with an article (The Standard) and no first name."""
        body = head.label.sort == "name" and not head.self_evident and head.key in self.bodies
        return replace(head.label, sort="body") if body else head.label

    def is_plausible(self, number: int) -> bool:
        """Whether a block may be a turn at all."""
        head = self.blocks[number].head
        # The page's own headline may open like a label.
        if head is None or not any(map(str.isalpha, self.said(number))) or (number == 0 and is_headline(self.said(number))):
            return False
        return self.is_known(head) or head.key not in self.words


def turns_of(page: PageEvidence) -> list[int]:
    """Returns the indices of the blocks that are turns, in reading order."""
    return [number for run in runs(page) for number in accepted_turns(page, run)]


def runs(page: PageEvidence) -> Iterator[list[int]]:
    """Yields the possible turns that stand close to each other."""
    run: list[int] = []
    gap = 0
    for number in range(len(page.blocks)):
        if not page.is_plausible(number):
            gap += 1
            continue
        if run and gap > MAX_GAP:
            yield run
            run = []
        gap = 0
        run.append(number)
    if run:
        yield run


def accepted_turns(page: PageEvidence, run: Sequence[int]) -> list[int]:
    """Returns the turns of a run; none if it is a list of something else."""
    heads = {number: head for number in run if (head := page.blocks[number].head) is not None}
    asked = next((number for number, head in heads.items() if head.label.sort == "asks"), len(page.blocks))
    heads = {n: head for n, head in heads.items() if head.label.sort != "answers" or (n > asked and not page.is_choice(n))}
    counts = Counter(head.key for head in heads.values())
    known = {head.key for number, head in heads.items() if page.is_known(head) or page.is_before_stage_direction(number)}
    turns = {n: head for n, head in heads.items() if head.key in known or counts[head.key] > 1 or head.upper}
    on_own_line = Counter(head.key for head in turns.values() if head.on_own_line)
    turns = {n: head for n, head in turns.items() if not head.on_own_line or is_label_line(page, n, head, again=on_own_line[head.key] > 1)}
    return list(turns) if is_transcript(page, turns, known) else single_turns(page, turns, known)


def is_label_line(page: PageEvidence, number: int, head: Head, *, again: bool) -> bool:
    """Whether a line without a colon is a label: timed, in capitals or recurring, before words that end like a sentence."""
    return is_stopped(page.said(number)) and (head.timed or again or head.upper)


def is_transcript(page: PageEvidence, turns: Mapping[int, Head], known: set[str]) -> bool:
    """Whether a run is a transcript: turns of two speakers, or of one who recurs, with someone known, in words that sound like speech."""
    counts = Counter(head.key for head in turns.values())
    again = sum(count > 1 for count in counts.values())
    if len(turns) < 2 or (len(counts) < 2 and not again):  # noqa: PLR2004 - a run
        return False
    said = [page.said(number) for number in turns]
    spoken = sum(page.is_answer(n) or is_own_speech(words, head) for words, (n, head) in zip(said, turns.items(), strict=True))
    named = again > 0 and all(head.key in known for head in turns.values())
    if spoken < (SELDOM if named else OFTEN if again else MOSTLY) * len(said) or sum(map(is_stopped, said)) < MOSTLY * len(said):
        return False
    # Beside a known speaker, other labels recur or are in capitals. Without one, two labels recur, or one if all are in capitals or timed.
    if known & counts.keys():
        return all(head.key in known or head.upper or counts[head.key] > 1 for head in turns.values())
    upper = all(head.upper or head.timed for head in turns.values())
    return len(turns) >= MIN_UNKNOWN_TURNS and len(counts) > 1 and again >= (1 if upper else 2)


def is_own_speech(words: str, head: Head) -> bool:
    """Whether words sound as if the person in the label said them: like speech, and not about that person."""
    return is_spoken(words) and not is_about(words, head)


def single_turns(page: PageEvidence, turns: Mapping[int, Head], known: set[str]) -> list[int]:
    """Returns turns by themselves: in capitals or bold, of someone whom the page names, in words like speech, and not a headline."""
    return [
        number
        for number, head in turns.items()
        if number
        and head.upper
        and not head.on_own_line
        and head.label.sort == "name"
        and head.key in known
        and head.key in page.parts
        and is_own_speech(page.said(number), head)
        and is_stopped(page.said(number))
    ]
