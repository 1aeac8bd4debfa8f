"""The composer: the findings of all stages assembled into the answer that the contract describes."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from msgspec import UNSET, Struct
from spacy.tokens import Doc

from quoteapi.__about__ import __version__
from quoteapi.answer.confidence import evidence_of, packaged_calibration
from quoteapi.answer.pronoun import pronoun_of
from quoteapi.answer.spans import Locator
from quoteapi.answer.speaker_choices import SpeakerChoice, speaker_choices
from quoteapi.answer.stance import stance_of
from quoteapi.encoder import Descriptions
from quoteapi.findings import Attribution, Chars, FoundQuote, FoundRole, FoundSpeaker, Mention, SpeakerRoles
from quoteapi.settings import Model
from quoteapi.structs import Alternative, Answer, Article, Engine, Evidence, Known, Quote, Role, Span, Speaker, SpeakerBrief
from quoteapi.text import Reading, read
from quoteapi.web import Page


class Findings(Struct, frozen=True):
    """What the stages found in one article; attributions are parallel to quotes, roles to speakers.

    `pipeline` names the pipeline that made the document, and `model` its encoder's model. `page` is the HTML page whose main text was read,
    and `descriptions` are the names and roles that the encoder tags.
    """

    reading: Reading
    doc: Doc
    quotes: Sequence[FoundQuote]
    mentions: Sequence[Mention]
    attributions: Sequence[Attribution]
    speakers: Sequence[FoundSpeaker]
    roles: Sequence[SpeakerRoles]
    pipeline: str
    model: Model
    page: Page | None = None
    descriptions: Descriptions | None = None


def compose(article: Article, found: Findings, *, min_confidence: float) -> Answer:
    """Builds the answer for an article.

    A quote whose speaker is less probable than `min_confidence` gets none (`doubtful`).
    """
    calibration = packaged_calibration(found.model)

    def confidence(quote: int, speaker: int, probability: float) -> float:
        return calibration.confidence(evidence_at(found, quote, speaker, probability))

    choices = speaker_choices(found.attributions, found.speakers, min_confidence=min_confidence, confidence=confidence)
    return Composer(article, found, choices).answer()


def evidence_at(found: Findings, quote: int, speaker: int, probability: float) -> dict[str, float]:
    """Returns the features for the confidence in a quote's speaker, given the indices of quote and speaker."""
    attribution = found.attributions[quote]
    mention = None if attribution.mention is None else found.mentions[attribution.mention]
    return evidence_of(probability, attribution, mention, found.speakers[speaker])


