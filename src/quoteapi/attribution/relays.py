"""Relays: those who pass on what somebody else said.

Roe was quoted by the Gazette as saying; according to the Gazette, Roe said; the Gazette quoted Roe as saying. The scorer often takes the
Gazette, which is a source too; the speaker is the one whose words it passes on.
"""

from collections.abc import Sequence

from spacy.tokens import Token

from quoteapi.attribution.cues import SUBJECTS, according_to, within_reach
from quoteapi.attribution.features import placed
from quoteapi.attribution.scene import Scene
from quoteapi.findings import Mention
from quoteapi.quotes.line import Line
from quoteapi.quotes.reporting import is_reporting

OBJECTS = frozenset({"obj", "dobj"})
QUOTING = frozenset({"quote", "cite", "report"})


def passed_on(number: int, chosen: int, candidates: Sequence[int], scene: Scene) -> int | None:
    """The mention whose words the chosen one passes on, a position in the list of mentions; None where it speaks for itself."""
    line, mention = scene.line, scene.mentions[chosen]
    if (quoted := quoted_by(mention, candidates, scene)) is not None:
        return quoted
    if mention.form == "pronoun":
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


def quoted_by(mention: Mention, candidates: Sequence[int], scene: Scene) -> int | None:
    """The person whom the mention quotes, or cites as saying something."""
    head = scene.line.doc[mention.head]
    verb = head.head
    if head.dep_ not in SUBJECTS or verb.lemma_.lower() not in QUOTING:
        return None
    objects = {child.i for child in verb.children if child.dep_ in OBJECTS}
    people = (i for i in candidates if scene.mentions[i].type in {"person", "unnamed"})
    found = (i for i in people if scene.mentions[i].head in objects or scene.mentions[i].start == verb.i + 1)
    certain = verb.lemma_.lower() == "quote"
    return next((i for i in found if certain or says_after(scene.line, scene.line.place[scene.mentions[i].end - 1])), None)


def says_after(line: Line, place: int) -> bool:
    """Whether *as* and a participle stand behind a place (Roe as saying)."""
    return line.word(place + 1) == "as" and line.word(place + 2).endswith("ing")


def subject(verb: Token, candidates: Sequence[int], scene: Scene) -> int | None:
    """The candidate that is the verb's subject: a person, named or not."""
    for other in candidates:
        mention = scene.mentions[other]
        head = scene.line.doc[mention.head]
        if head.head.i == verb.i and head.dep_ in SUBJECTS and mention.type in {"person", "unnamed"}:
            return other
    return None
