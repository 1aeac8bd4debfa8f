"""Noun phrases: the extent of the phrase of a head noun.

A phrase includes its determiner, its modifiers and its prepositional phrases (an official from her own party), but not relative clauses
and appositions, which describe the same person in other words.
"""

from spacy.tokens import Doc, Token

from quoteapi.constructions.words import FINITE_TAGS

LEFT = frozenset({"det", "det:predet", "amod", "compound", "nmod:poss", "poss", "nummod", "flat", "nmod", "nmod:unmarked", "goeswith"})
RIGHT = frozenset({"flat", "nmod", "prep", "fixed", "goeswith", "nummod"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
OWN = frozenset({"of", "for", "from"})
"""Prepositions that belong to the subject if they stand between it and its verb."""
RELATIVE = frozenset({"WP", "WDT"})
CORE_RIGHT = frozenset({"flat", "goeswith"})
LONGEST = 24
"""Maximum length of a phrase, in tokens; anything longer is a parser error."""
BREAKS = frozenset({",", ";", ":", "(", ")", "—", "–", "“", "”", '"', "''", "``", "«", "»"})


def core(head: Token) -> tuple[int, int]:
    """Returns the head with its modifiers on the left and the rest of its name, as a half-open token span."""
    start = head.i
    for child in sorted(head.lefts, key=lambda token: -token.i):
        if head.i - child.i > LONGEST:
            break
        if child.dep_ in LEFT and not broken(head.doc, child.i, start):
            start = child.left_edge.i
    end = head.i + 1
    for child in head.rights:
        if child.i - head.i > LONGEST:
            break
        if child.dep_ in CORE_RIGHT and not broken(head.doc, end, child.i):
            end = child.i + 1
    return max(start, head.i - LONGEST), hyphened(head.doc, min(end, head.i + LONGEST))


def hyphened(doc: Doc, end: int) -> int:
    """Extends `end` over the words that hyphens join to what precedes it (general[-secretary])."""
    while end + 1 < len(doc) and doc[end].text == "-" and not (doc[end].whitespace_ or doc[end - 1].whitespace_):
        end += 2
    return end


def phrase(head: Token) -> tuple[int, int]:
    """Returns the whole phrase of a head noun, as a half-open token span."""
    start, end = core(head)
    for child in head.rights:
        if child.i - head.i > LONGEST:
            break
        if child.dep_ in RIGHT and child.i >= end and not broken(head.doc, end, child.i) and child.right_edge.i - head.i <= LONGEST:
            reach = first_break(head.doc, child.left_edge.i, child.right_edge.i + 1)
            if reach > child.i:
                end = reach
    return start, before_verb(head, end)


def before_verb(head: Token, end: int) -> int:
    """Extends the end of a subject over *of*, *for* or *from* phrases that the parser attaches to the verb (a spokesman [for Acme])."""
    doc, verb = head.doc, head.head
    if head.dep_ in SUBJECTS and end < verb.i and doc[end].lower_ == "of":
        reach = first_break(doc, end, verb.i)
        while reach > end + 1 and doc[reach - 1].pos_ in {"AUX", "ADV", "PART"}:
            reach -= 1
        return reach if reach > end + 1 and doc[reach - 1].pos_ in {"NOUN", "PROPN"} else end
    while head.dep_ in SUBJECTS and end < verb.i and doc[end].lower_ in OWN:
        noun = doc[end].head
        if noun.head.i != verb.i or not end < noun.i < verb.i or noun.i - head.i > LONGEST:
            break
        reach = first_break(doc, end, noun.right_edge.i + 1)
        if reach <= noun.i:
            break
        end = reach
    return end


def broken(doc: Doc, start: int, end: int) -> bool:
    """Whether a span contains a token that ends a phrase."""
    return first_break(doc, start, end) < end


def first_break(doc: Doc, start: int, end: int) -> int:
    """Returns the first token that ends a phrase: punctuation, paragraph end, finite verb, relative pronoun; `end` if there is none."""
    return next((i for i in range(start, end) if doc[i].text in BREAKS or doc[i].is_space or doc[i].tag_ in FINITE_TAGS | RELATIVE), end)
