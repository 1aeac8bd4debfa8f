"""Familiar marks: «…», »…« and „…“ as “…”, for readers of English that have seldom seen them, character by character."""

from collections.abc import Sequence

from quoteapi.findings import FoundQuote

DOUBLE = frozenset("«»‹›„‟＂〝")
SINGLE = frozenset("‚‛＇")


def in_familiar_marks(text: str, quotes: Sequence[FoundQuote]) -> str:
    """The text, as long as before, with the marks of quotes that open with rare ones turned into curly ones; else the text itself.

    Args:
        text: The reading text.
        quotes: What was found in it.
    """
    turned: dict[int, str] = {}
    for quote in quotes:
        opening = text[quote.outer[0] : quote.outer[0] + 1]
        if opening not in DOUBLE | SINGLE:
            continue
        marks = "“”" if opening in DOUBLE else "‘’"
        places = [(quote.outer[0], quote.outer[1] - 1), *((start - 1, end) for start, end in quote.spans)]
        for place, mark in ((place, mark) for pair in places for place, mark in zip(pair, marks, strict=True)):
            if text[place : place + 1] in DOUBLE | SINGLE or text[place : place + 1] in {"“", "”", "‘", "’"}:
                turned[place] = mark
    if not turned:
        return text
    return "".join(turned.get(place, character) for place, character in enumerate(text))
