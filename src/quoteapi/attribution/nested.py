"""Quotes within quotes: their source is named by the one who is quoted, not by the reporter."""

from collections.abc import Sequence

from quoteapi.attribution.addressees import addressee_of
from quoteapi.attribution.scene import SUBJECTS
from quoteapi.findings import Attribution, FoundQuote, Mention
from quoteapi.quotes.line import Line
from quoteapi.quotes.reporting import nested_verb

SURE = 0.8
"""How often the subject of the verb beside a quote within a quote is its source; a guess, the corpora mark no such quotes."""


def attribute_nested(quote: FoundQuote, holder: FoundQuote, mentions: Sequence[Mention], line: Line) -> Attribution:
    """The source is the subject of the reporting verb beside the quote, in the holder's words; nobody where there is none."""
    verb = nested_verb(line.doc, quote, holder)
    nobody = Attribution(None, None, None, SURE, "unattributed")
    if verb is None:
        return nobody
    for number, mention in enumerate(mentions):
        head = line.doc[mention.head]
        if mention.quote is not None and head.head.i == verb.i and head.dep_ in SUBJECTS:
            cue = (verb.i, verb.i + 1)
            return Attribution(number, cue, addressee_of(cue, mention, mentions, line.doc), SURE, "cue")
    return nobody
