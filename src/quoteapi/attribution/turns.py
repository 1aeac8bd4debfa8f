"""Sources of turns: the person named by the label, or by the reporter's clause in a dialogue with dashes."""

from bisect import bisect_left

from quoteapi.attribution.context import AttributionContext
from quoteapi.findings import FoundQuote, Label, Mention
from quoteapi.knowledge import entries
from quoteapi.quotes.grammar import SUBJECTS

REACH = 4
"""Maximum number of tokens between the verb of a clause and the start of its subject (said Captain Jane Roe)."""

APPOSED = 2
"""Maximum number of tokens between a noun and the name in apposition to it: a comma and a title."""

Named = tuple[int | None, str]
"""A mention, or None for nobody, and the method of attribution."""


def turn_sources(context: AttributionContext) -> dict[int, Named]:
    """Maps each turn to its source and the method; the source is None if the page names nobody."""
    own = {mention.start: i for i, mention in enumerate(context.mentions) if mention.quote is None}
    found: dict[int, Named] = {}
    for number, quote in enumerate(context.quotes):
        if quote.label is not None:
            found[number] = labelled(quote.label, own, context)
        elif quote.form == "dash":
            found[number] = in_clause(quote, context)
    return found


def labelled(label: Label, own: dict[int, int], context: AttributionContext) -> Named:
    """Returns the mention in a turn's label."""
    words = context.line.doc.char_span(*label.chars, alignment_mode="expand")
    mention = None if words is None or label.sort == "unknown" else own.get(words.start)
    return mention, "label"


def in_clause(quote: FoundQuote, context: AttributionContext) -> Named:
    """Returns the subject of the reporting verb in the reporter's clause beside or between the spans of a turn."""
    doc = context.line.doc
    inside = doc.char_span(*quote.outer, alignment_mode="expand")
    if inside is None:
        return None, "cue"
    clause = [token.i for token in inside if not any(start < token.idx + len(token) and token.idx < end for start, end in quote.spans)]
    verb = next((i for i in clause if doc[i].lower_ in entries("reporting_forms")), None)
    if verb is None:
        return None, "cue"
    first = bisect_left(context.mentions, clause[0], key=lambda mention: mention.start)
    last = bisect_left(context.mentions, clause[-1] + 1, key=lambda mention: mention.start)
    near = [(i, m) for i, m in enumerate(context.mentions[first:last], start=first) if m.quote is None and m.end <= clause[-1] + 1]
    behind = sorted(((i, m) for i, m in near if verb < m.start <= verb + REACH), key=lambda pair: (pair[1].start, -pair[1].end))
    before = [(i, m) for i, m in near if m.end <= verb]
    subject = before[-1] if before and doc[before[-1][1].head].head.i == verb and doc[before[-1][1].head].dep_ in SUBJECTS else None
    chosen = subject or (behind[0] if behind else before[-1] if before else None)
    return None if chosen is None else apposed_name(chosen, behind), "cue"


def apposed_name(chosen: tuple[int, Mention], others: list[tuple[int, Mention]]) -> int:
    """Returns the person's name in apposition to a noun (the porter, Sister Beate), or else the mention itself."""
    number, mention = chosen
    names = (i for i, other in others if other.type == "person" and other.form == "name" and 0 <= other.start - mention.end <= APPOSED)
    return next(names, number) if mention.form == "noun" else number
