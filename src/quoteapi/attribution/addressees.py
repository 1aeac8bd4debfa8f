"""Addressees: the people to whom a speaker speaks (told reporters: the reporters are not the speaker)."""

from bisect import bisect_left
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from quoteapi.findings import Mention
from quoteapi.knowledge import entries

OBJECTS = frozenset({"obj", "dobj"})
PASSIVE_SUBJECTS = frozenset({"nsubj:pass", "nsubjpass"})
RECIPIENTS = frozenset({"iobj", "dative"})
REACH = 40
"""Maximum number of tokens between a verb and its addressee."""
OBLIQUES = frozenset({"obl", "pobj", "prep"})


def addressee_of(cue: tuple[int, int], source: Mention, mentions: Sequence[Mention], doc: Doc) -> tuple[int, int] | None:
    """Returns the half-open token span of the addressee of the cue's verb; None if it has none.

    The addressee is the object of a verb of addressing (told reporters, but not: described the plan), its subject in the passive (reporters
    were told), a recipient, or what follows with *to* (said to a crowd).
    """
    verb = doc[cue[0]]
    first = bisect_left(mentions, verb.i - REACH, key=lambda mention: mention.start)
    last = bisect_left(mentions, verb.i + REACH, key=lambda mention: mention.start)
    for mention in mentions[first:last]:
        if mention.quote != source.quote or mention.head in {verb.i, source.head}:
            continue
        head = doc[mention.head]
        if head.head.i == verb.i and is_addressed(head, verb):
            return mention.start, mention.end
    return None


def is_addressed(head: Token, verb: Token) -> bool:
    """Whether a word is the addressee of a verb, by its grammatical function."""
    if head.dep_ in PASSIVE_SUBJECTS or (head.dep_ in OBJECTS and head.i > verb.i):
        return verb.lemma_.lower() in entries("addressing_verbs")
    return head.dep_ in RECIPIENTS or (head.i > verb.i and head.dep_ in OBLIQUES and any(child.lower_ == "to" for child in head.children))
