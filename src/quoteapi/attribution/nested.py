"""Nested quotes: quotes inside quotes, whose source is named by the speaker of the outer quote, not by the reporter."""

from collections.abc import Sequence

from quoteapi.attribution.addressees import addressee_of
from quoteapi.attribution.context import SUBJECTS
from quoteapi.findings import Attribution, FoundQuote, Mention
from quoteapi.quotes.reporter_line import ReporterLine
from quoteapi.quotes.reporting import nested_verb

NESTED_PROBABILITY = 0.8
"""Probability that the subject of the verb beside a nested quote is its source: a guess, since the corpora do not annotate such quotes."""


def attribute_nested(quote: FoundQuote, holder: FoundQuote, mentions: Sequence[Mention], line: ReporterLine) -> Attribution:
    """Attributes a nested quote to the subject of the reporting verb beside it in the outer quote; to nobody if there is none."""
    verb = nested_verb(line.doc, quote, holder)
    nobody = Attribution(None, None, None, NESTED_PROBABILITY, "unattributed")
    if verb is None:
        return nobody
    for number, mention in enumerate(mentions):
        head = line.doc[mention.head]
        if mention.quote is not None and head.head.i == verb.i and head.dep_ in SUBJECTS:
            cue = (verb.i, verb.i + 1)
            return Attribution(number, cue, addressee_of(cue, mention, mentions, line.doc), NESTED_PROBABILITY, "cue")
    return nobody
