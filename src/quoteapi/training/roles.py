"""The fit of the choice of roles on annotated articles: which descriptions of a person or organization are their roles."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import structlog

from quoteapi.answer.composer import Findings
from quoteapi.engine import QuoteEngine
from quoteapi.findings import FoundSpeaker
from quoteapi.roles.candidates import candidates_of, role_context
from quoteapi.roles.choice import Candidate, Choice, features_of
from quoteapi.structs import Article
from quoteapi.training.logit import Decision, fit_logit
from quoteapi.training.marked import MarkedArticle, MarkedEntity, read_marked

log = structlog.get_logger()
ARTICLES = {"the", "a", "an"}


def fit_roles(files: Sequence[Path], output: Path) -> None:
    """Fits the weights on files of annotated articles and writes them to the folder `output` (`roles.json`)."""
    engine = QuoteEngine(detect_language=False)
    decisions = [decision for file in files for article in read_marked(file) for decision in decisions_of(article, engine)]
    weights = fit_logit(decisions)
    log.info("roles", decisions=len(decisions), with_a_role=sum(any(one.right) for one in decisions), weights=weights)
    (output / "roles.json").write_bytes(msgspec.json.encode(Choice(weights)))


def decisions_of(article: MarkedArticle, engine: QuoteEngine) -> Iterator[Decision]:
    """The role candidates of each speaker who is an annotated entity, and which of them are right."""
    found = engine.find(Article(text=article.text, include=["mentioned"]))
    context = role_context(found.doc, found.quotes, found.mentions, found.speakers, found.descriptions)
    for speaker, candidates in zip(found.speakers, candidates_of(context, [True] * len(found.speakers)), strict=True):
        entity = entity_of(speaker, article, found)
        if entity is not None and candidates:
            features = [dict(features_of(candidate, speaker.type)) for candidate in candidates]
            yield Decision(features, right_of(candidates, speaker, entity, found))


def entity_of(speaker: FoundSpeaker, article: MarkedArticle, found: Findings) -> MarkedEntity | None:
    """The annotated entity to which most of a speaker's mentions belong; None if there is none."""
    owners: Counter[str] = Counter()
    for number in speaker.mentions:
        mention = found.mentions[number]
        words = found.doc[mention.start : mention.end]
        start, end = found.reading.to_source(words.start_char, words.end_char)
        owners.update({key for key, one in article.entities.items() if any(a < end and start < b for a, b in one.mentions)})
    if not owners:
        return None
    key, number = owners.most_common(1)[0]
    return article.entities[key] if 2 * number > len(speaker.mentions) else None


def right_of(candidates: Sequence[Candidate], speaker: FoundSpeaker, entity: MarkedEntity, found: Findings) -> list[bool]:
    """Which candidates are right: the entity's best role, or any of its roles if the best one is not a candidate.

    For an unnamed speaker or a group, the longest description within their designation (a spokesman for the police) is right, too.
    """
    descriptions = [words_of(found.doc.text[slice(*candidate.role.chars)]) for candidate in candidates]
    roles, name = [words_of(role.text) for role in entity.roles], set(words_of(speaker.name))
    best = [words_of(role.text) for role in entity.roles if role.best]
    accepted = best if any(words in best for words in descriptions) else roles
    own = max((len(words) for words in descriptions if set(words) <= name), default=0) if entity.type in {"unnamed", "group"} else 0
    return [words in accepted or (0 < own == len(words) and set(words) <= name) for words in descriptions]


def words_of(text: str) -> list[str]:
    """The words of a description, without articles."""
    return [word for word in re.findall(r"[\w&']+", text.lower().replace("’", "'")) if word not in ARTICLES]
