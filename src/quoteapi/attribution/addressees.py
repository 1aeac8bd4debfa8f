"""Addressees: whom a speaker speaks to (told reporters: the reporters are not the speaker)."""

from collections.abc import Sequence

from spacy.tokens import Doc

from quoteapi.findings import Mention

OBJECTS = frozenset({"obj", "iobj", "dobj", "dative"})
OBLIQUES = frozenset({"obl", "pobj", "prep"})


def addressee_of(cue: tuple[int, int], source: Mention, mentions: Sequence[Mention], doc: Doc) -> tuple[int, int] | None:
    """The tokens that name whom the cue's verb addresses, half-open; None where nobody is.

    An object of the verb (told reporters), or what follows it with *to* (said to a crowd).
    """
    verb = doc[cue[0]]
    for mention in mentions:
        if mention.quote != source.quote or mention.head <= verb.i or mention.head == source.head:
            continue
        head = doc[mention.head]
        if head.head.i != verb.i:
            continue
        to = any(child.lower_ == "to" for child in head.children)
        if head.dep_ in OBJECTS and (verb.lemma_ != "say" or to) and mention.type != "organization" or (head.dep_ in OBLIQUES and to):
            return mention.start, mention.end
    return None
