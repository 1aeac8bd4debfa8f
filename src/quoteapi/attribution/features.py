"""Features: what a candidate and a quote look like to each other, as named facts for the scorer.

They follow what works in attribution (Pareti et al. 2013; Muzny et al. 2017): side, distance on the reporter's line, the verb that
governs the candidate, the words around both, and who spoke before.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from msgspec import Struct
from spacy.tokens import Doc, Token

from quoteapi.findings import FoundQuote, Mention
from quoteapi.quotes.line import Line, read_line
from quoteapi.quotes.reporting import is_reporting

EDGES = (0, 1, 2, 3, 4, 6, 9, 14, 22, 40)
"""Lower limits of the steps in which distances are counted."""
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubjpass"})
AGENTS = frozenset({"obl:agent", "agent", "obl"})
LONG_APPOSITION = 30
ONE = frozenset({"I", "my", "me", "I'm", "I’m", "I've", "I’ve", "My"})
SEVERAL = frozenset({"we", "We", "our", "Our", "us", "We're", "We’re", "we're", "we’re"})
NO_MARKS = str.maketrans(dict.fromkeys('.,;:!?()[]“”"', " "))
COUNTED = ("QUOTE", ",", "RV", "VERB")
"""The kinds of items that are counted between a candidate and a quote."""


class Scene(Struct, frozen=True):
    """All that the features of one article look at.

    Args:
        line: The reporter's line.
        quotes: The article's quotes.
        mentions: Its mentions.
        coarse: The kind of each item on the line.
        tallies: For each of `COUNTED`, how many such items stand before a position.
        rivals: Positions of the reporting verbs that have a subject, in reading order, each with its subjects' positions.
        speaking: How often each lower-case word is the subject of a reporting verb.
        quoted: For each quote its words.
    """

    line: Line
    quotes: Sequence[FoundQuote]
    mentions: Sequence[Mention]
    coarse: list[str]
    tallies: dict[str, list[int]]
    rivals: list[tuple[int, list[int]]]
    speaking: Counter[str]
    quoted: list[frozenset[str]]

    def kind(self, position: int) -> str:
        """The coarse kind of the item at a position; EDGE outside the line."""
        return self.coarse[position] if 0 <= position < len(self.coarse) else "EDGE"

    def count(self, kind: str, between: range) -> int:
        """How many items of a kind stand in a stretch."""
        tally = self.tallies[kind]
        return tally[between.stop] - tally[between.start] if between else 0


def set_scene(doc: Doc, quotes: Sequence[FoundQuote], mentions: Sequence[Mention]) -> Scene:
    """The scene of an article."""
    line = read_line(doc, quotes)
    coarse = [coarse_kind(line, position) for position in range(len(line.items))]
    tallies = {kind: [0, *accumulate(one == kind for one in coarse)] for kind in COUNTED}
    rivals = []
    for position in (i for i, kind in enumerate(coarse) if kind == "RV"):
        subjects = [line.place[child.i] for child in doc[line.items[position].token].children if child.dep_ in SUBJECTS]
        if subjects:
            rivals.append((position, subjects))
    speaking = Counter(line.word(subject) for _, subjects in rivals for subject in subjects)
    quoted = [frozenset(line.text[quote.start : quote.end].translate(NO_MARKS).split()) for quote in quotes]
    return Scene(line, quotes, mentions, coarse, tallies, rivals, speaking, quoted)


def step(distance: int) -> int:
    """The step that a distance falls into."""
    return max(edge for edge in EDGES if edge <= abs(distance))


def coarse_kind(line: Line, position: int) -> str:
    """An item in the coarse terms that transfer between articles: RV for a reporting verb, else mark, function word or part of speech."""
    item = line.items[position]
    if item.quote is not None:
        return "QUOTE"
    token = line.doc[item.token]
    if is_reporting(token):
        return "RV"
    if token.is_punct or token.pos_ in {"ADP", "SCONJ", "PRON"}:
        return token.lower_
    return token.pos_ or token.shape_


def quote_features(number: int, scene: Scene) -> list[str]:
    """What the quote itself looks like: the same for all its candidates."""
    line, quote = scene.line, scene.quotes[number]
    text = line.text
    first, last = line.stretches[number][0], line.stretches[number][-1]
    words = text[quote.start : quote.end].split()
    end = text[quote.end - 1]
    before, after = scene.kind(first - 1), scene.kind(last + 1)
    same_start = line.paragraph_start(first) == first
    same_end = line.paragraph_end(last) == last + 1
    return [
        f"q words={step(len(words))}",
        f"q opens={'upper' if words[0][:1].isupper() else 'lower' if words[0][:1].islower() else 'other'}",
        f"q ends={end if not end.isalnum() else 'word'}",
        f"q before={'PARAGRAPH' if same_start else before}",
        f"q before2={'PARAGRAPH' if same_start else scene.kind(first - 2)} {before}",
        f"q after={'PARAGRAPH' if same_end else after}",
        f"q after2={'PARAGRAPH' if same_end else after} {scene.kind(last + 2)}",
        f"q spans={min(3, len(quote.spans))}",
        f"q alone={same_start and same_end}",
        f"q nested={quote.within is not None}",
        f"q first={number == 0}",
        f"q paragraph={'head' if line.items[first].paragraph == 0 else 'body'}",
    ]


def candidate_features(number: int, candidate: int, scene: Scene, previous: int | None) -> list[str]:
    """What the candidate looks like, seen from the quote."""
    line, mention = scene.line, scene.mentions[candidate]
    head, last = line.doc[mention.head], line.doc[mention.end - 1]
    left, right = line.place[mention.start], line.place[mention.end - 1]
    place = line.place[mention.head]
    stretches = line.stretches[number]
    side, edge = placed(place, stretches)
    gap = abs(edge - (right if edge > place else left))
    between = range(min(place, edge) + 1, max(place, edge))
    item, mark = line.items[place], line.items[edge]
    reporting = scene.count("RV", between)
    limits = abs(item.sentence - mark.sentence)
    word = head.lower_ if mention.form == "pronoun" else head.lemma_.lower()
    facts = [
        f"side={side}",
        f"gap={side} {step(gap)}",
        f"quotes between={side} {min(3, scene.count('QUOTE', between))}",
        f"sentences={side} {min(3, limits)}",
        f"paragraphs={max(-3, min(1, item.paragraph - mark.paragraph))}",
        f"form={mention.form} {mention.type}",
        f"word={word}" if mention.form != "name" else f"label={head.ent_type_}",
        f"before={side} {scene.kind(left - 1)}",
        f"before2={scene.kind(left - 2)} {scene.kind(left - 1)}",
        f"after={side} {scene.kind(right + 1)}",
        f"after2={scene.kind(right + 1)} {scene.kind(right + 2)}",
        f"word before={line.word(left - 1)}",
        f"word after={line.word(right + 1)}",
        f"commas between={side} {min(3, scene.count(',', between))}",
        f"verbs between={side} {min(3, reporting + scene.count('VERB', between))}",
        f"reporting between={side} {min(2, reporting)}",
        f"opens paragraph={line.paragraph_start(place) == left}",
        f"closes paragraph={line.paragraph_end(place) == right + 1}",
        f"in label={mention.quote is not None}",
        f"rival={side} {has_rival(place, between, scene)}",
        f"same sentence={side} {limits == 0 and item.paragraph == mark.paragraph}",
        f"speaks={mention.form} {min(3, scene.speaking[last.lower_])}",
        f"named in quote={mention.form} {mention.form == 'name' and last.text in scene.quoted[number]}",
        f"person={first_person(scene.quoted[number])} {mention.type} {mention.form}",
    ]
    facts += government(head, line, edge, side)
    facts += apposition(scene, right)
    if previous is not None:
        facts += precedent(candidate, previous, scene, number, stretches[0])
    return facts


def first_person(words: frozenset[str]) -> str:
    """Whether words are said by one (I), by several (we), or do not tell."""
    return "one" if words & ONE else "several" if words & SEVERAL else "untold"


def has_rival(place: int, between: range, scene: Scene) -> bool:
    """Whether another subject with a reporting verb of its own stands between the candidate and the quote."""
    for i in range(bisect_left(scene.rivals, between.start, key=first_of), len(scene.rivals)):
        position, subjects = scene.rivals[i]
        if position >= between.stop:
            return False
        if any(subject in between for subject in subjects):
            return position != place
    return False


def first_of(rival: tuple[int, list[int]]) -> int:
    """The position of a rival's verb."""
    return rival[0]


