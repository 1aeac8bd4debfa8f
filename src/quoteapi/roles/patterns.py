"""Patterns: where a role stands relative to a mention of its holder; the answer gives the pattern as evidence."""

import re
from collections.abc import Sequence

from spacy.tokens import Doc

from quoteapi.constructions.name_modifiers import Pattern
from quoteapi.encoder import TaggedRole
from quoteapi.findings import Mention

PARTY_TAG = re.compile(r"(?:[DRI]|Lab|Con|Dem|Rep|Green|SNP)\b\.?\s*[-–—,]\s*[A-Z]")
NEAR = 3
"""Maximum number of tokens between a role and the mention it stands beside, all of them punctuation."""


def pattern_of(doc: Doc, role: TaggedRole, mentions: Sequence[Mention]) -> Pattern:
    """Returns the pattern of a role; `mentions` are those of its holder."""
    if PARTY_TAG.match(doc[role.start : role.end].text):
        return "tag"
    if any(mention.form == "noun" and mention.start < role.end and role.start < mention.end for mention in mentions):
        named = any(mention.form == "name" for mention in mentions)
        return adjacent_pattern(doc, role, mentions) or "apposition" if named else "phrase"
    if role.start and doc[role.start - 1].lower_ == "as":
        return "as"
    return adjacent_pattern(doc, role, mentions) or "predicate"


def adjacent_pattern(doc: Doc, role: TaggedRole, mentions: Sequence[Mention]) -> Pattern | None:
    """Returns how a role stands directly before or after a name; None if there is no name beside it."""
    for mention in mentions:
        if mention.form != "name":
            continue
        after = doc[mention.end : role.start]
        if 0 < role.start - mention.end <= NEAR and not any(token.is_alpha for token in after):
            return "apposition"
        if mention.end < len(doc) and doc[mention.end].lower_ in {"of", "from", "with", "at"} and role.start - mention.end in {0, 1}:
            return "affiliation"
        before = doc[role.end : mention.start]
        if 0 <= mention.start - role.end <= NEAR and not any(token.is_alpha for token in before):
            return "title" if not len(before) and doc[role.start].text[:1].isupper() else "preposed"
    return None
