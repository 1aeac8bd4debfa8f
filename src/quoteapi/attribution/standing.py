"""Standing: how a mention stands on the reporter's line and in its sentence, whatever quote it may be the source of."""

from msgspec import Struct
from spacy.tokens import Token

from quoteapi.attribution.scene import Scene
from quoteapi.quotes.line import Line
from quoteapi.quotes.reporting import is_reporting

AGENTS = frozenset({"obl:agent", "agent", "obl"})
LONG_APPOSITION = 30


class Standing(Struct, frozen=True):
    """A mention on the line.

    Args:
        place: The position of its head.
        left: That of its first token.
        right: That of its last one.
        features: What it looks like, as named facts for the scorer.
        governor: What it depends on: the kind of that, and its position; None where it depends on nothing.
    """

    place: int
    left: int
    right: int
    features: list[str]
    governor: tuple[str, int] | None


def standing_of(candidate: int, scene: Scene) -> Standing:
    """How the mention at a position of the list stands."""
    line, mention = scene.line, scene.mentions[candidate]
    head, last = line.doc[mention.head], line.doc[mention.end - 1]
    place, left, right = line.place[mention.head], line.place[mention.start], line.place[mention.end - 1]
    word = head.lower_ if mention.form == "pronoun" else head.lemma_.lower()
    hanging, governor = government(head, line)
    features = [
        f"form={mention.form} {mention.type}",
        f"word={word}" if mention.form != "name" else f"label={head.ent_type_}",
        f"before2={scene.kind(left - 2)} {scene.kind(left - 1)}",
        f"after2={scene.kind(right + 1)} {scene.kind(right + 2)}",
        f"word before={line.word(left - 1)}",
        f"word after={line.word(right + 1)}",
        f"opens paragraph={line.paragraph_start(place) == left}",
        f"closes paragraph={line.paragraph_end(place) == right + 1}",
        f"in label={mention.quote is not None}",
        f"speaks={mention.form} {min(3, scene.speaking[last.lower_])}",
        *hanging,
        *apposition(scene, right),
    ]
    return Standing(place, left, right, features, governor)


def government(head: Token, line: Line) -> tuple[list[str], tuple[str, int] | None]:
    """How a mention hangs in its sentence, and on what: the kind of that, and its position."""
    token = head
    path: list[str] = []
    while token.dep_ in {"conj", "appos", "flat"} and len(path) < 3:  # noqa: PLR2004 - a chain of appositions is short
        path.append(token.dep_)
        token = token.head
    governor = token.head
    facts = [f"dep={head.dep_}", f"dep through={'/'.join(path)} {token.dep_}"]
    if governor.i == token.i:
        return [*facts, "governor=none"], None
    place = line.place[governor.i]
    reporting = "reporting" if is_reporting(governor) else governor.pos_
    case = next((child.lower_ for child in token.children if child.dep_ in {"case", "mark"}), "")
    facts += [
        f"governor={token.dep_} {reporting}",
        f"governor word={token.dep_} {governor.lemma_.lower()}",
        f"governor quoted={line.items[place].quote is not None}",
        f"governor dep={token.dep_} {reporting} {governor.dep_}",
        f"case={token.dep_} {case}",
    ]
    if any(child.i != token.i and line.items[line.place[child.i]].quote is not None for child in governor.children):
        facts.append(f"governor holds a quote={token.dep_} {reporting}")
    agent = any(child.dep_ in AGENTS and any(word.lower_ == "by" for word in child.children) for child in governor.children)
    facts.append(f"agent={token.dep_.partition(':')[0]} {case} {agent} {reporting}")
    return facts, (f"{token.dep_} {reporting}", place)


def apposition(scene: Scene, right: int) -> list[str]:
    """Whether a verb follows the candidate behind an insertion (Roe, the mayor, said; Roe, who left, said)."""
    line = scene.line
    if line.word(right + 1) not in {",", "—", "–", "("}:
        return ["insertion=none"]
    end = min(line.paragraph_end(right), right + LONG_APPOSITION)
    for i in range(right + 2, end):
        word = line.word(i)
        if word in {".", "QUOTE", ";"}:
            break
        if word in {",", "—", "–", ")"} and scene.kind(i + 1) == "RV":
            return ["insertion=reporting"]
    return [f"insertion=other {line.word(right + 2) if line.word(right + 2) in {'who', 'which', 'whose'} else ''}"]
