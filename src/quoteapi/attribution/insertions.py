"""Insertions: the source that a reporter names in passing, right behind a quote or before it (as Roe put it; Roe's claim that “…”)."""

from collections.abc import Sequence

from quoteapi.findings import Mention
from quoteapi.knowledge import entries, having
from quoteapi.quotes.line import DASHES, Line
from quoteapi.quotes.reporting import is_reporting, takes_words

OPENING = DASHES | {",", "("}
"""Marks between a quote and an insertion."""

WORDING = having("marked_words", "worded")
"""Verbs that tell what somebody did with words, behind *so* and *that was how*."""
VIEWS = having("marked_words", "view")
"""What is told in somebody's."""
NEAR = 7
"""Items between an act of speech and its words at most."""
ASIDE = 12
"""Items between two commas behind a name at most."""
TITLE = 2
"""Items of a title at most between such words and a name."""
POSSESSORS = frozenset({"nmod:poss", "poss"})


def inserted(number: int, mentions: Sequence[Mention], line: Line) -> list[int]:
    """The mention that *as* and a verb hand the quote to, right behind it."""
    place = line.stretches[number][-1] + 1
    place += line.word(place) in OPENING
    if line.word(place) != "as":
        return []
    starts = {place + 1, place + 2} if line.word(place + 1) in entries("determiners") else {place + 1}
    found = (i for i, mention in enumerate(mentions) if line.place[mention.start] in starts and mention.quote is None)
    return [i for i in found if speaks(line, mentions[i])][:1]


def worded(number: int, mentions: Sequence[Mention], line: Line) -> list[int]:
    """The mention in whose words the sentence of the quote says that it is told (In the words of Roe, it was “…”)."""
    place = line.stretches[number][0]
    start, sentence = line.paragraph_start(place), line.items[place].sentence
    while place > start and line.items[place - 1].sentence == sentence:
        place -= 1
    phrase = [line.word(place + k) for k in range(4)]
    return at(place + 4, mentions, line) if phrase[:2] == ["in", "the"] and phrase[2] in VIEWS and phrase[3] == "of" else []


def closed(number: int, mentions: Sequence[Mention], line: Line) -> list[int]:
    """The mention whose words the sentence behind a quote says it was (With those words Roe left; That was how Roe put it)."""
    place = line.stretches[number][-1] + 1
    words = [line.word(place + k) for k in range(3)]
    if words[0] in {"with", "in"} and words[1] in {"those", "these"} and words[2] in {"words", "remarks"}:
        place += 3 + (line.word(place + 3) == ",")
        return at(place, mentions, line)
    so = 1 if words[0] in {"so", "thus"} else 3 if words[0] in {"that", "this"} and words[1] in {"is", "was"} and words[2] == "how" else 0
    found = at(place + so, mentions, line) if so else []
    after = behind_aside(line, line.place[mentions[found[0]].end - 1] + 1) if found else len(line.items)
    if after >= len(line.items):
        return []
    verb = line.doc[line.items[after].token]
    return found if takes_words(verb, line.word(after + 1)) or verb.lemma_ in WORDING else []


def behind_aside(line: Line, place: int) -> int:
    """The place behind what two commas set apart from a place on (Roe[, a florist,] wrote); the place itself where they do not."""
    if line.word(place) != ",":
        return place
    inside = range(place + 1, min(place + ASIDE, line.paragraph_end(place)))
    return next((k + 1 for k in inside if line.word(k) == ","), place)


def at(place: int, mentions: Sequence[Mention], line: Line) -> list[int]:
    """The mention of the reporter's own that starts at a place, behind an article or a title of a word or two."""
    starts = (i for i, mention in enumerate(mentions) if mention.quote is None and 0 <= line.place[mention.start] - place <= TITLE)
    first = next(starts, None)
    if first is None or any(line.items[k].quote is not None for k in range(place, line.place[mentions[first].start])):
        return []
    return [first]


def claimed(number: int, mentions: Sequence[Mention], line: Line) -> list[int]:
    """The mention whose act of speech the quote is: the possessor of a noun before it that leads to it with *that* or *of*."""
    first = line.stretches[number][0]
    for place in range(first - 1, max(line.paragraph_start(first), first - NEAR) - 1, -1):
        token = line.doc[line.items[place].token]
        if line.items[place].quote is not None or is_reporting(token) or token.text in {".", ";", ","}:
            return []
        if token.lower_ in entries("speech_nouns") and token.pos_ == "NOUN":
            owners = {child.i for child in token.children if child.dep_ in POSSESSORS}
            said = line.word(place + 1) == "that" or (line.word(place + 1) == "of" and place >= first - 3)
            return [i for i, mention in enumerate(mentions) if said and mention.head in owners and mention.quote is None][:1]
    return []


def speaks(line: Line, mention: Mention) -> bool:
    """Whether the verb behind a mention says that the words before are its own."""
    after = line.place[mention.end - 1] + 1
    if after >= len(line.items) or line.items[after].quote is not None:
        return False
    return takes_words(line.doc[line.items[after].token], line.word(after + 1))
