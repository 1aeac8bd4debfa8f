"""Descriptions: the common nouns that an article gives to a named somebody, in front of the name, in apposition or with *be*."""

from collections.abc import Iterator

from spacy.tokens import Token

from quoteapi.knowledge import entries, meanings
from quoteapi.speakers.clusters import Cluster, Clusters
from quoteapi.speakers.gender import word_gender
from quoteapi.speakers.page import Page

TITLE_REACH = 8
"""Words before a name among which its titles stand (former Republican presidential nominee Jane Roe)."""


def is_person_noun(word: str) -> bool:
    """Whether a folded noun names a person by work, kin or office."""
    return word in entries("person_nouns") or word in meanings("title_nouns") or word in entries("titles") or word.endswith(("man", "woman"))


def describe(cluster: Cluster, words: list[str]) -> None:
    """Notes what nouns and modifiers a somebody is called by."""
    plain = [word.lower().rstrip(".") for word in words]
    for word in plain:
        if is_person_noun(word) or word in meanings("organization_nouns"):
            cluster.nouns.setdefault(word, set()).update(plain)
            if told := word_gender(word):
                cluster.votes[told] += 2
            for other in meanings("title_nouns").get(word, ()):
                cluster.nouns.setdefault(other, set()).update(plain)


def words_before(page: Page, number: int) -> list[str]:
    """The title and the nouns right before a name: Republican presidential nominee."""
    words: list[str] = []
    for i in range(page.mentions[number].start - 1, max(-1, page.mentions[number].start - 1 - TITLE_REACH), -1):
        token = page.doc[i]
        if not (token.text[:1].isalpha() or token.text in {".", "-"}) or token.pos_ in {"VERB", "DET", "ADP", "CCONJ", "AUX", "PRON"}:
            break
        if token.is_stop and not token.is_title:
            break
        words.append(token.text)
    return words[::-1]


def same_as(token: Token) -> Iterator[Token]:
    """Heads of the phrases that say of the token's phrase what it is: appositions either way, and nominal predicates."""
    for child in token.children:
        if child.dep_ == "appos":
            yield child
    if token.dep_ == "appos":
        yield token.head
    if token.dep_ in {"nsubj", "nsubj:outer"}:
        predicate = token.head
        if predicate.pos_ in {"NOUN", "PROPN"} and any(child.dep_ == "cop" for child in predicate.children) and not is_negated(predicate):
            yield predicate
        if predicate.lemma_ == "be":
            yield from (child for child in predicate.children if child.dep_ == "attr" and not is_negated(predicate))


def is_negated(token: Token) -> bool:
    """Whether a predicate is denied or asked for only (is not, would be)."""
    return any(child.dep_ == "neg" or child.lower_ in {"not", "n't", "n’t", "would", "could", "might"} for child in token.children)


def describe_named(page: Page, clusters: Clusters) -> None:
    """Notes for each named somebody how the reporter describes it, and joins the noun phrases that do so."""
    for number, mention in enumerate(page.mentions):
        cluster = clusters.of(number)
        if mention.form != "name" or cluster is None:
            continue
        describe(cluster, words_before(page, number))
        for head in same_as(page.doc[mention.head]):
            other = page.by_head.get(head.i)
            if other is None or page.mentions[other].form != "noun" or page.mentions[other].quote != mention.quote or is_plural(page, other):
                continue
            describe(cluster, [token.lemma_ or token.text for token in page.doc[page.mentions[other].start : page.mentions[other].end]])
            clusters.put(other, cluster)


def is_plural(page: Page, number: int) -> bool:
    """Whether a mention's head stands for several."""
    token = page.doc[page.mentions[number].head]
    return token.tag_ in {"NNS", "NNPS"} or "Number=Plur" in token.morph or page.mentions[number].type == "group"
