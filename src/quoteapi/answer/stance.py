"""Stance: whether the source affirms the content, denies it, or asks.

The verb that attributes the content decides, or the verb that governs the attributing noun (denied that …, rejected claims that …).
Complete quotes are the source's own statements, whatever the verb (“I never did,” he denied).
"""

from spacy.tokens import Doc, Token

from quoteapi.findings import Chars, FoundQuote
from quoteapi.knowledge import meanings
from quoteapi.structs import Stance

COMPLEMENTIZERS = frozenset({"whether", "if"})
"""Words that open a content which the source leaves open (refused to say whether …)."""


def stance_of(doc: Doc, quote: FoundQuote, cue: Chars | None) -> Stance:
    """Returns the source's stance on a quote.

    Args:
        doc: The article.
        quote: The quote.
        cue: The half-open token span of its cue.
    """
    words = doc.char_span(quote.spans[0][0], quote.spans[-1][1], alignment_mode="expand")
    if words is None:
        return "affirms"
    asked = words.text.rstrip().endswith("?")
    if quote.kind == "direct" or cue is None:
        return "asks" if asked else "affirms"
    stances = meanings("stances").get(cue_verb(doc[cue[0]]).lemma_.lower(), ())
    opened = quote.kind == "indirect" and bool({words[0].lower_, doc[max(0, words.start - 1)].lower_} & COMPLEMENTIZERS)
    if asked or opened or "asks" in stances:
        return "asks"
    return "denies" if "denies" in stances else "affirms"


def cue_verb(cue: Token) -> Token:
    """Returns the cue if it is a verb, or the verb that governs it if it is a noun (rejected [claims])."""
    return cue.head if cue.pos_ == "NOUN" else cue
