"""The attribution's training: decisions from PolNeAR for the scorer of sources and the scorer of kinds."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np
import structlog
from msgspec import Struct
from spacy.language import Language
from spacy.tokens import Doc

from quoteapi.attribution.candidates import candidates_of
from quoteapi.attribution.judging import bags_of
from quoteapi.attribution.resolver import masses, reporters_own, with_previous
from quoteapi.attribution.scene import set_scene
from quoteapi.encoder import Encoder, point
from quoteapi.engine import encoder_of
from quoteapi.errors import QuoteapiError
from quoteapi.findings import Chars, FoundQuote, Mention
from quoteapi.mentions import find_mentions
from quoteapi.mixing import Mixes
from quoteapi.quotes import find_quotes
from quoteapi.quotes.kinds import kind_bags
from quoteapi.quotes.line import read_line
from quoteapi.scoring import Scorer
from quoteapi.text import Reading, read
from quoteapi.training.mixing import Judged, fit_mix
from quoteapi.training.polnear import Annotated, Attributed, articles, fitted_on, held_out, share
from quoteapi.training.scorer import Decision, Settings, fit_scorer

COVERED = 0.8
"""The share of a quote that an attribution's content covers, as PolNeAR's benchmark asks."""

log = structlog.get_logger()


class NothingToLearnError(QuoteapiError):
    """The articles give a scorer no decision, as where the pipeline finds no mention of any source."""

    def __init__(self, scorer: str) -> None:
        super().__init__(f"Nothing to fit the scorer {scorer!r} on: the pipeline finds no source of a quote in the articles.")


class Read(Struct, frozen=True):
    """An annotated article as the stages see it; `places` is where each token stands in the raw text."""

    reading: Reading
    article: Annotated
    doc: Doc
    quotes: list[FoundQuote]
    places: list[Chars]


def read_articles(nlp: Language, found: Sequence[Annotated]) -> Iterator[Read]:
    """The articles with their documents and quotes."""
    readings = [read(article.text) for article in found]
    for reading, article, doc in zip(readings, found, nlp.pipe(reading.text for reading in readings), strict=True):
        yield as_read(reading, article, doc)


def as_read(reading: Reading, article: Annotated, doc: Doc) -> Read:
    """An article with its quotes and the places of its tokens."""
    places = [reading.to_source(token.idx, token.idx + len(token)) for token in doc]
    return Read(reading, article, doc, find_quotes(reading.text), places)


def attribution_of(quote: FoundQuote, case: Read) -> Attributed | None:
    """The attribution whose content holds the quote's first span; one with a source before one without."""
    span = case.reading.to_source(*quote.spans[0])
    holding = [a for a in case.article.attributions if share(span, a.content) >= COVERED]
    return max(holding, key=lambda a: bool(a.source), default=None)


class SourceQuestion(Struct, frozen=True):
    """Who is the source of a quote: its candidates, and which are right, nobody last; none of them where the source is no candidate."""

    number: int
    candidates: list[int]
    bags: list[list[str]]
    right: list[bool]


def source_questions(case: Read, mentions: Sequence[Mention]) -> Iterator[SourceQuestion]:
    """A question for each quote that is speech; a candidate is right where it overlaps the annotated source."""
    scene = set_scene(case.doc, case.quotes, mentions)
    order = reporters_own(scene)
    previous: int | None = None
    for number, quote in enumerate(case.quotes):
        attribution = attribution_of(quote, case)
        if attribution is None or quote.within is not None:
            continue
        candidates = with_previous(candidates_of(number, case.quotes, mentions, scene.line, order), previous)
        right = right_mentions(candidates, attribution, mentions, case)
        best = best_mention(candidates, right, mentions)
        yield SourceQuestion(number, candidates, bags_of(number, candidates, scene, previous), [*right, not attribution.source])
        previous = best if best is not None else previous


def source_decisions(case: Read) -> Iterator[Decision]:
    """The questions that have an answer."""
    for question in source_questions(case, find_mentions(case.doc, case.quotes)):
        if any(question.right):
            yield Decision(question.bags, question.right)


