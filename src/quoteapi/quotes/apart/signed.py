"""Signed words: paragraphs whose source signs below or behind them (The bus never comes. – Jane Roe, nurse), alone or in a list."""

import re
from collections.abc import Callable, Sequence

from quoteapi.findings import Chars
from quoteapi.quotes.apart.parts import Part
from quoteapi.quotes.apart.signatures import Signature, is_dashed, signature_at
from quoteapi.quotes.apart.stretches import Apart

Taken = Callable[[Part], bool]
"""Whether a part is between marks, and so found already."""

FEWEST = 2
"""Signed paragraphs from which a list is one, each right behind the other: a single line with a dash may be the reporter's own."""
SHORTEST = 3
"""Words of a signed paragraph at least."""
_LAST_DASH = re.compile(r"(?<=[.!?…])[ \t]+(?:—|–|―|--|-)[ \t]*(?=[^\W\d_])")
FIRST_PERSON = re.compile(r"\b(?:I|I['’]\w+|[Ww]e|[Ww]e['’]\w+|[Mm]y|[Oo]ur|[Uu]s|[Mm]e)\b")


def signed_parts(text: str, parts: Sequence[Part], taken: Taken) -> list[Apart]:
    """The signed paragraphs of a text.

    A list of two or more is one where each signature tells of a person; a single paragraph where a dash leads to the signature and its
    words are in the first person. Marked ones count, and are left to their marks.
    """
    found: list[Apart] = []
    run: list[tuple[Part, Chars, Signature, bool]] = []
    number = 0
    while number <= len(parts):
        signed = _signed(text, parts, number) if number < len(parts) else None
        if signed is None:
            found += _told(text, run, taken)
            run = []
            number += 1
        else:
            part, words, signature, dashed, number = signed
            run.append((part, words, signature, dashed))
    return found


def _told(text: str, run: Sequence[tuple[Part, Chars, Signature, bool]], taken: Taken) -> list[Apart]:
    """The unmarked paragraphs of a run of signed ones; none where it is no list and nobody speaks in it."""
    listed = len(run) >= FEWEST and all(signature.person for _, _, signature, _ in run)
    return [
        Apart((words,), "signed", signature.name)
        for part, words, signature, dashed in run
        if not taken(part) and (listed or (dashed and signature.described and FIRST_PERSON.search(text, *words)))
    ]


def _signed(text: str, parts: Sequence[Part], number: int) -> tuple[Part, Chars, Signature, bool, int] | None:
    """A part with its words, its signature, whether a dash leads to that, and the number of the part behind both."""
    part = parts[number]
    *_, dash = None, *_LAST_DASH.finditer(text, part.start, part.end)
    if dash is not None:
        signature = signature_at(text, dash.end(), part.end)
        words = part.start, dash.start()
        return (part, words, signature, True, number + 1) if signature and is_said(text, *words) else None
    if number + 1 == len(parts) or not is_said(text, part.start, part.end):
        return None
    below = parts[number + 1]
    dashed = is_dashed(text, below.start, below.end)
    signature = signature_at(text, below.start, below.end)
    if signature is None or not (dashed or (below.close and signature.described)):
        return None
    return part, (part.start, part.end), signature, dashed, number + 2


def is_said(text: str, start: int, end: int) -> bool:
    """Whether words may be somebody's: they end as a sentence does, and are more than a heading."""
    words = text[start:end].rstrip("\"”’')")
    return words[-1:] in {".", "?", "!", "…"} and len(words.split()) >= SHORTEST and not is_item(words)


def is_item(words: str) -> bool:
    """Whether words are an item of a list, or a row of a table."""
    return re.match(r"(?:[•·*▪‣◦-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])\s", words) is not None or "\t" in words or "|" in words
