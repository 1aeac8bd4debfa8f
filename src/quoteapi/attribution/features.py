"""Features: what a candidate and a quote look like to each other, as named facts for the scorer.

They follow what works in attribution (Pareti et al. 2013; Muzny et al. 2017): side, distance on the reporter's line, the verb that
governs the candidate, the words around both, and who spoke before.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from quoteapi.attribution.scene import Scene
from quoteapi.attribution.standing import Standing

EDGES = (0, 1, 2, 3, 4, 6, 9, 14, 22, 40)
"""Lower limits of the steps in which distances are counted."""
ONE = frozenset({"I", "my", "me", "I'm", "I’m", "I've", "I’ve", "My"})
SEVERAL = frozenset({"we", "We", "our", "Our", "us", "We're", "We’re", "we're", "we’re"})


def step(distance: int) -> int:
    """The step that a distance falls into."""
    return EDGES[bisect_right(EDGES, abs(distance)) - 1]


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


def candidate_features(number: int, candidate: int, standing: Standing, scene: Scene, previous: int | None) -> list[str]:
    """What the candidate looks like, seen from the quote; what it looks like by itself is its standing's."""
    line, mention, stretches = scene.line, scene.mentions[candidate], scene.line.stretches[number]
    place, left, right = standing.place, standing.left, standing.right
    side, edge = placed(place, stretches)
    between = range(min(place, edge) + 1, max(place, edge))
    item, mark = line.items[place], line.items[edge]
    reporting = scene.count("RV", between)
    sentences, paragraphs = abs(item.sentence - mark.sentence), item.paragraph - mark.paragraph
    facts = [
        f"side={side}",
        f"gap={side} {step(edge - (right if edge > place else left))}",
        f"quotes between={side} {min(3, scene.count('QUOTE', between))}",
        f"sentences={side} {min(3, sentences)}",
        f"paragraphs={max(-3, min(1, paragraphs))}",
        f"before={side} {scene.kind(left - 1)}",
        f"after={side} {scene.kind(right + 1)}",
        f"commas between={side} {min(3, scene.count(',', between))}",
        f"verbs between={side} {min(3, reporting + scene.count('VERB', between))}",
        f"reporting between={side} {min(2, reporting)}",
        f"rival={side} {has_rival(place, between, scene)}",
        f"same sentence={side} {sentences == paragraphs == 0}",
        f"named in quote={mention.form} {mention.form == 'name' and line.doc[mention.end - 1].text in scene.quoted[number]}",
        f"person={first_person(scene.quoted[number])} {mention.type} {mention.form}",
    ]
    if standing.governor is not None:
        kind, governor = standing.governor
        facts.append(f"governor gap={kind} {side} {step(edge - governor)}")
    return facts if previous is None else facts + precedent(candidate, previous, scene, number, stretches[0])


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
