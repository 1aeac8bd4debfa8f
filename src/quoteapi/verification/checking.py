"""Checking: the steps in order, from a draft and its sources to the result for each quote."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, UnsetType

from quoteapi.errors import DocumentError, QuoteapiError
from quoteapi.structs import Answer, Quote, Span
from quoteapi.text import offset_converter
from quoteapi.verification.alignment import Placement, index_of, placements_of, shingles_of
from quoteapi.verification.comparison import NOWHERE, Compared, Comparison, Difference, Stretch
from quoteapi.verification.sources import Document, read_draft, read_sources
from quoteapi.verification.speakers import AttributedSpeaker, Voices, agreement, checked, shared_speaker, tagged_speaker, voices_of
from quoteapi.verification.streams import Words, searched, wanted_of, words_of
from quoteapi.verification_structs import (
    Change,
    Passage,
    ReadDocument,
    Verification,
    VerificationRequest,
    VerifiedQuote,
)

if TYPE_CHECKING:
    from quoteapi.engine import QuoteEngine

_RANK = {"exact": 0, "styled": 1, "altered": 2, "spliced": 3, "absent": 4}
_ENGLISH = "en"


class _Checked(Struct, frozen=True):
    """The result for a quote, and who says it in the source."""

    compared: Compared
    speaker: AttributedSpeaker | None


def verify(engine: "QuoteEngine", request: VerificationRequest) -> Verification:
    """Checks the quotes of a draft.

    The engine reads a source only if it contains a quote, to find who says it there.

    Args:
        engine: Finds the quotes and their speakers.
        request: The draft and its sources, no two of these with the same id.

    Raises:
        DocumentError: The draft or a source cannot be read, is empty or too long, or the draft is not in English; says which, and why.
    """
    draft = read_draft(request.draft, max_length=engine.max_text_length)
    documents = read_sources(request.sources, max_length=engine.max_text_length)
    answer = _extracted(engine, draft, request.draft.language)
    is_word = engine.encoder.cutter.is_word
    words, sources = words_of(draft, is_word), [words_of(document, is_word) for document in documents]
    voices = voices_of(answer)
    checker = _Checker(words, sources, lambda document: voices_of(_extracted(engine, document, _ENGLISH)))
    results = checker.check(answer.quotes, voices)
    writer = _Writer(request, words, sources)
    return Verification(
        offset_unit=request.offset_unit,
        quotes=[writer.quote(quote, result, voices.speaker_of(quote)) for quote, result in zip(answer.quotes, results, strict=True)],
        sources=[ReadDocument(document.id, document.shown) for document in documents],
        engine=answer.engine,
        text=draft.shown,
    )


def _extracted(engine: "QuoteEngine", document: Document, language: str | UnsetType) -> Answer:
    """Returns the engine's answer, in code points.

    Raises:
        DocumentError: The engine rejects the document.
    """
    try:
        return engine.extract(document.article(language))
    except QuoteapiError as error:
        raise DocumentError(document.called, document.pointer, error) from None


class _Checker:
    """Checks quotes against sources, each of which is read for its speakers at most once.

    Args:
        draft: The draft.
        sources: The sources.
        listen: Reads a source for its speakers.
    """

    def __init__(self, draft: Words, sources: Sequence[Words], listen: Callable[[Document], Voices]) -> None:
        self.draft = draft
        self.sources = sources
        self.listen = listen
        self.heard: dict[int, Voices] = {}

    def check(self, quotes: Sequence[Quote], voices: Voices) -> list[_Checked]:
        """Returns the result for each quote."""
        vocabulary: dict[str, int] = {}
        wanted = [wanted_of(quote, self.draft, vocabulary) for quote in quotes]
        sources = searched(self.sources, vocabulary)
        index = index_of(sources.streams, (gram for one in wanted for _, gram in shingles_of(one)))
        results = []
        for quote, one in zip(quotes, wanted, strict=True):
            comparison = Comparison(one, self.draft, sources, is_whole=quote.kind == "direct")
            placements = placements_of(one, sources.streams, index)
            results.append(self._best(comparison, placements, voices.speaker_of(quote)))
        return results

    def _best(self, comparison: Comparison, placements: Sequence[Placement], speaker: AttributedSpeaker | None) -> _Checked:
        """Returns the best result of several placements: best status, then fewest differences, then the same speaker as in the draft."""
        results = [comparison.compare(placement) for placement in placements]
        if not results:
            return _Checked(NOWHERE, None)
        best = min(_RANK[result.status] for result in results)
        options = [self._heard(result, speaker) for result in results if _RANK[result.status] == best]
        order = {"same": 0, "unknown": 1, "different": 2}
        return min(options, key=lambda option: (len(option.compared.differences), order[agreement(speaker, option.speaker)]))

    def _heard(self, compared: Compared, said: AttributedSpeaker | None) -> _Checked:
        """Adds the speaker in the source to a result; of several speakers, one whom the draft does not name.

        Passages of several speakers are spliced, whatever stands between them.
        """
        if not compared.passages:
            return _Checked(compared, None)
        speakers = [self._speaker_of(passage) for passage in compared.passages]
        if not shared_speaker(speakers):
            compared = Compared("spliced", compared.passages, None, compared.differences)
        named = [speaker for speaker in speakers if speaker is not None]
        others = [speaker for speaker in named if agreement(said, speaker) == "different"]
        return _Checked(compared, next(iter([*others, *named]), None))

    def _speaker_of(self, passage: Stretch) -> AttributedSpeaker | None:
        """Returns who says a passage, by the voice tag of the subtitles, or else by the engine."""
        source = self.sources[passage.source]
        chars = source.chars(passage.first, passage.last)
        if voice := source.document.voice(*chars):
            return tagged_speaker(voice)
        if passage.source not in self.heard:
            self.heard[passage.source] = self.listen(source.document)
        return self.heard[passage.source].speaker_at(*chars)


class _Writer:
    """Converts results to the caller's offsets."""

    def __init__(self, request: VerificationRequest, draft: Words, sources: Sequence[Words]) -> None:
        self.draft = draft
        self.sources = sources
        self.in_draft = offset_converter(draft.document.text, request.offset_unit)
        self.in_source = [offset_converter(source.document.text, request.offset_unit) for source in sources]

    def quote(self, quote: Quote, result: _Checked, speaker: AttributedSpeaker | None) -> VerifiedQuote:
        """Returns a quote with its result."""
        compared = result.compared
        passages = [self.passage(passage) for passage in compared.passages]
        spans = [self.span(span.start, span.end) for span in quote.spans]
        return VerifiedQuote(
            id=quote.id,
            kind=quote.kind,
            text=quote.text,
            start=spans[0].start,
            end=spans[-1].end,
            spans=spans,
            status=compared.status,
            source=passages[0] if passages else None,
            passages=passages,
            nearest=None if compared.nearest is None else self.passage(compared.nearest),
            changes=[self.change(difference) for difference in compared.differences],
            speaker=checked(speaker, result.speaker),
        )

    def change(self, difference: Difference) -> Change:
        """Returns a difference with its words."""
        draft, source = difference.draft, difference.source
        return Change(
            kind=difference.kind,
            draft=None if draft is None else self.span(*self.draft.chars(*draft)),
            source=None if source is None else self.passage(source),
            flags=difference.flags,
        )

    def passage(self, stretch: Stretch) -> Passage:
        """Returns a passage of a source."""
        source, unit = self.sources[stretch.source], self.in_source[stretch.source]
        start, end = source.chars(stretch.first, stretch.last)
        document = source.document
        return Passage(unit(start), unit(end), document.text[start:end], id=document.id, time=document.time(start, end))

    def span(self, start: int, end: int) -> Span:
        """Converts a span of the draft from code points."""
        return Span(self.in_draft(start), self.in_draft(end), self.draft.document.text[start:end])
