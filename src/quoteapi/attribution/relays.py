"""Relays: bodies that pass on what somebody else said (Roe was quoted by the Gazette as saying; according to the Gazette, Roe said).

The scorer often takes the body, which is a source too; the speaker is the one whose words it passes on.
"""

from collections.abc import Sequence

from spacy.tokens import Token

from quoteapi.attribution.cues import SUBJECTS, according_to, within_reach
from quoteapi.attribution.features import Scene, placed
from quoteapi.quotes.reporting import is_reporting

QUOTING = frozenset({"quote", "cite", "report"})


def passed_on(number: int, chosen: int, candidates: Sequence[int], scene: Scene) -> int | None:
    """The mention whose words the chosen one passes on, a position in the list of mentions; None where it speaks for itself."""
    line, mention = scene.line, scene.mentions[chosen]
    if mention.type != "organization":
        return None
    left = line.place[mention.start]
    by = left - (2 if line.word(left - 1) in {"the", "a"} else 1)
    if line.word(by) == "by" and by > 0:
        saying = by > 2 and line.word(by - 1) == "saying" and line.word(by - 2) == "as"  # noqa: PLR2004 - was quoted as saying by
        verb = line.doc[line.items[by - 3 if saying else by - 1].token]
        return subject(verb, candidates, scene) if verb.lemma_.lower() in QUOTING else None
    if according_to(line, left) is None:
        return None
    _, edge = placed(left, line.stretches[number])
    verbs = (line.doc[scene.mentions[other].head].head for other in candidates)
    own = (verb for verb in verbs if is_reporting(verb) and within_reach(line, verb, edge))
    return next((found for verb in own if (found := subject(verb, candidates, scene)) is not None and found != chosen), None)


def subject(verb: Token, candidates: Sequence[int], scene: Scene) -> int | None:
    """The candidate that is the verb's subject: a person, named or not."""
    for other in candidates:
        mention = scene.mentions[other]
        head = scene.line.doc[mention.head]
        if head.head.i == verb.i and head.dep_ in SUBJECTS and mention.type in {"person", "unnamed"}:
            return other
    return None
