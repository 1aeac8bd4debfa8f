"""The resolver: each quote to its source, in reading order, so that a quote can continue the speaker before."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from msgspec.structs import replace
from spacy.tokens import Doc

from quoteapi.attribution.addressees import addressee_of
from quoteapi.attribution.adjoining import adjoined
from quoteapi.attribution.candidates import candidates_of, labels
from quoteapi.attribution.cues import cue_of
from quoteapi.attribution.decoding import Choice, decode
from quoteapi.attribution.exchanges import whose_turn
from quoteapi.attribution.insertions import claimed, closed, inserted, worded
from quoteapi.attribution.judging import Judge
from quoteapi.attribution.nested import attribute_nested
from quoteapi.attribution.relays import passed_on
from quoteapi.attribution.scene import Scene, set_scene
from quoteapi.attribution.signatures import at_source, cited, headed, signatures
from quoteapi.attribution.titled import name_behind
from quoteapi.attribution.turns import turn_sources
from quoteapi.encoder import Pointing, Source
from quoteapi.findings import Attribution, Candidate, FoundQuote, Mention
from quoteapi.mixing import mixed, packaged_mix
from quoteapi.scoring import Floats, Scorer

SPEECH = frozenset({"direct", "mixed"})
NOT_SPEECH = Attribution(mention=None, cue=None, addressee=None, probability=1.0, method="not_speech")
CERTAIN = 0.98
"""How sure a turn's label (ROE: I will) or a quote's signature (— Roe) is: as good as certain, but for slips in the marks."""
INTRODUCED = 0.95
"""How sure the source above a colon is: the words below it may be the reporter's own after all."""
METHODS = {"post": "label", "signed": "dash", "block": "colon"}
"""How the page names the source of words, by what sets them apart."""
KEPT = 6
"""Candidates that an attribution carries along, the most probable ones."""


@cache
def packaged_scorer() -> Scorer:
    """The scorer of sources that ships inside the package."""
    return Scorer.load(Path(__file__).parent.parent / "weights" / "attribution.npz")


def attribute(
    doc: Doc,
    quotes: Sequence[FoundQuote],
    mentions: Sequence[Mention],
    pointing: Pointing | None = None,
    *,
    scorer: Scorer | None = None,
) -> list[Attribution]:
    """The attribution of each quote, parallel to `quotes`; quotes of kind `other` have none."""
    scene = set_scene(doc, quotes, mentions)
    order = reporters_own(scene)
    judge = Judge(scene, scorer or packaged_scorer())
    told = {} if pointing is None else pointing.sources
    turns = turn_sources(scene)
    marked = (n for n, quote in enumerate(quotes) if quote.kind in SPEECH and quote.within is None and n not in turns)
    named_by_page = turns | {n: signed(n, scene) for n in marked}

    def rank(number: int, previous: int | None) -> list[Candidate] | None:
        quote = quotes[number]
        if quote.kind not in SPEECH or quote.within is not None:
            return None
        if (named := named_by_page[number]) is not None:
            return [Candidate(named[0], INTRODUCED if quote.form == "block" else CERTAIN)]
        candidates = with_previous(candidates_of(number, quotes, mentions, scene.line, order), previous)
        probabilities = judge.probabilities(number, candidates, previous)
        if number in told:
            probabilities = mixed(probabilities, masses(candidates, mentions, told[number]), packaged_mix())
        ranked = sorted(
            (Candidate(mention, float(p)) for mention, p in zip([*candidates, None], probabilities, strict=True)),
            key=lambda candidate: -candidate.probability,
        )
        return relayed(number, ranked, candidates, scene)

    found: list[Attribution] = []
    previous: int | None = None
    for number, (quote, choice) in enumerate(zip(quotes, decode(len(quotes), rank), strict=True)):
        if choice is not None:
            found.append(attribution_of(number, choice, scene, previous, named_by_page[number]))
            previous = previous if choice.mention is None else choice.mention
        elif quote.kind in SPEECH and quote.within is not None:
            found.append(attribute_nested(quote, quotes[quote.within], mentions, scene.line))
        else:
            found.append(NOT_SPEECH)
    for number, attribution in enumerate(found):
        if (mention := whose_turn(number, found, scene)) is not None:
            found[number] = replace(attribution, mention=mention, candidates=(Candidate(mention, attribution.probability),))
    return found


