"""Candidates: the mentions that may be a quote's source.

In PolNeAR 98 of 100 quoted stretches have their source in their own paragraph; of the rest, nearly all in the one before.
"""

from bisect import bisect_left
from collections.abc import Sequence

from quoteapi.findings import FoundQuote, Mention
from quoteapi.knowledge import having
from quoteapi.quotes.line import Line

REACH_BEFORE, REACH_AFTER = 90, 60
"""Items of the reporter's line that are looked at on either side."""
PARAGRAPHS_BEFORE = 2
MOST = 48
"""Candidates of a quote at most, the nearest ones."""
HANDING = having("marked_words", "handing")
"""Nouns for what only hands words over (Transcript as follows; Quote from Jane Roe): whoever speaks in it is somebody else."""
QUOTING = having("marked_words", "quoting")
"""Verbs whose passive subject is who speaks (was quoted as “furious”)."""
OPENERS = 4
"""Mentions of the next paragraph that may be a source: a name under a block quote (– Jane Roe, Acme)."""


def candidates_of(number: int, quotes: Sequence[FoundQuote], mentions: Sequence[Mention], line: Line, order: Sequence[int]) -> list[int]:
    """Positions of the mentions that may be the source of quote `number`, in reading order.

    Args:
        number: The quote's position.
        quotes: All quotes.
        mentions: All mentions.
        line: The reporter's line.
        order: Positions of mentions of the reporter's own, sorted by their place on the line.
    """
    quote = quotes[number]
    first, last = line.stretches[number][0], line.stretches[number][-1]
    paragraph, paragraph_last = line.items[first].paragraph, line.items[last].paragraph
    found = []
    described = described_as(quote, line)
    openers = 0
    for i in order[bisect_left(order, first - REACH_BEFORE, key=lambda i: line.place[mentions[i].head]) :]:
        place = line.place[mentions[i].head]
        if place > last + REACH_AFTER:
            break
        if line.doc[mentions[i].head].lower_ in HANDING or mentions[i].head in described:
            continue
        distance = line.items[place].paragraph - paragraph
        if distance < -PARAGRAPHS_BEFORE:
            continue
        if line.items[place].paragraph > paragraph_last:
            openers += 1
            if line.items[place].paragraph > paragraph_last + 1 or openers > OPENERS:
                break
        found.append(i)
    return nearest(found, quote, mentions, line)


def described_as(quote: FoundQuote, line: Line) -> set[int]:
    """The tokens of whom somebody else's verb says that they are the quoted words ([Roe] was condemned as “a coward”)."""
    words = line.doc.char_span(quote.start, quote.end, alignment_mode="expand")
    if words is None:
        return set()
    root = words.root
    while root.dep_ == "conj" and root.head.i < root.i:
        root = root.head
    verb = root.head
    if verb.lemma_ in QUOTING or not any(child.lower_ == "as" and child.dep_ in {"case", "mark"} for child in root.children):
        return set()
    return {child.i for child in verb.children if child.dep_ in {"nsubj:pass", "nsubjpass"}}


def labels(number: int, mentions: Sequence[Mention], quote: FoundQuote, line: Line) -> list[int]:
    """The mention with which a transcript's turn opens inside its mark (“ROE: I will.”)."""
    opening = line.doc.char_span(quote.start, quote.end, alignment_mode="expand")
    if opening is None:
        return []
    first = bisect_left(mentions, opening.start, key=lambda mention: mention.start)
    return [
        i
        for i, mention in enumerate(mentions[first : first + OPENERS], start=first)
        if mention.quote == number
        and mention.start - opening.start <= 1
        and mention.end < len(line.doc)
        and line.doc[mention.end].text == ":"
    ]


def nearest(found: list[int], quote: FoundQuote, mentions: Sequence[Mention], line: Line) -> list[int]:
    """At most `MOST` of the mentions, those that stand nearest to the quote."""
    if len(found) <= MOST:
        return found
    doc = line.doc
    return sorted(
        sorted(found, key=lambda i: min(abs(doc[mentions[i].head].idx - quote.start), abs(doc[mentions[i].head].idx - quote.end)))[:MOST]
    )
