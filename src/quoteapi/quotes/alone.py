"""Alone: marked words that have a line of their own, or share it with who signs them."""

from quoteapi.findings import FoundQuote
from quoteapi.knowledge import entries
from quoteapi.quotes.line import DASHES, Line

LONGEST_SIGNATURE = 16
"""Items of a signature at most."""
BULLETS = frozenset({"*", "•", "·", "▪", "-", "–"})
"""Marks that open an item of a list."""


def fills_line(line: Line, number: int) -> bool:
    """Whether nothing but the quote stands in its paragraph."""
    first, last = line.stretches[number][0], line.stretches[number][-1]
    return line.paragraph_start(first) == first and line.paragraph_end(last) == last + 1


def opens_line(line: Line, number: int) -> bool:
    """Whether a quote that ends as a sentence opens its paragraph, and words with a capital follow it there (“Never.” Jane Roe, baker)."""
    first, last = line.stretches[number][0], line.stretches[number][-1]
    if line.paragraph_start(first) != first or last + 1 >= line.paragraph_end(last) or line.items[last + 1].quote is not None:
        return False
    end = line.doc[line.items[last + 1].token].idx
    return line.doc[line.items[last + 1].token].is_title and line.text[:end].rstrip().rstrip("”’\"'»")[-1:] in {".", "!", "?", "…"}


def in_row(line: Line, number: int) -> bool:
    """Whether a quote opens its paragraph, as those of the two beside it do, or of the two before or behind it."""
    near = (other for other in range(max(0, number - 2), min(len(line.stretches), number + 3)) if other != number and line.stretches[other])
    places = {line.items[line.stretches[other][0]].paragraph for other in near if opens_line(line, other)}
    own = line.items[line.stretches[number][0]].paragraph
    return opens_line(line, number) and any(run <= places for run in ({own - 1, own - 2}, {own - 1, own + 1}, {own + 1, own + 2}))


def is_signed(line: Line, number: int, quote: FoundQuote) -> bool:
    """Whether marked words open their line and end as a sentence, and a dash follows with nothing but somebody behind it."""
    first, last = line.stretches[number][0], line.stretches[number][-1]
    start, end = line.paragraph_start(first), line.paragraph_end(last)
    numbered = first == start + 2 and line.word(start).isdigit() and line.word(start + 1) in {".", ")"}
    opens = first == start or (first == start + 1 and (line.word(start) in BULLETS or line.word(start).rstrip(".)").isdigit())) or numbered
    if (
        not opens
        or line.text[quote.end - 1] not in ".!?…"
        or line.word(last + 1) not in DASHES
        or not last + 2 < end <= last + LONGEST_SIGNATURE
    ):
        return False
    signer = [line.doc[item.token] for item in line.items[last + 2 : end]]
    named = signer[0].text[:1].isupper() or any(token.lower_ in entries("role_nouns") | entries("person_nouns") for token in signer)
    return named and signer[-1].text not in {".", "!", "?"}
