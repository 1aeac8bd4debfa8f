"""The resolver: each quote to its source, in reading order, so that a quote can continue the speaker before."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from spacy.tokens import Doc

from quoteapi.attribution.addressees import addressee_of
from quoteapi.attribution.candidates import candidates_of, labels, signatures
from quoteapi.attribution.cues import cue_of
from quoteapi.attribution.features import Scene, candidate_features, nobody_features, quote_features, set_scene
from quoteapi.attribution.nested import attribute_nested
from quoteapi.attribution.relays import passed_on
from quoteapi.findings import Attribution, Candidate, FoundQuote, Mention
from quoteapi.scoring import Scorer

SPEECH = frozenset({"direct", "mixed"})
NOT_SPEECH = Attribution(mention=None, cue=None, addressee=None, probability=1.0, method="not_speech")
CERTAIN = 0.98
"""How sure a turn's label (ROE: I will) or a quote's signature (— Roe) is: as good as certain, but for slips in the marks."""
KEPT = 6
"""Candidates that an attribution carries along, the most probable ones."""


@cache
def packaged_scorer() -> Scorer:
    """The scorer of sources that ships inside the package."""
    return Scorer.load(Path(__file__).parent.parent / "weights" / "attribution.npz")


def attribute(doc: Doc, quotes: Sequence[FoundQuote], mentions: Sequence[Mention], *, scorer: Scorer | None = None) -> list[Attribution]:
    """The attribution of each quote, parallel to `quotes`; quotes of kind `other` have none."""
    scene = set_scene(doc, quotes, mentions)
    order = reporters_own(scene)
    judge = scorer or packaged_scorer()
    found: list[Attribution] = []
    previous: int | None = None
    for number, quote in enumerate(quotes):
        if quote.kind not in SPEECH:
            found.append(NOT_SPEECH)
            continue
        if quote.within is not None:
            found.append(attribute_nested(quote, quotes[quote.within], mentions, scene.line))
            continue
        named = [(i, "label") for i in labels(number, mentions, quote, scene.line)]
        named += [(i, "dash") for i in signatures(number, mentions, scene.line)]
        if named:
            previous, method = named[0]
            found.append(Attribution(previous, None, None, CERTAIN, method, (Candidate(previous, CERTAIN),)))
            continue
        candidates = with_previous(candidates_of(number, quotes, mentions, scene.line, order), previous)
        probabilities = judge.choice(bags_of(number, candidates, scene, previous))
        ranked = sorted(
            (Candidate(mention, float(p)) for mention, p in zip([*candidates, None], probabilities, strict=True)),
            key=lambda candidate: -candidate.probability,
        )
        chosen = attribution_of(number, relayed(number, ranked, candidates, scene), scene, previous)
        found.append(chosen)
        previous = previous if chosen.mention is None else chosen.mention
    return found


def relayed(number: int, ranked: list[Candidate], candidates: Sequence[int], scene: Scene) -> list[Candidate]:
    """The ranking with the one in front whose words the most probable candidate only passes on; the two change places."""
    best = ranked[0].mention
    source = None if best is None else passed_on(number, best, candidates, scene)
    if source is None:
        return ranked
    swapped = {best: source, source: best}
    return [Candidate(swapped.get(candidate.mention, candidate.mention), candidate.probability) for candidate in ranked]


def reporters_own(scene: Scene) -> list[int]:
    """Positions of the mentions outside all quotes, sorted by their place on the line."""
    own = [i for i, mention in enumerate(scene.mentions) if mention.quote is None]
    return sorted(own, key=lambda i: scene.line.place[scene.mentions[i].head])


def with_previous(candidates: list[int], previous: int | None) -> list[int]:
    """The candidates and, however far away, the source of the quote before."""
    return candidates if previous is None or previous in candidates else [previous, *candidates]


def bags_of(number: int, candidates: Sequence[int], scene: Scene, previous: int | None) -> list[list[str]]:
    """A bag of features for each candidate, and a last one for nobody."""
    shared = quote_features(number, scene)
    bags = [candidate_features(number, candidate, scene, previous) + shared for candidate in candidates]
    return [*bags, nobody_features(number, scene, previous) + shared]


def attribution_of(number: int, ranked: Sequence[Candidate], scene: Scene, previous: int | None) -> Attribution:
    """The most probable candidate with its cue, its addressee and how it was found."""
    best = ranked[0]
    if best.mention is None:
        return Attribution(None, None, None, best.probability, "unattributed", tuple(ranked[:KEPT]))
    mention = scene.mentions[best.mention]
    method, cue = cue_of(number, mention, scene)
    if method == "context" and previous is not None and best.mention == previous:
        method = "continuation"
    addressee = addressee_of(cue, mention, scene.mentions, scene.line.doc) if cue and method == "cue" else None
    return Attribution(best.mention, cue, addressee, best.probability, method, tuple(ranked[:KEPT]))