def right_mentions(candidates: Sequence[int], attribution: Attributed, mentions: Sequence[Mention], case: Read) -> list[bool]:
    """Which candidates are the annotated source: those that its words hang on, not the bodies and people that they only bring in.

    Of *White House press secretary Jane Roe* that is Jane Roe, not the White House. Where the parse shows none, all that stand inside.
    """
    inside = [stands_in(mentions[i], attribution, case) for i in candidates]
    heads = source_heads(attribution, case)
    exact = [held and mentions[i].head in heads for i, held in zip(candidates, inside, strict=True)]
    return exact if any(exact) else inside


def stands_in(mention: Mention, attribution: Attributed, case: Read) -> bool:
    """Whether the head of a mention stands in the annotated source."""
    start, end = case.places[mention.head]
    return any(start < b and a < end for a, b in attribution.source)


def source_heads(attribution: Attributed, case: Read) -> set[int]:
    """The tokens that the words of a source hang on, with what is joined to them by apposition, name or coordination."""
    held = {i for i, (start, end) in enumerate(case.places) if any(start < b and a < end for a, b in attribution.source)}
    heads = set()
    for i in held:
        token = case.doc[i]
        if token.head.i == i or token.head.i not in held:
            heads.add(i)
            heads.update(child.i for child in token.children if child.dep_ in {"appos", "flat", "conj"} and child.i in held)
    return heads


def best_mention(candidates: Sequence[int], right: Sequence[bool], mentions: Sequence[Mention]) -> int | None:
    """Of the right candidates a name, or else the first one."""
    fitting = [i for i, fits in zip(candidates, right, strict=True) if fits]
    return next((i for i in fitting if mentions[i].form == "name"), next(iter(fitting), None))


def kind_decisions(case: Read) -> Iterator[Decision]:
    """A decision for each quote: speech, or words in marks that are nobody's."""
    for number, bags in enumerate(kind_bags(read_line(case.doc, case.quotes), case.quotes)):
        if case.quotes[number].within is not None:
            continue
        speech = attribution_of(case.quotes[number], case) is not None
        yield Decision(bags, [speech, not speech])


def train_attribution(nlp: Language, data: Path, output: Path) -> None:
    """Fits both scorers and how they mix with the encoder, and writes them to `output` (`attribution.npz`, `kinds.npz`, `mixes.json`).

    Raises:
        NothingToLearnError: The articles give a scorer no decision.
    """
    found = list(articles(data / "polnear" / "train"))
    fitted, unseen = list(read_articles(nlp, fitted_on(found))), list(read_articles(nlp, held_out(found)))
    log.info("articles read", fit=len(fitted), held_out=len(unseen))
    makers: dict[str, Callable[[Read], Iterator[Decision]]] = {"attribution": source_decisions, "kinds": kind_decisions}
    settings = {"attribution": Settings(), "kinds": Settings(drop=0.5, epochs=6, rate=0.002, rare=6)}
    scorers: dict[str, Scorer] = {}
    for name, decisions in makers.items():
        own, others = ([decision for case in cases for decision in decisions(case)] for cases in (fitted, unseen))
        if not own:
            raise NothingToLearnError(name)
        log.info("decisions", scorer=name, fit=len(own), held_out=len(others))
        scorers[name] = fit_scorer(own, others, settings=settings[name])
        scorers[name].save(output / f"{name}.npz")
    sources, speech = judged(unseen, encoder_of(nlp), scorers["attribution"], scorers["kinds"])
    mixes = Mixes(sources=fit_mix(sources, name="sources"), speech=fit_mix(speech, name="speech"))
    (output / "mixes.json").write_bytes(msgspec.json.encode(mixes))


def judged(cases: Sequence[Read], encoder: Encoder, sources: Scorer, kinds: Scorer) -> tuple[list[Judged], list[Judged]]:
    """What the scorers and the encoder say of the articles' quotes: of their sources, and whether they are speech."""
    whose: list[Judged] = []
    speech: list[Judged] = []
    for case in cases:
        told = point(case.doc, case.quotes, encoder).sources
        mentions = find_mentions(case.doc, case.quotes)
        whose += [
            Judged(sources.choice(q.bags), masses(q.candidates, mentions, told[q.number]), q.right)
            for q in source_questions(case, mentions)
            if any(q.right) and q.number in told
        ]
        own = [number for number, quote in enumerate(case.quotes) if quote.within is None]
        speech += [
            Judged(kinds.choice(decision.bags), np.array([told[n].speech, 1 - told[n].speech], dtype=np.float32), decision.right)
            for n, decision in zip(own, kind_decisions(case), strict=True)
            if n in told
        ]
    return whose, speech
