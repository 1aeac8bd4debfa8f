"""Dialogue behind dashes: a paragraph opens with one, and the reporter's clause stands unmarked in it (– Yes, said Roe. We will.).

Lists and headlines open with dashes, too: a paragraph is a turn where such a clause hands its words over, and beside one that is.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from quoteapi.findings import Chars, FoundQuote
from quoteapi.knowledge import entries
from quoteapi.quotes.turns.blocks import is_spoken, is_stopped
from quoteapi.text import paragraphs

_DASH = re.compile(r"([–—―])[ \t]?(?=\S)|(-)[ \t](?=\S)")
_MARK = re.compile(r"[“”\"«»]")
_CLAUSE = re.compile(r"(?:[,?!…][ \t]+|[ \t][–—―][ \t])(?=[\w’'])")
"""Where the reporter's clause may begin: behind what a part of a sentence ends with before it."""
_WORD = re.compile(r"(?<![\w’'.-])[\w’'.-]*[\w’']")
_STOP = re.compile(r"[.?!…](?=\s|$)|,(?=\s)|[ \t]?[–—―][ \t]?")
"""Where the clause may end."""
_TITLE = re.compile(r"(?:^|\W)(?:[A-Z]|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Rev|Prof|St)\.$")
_PRONOUNS = frozenset({"he", "she", "they", "i", "we"})
_SUBJECTS = _PRONOUNS | frozenset({"the", "a", "an", "his", "her", "their", "our", "my", "one", "another"})
_LONGEST_SUBJECT = 4
"""Words of a name before its verb (Jane Roe said) at most."""
_LONGEST_APPOSITION = 8
"""Words of what stands behind the name between commas, at most."""
_TOLD = re.compile(r"(?:He|She|They|His|Her|Their)\b")
"""How the reporter goes on with the story."""


class Paragraph(Struct, frozen=True):
    """A paragraph that opens with a dash: where its words begin, where it ends, the dash, and the reporter's clause if it has one."""

    start: int
    words: int
    end: int
    dash: str
    clause: Chars | None


def find_dashes(text: str) -> list[FoundQuote]:
    """The turns of a text that stand behind dashes, in reading order.

    `outer` holds the reporter's clause, too: whoever says the words is named in it, or nowhere.
    """
    return [turn for run in runs(text) for turn in turns(text, run)]


def runs(text: str) -> Iterator[list[Paragraph]]:
    """The paragraphs that open with the same dash and follow each other."""
    run: list[Paragraph] = []
    for limit in paragraphs(text):
        paragraph = read(text, *limit)
        if run and (paragraph is None or paragraph.dash != run[0].dash):
            yield run
            run = []
        if paragraph is not None:
            run.append(paragraph)
    if run:
        yield run


def read(text: str, start: int, end: int) -> Paragraph | None:
    """A paragraph as one of a dialogue; None where it does not open with a dash, or has marks to say what is quoted."""
    dash = _DASH.match(text, start, end)
    if dash is None or _MARK.search(text, start, end) is not None:
        return None
    return Paragraph(start, dash.end(), end, dash[1] or dash[2], clause_in(text, dash.end(), end))


def turns(text: str, run: list[Paragraph]) -> Iterator[FoundQuote]:
    """The turns of paragraphs that follow each other: those with a clause, and where most sound spoken, the others beside them."""
    spoken = sum(one.clause is not None or is_spoken(text[one.words : one.end]) for one in run)
    dialogue = 2 * spoken > len(run) and any(one.clause is not None for one in run)
    for one in run:
        if one.clause is not None:
            spans = parts(text, one, one.clause)
            if spans:
                yield FoundQuote(spans, (one.start, max(one.clause[1], spans[-1][1])), form="dash")
        elif dialogue and is_stopped(text[one.words : one.end]):
            yield FoundQuote(((one.words, one.end),), (one.start, one.end), form="dash")


def parts(text: str, paragraph: Paragraph, clause: Chars) -> tuple[Chars, ...]:
    """The stretches of a turn on either side of the reporter's clause; the story that goes on behind it is no part of it."""
    first = text[paragraph.words : clause[0]].rstrip(" \t,–—―")
    spans = [(paragraph.words, paragraph.words + len(first))]
    start = clause[1]
    while start < paragraph.end and text[start] in " \t.,–—―":
        start += 1
    if start < paragraph.end and not _TOLD.match(text, start) and not names(text[slice(*clause)], text[start : paragraph.end]):
        spans.append((start, paragraph.end))
    return tuple(span for span in spans if any(map(str.isalnum, text[slice(*span)])))


def names(clause: str, words: str) -> bool:
    """Whether words begin with a name of the clause: then the reporter goes on."""
    first = _WORD.match(words)
    return first is not None and first[0][0].isupper() and first[0] in _WORD.findall(clause)[1:]


def clause_in(text: str, start: int, end: int) -> Chars | None:
    """The first stretch in which the reporter says who speaks: a verb of saying and its subject, in either order."""
    for found in _CLAUSE.finditer(text, start, end):
        if (close := clause_end(text, found.end(), end)) is not None:
            return found.end(), close
    return None


def clause_end(text: str, start: int, end: int) -> int | None:
    """Where the clause that begins at `start` ends, an apposition to its subject included; None where no clause does."""
    stop = next_stop(text, start, end)
    words = _WORD.findall(text[start:stop])
    if not hands_over(words):
        return None
    while stop < end and text[stop] == ",":
        following = next_stop(text, stop + 1, end)
        if not is_apposition(_WORD.findall(text[stop + 1 : following])):
            break
        stop = following
    return stop


def next_stop(text: str, start: int, end: int) -> int:
    """The next place where a clause may end; `end` where there is none. A title's full stop is none."""
    for found in _STOP.finditer(text, start, end):
        if found[0] != "." or not _TITLE.search(text[max(start, found.end() - 6) : found.end()]):
            return found.start()
    return end


def hands_over(words: list[str]) -> bool:
    """Whether words are a verb of saying with its subject behind it (said Roe) or before it (she said, Jane Roe began)."""
    verbs = entries("reporting_forms")
    if len(words) > 1 and words[0] in verbs and not words[0].endswith("ing"):
        return words[1][0].isupper() or words[1] in _SUBJECTS
    verb = next((i for i, word in enumerate(words[: _LONGEST_SUBJECT + 1]) if i and word in verbs), None)
    if verb is None or "that" in words[verb + 1 : verb + 2]:
        return False
    phrase = verb > 1 and words[0] in _SUBJECTS - _PRONOUNS  # a guard called out
    return phrase or (verb == 1 and words[0].lower() in _PRONOUNS) or all(word[0].isupper() for word in words[:verb])


def is_apposition(words: list[str]) -> bool:
    """Whether words between commas describe the subject before them (the barman), and are not the speech that goes on."""
    if not 0 < len(words) <= _LONGEST_APPOSITION or any(word.lower() in entries("clause_words") for word in words):
        return False
    return words[0] in _SUBJECTS - _PRONOUNS or words[0][0].isupper() or words[0].isdigit()
