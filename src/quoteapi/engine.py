"""The engine: all stages in order, from an article to its answer."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import UNSET
from spacy.language import Language

from quoteapi.answer import Findings, compose
from quoteapi.attribution import attribute
from quoteapi.document import load_pipeline, memory_for
from quoteapi.encoder import Encoder, packaged_encoder, point, set_names
from quoteapi.errors import EmptyTextError, TextTooLongError, UnsupportedIncludeError, UnsupportedLanguageError
from quoteapi.findings import FoundQuote
from quoteapi.mentions import find_mentions
from quoteapi.quotes import find_quotes, with_elements
from quoteapi.quotes.kinds import classify_quotes
from quoteapi.quotes.mark_normalization import with_curly_marks
from quoteapi.quotes.set_off import find_set_off, with_set_off
from quoteapi.quotes.turns import with_turns
from quoteapi.reports import attribute_reports, find_reports
from quoteapi.request import read_people_file
from quoteapi.roles import find_roles
from quoteapi.settings import Model, Settings
from quoteapi.speakers import Authority, join_speakers
from quoteapi.structs import Answer, Article, Include, Person
from quoteapi.text import read
from quoteapi.text.language import foreign_language
from quoteapi.timing import Stopwatch, Timed
from quoteapi.verification.checking import verify
from quoteapi.verification_structs import Verification, VerificationRequest
from quoteapi.web import Page, read_page

REPORTED: Include = "indirect"
"""The part of the answer that not every encoder can produce."""


class QuoteEngine:
    """Reads articles. An engine has its own pipeline; use it in one thread of one process.

    Args:
        pipeline: Path or name of a spaCy pipeline; None is the packaged one.
        model: The encoder's model: `small` is faster, `base` more accurate.
        min_confidence: A quote gets no speaker if its confidence would be lower than this.
        max_text_length: Maximum length of an article, in characters.
        people: A list of people for every article; the article's own list has precedence.
        detect_language: Whether to reject a text that is clearly not English, if the article names no language.

    Raises:
        WeightsMissingError: The pipeline does not exist.
    """

    def __init__(  # noqa: PLR0913 - one parameter per setting
        self,
        pipeline: str | None = None,
        *,
        model: Model = "small",
        min_confidence: float = 0.0,
        max_text_length: int = 200_000,
        people: Sequence[Person] = (),
        detect_language: bool = True,
    ) -> None:
        # This engine checks its own limit, which may be set to any value.
        self.nlp = load_pipeline(pipeline, model=model, max_length=sys.maxsize)
        self.encoder = encoder_of(self.nlp, model)
        self.min_confidence = min_confidence
        self.max_text_length = max_text_length
        self.authority = Authority(people)
        self.detect_language = detect_language

    @classmethod
    def configured(cls, settings: Settings) -> "QuoteEngine":
        """Make an engine from settings.

        Raises:
            WeightsMissingError: The pipeline does not exist.
            PeopleFileError: The file of people cannot be read.
        """
        return cls(
            settings.pipeline,
            model=settings.model,
            min_confidence=settings.min_confidence,
            max_text_length=settings.max_text_length,
            people=() if settings.people is None else read_people_file(Path(settings.people)),
            detect_language=settings.detect_language,
        )

    def extract(self, article: Article) -> Answer:
        """Find the quotes in an article and their speakers.

        Raises:
            EmptyTextError: The text contains only white space.
            HtmlExtraMissingError: It is an HTML page, and the libraries that read pages are not installed.
            UnreadablePageError: It is an HTML page without a main text.
            TextTooLongError: The text has more than `max_text_length` characters.
            UnsupportedIncludeError: The article asks for reported speech, and the pipeline was trained without it.
            UnsupportedLanguageError: The language is not English, or it is not named and the text is clearly in another language.
        """
        return self.extract_timed(article).answer

    def extract_timed(self, article: Article) -> Timed:
        """Like `extract`, which raises the same errors, but also returns the seconds that each stage took."""
        watch = Stopwatch()
        page = read_page(article.text) if article.format == "html" else None
        read_as = article if page is None else msgspec.structs.replace(article, text=page.text)
        self.check(read_as)
        watch.lap("text")
        with memory_for(self.nlp, read_as.text):
            answer = compose(read_as, self.find(read_as, watch, page), min_confidence=self.min_confidence)
        watch.lap("answer")
        return Timed(answer, watch.laps)

    def verify(self, request: VerificationRequest) -> Verification:
        """Check a draft's quotes against its sources.

        Raises:
            DocumentError: The draft or a source cannot be read, is empty or too long, or the draft is not in English; says which, and why.
        """
        return verify(self, request)

    def check(self, article: Article) -> None:
        """Raises the errors of `extract` that can be detected before any work is done."""
        if not article.text.strip():
            raise EmptyTextError
        if len(article.text) > self.max_text_length:
            raise TextTooLongError(length=len(article.text), limit=self.max_text_length)
        if article.language is not UNSET and article.language.replace("_", "-").split("-")[0].lower() != "en":
            raise UnsupportedLanguageError(article.language)
        if REPORTED in article.include and not self.encoder.reads_reports:
            raise UnsupportedIncludeError(REPORTED)

    def check_english(self, text: str, quotes: Sequence[FoundQuote]) -> None:
        """Raises `UnsupportedLanguageError` if the text outside the quotes is clearly in another language."""
        language = foreign_language(text, sorted(span for quote in quotes for span in quote.spans))
        if language is not None:
            raise UnsupportedLanguageError(language, identified=True)

    def find(self, article: Article, watch: Stopwatch | None = None, page: Page | None = None) -> Findings:
        """Runs the stages on an article and returns what each of them found.

        Args:
            article: The article, whose `text` is read as plain text.
            watch: Records the time of each stage.
            page: The HTML page from which the text was extracted.
        """
        watch = watch or Stopwatch()
        reading = read(article.text, is_word=self.encoder.cutter.is_word)
        watch.lap("text")
        marked = find_quotes(reading.text)
        if page is not None:
            marked = with_elements(reading, marked, page.quotes)
        marked = with_turns(reading.text, marked)
        apart = find_set_off(reading.text, marked)
        watch.lap("quotes")
        if article.language is UNSET and self.detect_language:
            self.check_english(reading.text, marked)
            watch.lap("text")
        indirect = REPORTED in article.include
        everything = indirect or "mentioned" in article.include
        wanted = marked or apart or everything
        doc = self.nlp(with_curly_marks(reading.text, marked)) if wanted else self.nlp.make_doc("")  # nothing to find: skip the parse
        watch.lap("document")
        found = with_set_off(doc, marked, apart)
        pointing = point(doc, found, self.encoder)
        if pointing.descriptions is not None:
            set_names(doc, pointing.descriptions)
        watch.lap("encoder")
        quotes = classify_quotes(doc, found, pointing)
        watch.lap("quotes")
        mentions = find_mentions(doc, quotes)
        attributions = attribute(doc, quotes, mentions, pointing)
        watch.lap("attributions")
        if indirect:
            reports = find_reports(doc, quotes, self.encoder)
            quotes = [*quotes, *(report.quote for report in reports)]
            attributions = [*attributions, *attribute_reports(doc, reports, mentions)]
            watch.lap("reports")
        authority = Authority(article.people, then=self.authority)
        speakers = join_speakers(doc, quotes, mentions, attributions, pointing, authority=authority)
        watch.lap("speakers")
        sources = None if "mentioned" in article.include else {attribution.mention for attribution in attributions}
        roles = find_roles(doc, quotes, mentions, speakers, pointing.descriptions, among=sources)
        watch.lap("roles")
        return Findings(
            reading=reading,
            page=page,
            doc=doc,
            quotes=quotes,
            mentions=mentions,
            attributions=attributions,
            speakers=speakers,
            roles=roles,
            descriptions=pointing.descriptions,
            pipeline=name_of(self.nlp, self.encoder.model),
            model=self.encoder.model,
        )


def encoder_of(nlp: Language, model: Model) -> Encoder:
    """Returns the encoder of a pipeline, or the packaged one if the pipeline has none."""
    if "quoteapi_encoder" not in nlp.pipe_names:
        return packaged_encoder(model)
    component: Any = nlp.get_pipe("quoteapi_encoder")
    encoder: Encoder = component.encoder
    return encoder


def name_of(nlp: Language, model: Model) -> str:
    """Returns the name and version of a pipeline, and its model if it is not the smallest (en_quotes 0.1.0, base)."""
    return f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}{'' if model == 'small' else f', {model}'}"
