"""Kinds: whether marked words are speech, whether the speech stands by itself, and else why they are nobody's.

The encoder tells it, fitted on marked news articles. What the page sets apart is speech; a cross-heading is not; what a verb hands over as
denied or supposed is nobody's; a quote inside another is what a verb beside it makes of it.
"""

from collections.abc import Sequence

from msgspec.structs import replace
from spacy.tokens import Doc

from quoteapi.encoder import Pointing, Source
from quoteapi.encoder.kinds import KINDS, REASONS, SPEECH
from quoteapi.findings import FoundQuote
from quoteapi.quotes.line import DASHES, Line, read_line
from quoteapi.quotes.modality import modality_of, modality_of_words
from quoteapi.quotes.reporting import nested_verb
from quoteapi.structs import Kind, Modality, Reason

SPEECH_FROM = 0.5
"""The probability of speech from which marked words count as such: chosen on marked development articles."""
UNSAID: dict[Modality, Reason] = {"denied": "negated", "hypothetical": "hypothetical"}
"""The reasons of words that a verb of speech hands over and that are nobody's all the same."""
MODALITIES: dict[Reason, Modality] = {reason: modality for modality, reason in UNSAID.items()}


def tell_kinds(doc: Doc, quotes: Sequence[FoundQuote], pointing: Pointing) -> list[FoundQuote]:
    """The same quotes with their kinds, modalities and reasons; `pointing` is what the encoder tells of them."""
    line = read_line(doc, quotes)
    told = []
    for number, quote in enumerate(quotes):
        source = pointing.sources.get(number)
        if quote.form != "marks":
            told.append(quote)
        elif quote.within is not None:
            told.append(nested(doc, quote, quotes[quote.within], source))
        elif quote.source is None and stands_in_heading(line, number):
            told.append(unsaid(quote, "headline"))
        else:
            told.append(in_sentence(quote, number, line, source))
    return told


def in_sentence(quote: FoundQuote, number: int, line: Line, source: Source | None) -> FoundQuote:
    """A quote in the reporter's own sentence, or on a line of its own, with its kind."""
    speech = quote.source is not None or source is None or source.speech >= SPEECH_FROM
    words = line.doc.char_span(quote.start, quote.end, alignment_mode="expand")
    modality = modality_of_words(line, number, words, beside=not speech)
    if modality != "asserted":
        return unsaid(quote, UNSAID[modality])
    return replace(quote, kind=kind_of_speech(source)) if speech or source is None else unsaid(quote, likeliest_reason(source))


def nested(doc: Doc, quote: FoundQuote, holder: FoundQuote, source: Source | None) -> FoundQuote:
    """A quote inside another with its kind: speech where a verb beside it says that it was said."""
    verb = nested_verb(doc, quote, holder)
    if verb is None:
        return unsaid(quote, "unclear")
    modality = modality_of(verb)
    return replace(quote, kind=kind_of_speech(source)) if modality == "asserted" else unsaid(quote, UNSAID[modality])


def unsaid(quote: FoundQuote, reason: Reason) -> FoundQuote:
    """A quote that is nobody's speech."""
    return replace(quote, kind="other", modality=MODALITIES.get(reason, "asserted"), reason=reason)


def likeliest_reason(source: Source) -> Reason:
    """The reason that the encoder gives the highest probability."""
    _, reason = max(zip(source.kinds[len(SPEECH) :], REASONS, strict=True))
    return reason


def stands_in_heading(line: Line, number: int) -> bool:
    """Whether marked words stand in a cross-heading that the page sets between dashes (– A ‘lost’ harbour? –)."""
    first, last = line.stretches[number][0], line.stretches[number][-1]
    start, end = line.paragraph_start(first), line.paragraph_end(last)
    return start < first and last < end - 1 and line.word(start) in DASHES and line.word(end - 1) in DASHES


def kind_of_speech(source: Source | None) -> Kind:
    """Whether speech stands by itself or is a fragment in the reporter's sentence."""
    return "direct" if source is None or source.kinds[KINDS.index("direct")] >= source.kinds[KINDS.index("mixed")] else "mixed"
