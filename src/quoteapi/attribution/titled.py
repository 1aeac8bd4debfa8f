"""Titled: the name behind what the scorer took for a person: the first of a title's parts (said co-founder and CEO Jane Roe), or *one*."""

from collections.abc import Sequence

from quoteapi.attribution.scene import Scene
from quoteapi.constructions.nouns import is_role_word
from quoteapi.findings import Mention

LONGEST = 8
"""Tokens of a title's further parts at most."""
SHORTEST = 2
"""Tokens from *one* to a name behind a comma at least: *of* and a noun stand between."""
INSIDE = frozenset({"NOUN", "PROPN", "ADJ", "CCONJ"})


def name_behind(chosen: int, candidates: Sequence[int], scene: Scene) -> int | None:
    """The person whose name the words of a chosen noun run into, with *and* and another role between; None where they do not."""
    doc, mention = scene.line.doc, scene.mentions[chosen]
    if doc[mention.head].lower_ == "one":
        return next((other for other in candidates if is_apposed(mention, scene.mentions[other], scene)), None)
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


def is_apposed(one: Mention, name: Mention, scene: Scene) -> bool:
    """Whether a person's name stands between commas behind *one* and whom it is of (wrote one of them, Jane Roe, an engineer)."""
    if name.form != "name" or name.type != "person" or name.quote is not None or not SHORTEST < name.start - one.head <= LONGEST:
        return False
    between = scene.line.doc[one.head + 1 : name.start]
    return (
        between[0].lower_ == "of"
        and between[-1].text == ","
        and not any(token.text == "," or token.pos_ == "VERB" for token in between[:-1])
    )
