"""Kinds: whether words between marks are speech, direct or mixed, and otherwise why they are not.

The encoder classifies them; it was trained on annotated news articles. Rules override it: quotes set off by layout are speech, and
cross-headings are not; words that a reporting verb denies or supposes are not; a nested quote depends on the verb beside it.
"""

from collections.abc import Sequence

from msgspec.structs import replace
from spacy.tokens import Doc

from quoteapi.encoder import Pointing, Source
from quoteapi.encoder.kinds import KINDS, REASONS, SPEECH
from quoteapi.findings import FoundQuote
from quoteapi.quotes.modality import modality_of, modality_of_words
from quoteapi.quotes.reporter_line import DASHES, ReporterLine, reporter_line_of
from quoteapi.quotes.reporting import nested_verb
from quoteapi.structs import Kind, Modality, Reason

SPEECH_THRESHOLD = 0.5
"""Minimum probability of speech for words between marks to count as speech; chosen on annotated development articles."""
NON_SPEECH_REASONS: dict[Modality, Reason] = {"denied": "negated", "hypothetical": "hypothetical"}
"""Reasons why words that a reporting verb introduces are still not speech."""
MODALITIES: dict[Reason, Modality] = {reason: modality for modality, reason in NON_SPEECH_REASONS.items()}


def classify_quotes(doc: Doc, quotes: Sequence[FoundQuote], pointing: Pointing) -> list[FoundQuote]:
    """Returns the same quotes with kinds, modalities and reasons; `pointing` is the encoder's output for them."""
    line = reporter_line_of(doc, quotes)
    classified = []
    for number, quote in enumerate(quotes):
        source = pointing.sources.get(number)
        if quote.form != "marks":
            classified.append(quote)
        elif quote.within is not None:
            classified.append(classify_nested(doc, quote, quotes[quote.within], source))
        elif quote.source is None and stands_in_heading(line, number):
            classified.append(as_non_speech(quote, "headline"))
        else:
            classified.append(classify_in_sentence(quote, number, line, source))
    return classified


def classify_in_sentence(quote: FoundQuote, number: int, line: ReporterLine, source: Source | None) -> FoundQuote:
    """Classifies a quote in the reporter's own sentence, or on a line of its own."""
    speech = quote.source is not None or source is None or source.speech >= SPEECH_THRESHOLD
    words = line.doc.char_span(quote.start, quote.end, alignment_mode="expand")
    modality = modality_of_words(line, number, words, adjacent_only=not speech)
    if modality != "asserted":
        return as_non_speech(quote, NON_SPEECH_REASONS[modality])
    return replace(quote, kind=kind_of_speech(source)) if speech or source is None else as_non_speech(quote, likeliest_reason(source))


def classify_nested(doc: Doc, quote: FoundQuote, holder: FoundQuote, source: Source | None) -> FoundQuote:
    """Classifies a quote inside another: speech if a verb beside it asserts that it was said."""
    verb = nested_verb(doc, quote, holder)
    if verb is None:
        return as_non_speech(quote, "unclear")
    modality = modality_of(verb)
    return replace(quote, kind=kind_of_speech(source)) if modality == "asserted" else as_non_speech(quote, NON_SPEECH_REASONS[modality])


def as_non_speech(quote: FoundQuote, reason: Reason) -> FoundQuote:
    """Returns a quote as not speech, for a reason."""
    return replace(quote, kind="other", modality=MODALITIES.get(reason, "asserted"), reason=reason)


def likeliest_reason(source: Source) -> Reason:
    """Returns the reason with the highest probability."""
    _, reason = max(zip(source.kinds[len(SPEECH) :], REASONS, strict=True))
    return reason


def stands_in_heading(line: ReporterLine, number: int) -> bool:
    """Whether a quote stands in a cross-heading between dashes (– A ‘lost’ harbour? –)."""
    first, last = line.stretches[number][0], line.stretches[number][-1]
    start, end = line.paragraph_start(first), line.paragraph_end(last)
    return start < first and last < end - 1 and line.word(start) in DASHES and line.word(end - 1) in DASHES


def kind_of_speech(source: Source | None) -> Kind:
    """Returns whether speech stands by itself or is a fragment in the reporter's sentence."""
    return "direct" if source is None or source.kinds[KINDS.index("direct")] >= source.kinds[KINDS.index("mixed")] else "mixed"
