"""Roles in the labels of turns: SEN. JANE ROE:, JANE ROE, HARBOUR MASTER:, The Chair:."""

from collections.abc import Sequence

from spacy.tokens import Doc

from quoteapi.constructions.appositions import Stretch
from quoteapi.constructions.name_modifiers import Pattern
from quoteapi.findings import FoundQuote
from quoteapi.knowledge import entries


def label_roles(doc: Doc, quotes: Sequence[FoundQuote]) -> dict[int, list[tuple[Pattern, Stretch]]]:
    """Maps the first token of each name in a label to the roles that the label gives, with their patterns."""
    found: dict[int, list[tuple[Pattern, Stretch]]] = {}
    for label in (quote.label for quote in quotes if quote.label is not None and quote.label.roles):
        name = doc.char_span(*label.chars, alignment_mode="expand")
        for chars in label.roles:
            words = doc.char_span(*chars, alignment_mode="expand")
            if name is not None and words is not None and words[-1].lower_ not in entries("nonrole_nouns"):
                pattern: Pattern = "phrase" if words.start == name.start else "title" if words.end <= name.start else "apposition"
                found.setdefault(name.start, []).append((pattern, (words.start, words.end)))
    return found
