"""Attribution of reports: the mention that is the head of the source, and the reporting word of the cue."""

from bisect import bisect_left
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from quoteapi.attribution.addressees import addressee_of
from quoteapi.attribution.resolver import NOT_SPEECH
from quoteapi.findings import Attribution, Candidate, Mention
from quoteapi.quotes.reporting import is_reporting
from quoteapi.reports.finder import Report, Tokens

COREFERENT_RELATIONS = frozenset({"appos", "flat", "conj"})
"""Dependency labels of a word that refers to the same entity as its head, or to one more."""

MAX_APPOSITION_GAP = 4
"""Number of tokens after a source among which a name in apposition to it may begin."""
REACH = 40
"""Number of tokens before a source among which a mention that extends into it may begin."""


def attribute_reports(doc: Doc, reports: Sequence[Report], mentions: Sequence[Mention]) -> list[Attribution]:
    """Returns the attribution of each report, parallel to `reports`."""
    return [attribution_of(doc, report, mentions) for report in reports]


def attribution_of(doc: Doc, report: Report, mentions: Sequence[Mention]) -> Attribution:
    """Returns a report's mention, cue and addressee; no mention if the source is not a mention, and no source for what was not said."""
    if report.quote.kind == "other":
        return NOT_SPEECH
    source = None if report.source is None else source_mention(doc, report.source, mentions)
    cue = None if report.cue is None else reporting_word(doc, report.cue)
    if source is None:
        probability = report.probability if report.source is None else 1 - report.probability
        return Attribution(None, cue, None, probability, "unattributed", (Candidate(None, probability),))
    verb = cue is not None and doc[cue[0]].pos_ in {"VERB", "AUX"}
    return Attribution(
        mention=source,
        cue=cue,
        addressee=addressee_of(cue, mentions[source], mentions, doc) if cue is not None and verb else None,
        probability=report.probability,
        method=method_of(doc, cue),
        candidates=(Candidate(source, report.probability), Candidate(None, 1 - report.probability)),
    )


def method_of(doc: Doc, cue: Tokens | None) -> str:
    """Returns the method by which a report is attributed to its source."""
    if cue is None:
        return "context"
    words = doc[cue[0] : cue[1]].text.lower()
    return "according_to" if words.startswith("according") else "colon" if words == ":" else "cue"


def source_mention(doc: Doc, source: Tokens, mentions: Sequence[Mention]) -> int | None:
    """Returns the index of the mention outside quotes with the head of a source; a name takes precedence. None if there is none.

    For *Acme's harbour master, Jane Roe,* that is Jane Roe.
    """
    start, end = source
    if doc[start].dep_ == "det" and doc[start].head.i >= end:
        return None  # by [some] accounts
    near = range(
        bisect_left(mentions, start - REACH, key=lambda mention: mention.start),
        bisect_left(mentions, end + MAX_APPOSITION_GAP, key=lambda mention: mention.start),
    )
    own = [i for i in near if mentions[i].quote is None and start < mentions[i].end]
    heads = {token.i for token in doc[start:end] if token.head.i == token.i or not start <= token.head.i < end}
    heads |= {child.i for i in heads for child in doc[i].children if child.dep_ in COREFERENT_RELATIONS and start <= child.i < end}
    fitting = [i for i in own if mentions[i].head in heads or heads & set(range(mentions[i].start, mentions[i].end))]
    return next((i for i in fitting if mentions[i].form == "name"), next(iter(fitting), None))


def reporting_word(doc: Doc, cue: Tokens) -> Tokens:
    """Returns the verb of a cue, preferably a reporting verb (said, in *said on Friday*); the whole cue if it has none (according to)."""
    verbs = [token for token in doc[cue[0] : cue[1]] if token.pos_ == "VERB"]
    chosen: Token | None = next((token for token in verbs if is_reporting(token)), next(iter(verbs), None))
    return cue if chosen is None or doc[cue[0]].lower_ == "according" else (chosen.i, chosen.i + 1)
