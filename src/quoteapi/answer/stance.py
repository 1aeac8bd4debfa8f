"""Stance: whether the source holds what is reported to be so, holds it not to be so, or asks.

What counts is the verb that hands the content over, or that governs the noun which does (denied that …, rejected claims that …). Words
between marks that stand by themselves are the source's own, whatever the verb (“I never did,” he denied).
"""

from spacy.tokens import Doc, Token

from quoteapi.findings import Chars, FoundQuote
from quoteapi.knowledge import meanings
from quoteapi.structs import Stance

OPEN = frozenset({"whether", "if"})
"""Words that open a content which the source leaves open (refused to say whether …)."""


def stance_of(doc: Doc, quote: FoundQuote, cue: Chars | None) -> Stance:
    """The source's stance on a quote.

    Args:
        doc: The article.
        quote: The quote.
        cue: The tokens by which it is handed over, half-open.
    """
    words = doc.char_span(quote.spans[0][0], quote.spans[-1][1], alignment_mode="expand")
    if words is None:
        return "affirms"
    asked = words.text.rstrip().endswith("?")
    if quote.kind == "direct" or cue is None:
        return "asks" if asked else "affirms"
    told = meanings("stances").get(handing(doc[cue[0]]).lemma_.lower(), ())
    opened = quote.kind == "indirect" and bool({words[0].lower_, doc[max(0, words.start - 1)].lower_} & OPEN)
    if asked or opened or "asks" in told:
        return "asks"
    return "denies" if "denies" in told else "affirms"


def handing(cue: Token) -> Token:
    """The verb that a cue is, or that governs the noun which it is (rejected [claims])."""
    return cue.head if cue.pos_ == "NOUN" else cue
