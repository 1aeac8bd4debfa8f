"""Cues: the words by which a reporter attributes a quote to its source.

A cue is a reporting verb (said, tweeted), a noun with its own clause (a statement), a preposition (according to) or a mark (a colon, a
dash). Terms follow Pareti (2012), "A database of attribution relations".
"""

from collections.abc import Sequence

from spacy.tokens import Token

from quoteapi.attribution.context import AttributionContext
from quoteapi.findings import Mention
from quoteapi.knowledge import entries
from quoteapi.quotes.reporter_line import DASHES, ReporterLine
from quoteapi.quotes.reporting import is_reporting

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubjpass", "csubj"})
REACH = 12
"""Maximum number of items of the reporter's line between a cue and its quote."""
INSERTING = frozenset({",", "—", "–", "(", ")"})
"""Marks around a parenthesis."""


def cue_of(  # noqa: PLR0911 - a return for each method
    number: int, mention: Mention, context: AttributionContext
) -> tuple[str, tuple[int, int] | None]:
    """Returns how a quote is attributed to a mention, and the cue.

    Returns:
        The method (`cue`, `according_to`, `label`, `colon`, `dash`, `action`, `context`) and the cue's half-open token span; None if no
        word or mark in the quote's own sentence attributes it.
    """
    line = context.line
    head = line.doc[mention.head]
    left, right = line.place[mention.start], line.place[mention.end - 1]
    side, edge = placed(line.place[mention.head], line.stretches[number])
    # a label, inside the quote's marks or alone in front of them
    if mention.quote == number or (line.word(right + 1) == ":" and line.paragraph_start(left) == left and edge == right + 2):
        return "label", None
    preposition = according_to(line, left)
    if preposition:
        return "according_to", preposition
    verb = governing_verb(head)
    own = verb is not None and within_reach(line, verb, edge)
    near = adjacent_reporting(line, left, right, edge, governing=verb)
    if near is None and verb is not None and own and is_reporting(verb):
        near = verb
    near = near or reporting_after_insertion(line, right, edge) or nearest_reporting(line, left, right, edge)
    if near is not None:
        return "cue", (near.i, near.i + 1)
    if side == "before" and line.word(edge - 1) == ":" and edge - right <= REACH:
        mark = line.items[edge - 1].token
        return "colon", (mark, mark + 1)
    if side == "after" and line.word(edge + 1) in DASHES and left == edge + 2:
        mark = line.items[edge + 1].token
        return "dash", (mark, mark + 1)
    if verb is not None and own:
        return "action", (verb.i, verb.i + 1)
    return "context", None


def according_to(line: ReporterLine, left: int) -> tuple[int, int] | None:
    """Returns the tokens of *according to*, or of *in the words of*, before the mention and its determiner."""
    last = left - 1 if line.word(left - 1) in entries("determiners") else left
    for phrase in (("according", "to"), ("in", "the", "words", "of")):
        start = last - len(phrase)
        if start >= 0 and all(line.word(start + i) == word for i, word in enumerate(phrase)):
            return line.items[start].token, line.items[last - 1].token + 1
    return None


def governing_verb(head: Token) -> Token | None:
    """Returns the verb of which the mention is the subject or agent, looking up through coordination and apposition."""
    token = head
    while token.dep_ in {"conj", "appos", "flat", "compound"} and token.head.i != token.i:
        token = token.head
    governor = token.head
    if governor.i == token.i or governor.pos_ not in {"VERB", "AUX"}:
        return None
    agent = token.dep_ in {"obl:agent", "agent", "pobj", "obl"} and any(child.lower_ == "by" for child in token.children)
    return governor if token.dep_ in SUBJECTS or agent else None


def within_reach(line: ReporterLine, token: Token, edge: int) -> bool:
    """Whether a token is one of the reporter's words in the quote's sentence."""
    place = line.place[token.i]
    item, mark = line.items[place], line.items[edge]
    return item.quote is None and item.paragraph == mark.paragraph and item.sentence == mark.sentence


def adjacent_reporting(line: ReporterLine, left: int, right: int, edge: int, *, governing: Token | None) -> Token | None:
    """Returns the reporting verb directly beside the mention (Roe said; said Roe): the one that governs it, or else the one after it."""
    adjacent: list[Token] = [
        line.doc[line.items[place].token]
        for place in (right + 1, left - 1)
        if 0 <= place < len(line.items) and line.items[place].quote is None
    ]
    reporting = [token for token in adjacent if is_reporting(token) and within_reach(line, token, edge)]
    governed = (token for token in reporting if governing is not None and token.i == governing.i)
    return next(governed, reporting[0] if reporting else None)


def reporting_after_insertion(line: ReporterLine, right: int, edge: int) -> Token | None:
    """Returns the reporting verb after a parenthesis that follows the mention (Roe, a senior researcher at Acme, said)."""
    if line.word(right + 1) not in INSERTING:
        return None
    for place in range(right + 2, line.paragraph_end(right) - 1):
        if line.items[place].quote is not None or line.word(place) in {".", ";"}:
            return None
        token: Token = line.doc[line.items[place + 1].token]
        if line.word(place) in INSERTING and is_reporting(token) and within_reach(line, token, edge):
            return token
    return None


def nearest_reporting(line: ReporterLine, left: int, right: int, edge: int) -> Token | None:
    """Returns the first reporting verb beside the mention, or else between it and the quote, in the quote's sentence."""
    adjacent = [*range(right + 1, min(right + 4, len(line.items))), *range(max(0, left - 2), left)]
    inner = range(right + 1, edge) if edge > right else range(edge + 1, left)
    for place in (*adjacent, *inner):
        item = line.items[place]
        token: Token = line.doc[item.token]
        if item.quote is None and is_reporting(token) and within_reach(line, token, edge):
            return token
    return None


def placed(place: int, stretches: Sequence[int]) -> tuple[str, int]:
    """Returns on which side of the quote a position is, and the position of the quote's nearest span."""
    edge = min(stretches, key=lambda stretch: abs(stretch - place))
    if stretches[0] < place < stretches[-1]:
        return "between", edge
    return ("before" if place < edge else "after" if place > edge else "inside"), edge
