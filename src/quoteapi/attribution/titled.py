"""Titled: the name behind a title of several parts (said co-founder and CEO Jane Roe), of which the scorer took the first for a person."""

from collections.abc import Sequence

from quoteapi.attribution.scene import Scene
from quoteapi.constructions.nouns import is_role_word

LONGEST = 8
"""Tokens of a title's further parts at most."""
INSIDE = frozenset({"NOUN", "PROPN", "ADJ", "CCONJ"})


def name_behind(chosen: int, candidates: Sequence[int], scene: Scene) -> int | None:
    """The person whose name the words of a chosen noun run into, with *and* and another role between; None where they do not."""
    doc, mention = scene.line.doc, scene.mentions[chosen]
    if mention.form != "noun" or not is_role_word(doc, mention.head):
        return None
    for other in candidates:
        name = scene.mentions[other]
        if name.form != "name" or name.type != "person" or not 0 < name.start - mention.end <= LONGEST or name.quote is not None:
            continue
        between = doc[mention.end : name.start]
        joined = between[0].lower_ in {"and", "&"} and is_role_word(doc, between[-1].i)
        return other if joined and all(token.pos_ in INSIDE or token.text == "-" for token in between) else None
    return None