def placed(place: int, stretches: Sequence[int]) -> tuple[str, int]:
    """The side of the quote that a place is on, and the quote's stretch that is nearest to it."""
    edge = min(stretches, key=lambda stretch: abs(stretch - place))
    if stretches[0] < place < stretches[-1]:
        return "between", edge
    return ("before" if place < edge else "after" if place > edge else "inside"), edge


def government(head: Token, line: Line, edge: int, side: str) -> list[str]:
    """How the candidate hangs in its sentence, and on what."""
    token = head
    path: list[str] = []
    while token.dep_ in {"conj", "appos", "flat"} and len(path) < 3:  # noqa: PLR2004 - a chain of appositions is short
        path.append(token.dep_)
        token = token.head
    governor = token.head
    facts = [f"dep={head.dep_}", f"dep through={'/'.join(path)} {token.dep_}"]
    if governor.i == token.i:
        return [*facts, "governor=none"]
    quoted = line.items[line.place[governor.i]].quote is not None
    reporting = "reporting" if is_reporting(governor) else governor.pos_
    distance = abs(edge - line.place[governor.i])
    case = next((child.lower_ for child in token.children if child.dep_ in {"case", "mark"}), "")
    facts += [
        f"governor={token.dep_} {reporting}",
        f"governor word={token.dep_} {governor.lemma_.lower()}",
        f"governor gap={token.dep_} {reporting} {side} {step(distance)}",
        f"governor quoted={quoted}",
        f"governor dep={token.dep_} {reporting} {governor.dep_}",
        f"case={token.dep_} {case}",
    ]
    if any(child.i != token.i and line.items[line.place[child.i]].quote is not None for child in governor.children):
        facts.append(f"governor holds a quote={token.dep_} {reporting}")
    agent = any(child.dep_ in AGENTS and any(word.lower_ == "by" for word in child.children) for child in governor.children)
    facts.append(f"agent={token.dep_.partition(':')[0]} {case} {agent} {reporting}")
    return facts


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