def signed(number: int, scene: Scene) -> tuple[int | None, str] | None:
    """The mention that the page itself sets beside a quote as its source, and how: markup, label, signature, claim, *with those words*.

    Words that the page sets apart have no other source: nobody where it names none.
    """
    quote = scene.quotes[number]
    if quote.form in METHODS:
        return at_source(quote, scene.mentions, scene.line), METHODS[quote.form]
    named = [(i, "cite") for i in cited(quote, scene.mentions, scene.line)]
    named += [(i, "label") for i in labels(number, scene.mentions, quote, scene.line)]
    named += [(i, "dash") for i in signatures(number, scene.mentions, scene.line)]
    named += [(i, "colon") for i in headed(number, scene.mentions, scene.line)]
    named += [(i, "according_to") for i in worded(number, scene.mentions, scene.line)]
    named += [(i, "cue") for i in inserted(number, scene.mentions, scene.line)]
    named += [(i, "context") for i in closed(number, scene.mentions, scene.line)]
    named += [(i, "cue") for i in claimed(number, scene.mentions, scene.line)]
    return named[0] if named else None


def masses(candidates: Sequence[int], mentions: Sequence[Mention], told: Source) -> Floats:
    """What the encoder gives to each candidate and, last, to nobody."""
    found = [
        sum(told.tokens.get(token, 0.0) for token in {mentions[i].head, *range(mentions[i].start, mentions[i].end)}) for i in candidates
    ]
    return np.array([*found, told.nobody], dtype=np.float32)


def relayed(number: int, ranked: list[Candidate], candidates: Sequence[int], scene: Scene) -> list[Candidate]:
    """The ranking with the one in front whose words the most probable candidate only passes on, or whom the quote's own sentence names.

    The two change places.
    """
    best = ranked[0].mention
    if best is None:
        return ranked
    source = passed_on(number, best, candidates, scene)
    if source is None:
        source = adjoined(number, best, candidates, scene)
    if source is None:
        source = name_behind(best, candidates, scene)
    if source is None:
        return ranked
    swapped: dict[int | None, int] = {best: source, source: best}
    return [Candidate(swapped.get(candidate.mention, candidate.mention), candidate.probability) for candidate in ranked]


def reporters_own(scene: Scene) -> list[int]:
    """Positions of the mentions outside all quotes, sorted by their place on the line."""
    own = [i for i, mention in enumerate(scene.mentions) if mention.quote is None]
    return sorted(own, key=lambda i: scene.line.place[scene.mentions[i].head])


def with_previous(candidates: list[int], previous: int | None) -> list[int]:
    """The candidates and, however far away, the source of the quote before."""
    return candidates if previous is None or previous in candidates else [previous, *candidates]


def attribution_of(number: int, choice: Choice, scene: Scene, previous: int | None, named: tuple[int | None, str] | None) -> Attribution:
    """The chosen candidate with its cue, its addressee and how it was found."""
    best, kept = choice.ranked[choice.taken], tuple(choice.ranked[:KEPT])
    if best.mention is None:
        return Attribution(None, None, None, best.probability, "unattributed", kept)
    if named is not None and named[1] != "cue":
        return Attribution(
            best.mention, colon_before(number, scene) if named[1] == "colon" else None, None, best.probability, named[1], kept
        )
    mention = scene.mentions[best.mention]
    method, cue = cue_of(number, mention, scene)
    if named is not None and cue is not None:
        method = "cue"
    if method == "context" and previous is not None and best.mention == previous:
        method = "continuation"
    addressee = addressee_of(cue, mention, scene.mentions, scene.line.doc) if cue and method == "cue" else None
    return Attribution(best.mention, cue, addressee, best.probability, method, kept)


def colon_before(number: int, scene: Scene) -> tuple[int, int] | None:
    """The colon right before a quote; the `>` of Markdown may stand between them."""
    place = scene.line.stretches[number][0] - 1
    while scene.line.word(place) == ">":
        place -= 1
    if scene.line.word(place) != ":":
        return None
    token = scene.line.items[place].token
    return token, token + 1
