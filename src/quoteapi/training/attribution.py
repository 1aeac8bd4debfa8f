"""The attribution's training: decisions from PolNeAR for the scorer of sources."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
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
from quoteapi.quotes import find_quotes
from quoteapi.scoring import Scorer
from quoteapi.text import Reading, read
from quoteapi.training.mixing import Judged, fit_mix
from quoteapi.training.polnear import Annotated, Attributed, articles, fitted_on, held_out, share
from quoteapi.training.scorer import Decision, Settings, fit_scorer

COVERED = 0.8
"""The share of a quote that an attribution's content covers, as PolNeAR's benchmark asks."""

log = structlog.get_logger()


class NothingToLearnError(QuoteapiError):
    """The articles give the scorer no decision, as where the pipeline finds no mention of any source."""

    def __init__(self) -> None:
        super().__init__("Nothing to fit the scorer on: the pipeline finds no source of a quote in the articles.")


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


def train_attribution(nlp: Language, data: Path, output: Path) -> None:
    """Fits the scorer and how it mixes with the encoder, and writes both to `output` (`attribution.npz`, `mix.json`).

    Raises:
        NothingToLearnError: The articles give the scorer no decision.
    """
    found = list(articles(data / "polnear" / "train"))
    fitted, unseen = list(read_articles(nlp, fitted_on(found))), list(read_articles(nlp, held_out(found)))
    log.info("articles read", fit=len(fitted), held_out=len(unseen))
    own, others = ([decision for case in cases for decision in source_decisions(case)] for cases in (fitted, unseen))
    if not own:
        raise NothingToLearnError
    log.info("decisions", fit=len(own), held_out=len(others))
    scorer = fit_scorer(own, others, settings=Settings())
    scorer.save(output / "attribution.npz")
    mix = fit_mix(judged(unseen, encoder_of(nlp), scorer), name="sources")
    (output / "mix.json").write_bytes(msgspec.json.encode(mix))


def judged(cases: Sequence[Read], encoder: Encoder, scorer: Scorer) -> list[Judged]:
    """What the scorer and the encoder say of the sources of the articles' quotes."""
    whose: list[Judged] = []
    for case in cases:
        told = point(case.doc, case.quotes, encoder).sources
        mentions = find_mentions(case.doc, case.quotes)
        whose += [
            Judged(scorer.choice(q.bags), masses(q.candidates, mentions, told[q.number]), q.right)
            for q in source_questions(case, mentions)
            if any(q.right) and q.number in told
        ]
    return whose
