"""Signed words: paragraphs with their source's signature after or below (The bus never comes. – Jane Roe, nurse), alone or in a list."""

import re
from collections.abc import Callable, Sequence
from typing import Literal

from msgspec import Struct

from quoteapi.findings import Chars
from quoteapi.quotes.set_off.parts import Part
from quoteapi.quotes.set_off.signatures import Signature, is_dashed, signature_at
from quoteapi.quotes.set_off.structs import SetOffText

Marked = Callable[[int], bool]
"""Whether a quotation mark opens a quote at a position."""

MIN_LISTED = 2
"""Minimum consecutive signed paragraphs of a list, since a single line with a dash may be the reporter's own."""
MIN_WORDS = 3
"""Minimum words of a signed paragraph without marks."""
BULLETS = r"[•·*▪‣◦-]"
SPOKEN = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Uu]s|[Mm]e|[Yy]ou|[Yy]our)\b|\w['’](?:m|re|ve|ll|d|t)\b|\b[Ii]t['’]s\b")
"""What shows that someone speaks: I, we and you, and contractions."""
_BULLET = re.compile(rf"{BULLETS}[ \t]+")
_BEHIND = re.compile(r"(?<=[.!?…”\"’'])[ \t]+(?:(?:—|–|―|--|-)[ \t]*(?=[^\W\d_])|(?P<bracket>\((?=[^()\n]{2,100}\)$)))")
CLOSING = frozenset("”\"’'»")


class _Signed(Struct, frozen=True):
    """A paragraph and its signature.

    Args:
        words: The paragraph without its bullet and its signature, with its marks.
        signature: Who signs it.
        marked: Whether its words stand between marks.
        lead: What leads to the signature: a dash, brackets, or its position close below; empty if it stands further below.
        end: The index of the part after both.
    """

    words: Chars
    signature: Signature
    marked: bool
    lead: Literal["dash", "bracket", "close", ""]
    end: int


def signed_parts(text: str, parts: Sequence[Part], marked: Marked) -> list[SetOffText]:
    """Returns the signed paragraphs of a text, with their marks if they have some.

    A list of two or more counts if each signature names a person, or each paragraph stands between marks. A single paragraph counts if a
    dash leads to the signature and it sounds like speech, or if it is entirely in marks and the line below it gives a name and a job.
    """
    found: list[SetOffText] = []
    run: list[_Signed] = []
    number = 0
    while number <= len(parts):
        one = _signed(text, parts, number, marked) if number < len(parts) else None
        if one is None or (not run and one.lead in {"close", ""} and is_named(text, parts, number - 1)):
            found += _quoted(text, run)
            run = []
            number += 1
        else:
            run.append(one)
            number = one.end
    return found


def _quoted(text: str, run: Sequence[_Signed]) -> list[SetOffText]:
    """Returns the paragraphs of a run of signed ones that are quotes."""
    persons = all(one.signature.person for one in run) and any(
        one.lead != "close" or one.marked or SPOKEN.search(text, *one.words) for one in run
    )
    listed = len(run) >= MIN_LISTED and (persons or all(one.marked and one.lead for one in run))
    return [SetOffText((one.words,), "signed", one.signature.name) for one in run if listed or _is_signed_alone(text, one)]


def _is_signed_alone(text: str, one: _Signed) -> bool:
    """Whether a paragraph counts as signed without signed neighbours; a line right below marks is handled in `attribution.signatures`."""
    if one.marked:
        return not one.lead and one.signature.person
    return one.lead == "dash" and one.signature.described and SPOKEN.search(text, *one.words) is not None


def _signed(text: str, parts: Sequence[Part], number: int, marked: Marked) -> _Signed | None:
    """Returns a part with its signature, after it or in the part below; None if it has none."""
    part = parts[number]
    bullet = _BULLET.match(text, part.start, part.end)
    start = bullet.end() if bullet else part.start
    *_, behind = None, *_BEHIND.finditer(text, start, part.end)
    if behind is not None:
        signature = signature_at(text, behind.end(), part.end - (behind["bracket"] is not None))
        if signature is None or not is_quotable(text, start, behind.start(), marked=marked(start)):
            return None
        return _Signed((start, behind.start()), signature, marked(start), "bracket" if behind["bracket"] else "dash", number + 1)
    if number + 1 == len(parts) or not is_quotable(text, start, part.end, marked=marked(start)):
        return None
    below = parts[number + 1]
    signature = signature_at(text, below.start, below.end)
    lead: Literal["dash", "close", ""] = "dash" if is_dashed(text, below.start, below.end) else "close" if below.close else ""
    # A bare name signs only marked words right above it; only marked words may be signed further below.
    if signature is None or not (lead == "dash" or signature.described or (marked(start) and lead)) or not (lead or marked(start)):
        return None
    return _Signed((start, part.end), signature, marked(start), lead, number + 2)


def is_named(text: str, parts: Sequence[Part], number: int) -> bool:
    """Whether a part is a name on a line of its own: in such a list, names stand above the words, not below."""
    return number >= 0 and signature_at(text, parts[number].start, parts[number].end) is not None


def is_quotable(text: str, start: int, end: int, *, marked: bool = False) -> bool:
    """Whether words may be quoted: they end like a sentence, and are longer than a heading or closed by a mark."""
    words = text[start:end].rstrip("\"”’')»")
    if words[-1:] not in {".", "?", "!", "…"}:
        return False
    return text[end - 1] in CLOSING if marked else len(words.split()) >= MIN_WORDS and not is_item(words)


def is_item(words: str) -> bool:
    """Whether words are a list item, a table row, or markup."""
    return re.match(rf"<[/\w]|(?:{BULLETS}|\(?(?:\d{{1,3}}|[a-z]|[ivx]{{1,4}})[.)])\s", words) is not None or "\t" in words or "|" in words
