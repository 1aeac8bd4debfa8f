"""Pronouns: he, she, they, it, who and I, each with the somebody that it stands for."""

from spacy.tokens import Token

from quoteapi.knowledge import entries
from quoteapi.speakers.clusters import Cluster, Clusters
from quoteapi.speakers.descriptions import is_person_noun
from quoteapi.speakers.discourse import Discourse, Fit
from quoteapi.speakers.gender import PRONOUN_GENDER, Gender
from quoteapi.speakers.nominals import is_age
from quoteapi.speakers.page import Page

FIRST_PERSON = frozenset({"i", "me", "my", "mine", "myself"})
FIRST_PLURAL = frozenset({"we", "us", "our", "ours", "ourselves"})
THIRD_PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
NEUTER = frozenset({"it", "its", "itself"})
PERSONAL = frozenset({"who", "whom"})
BELONGING = frozenset({"nmod", "appos", "flat", "compound", "conj"})
RELATIVE = frozenset({"who", "whom", "which", "that"})

GENDER_KNOWN = 0.6
NAMED = 0.8
"""What a known gender and a name add to how well a person fits he or she; chosen on the gold files, where 0.8 to 1.2 do alike."""
ORGANIZATION_THEY = -0.6
"""They stands for an organization less often than for people."""
UNSURE_THEY = -1.0
"""And for a name of one word without a gender, which may be a body taken for a person, still less often."""

UNNAMED_THEY = -1.2
"""And for one person without a name or a gender (the winner), whom the writer may mean to hide."""

THEIR_OWN = 2.0
"""And for a person whom the article calls they above all others."""

OF_TEXTS = frozenset({"begin", "read", "end", "conclude"})
"""Verbs that with a quote tell what a text does, and no place."""

MENTIONS_AHEAD = 20
"""How far on the subject of a sentence is looked for, in mentions."""
PLACE = -1.0
"""A place is mostly where something happens, not who acts."""


def person_fit(gender: Gender, speaker: Cluster | None = None) -> Fit:
    """How well somebody other than the speaker fits he or she."""

    def fit(cluster: Cluster) -> float | None:
        if (
            cluster is speaker
            or cluster.is_they
            or cluster.is_author
            or cluster.shown.lower() in FIRST_PERSON
            or cluster.type not in {"person", "unnamed"}
            or cluster.gender not in {gender, None}
        ):
            return None
        if cluster.type not in {"person", "unnamed"} or (cluster.type == "unnamed" and not is_person(cluster)):
            return None
        return (GENDER_KNOWN if cluster.gender else 0.0) + (NAMED if cluster.is_named else 0.0)

    return fit


def is_person(cluster: Cluster) -> bool:
    """Whether a somebody without a name is called by a noun for people, and not only by one for a thing (the town was told)."""
    roles = entries("role_nouns")
    return bool(cluster.places) or any(is_person_noun(noun) or noun in roles or is_age(noun) for noun in cluster.nouns)


def plural_fit(cluster: Cluster) -> float | None:
    """How well somebody fits they."""
    if cluster.is_they:
        return THEIR_OWN
    if cluster.type == "person" and cluster.gender is None and cluster.names and all(len(name.keys) == 1 for name in cluster.names):
        return UNSURE_THEY
    if cluster.type == "unnamed" and cluster.gender is None and is_person(cluster):
        return UNNAMED_THEY
    fit = {"group": 0.0, "organization": ORGANIZATION_THEY}.get(cluster.type)
    if cluster.is_place or any(member.is_place for member in cluster.members):
        return None
    if fit is None or (cluster.type == "group" and not cluster.members and not is_person(cluster)):
        return None
    return fit + (NAMED if cluster.members else 0.0)


def neuter_fit(cluster: Cluster) -> float | None:
    """How well somebody fits it: a body, or the holder of an account."""
    if cluster.type != "organization" and not cluster.shown.startswith("@"):
        return None
    return PLACE if cluster.is_place else 0.0


def text_fit(cluster: Cluster) -> float | None:
    """How well somebody fits it where a text is meant: a place writes none."""
    return None if cluster.is_place else neuter_fit(cluster)


def is_text(page: Page, number: int) -> bool:
    """Whether a pronoun is the source of a quote and does what texts alone do (“Dear Sirs,” it begins)."""
    return number in page.sourced and page.head(number).head.lemma_.lower() in OF_TEXTS


def resolve(page: Page, number: int, clusters: Clusters, discourse: Discourse, speaker: Cluster | None = None) -> Cluster | None:
    """The somebody whom a third-person pronoun stands for; None where the article does not tell.

    Args:
        page: The article.
        number: The pronoun.
        clusters: What is joined so far.
        discourse: The mentions to look among.
        speaker: Who speaks the words, where they are quoted; who speaks says I.
    """
    word = page.doc[page.mentions[number].head].lower_
    if word in RELATIVE:
        return relative(page, number, clusters)
    if gender := PRONOUN_GENDER.get(word):
        cluster = discourse.antecedent(number, person_fit(gender, speaker)) or following_subject(page, number, clusters, gender)
        if cluster is not None:
            cluster.votes[gender] += 1
        return cluster
    if word in THIRD_PLURAL:
        return discourse.antecedent(number, plural_fit)
    if word in NEUTER:
        return discourse.antecedent(number, text_fit if is_text(page, number) else neuter_fit)
    return None


def relative(page: Page, number: int, clusters: Clusters) -> Cluster | None:
    """The somebody of the noun that a relative clause modifies (the ministry, which said …)."""
    token = page.doc[page.mentions[number].head]
    for verb in (token.head, token.head.head):
        if verb.dep_ in {"acl:relcl", "relcl", "acl"}:
            return clusters.of(page.by_token.get(antecedent(verb.head, person=token.lower_ in PERSONAL).i))
    before = token.i - (2 if token.i > 1 and page.doc[token.i - 1].text == "," else 1)
    return clusters.of(page.by_token.get(before))


def antecedent(noun: Token, *, person: bool) -> Token:
    """The noun itself, or where a person is asked for the one that it belongs to (the head of works, who said)."""
    nouns = entries("role_nouns") | entries("person_nouns")
    token = noun
    while person and token.ent_type_ != "PERSON" and token.lemma_.lower() not in nouns:
        if token.dep_ not in BELONGING or token.head.i == token.i:
            return noun
        token = token.head
    return token


def following_subject(page: Page, number: int, clusters: Clusters, gender: Gender) -> Cluster | None:
    """The person named as subject later in the sentence, after a phrase in front (In his speech, Roe said so)."""
    sentence = page.sentences[page.mentions[number].start]
    for other in range(number + 1, min(len(page.mentions), number + 1 + MENTIONS_AHEAD)):
        mention = page.mentions[other]
        if page.sentences[mention.start] != sentence:
            return None
        cluster = clusters.of(other)
        if mention.form == "name" and mention.quote is None and cluster is not None and page.function(other) == "subject":
            return cluster if person_fit(gender)(cluster) is not None and page.clause(other) != page.clause(number) else None
    return None


def first_person(page: Page, number: int, clusters: Clusters) -> Cluster | None:
    """The speaker of the quote in which I, or we where a body or a group speaks, stands."""
    mention = page.mentions[number]
    word = page.doc[mention.head].lower_
    if mention.quote is None or word not in FIRST_PERSON | FIRST_PLURAL:
        return None
    speaker = clusters.of(page.attributions[mention.quote].mention)
    if speaker is not None and word in FIRST_PLURAL and speaker.type not in {"organization", "group"}:
        return None
    return speaker
