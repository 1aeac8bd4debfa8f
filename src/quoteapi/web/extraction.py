"""Extraction: builds a page's main text from its own runs, so that each character of the text is one of the page's."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from quoteapi.findings import Chars, PageQuote
from quoteapi.web.markup import DASHES, Markup, QuoteElement, parse, read_markup
from quoteapi.web.page import Line, Page, Run
from quoteapi.web.selection import Chosen, main_text

_MOST_OF_THE_PAGE, _LONG = 2 / 3, 1000
"""A block quote with more than this share of the page, and more than this many solid characters, is layout and not a quote."""

_SPACE = re.compile(r"\s+")


def read_html(html: str) -> Page:
    """Implements `read_page`."""
    markup = read_markup(parse(html))
    return _page(markup, _completed(main_text(markup), markup))


def _completed(chosen: list[Chosen], markup: Markup) -> list[Chosen]:
    """Adds the rest of each block quote that is partly chosen, and what names its source; the result does not overlap."""
    found = _merged([(piece.start, piece.end) for piece in chosen if piece.words is None])
    ends = [end for _, end in found]
    added: list[tuple[int, int]] = []
    for quote in markup.quotes:
        place = bisect_right(ends, quote.stretch[0])
        if quote.block and place < len(ends) and found[place][0] < quote.stretch[1]:
            added += [quote.stretch, quote.signed or quote.stretch]
    whole = _merged([*found, *added])
    lost = [piece for piece in chosen if piece.words is not None]
    return sorted([*(Chosen(*stretch) for stretch in whole), *lost], key=lambda piece: piece.end)


def _merged(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Merges spans that overlap or touch."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _page(markup: Markup, chosen: list[Chosen]) -> Page:
    parts: list[str] = []
    lines: list[Line] = []
    at = 0
    before: Run | None = None
    for run, words, first in _parts(markup.runs, chosen):
        if lines:
            parts.append("\n" if run is not None and run.breaks and run.start == _end(before) else "\n\n")
            at += len(parts[-1])
        places = [at + i for i, character in enumerate(words) if character.isprintable() and character != " "]
        lines.append(Line(at, at + len(words), places, run, first))
        parts.append(words)
        at += len(words)
        before = run
    text = "".join(parts)
    located = [line for line in lines if line.run is not None]
    most = max(_LONG, _MOST_OF_THE_PAGE * sum(run.size for run in markup.runs))
    quotes = [_quote(marked, located, text) for marked in markup.quotes if marked.stretch[1] - marked.stretch[0] <= most]
    return Page(text, lines, [quote for quote in quotes if quote is not None])


def _end(run: Run | None) -> int | None:
    return None if run is None else run.start + run.size


def _parts(runs: list[Run], chosen: list[Chosen]) -> Iterator[tuple[Run | None, str, int]]:
    """Yields the lines of the main text: the run of each, its words, and the number of solid characters of the page before it.

    Keeps what was left out inside a run, so that sentences stay whole.
    """
    ends = [run.start + run.size for run in runs]
    limits: dict[int, tuple[int, int]] = {}
    order: list[int | str] = []
    for piece in chosen:
        if piece.words is not None:
            order.append(_SPACE.sub(" ", piece.words).strip())
            continue
        for number in range(bisect_right(ends, piece.start), len(runs)):
            if runs[number].start >= piece.end:
                break
            start, end = limits.get(number, (ends[number], 0))
            if not end:
                order.append(number)
            limits[number] = (min(start, max(piece.start, runs[number].start)), max(end, min(piece.end, ends[number])))
    for part in order:
        if isinstance(part, str):
            yield None, part, 0
        else:
            run, (start, end) = runs[part], limits[part]
            yield run, _cut(run, start - run.start, end - run.start), start


def _cut(run: Run, first: int, last: int) -> str:
    """Returns the words of a run from one of its solid characters to another."""
    if (first, last) == (0, run.size):
        return run.text
    places = [i for i, character in enumerate(run.text) if character.isprintable() and character != " "]
    return run.text[places[first] : places[last - 1] + 1]


def _quote(marked: QuoteElement, lines: list[Line], text: str) -> PageQuote | None:
    """Returns a quote's spans in the text, one for each line; None if the text has nothing of it."""
    spans = _spans(marked.stretch, lines)
    signed = _spans(marked.signed, lines) if marked.signed else []
    if signed:
        spans = [span for span in spans if span[1] <= signed[0][0]]
    elif marked.block and len(spans) > 1 and text[spans[-1][0]] in DASHES:  # an embedded post ends with a dash and its author
        spans, signed = spans[:-1], spans[-1:]
    if not spans:
        return None
    start, end = spans[-1]
    spans[-1] = (start, start + len(text[start:end].rstrip(DASHES)))
    return PageQuote(tuple(spans), (signed[0][0], signed[-1][1]) if signed else None)


def _spans(stretch: tuple[int, int], lines: list[Line]) -> list[Chars]:
    """Returns the parts of lines that come from a solid span of the page."""
    spans = []
    start = bisect_right(lines, stretch[0], key=lambda line: line.first + len(line.solids))
    for number in range(start, len(lines)):
        line = lines[number]
        if line.first >= stretch[1]:
            break
        first, last = max(stretch[0], line.first) - line.first, min(stretch[1] - line.first, len(line.solids))
        if last > first:
            spans.append((line.solids[first], line.solids[last - 1] + 1))
    return spans
