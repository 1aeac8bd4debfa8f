"""Singular they: the persons whom an article calls they, told by what it says of them and by their own reflexes.

Whoever is nonbinary, uses they and them, or goes by they; and whoever is the one subject of a clause that goes on with their own body or
themself (Roe shook their head). GAP and its like know no such persons, so this is written down.
"""

from collections.abc import Iterator

from spacy.tokens import Token

from quoteapi.speakers.clusters import Cluster, Clusters
from quoteapi.speakers.headlines import headline_nouns, introduced
from quoteapi.speakers.page import SUBJECTS, Page

TELLING = frozenset({"nonbinary", "enby", "genderqueer", "genderfluid", "agender", "themself", "takatāpui"})
PRONOUNS = frozenset({"they", "they/them"})
NAMING = frozenset({"use", "uses", "by", "pronouns", "pronoun"})
"""Words before a pronoun that is spoken of, not used (uses they and them, goes by they)."""
OWN = frozenset(
    {
        "head",
        "hand",
        "hands",
        "arm",
        "arms",
        "hair",
        "shoulders",
        "finger",
        "fingers",
        "eyes",
        "face",
        "voice",
        "sleeve",
        "mother",
        "father",
    }
)
NEAR = 2


def they_persons(page: Page, clusters: Clusters) -> set[Cluster]:
    """The persons whom the article calls they."""
    found = {person for token in telling(page) if (person := person_in_sentence(page, clusters, token)) is not None}
    return found | {person for token in owning(page) if (person := subject_person(page, clusters, token)) is not None}


def telling(page: Page) -> Iterator[Token]:
    """The words that say whom they stands for."""
    for token in page.doc:
        word = token.lower_
        hyphened = word == "binary" and token.i > 1 and page.doc[token.i - 2].lower_ == "non"
        named = word in PRONOUNS and any(before.lower_ in NAMING for before in page.doc[max(0, token.i - NEAR) : token.i])
        if word in TELLING or hyphened or named:
            yield token


def person_in_sentence(page: Page, clusters: Clusters, token: Token) -> Cluster | None:
    """The person named nearest before a word in its sentence, or after it where none is."""
    sentence = page.sentences[token.i]
    inside = [
        (abs(mention.start - token.i) + (mention.start > token.i) * len(page.doc), cluster)
        for number, mention in enumerate(page.mentions)
        if mention.form == "name" and page.sentences[mention.start] == sentence
        if (cluster := clusters.of(number)) is not None and cluster.type == "person"
    ]
    return min(inside, key=lambda pair: pair[0])[1] if inside else person_in_headline(page, clusters, token)


def person_in_headline(page: Page, clusters: Clusters, token: Token) -> Cluster | None:
    """The person of the story whom the headline's phrase around a word means (Nonbinary baritone takes lead)."""
    phrases = (number for number in headline_nouns(page) if page.mentions[number].start <= token.i < page.mentions[number].end)
    found = [person for number in phrases if (person := introduced(page, number, clusters)) is not None]
    return found[0] if len(found) == 1 and found[0].type == "person" else None


def owning(page: Page) -> Iterator[Token]:
    """Their, before a part of somebody's body."""
    return (token for token in page.doc if token.lower_ == "their" and token.head.lower_ in OWN)


def subject_person(page: Page, clusters: Clusters, their: Token) -> Cluster | None:
    """The one person who is the subject of the clause that holds *their*."""
    verb = their.head.head
    subjects = [child for child in verb.children if child.dep_ in SUBJECTS]
    if len(subjects) != 1 or any(child.dep_ == "conj" for child in subjects[0].children):
        return None
    cluster = clusters.of(page.by_token.get(subjects[0].i))
    return cluster if cluster is not None and cluster.type == "person" else None
