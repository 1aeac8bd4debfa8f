"""HTML: the article as a self-contained page, each quote in its speaker's colour, with the speakers below.

spaCy's displaCy is no alternative: its entities may not nest, and its spans do not support paragraphs.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from markupsafe import Markup, escape
from msgspec import UNSET

from quoteapi.exports.display import counted, paraphrases_around, role_beside
from quoteapi.exports.pages import templates
from quoteapi.structs import Answer, Quote

COLOURS = 8
"""The number of distinct colours; further speakers reuse them and are told apart by the names beside the quotes."""

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


class Stretch(NamedTuple):
    """The part of a quote in one paragraph, in code points of the text; sorted, an outer part comes before the parts inside it."""

    start: int
    minus_end: int
    quote: int
    leads: bool
    """Whether the quote begins here."""


def as_html(answer: Answer, text: str) -> bytes:
    """The page.

    Args:
        answer: Its offsets count code points.
        text: The article that it is about.
    """
    colours = {speaker.id: f"c{number % COLOURS}" for number, speaker in enumerate(answer.speakers)}
    first = {speaker.quotes[0] for speaker in answer.speakers if speaker.quotes}
    roles = {speaker.id: role_beside(speaker.name, speaker.role) for speaker in answer.speakers}
    held = paraphrases_around(answer.quotes)
    openings = [
        _opening(quote, colours, role=roles[quote.speaker.id] if quote.speaker and quote.id in first else None, named=quote.id not in held)
        for quote in answer.quotes
    ]
    breaks = [0, *(place for match in _BLANK_LINE.finditer(text) for place in match.span()), len(text)]
    ranges = [(start, end) for start, end in zip(breaks[::2], breaks[1::2], strict=True) if not text[start:end].isspace() and end > start]
    stretches = _stretches(answer.quotes, ranges)
    page = templates("quoteapi.exports").get_template("article.html")
    return page.render(
        answer=answer,
        colours=colours,
        roles=roles,
        told=counted(answer.quotes, len(answer.speakers)),
        paragraphs=[_marked(text, start, end, parts, openings) for (start, end), parts in zip(ranges, stretches, strict=True)],
    ).encode("utf-8", "replace")


def _stretches(quotes: Sequence[Quote], ranges: Sequence[tuple[int, int]]) -> Iterator[list[Stretch]]:
    """The parts of quotes in each paragraph."""
    spans = sorted((span.start, -span.end, number, span is quote.spans[0]) for number, quote in enumerate(quotes) for span in quote.spans)
    later = [Stretch(*span) for span in spans]
    for start, end in ranges:
        here: list[Stretch] = []
        while later and later[0].start < end:
            here.append(heappop(later))
        yield [part._replace(start=max(part.start, start), minus_end=max(part.minus_end, -end)) for part in here if -part.minus_end > start]
        for part in here:
            if -part.minus_end > end:
                heappush(later, part._replace(start=end, leads=False))


def _marked(text: str, start: int, end: int, parts: Iterable[Stretch], openings: Sequence[tuple[Markup, Markup]]) -> Markup:
    """A paragraph with its quotes marked up; a quote inside another is nested in its mark."""
    waiting = list(parts)
    heapify(waiting)
    held: list[int] = []  # the ends of the open marks, the outermost first
    found: list[Markup] = []
    at = start
    while waiting or held:
        if held and (not waiting or held[-1] <= waiting[0].start):
            found += [escape(text[at : held[-1]]), Markup("</mark>")]
            at = held.pop()
            continue
        part = heappop(waiting)
        if held and -part.minus_end > held[-1]:  # marks cannot overlap: the rest follows after the outer one
            heappush(waiting, part._replace(start=held[-1], leads=False))
            part = part._replace(minus_end=-held[-1])
        found += [escape(text[at : part.start]), openings[part.quote][not part.leads]]
        at = part.start
        held.append(-part.minus_end)
    return Markup("").join([*found, escape(text[at:end])])


def _unsaid(quote: Quote) -> str:
    """The label for a quote without a speaker."""
    if quote.kind != "other":
        return "nobody named"
    return "not speech" if quote.reason is UNSET else f"not speech ({quote.reason})"


def _opening(quote: Quote, colours: dict[str, str], *, role: str | None, named: bool) -> tuple[Markup, Markup]:
    """The opening tags of a quote: where it begins, with the speaker's name and role, and where it continues.

    A paraphrase is labelled as one. Quoted words inside a paraphrase are not `named`: the paraphrase already says whose they are.
    """
    paraphrase = quote.kind == "indirect"
    how = " (paraphrase)" if paraphrase else ""
    if quote.speaker is None:
        label = Markup('<span class="who">{}{}: </span>').format(_unsaid(quote), how)
        colour = "c-none"
    else:
        beside = Markup(', <span class="role">{}</span>').format(" ".join(role.split())) if role else ""
        label = Markup('<a class="who" href="#{}">{}{}{}: </a>').format(quote.speaker.id, quote.speaker.name, beside, how)
        colour = colours[quote.speaker.id]
    look = f"{colour} indirect" if paraphrase else colour
    begins = Markup('<mark id="{}" class="{}">').format(quote.id, look)
    return begins + (label if named else ""), Markup('<mark class="{}">').format(look)
