"""Own lines: quotes that have a line of their own, or share it with a signature."""

from quoteapi.quotes.reporter_line import ReporterLine

BULLETS = frozenset({"*", "•", "·", "▪", "-", "–"})
"""Characters that mark an item of a list."""


def opens_line(line: ReporterLine, number: int) -> bool:
    """Whether a quote that ends like a sentence opens its paragraph and a capitalized word follows it there (“Never.” Jane Roe, baker)."""
    first, last = line.stretches[number][0], line.stretches[number][-1]
    if line.paragraph_start(first) != first or last + 1 >= line.paragraph_end(last) or line.items[last + 1].quote is not None:
        return False
    end = line.doc[line.items[last + 1].token].idx
    return line.doc[line.items[last + 1].token].is_title and line.text[:end].rstrip().rstrip("”’\"'»")[-1:] in {".", "!", "?", "…"}


def is_in_series(line: ReporterLine, number: int) -> bool:
    """Whether a quote opens its paragraph and so do quotes in both adjacent paragraphs, or in the two before or after it."""
    near = (other for other in range(max(0, number - 2), min(len(line.stretches), number + 3)) if other != number and line.stretches[other])
    places = {line.items[line.stretches[other][0]].paragraph for other in near if opens_line(line, other)}
    own = line.items[line.stretches[number][0]].paragraph
    return opens_line(line, number) and any(run <= places for run in ({own - 1, own - 2}, {own - 1, own + 1}, {own + 1, own + 2}))
