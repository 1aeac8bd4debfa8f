"""The resolver: attributes each quote to the source that the page names, or else to the one that the encoder points to."""

from collections.abc import Mapping, Sequence

from spacy.tokens import Doc

from quoteapi.attribution.addressees import addressee_of
from quoteapi.attribution.context import AttributionContext
from quoteapi.attribution.cues import cue_of
from quoteapi.attribution.nested import attribute_nested
from quoteapi.attribution.signatures import cited_sources, named_in_heading, signatures, source_mention, transcript_labels
from quoteapi.attribution.turns import turn_sources
from quoteapi.encoder import Pointing, Source
from quoteapi.encoder.probabilities import sum_by_key
from quoteapi.findings import Attribution, Candidate, FoundQuote, Mention
from quoteapi.quotes.reporter_line import reporter_line_of

SPEECH = frozenset({"direct", "mixed"})
NOT_SPEECH = Attribution(mention=None, cue=None, addressee=None, probability=1.0, method="not_speech")
CERTAIN = 0.98
"""Probability of the source in a turn's label (ROE: I will) or a quote's signature (— Roe): near 1, except for errors in the marks."""
INTRODUCED = 0.95
"""Probability of the source before a colon: the words below it may be the reporter's own."""
METHODS = {"post": "label", "signed": "dash", "block": "colon"}
"""Method of attribution for words set off by the layout, by their form."""
MIN_HEAD_SHARE = 0.02
"""Minimum probability of a phrase's head, as a share of that of a name inside it, for the phrase to be meant; otherwise it is almost 0."""
MAX_CANDIDATES = 6
"""Maximum number of candidates in an attribution, the most probable ones."""


def attribute(doc: Doc, quotes: Sequence[FoundQuote], mentions: Sequence[Mention], pointing: Pointing | None = None) -> list[Attribution]:
    """Returns the attribution of each quote, parallel to `quotes`; quotes of kind `other` have no source.

    Args:
        doc: The article.
        quotes: Its quotes, with their kinds.
        mentions: Its mentions.
        pointing: What the encoder predicts about sources; if None, only sources named by the page or in an outer quote are found.
    """
    context = AttributionContext(reporter_line_of(doc, quotes), quotes, mentions)
    sources = {} if pointing is None else pointing.sources
    mention_at = innermost(mentions)
    turns = turn_sources(context)
    found: list[Attribution] = []
    previous: int | None = None
    for number, quote in enumerate(quotes):
        if quote.kind not in SPEECH:
            found.append(NOT_SPEECH)
        elif quote.within is not None:
            found.append(attribute_nested(quote, quotes[quote.within], mentions, context.line))
        else:
            named = turns[number] if number in turns else page_source(number, context)
            if named is not None:
                candidates = [Candidate(named[0], INTRODUCED if quote.form == "block" else CERTAIN)]
            else:
                candidates = ranked(sources.get(number), mention_at, mentions)
            found.append(attribution_of(number, candidates, context, previous, named))
            previous = previous if found[-1].mention is None else found[-1].mention
    return found


def innermost(mentions: Sequence[Mention]) -> dict[int, int]:
    """Maps each token to the shortest mention outside quotes that contains it."""
    own = [i for i, mention in enumerate(mentions) if mention.quote is None]
    own.sort(key=lambda i: mentions[i].start - mentions[i].end)
    return {token: i for i in own for token in (mentions[i].head, *range(mentions[i].start, mentions[i].end))}


def ranked(source: Source | None, mention_at: Mapping[int, int], mentions: Sequence[Mention]) -> list[Candidate]:
    """Returns the mentions that the encoder points to, and nobody, by descending probability; tokens outside mentions are disregarded."""
    if source is None:
        return [Candidate(None, 1.0)]
    summed = sum_by_key((mention_at[token], probability) for token, probability in source.tokens.items() if token in mention_at)
    total = source.nobody + sum(summed.values())
    found = [
        Candidate(mention, probability / total) for mention, probability in with_whole_phrases(summed, mentions, source.tokens).items()
    ]
    return sorted([Candidate(None, source.nobody / total), *found], key=lambda one: -one.probability)


def with_whole_phrases(probabilities: Mapping[int, float], mentions: Sequence[Mention], tokens: Mapping[int, float]) -> dict[int, float]:
    """Moves the probability of a name inside a phrase to the phrase if its head has some, too (Roe in *Roe's campaign*)."""
    found = dict(probabilities)
    for inner in sorted(probabilities, key=lambda i: mentions[i].end - mentions[i].start):
        name = mentions[inner]
        for outer in probabilities:
            phrase = mentions[outer]
            longer = phrase.end - phrase.start > name.end - name.start
            holds = longer and phrase.start <= name.start and name.end <= phrase.end and phrase.head != name.head
            if holds and tokens.get(phrase.head, 0.0) >= MIN_HEAD_SHARE * probabilities[inner]:
                found[outer] += found.pop(inner)
                break
    return found


def page_source(number: int, context: AttributionContext) -> tuple[int | None, str] | None:
    """Returns the mention that the page itself gives as a quote's source, and the method: markup, label, signature, a name above it.

    Words that the layout sets off can have no other source: nobody if it names none.
    """
    quote = context.quotes[number]
    if quote.form in METHODS:
        return source_mention(quote, context.mentions, context.line), METHODS[quote.form]
    named = [(i, "cite") for i in cited_sources(quote, context.mentions, context.line)]
    named += [(i, "label") for i in transcript_labels(number, context.mentions, quote, context.line)]
    named += [(i, "dash") for i in signatures(number, context.mentions, context.line)]
    named += [(i, "colon") for i in named_in_heading(number, context.mentions, context.line)]
    return named[0] if named else None


def attribution_of(
    number: int, candidates: Sequence[Candidate], context: AttributionContext, previous: int | None, named: tuple[int | None, str] | None
) -> Attribution:
    """Returns the attribution to the first candidate, with cue, addressee and method."""
    best, kept = candidates[0], tuple(candidates[:MAX_CANDIDATES])
    if best.mention is None:
        return Attribution(None, None, None, best.probability, "unattributed", kept)
    if named is not None and named[1] != "cue":
        return Attribution(
            best.mention, colon_before(number, context) if named[1] == "colon" else None, None, best.probability, named[1], kept
        )
    mention = context.mentions[best.mention]
    method, cue = cue_of(number, mention, context)
    if named is not None and cue is not None:
        method = "cue"
    if method == "context" and previous is not None and best.mention == previous:
        method = "continuation"
    addressee = addressee_of(cue, mention, context.mentions, context.line.doc) if cue and method == "cue" else None
    return Attribution(best.mention, cue, addressee, best.probability, method, kept)


def colon_before(number: int, context: AttributionContext) -> tuple[int, int] | None:
    """Returns the colon right before a quote; the `>` of Markdown may stand between them."""
    place = context.line.stretches[number][0] - 1
    while context.line.word(place) == ">":
        place -= 1
    if context.line.word(place) != ":":
        return None
    token = context.line.items[place].token
    return token, token + 1