def precedent(candidate: int, previous: int, scene: Scene, number: int, stretch: int) -> list[str]:
    """How the candidate stands to the source of the quote before."""
    doc, line = scene.line.doc, scene.line
    here, before = scene.mentions[candidate], scene.mentions[previous]
    same = candidate == previous
    alike = doc[here.end - 1].lower_ == doc[before.end - 1].lower_
    last = line.stretches[number - 1][-1] if number else stretch
    between = stretch - last - 1
    paragraphs = line.items[stretch].paragraph - line.items[last].paragraph
    return [
        f"previous={'same' if same else 'alike' if alike else 'other'}",
        f"previous near={'same' if same else 'alike' if alike else 'other'} {step(between)} {min(3, paragraphs)}",
    ]


def nobody_features(number: int, scene: Scene, previous: int | None) -> list[str]:
    """What speaks for nobody: what the reporter's words nearby lack."""
    line = scene.line
    first, last = line.stretches[number][0], line.stretches[number][-1]
    before = range(max(line.paragraph_start(first), first - 6), first)
    after = range(last + 1, min(line.paragraph_end(last), last + 7))
    return [
        "nobody",
        f"nobody reporting before={any(scene.kind(i) == 'RV' for i in before)}",
        f"nobody reporting after={any(scene.kind(i) == 'RV' for i in after)}",
        f"nobody previous={previous is not None}",
    ]
