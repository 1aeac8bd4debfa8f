"""The engine: the stages in order, from an article to its answer."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language

from quoteapi.answer import Findings, compose
from quoteapi.attribution import attribute
from quoteapi.document import load_pipeline, memory_for
from quoteapi.encoder import Encoder, packaged_encoder, point
from quoteapi.errors import EmptyTextError, TextTooLongError, UnsupportedIncludeError, UnsupportedLanguageError
from quoteapi.mentions import find_mentions
from quoteapi.quotes import find_quotes
from quoteapi.quotes.kinds import tell_kinds
from quoteapi.reports import attribute_reports, find_reports
from quoteapi.request import read_people_file
from quoteapi.roles import find_roles
from quoteapi.settings import Settings
from quoteapi.speakers import Authority, join_speakers
from quoteapi.structs import Answer, Article, Include, Person
from quoteapi.text import read
from quoteapi.timing import Stopwatch, Timed

REPORTED: Include = "indirect"
"""The part of the answer that an encoder may be without."""


class QuoteEngine:
    """Reads articles; owns its pipeline and is for one thread of one process.

    Args:
        pipeline: Path or name of a spaCy pipeline to read with; the packaged one where None.
        min_confidence: A quote whose most probable speaker is less probable stays unattributed.
        max_text_length: Characters that are read at most.
        people: An authority list for every article, asked where the article's own knows nobody.

    Raises:
        WeightsMissingError: The pipeline is not there.
    """

    def __init__(
        self,
        pipeline: str | None = None,
        *,
        min_confidence: float = 0.0,
        max_text_length: int = 200_000,
        people: Sequence[Person] = (),
    ) -> None:
        self.nlp = load_pipeline(pipeline, max_length=sys.maxsize)  # the limit is this engine's own, however high it is set
        self.encoder = encoder_of(self.nlp)
        self.min_confidence = min_confidence
        self.max_text_length = max_text_length
        self.authority = Authority(people)

    @classmethod
    def configured(cls, settings: Settings) -> "QuoteEngine":
        """An engine as the settings say.

        Raises:
            WeightsMissingError: The pipeline is not there.
            PeopleFileError: The file of people cannot be read.
        """
        return cls(
            settings.pipeline,
            min_confidence=settings.min_confidence,
            max_text_length=settings.max_text_length,
            people=() if settings.people is None else read_people_file(Path(settings.people)),
        )

    def extract(self, article: Article) -> Answer:
        """Who said what in the article, and who they are.

        Raises:
            EmptyTextError: The text is white space alone.
            TextTooLongError: The text has more than `max_text_length` characters.
            UnsupportedIncludeError: The article asks for reported speech, which the pipeline's encoder does not read.
            UnsupportedLanguageError: The language is not English.
        """
        return self.extract_timed(article).answer

    def extract_timed(self, article: Article) -> Timed:
        """The answer of `extract`, with the seconds that each stage took; raises the same."""
        self.check(article)
        watch = Stopwatch()
        with memory_for(self.nlp, article.text):
            answer = compose(article, self.find(article, watch), min_confidence=self.min_confidence)
        watch.lap("answer")
        return Timed(answer, watch.laps)

    def check(self, article: Article) -> None:
        """Raises what `extract` says, before any work is done."""
        if not article.text.strip():
            raise EmptyTextError
        if len(article.text) > self.max_text_length:
            raise TextTooLongError(length=len(article.text), limit=self.max_text_length)
        if article.language.replace("_", "-").split("-")[0].lower() != "en":
            raise UnsupportedLanguageError(article.language)
        if REPORTED in article.include and not self.encoder.reads_reports:
            raise UnsupportedIncludeError(REPORTED)

    def find(self, article: Article, watch: Stopwatch | None = None) -> Findings:
        """What each stage finds in the article; a watch that is given takes the time of each."""
        watch = watch or Stopwatch()
        reading = read(article.text)
        watch.lap("text")
        found = find_quotes(reading.text)
        watch.lap("quotes")
        everything = {REPORTED, "mentioned"} & set(article.include)
        wanted = found or everything
        doc = self.nlp(reading.text) if wanted else self.nlp.make_doc("")  # what nobody asks for is not read
        watch.lap("document")
        indirect = REPORTED in article.include
        pointing = point(doc, found, self.encoder, whole=indirect or (not found and bool(everything)))
        watch.lap("encoder")
        quotes = tell_kinds(doc, found, pointing)
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
        roles = find_roles(doc, quotes, mentions, speakers, among=sources)
        watch.lap("roles")
        return Findings(
            reading=reading,
            doc=doc,
            quotes=quotes,
            mentions=mentions,
            attributions=attributions,
            speakers=speakers,
            roles=roles,
            pipeline=name_of(self.nlp),
        )


def encoder_of(nlp: Language) -> Encoder:
    """The encoder that a pipeline reads with; the packaged one where it has none."""
    if "quoteapi_encoder" not in nlp.pipe_names:
        return packaged_encoder()
    component: Any = nlp.get_pipe("quoteapi_encoder")
    encoder: Encoder = component.encoder
    return encoder


def name_of(nlp: Language) -> str:
    """Name and version of a pipeline (en_quotes 0.1.0)."""
    return f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"
