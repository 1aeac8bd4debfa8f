"""Dialogue with dashes: a paragraph opens with a dash, and the reporting clause in it is unmarked (– Yes, said Roe. We will.).

Lists and headlines open with dashes, too: a paragraph is a turn if it contains such a clause, or stands beside one that does.
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
"""Where the reporting clause may begin: after a mark that can end the spoken part before it."""
_WORD = re.compile(r"(?<![\w’'.-])[\w’'.-]*[\w’']")
_STOP = re.compile(r"[.?!…](?=\s|$)|,(?=\s)|[ \t]?[–—―][ \t]?")
"""Where the clause may end."""
_TITLE = re.compile(r"(?:^|\W)(?:[A-Z]|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Rev|Prof|St)\.$")
_PRONOUNS = frozenset({"he", "she", "they", "i", "we"})
_SUBJECTS = _PRONOUNS | frozenset({"the", "a", "an", "his", "her", "their", "our", "my", "one", "another"})
_LONGEST_SUBJECT = 4
"""Maximum words of a name before its verb (Jane Roe said)."""
_LONGEST_APPOSITION = 8
"""Maximum words between commas after the name."""
_NARRATION = re.compile(r"(?:He|She|They|His|Her|Their)\b")
"""How the narration resumes."""


class Paragraph(Struct, frozen=True):
    """A paragraph that opens with a dash: its start, the start of its words, its end, the dash, and the reporting clause if it has one."""

    start: int
    words: int
    end: int
    dash: str
    clause: Chars | None


def find_dashes(text: str) -> list[FoundQuote]:
    """Returns the turns of a text that open with dashes, in reading order.

    `outer` includes the reporting clause: only this can name the speaker.
    """
    return [turn for run in runs(text) for turn in turns(text, run)]


def runs(text: str) -> Iterator[list[Paragraph]]:
    """Yields the consecutive paragraphs that open with the same dash."""
    run: list[Paragraph] = []
    for limit in paragraphs(text):
        paragraph = parse_paragraph(text, *limit)
        if run and (paragraph is None or paragraph.dash != run[0].dash):
            yield run
            run = []
        if paragraph is not None:
            run.append(paragraph)
    if run:
        yield run


def parse_paragraph(text: str, start: int, end: int) -> Paragraph | None:
    """Reads a paragraph as part of a dialogue; None if it does not open with a dash, or has quotation marks."""
    dash = _DASH.match(text, start, end)
    if dash is None or _MARK.search(text, start, end) is not None:
        return None
    return Paragraph(start, dash.end(), end, dash[1] or dash[2], clause_in(text, dash.end(), end))


def turns(text: str, run: list[Paragraph]) -> Iterator[FoundQuote]:
    """Yields the turns among consecutive paragraphs: those with a clause and, if most sound like speech, the others, too."""
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
    """Returns the spans of a turn on both sides of the reporting clause, without narration that follows it."""
    first = text[paragraph.words : clause[0]].rstrip(" \t,–—―")
    spans = [(paragraph.words, paragraph.words + len(first))]
    start = clause[1]
    while start < paragraph.end and text[start] in " \t.,–—―":
        start += 1
    if start < paragraph.end and not _NARRATION.match(text, start) and not names(text[slice(*clause)], text[start : paragraph.end]):
        spans.append((start, paragraph.end))
    return tuple(span for span in spans if any(map(str.isalnum, text[slice(*span)])))


def names(clause: str, words: str) -> bool:
    """Whether words begin with a name from the clause, so that the narration resumes."""
    first = _WORD.match(words)
    return first is not None and first[0][0].isupper() and first[0] in _WORD.findall(clause)[1:]


def clause_in(text: str, start: int, end: int) -> Chars | None:
    """Returns the first reporting clause: a verb of saying and its subject, in either order."""
    for found in _CLAUSE.finditer(text, start, end):
        if (close := clause_end(text, found.end(), end)) is not None:
            return found.end(), close
    return None


def clause_end(text: str, start: int, end: int) -> int | None:
    """Returns the end of the clause that begins at `start`, with an apposition to its subject; None if there is no clause."""
    stop = next_stop(text, start, end)
    words = _WORD.findall(text[start:stop])
    if not is_reporting_clause(words):
        return None
    while stop < end and text[stop] == ",":
        following = next_stop(text, stop + 1, end)
        if not is_apposition(_WORD.findall(text[stop + 1 : following])):
            break
        stop = following
    return stop


def next_stop(text: str, start: int, end: int) -> int:
    """Returns the next place where a clause may end, or `end`; the full stop of a title is none."""
    for found in _STOP.finditer(text, start, end):
        if found[0] != "." or not _TITLE.search(text[max(start, found.end() - 6) : found.end()]):
            return found.start()
    return end


def is_reporting_clause(words: list[str]) -> bool:
    """Whether words are a verb of saying with its subject after it (said Roe) or before it (she said, Jane Roe began)."""
    verbs = entries("reporting_forms")
    if len(words) > 1 and words[0] in verbs and not words[0].endswith("ing"):
        return words[1][0].isupper() or words[1] in _SUBJECTS
    verb = next((i for i, word in enumerate(words[: _LONGEST_SUBJECT + 1]) if i and word in verbs), None)
    if verb is None or "that" in words[verb + 1 : verb + 2]:
        return False
    phrase = verb > 1 and words[0] in _SUBJECTS - _PRONOUNS  # a guard called out
    return phrase or (verb == 1 and words[0].lower() in _PRONOUNS) or all(word[0].isupper() for word in words[:verb])


def is_apposition(words: list[str]) -> bool:
    """Whether words between commas describe the subject before them (the barman), rather than continue the speech."""
    if not 0 < len(words) <= _LONGEST_APPOSITION or any(word.lower() in entries("clause_words") for word in words):
        return False
    return words[0] in _SUBJECTS - _PRONOUNS or words[0][0].isupper() or words[0].isdigit()