class Composer:
    """Builds the answer for one article, in the caller's offsets.

    Args:
        article: The request.
        found: What the stages found in it.
        choices: The speaker chosen for each quote, parallel to the quotes found.
    """

    def __init__(self, article: Article, found: Findings, choices: Sequence[SpeakerChoice]) -> None:
        self.article = article
        self.found = found
        self.choices = choices
        self.locate = Locator(found.reading, found.doc, article.offset_unit)
        kept = (i for i, quote in enumerate(found.quotes) if quote.kind != "other" or "other" in article.include)
        self.kept = sorted(kept, key=lambda i: found.quotes[i].start)
        self.reports = [i for i in self.kept if found.quotes[i].kind == "indirect"]
        self.quote_ids = {i: f"q{number}" for number, i in enumerate(self.kept, start=1)}

    def answer(self) -> Answer:
        """Returns the whole answer: the speakers in the order of their first quotes, then those who are only mentioned."""
        article, found = self.article, self.found
        quoted = list(dict.fromkeys(speaker for i in self.kept if (speaker := self.choices[i].speaker) is not None))
        rest = [i for i, speaker in enumerate(found.speakers) if i not in quoted and is_named(speaker, found)]
        listed = [*quoted, *rest] if "mentioned" in article.include else quoted
        speakers = {i: self.speaker(i, f"s{number}") for number, i in enumerate(listed, start=1)}
        return Answer(
            id=article.id,
            language="en" if article.language is UNSET else article.language,
            offset_unit=article.offset_unit,
            quotes=[self.quote(i, speakers) for i in self.kept],
            speakers=[speakers[i] for i in quoted],
            engine=Engine(version=__version__, pipeline=found.pipeline),
            mentioned=[speakers[i] for i in rest] if "mentioned" in article.include else UNSET,
            text=UNSET if found.page is None else found.page.text,
        )

    def speaker(self, number: int, identity: str) -> Speaker:
        """Returns a speaker with roles, mentions and quotes; the authority list supplies what the article lacks."""
        speaker, roles = self.found.speakers[number], self.found.roles[number]
        person = speaker.known[0] if len(speaker.known) == 1 else None
        listed = Role(text=person.role, start=None, end=None, evidence="people") if person is not None and person.role else None
        stretches = sorted({self.stretch([i]) for i in speaker.mentions} | {self.stretch(joint) for joint in speaker.jointly.values()})
        return Speaker(
            id=identity,
            name=speaker.name,
            type=speaker.type,
            pronoun=pronoun_of(self.found.doc, speaker, self.found.mentions),
            same_as=None if person is None else person.same_as,
            role=listed if roles.best is None else self.role(roles.best),
            roles=[self.role(role) for role in roles.all] or ([listed] if listed else []),
            mentions=[self.locate.words(stretch) for stretch in stretches],
            quotes=[self.quote_ids[i] for i in self.kept if self.choices[i].speaker == number],
            candidates=[Known(name=one.name, same_as=one.same_as) for one in speaker.known] if len(speaker.known) > 1 else UNSET,
        )

    def brief(self, number: int, speaker: Speaker) -> SpeakerBrief:
        """Returns the short form of a speaker; the role's words are cleaned for display: as they were read, with white space collapsed."""
        best = self.found.roles[number].best
        words = self.found.reading.text[slice(*best.chars)] if best else speaker.role and read(speaker.role.text).text
        return SpeakerBrief(id=speaker.id, name=speaker.name, role=" ".join(words.split()) if words else None)

    def stretch(self, mentions: Sequence[int]) -> tuple[int, int]:
        """Returns the tokens from the first mention to the last."""
        return self.found.mentions[mentions[0]].start, self.found.mentions[mentions[-1]].end

    def source(self, number: int) -> tuple[int, int] | None:
        """Returns the tokens that name a quote's source, including all of several joint sources."""
        attribution, choice = self.found.attributions[number], self.choices[number]
        if attribution.mention is None:
            return None
        jointly = {} if choice.speaker is None else self.found.speakers[choice.speaker].jointly
        return self.stretch(jointly.get(number, (attribution.mention,)))

    def role(self, role: FoundRole) -> Role:
        """Returns a role in the caller's offsets."""
        span = self.locate.span(role.chars)
        return Role(
            text=span.text,
            start=span.start,
            end=span.end,
            title=role.title,
            organization=role.organization,
            status=role.status,
            party=role.party,
            constituency=role.constituency,
            evidence=role.pattern,
        )

    def quote(self, number: int, speakers: Mapping[int, Speaker]) -> Quote:
        """Returns a quote with its speaker, mention and cue."""
        found = self.found
        quote, attribution, choice = found.quotes[number], found.attributions[number], self.choices[number]
        mention = self.source(number)
        brief = None if choice.speaker is None else self.brief(choice.speaker, speakers[choice.speaker])
        spans = [span for chars in quote.spans for span in self.locate.spans(chars)]
        return Quote(
            id=self.quote_ids[number],
            kind=quote.kind,
            modality=quote.modality,
            stance=stance_of(found.doc, quote, attribution.cue),
            text=" ".join(span.text for span in spans),
            start=spans[0].start,
            end=spans[-1].end,
            spans=spans,
            speaker=brief,
            mention=None if mention is None else self.locate.words(mention),
            cue=None if attribution.cue is None else self.locate.cue(attribution.cue),
            addressee=None if attribution.addressee is None else self.locate.words(attribution.addressee),
            context=self.locate.range(self.context(number, mention)),
            within=None if quote.within is None else self.quote_ids.get(quote.within),
            confidence=choice.confidence,
            evidence=Evidence(method=choice.method, chain=self.chain(attribution, choice)),
            reason=UNSET if quote.reason is None else quote.reason,
            path=UNSET if found.page is None else found.page.path([found.reading.to_source(*span) for span in quote.spans]),
            alternatives=self.alternatives(choice) if "alternatives" in self.article.include else UNSET,
        )

    def context(self, number: int, mention: tuple[int, int] | None) -> Chars:
        """Returns the context of a quote; a fragment within reported speech includes the context of the report."""
        quotes, attributions = self.found.quotes, self.found.attributions
        start, end = context_of(quotes[number], attributions[number], mention, self.found)
        before = bisect_right(self.reports, quotes[number].outer[0], key=lambda i: quotes[i].start)
        report = self.reports[before - 1] if before and quotes[number].kind != "indirect" else None
        if report is None or quotes[number].outer[1] > quotes[report].end:
            return start, end
        first, last = context_of(quotes[report], attributions[report], self.source(report), self.found)
        return min(start, first), max(end, last)

    def chain(self, attribution: Attribution, choice: SpeakerChoice) -> list[Span]:
        """Returns the antecedents from the mention to the fullest name: the nearest name before it, then the fullest one."""
        if attribution.mention is None or choice.speaker is None:
            return []
        found = self.found
        here = found.mentions[attribution.mention]
        speaker = found.speakers[choice.speaker]
        names = [found.mentions[i] for i in speaker.mentions if found.mentions[i].form == "name"]
        if not names:
            return []
        links = []
        if here.form != "name":
            links.append(max((name for name in names if name.start < here.start), key=lambda name: name.start, default=names[0]))
        last = speaker.name.split()[-1:]
        links.append(max(names, key=lambda name: (last == [found.doc[name.end - 1].text], name.end - name.start, -name.start)))
        chain: list[Span] = []
        for link in links:
            span = self.locate.words((link.start, link.end))
            if link.start != here.start and span not in chain:
                chain.append(span)
        return chain

    def alternatives(self, choice: SpeakerChoice) -> list[Alternative]:
        """Returns the other candidates, most probable first."""
        alternatives = []
        for other in choice.others:
            mention = None if other.mention is None else self.found.mentions[other.mention]
            alternatives.append(
                Alternative(
                    name=None if other.speaker is None else self.found.speakers[other.speaker].name,
                    mention=None if mention is None else self.locate.words((mention.start, mention.end)),
                    probability=other.probability,
                )
            )
        return alternatives


def is_named(speaker: FoundSpeaker, found: Findings) -> bool:
    """Whether the article gives a person or an organization by name."""
    return speaker.type in {"person", "organization"} and any(found.mentions[i].form == "name" for i in speaker.mentions)


def context_of(quote: FoundQuote, attribution: Attribution, mention: tuple[int, int] | None, found: Findings) -> Chars:
    """Returns the sentences with the quote and, in the same paragraph, its cue, addressee and mention, trimmed of white space."""
    doc, text = found.doc, found.reading.text
    start, end = quote.outer
    near = [attribution.cue, attribution.addressee, mention]
    for tokens in near:
        if tokens is None:
            continue
        first, last = doc[tokens[0]].idx, doc[tokens[1] - 1].idx + len(doc[tokens[1] - 1])
        if "\n" not in text[min(first, end) : max(start, last)].strip() or start <= first <= end:
            start, end = min(start, first), max(end, last)
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is not None and doc.has_annotation("SENT_START"):
        start, end = min(start, span[0].sent.start_char), max(end, span[-1].sent.end_char)
    words = text[start:end]
    first, last = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    return min(first, quote.start), max(last, quote.end)
