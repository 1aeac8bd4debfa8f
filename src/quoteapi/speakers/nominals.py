"""Noun phrases: the senator, the agency, the report, a spokesman for the ministry, each with the somebody that it stands for."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from quoteapi.knowledge import entries, meanings
from quoteapi.speakers.clusters import Cluster
from quoteapi.speakers.descriptions import bodies_in, is_demonym, is_person_noun, is_plural, places_in
from quoteapi.speakers.discourse import Discourse, Fit
from quoteapi.speakers.gender import Gender, given_name_gender, word_gender
from quoteapi.speakers.names import fullest
from quoteapi.speakers.organizations import organization_keys, stands_for
from quoteapi.speakers.page import Page

NAMED_LIKE_PEOPLE = frozenset({"company", "team"})
"""Kinds of bodies whose names look like people's (Jane Roe Ltd, Kelby Thistle)."""
DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
PLACE_NOUNS = frozenset({"country", "nation", "state", "government", "city", "town", "kingdom", "republic", "regime"})
NAMELESS = frozenset({"source", "witness", "informant", "insider", "caller"})
"""Who is called so is not named elsewhere."""
COUNTED = {"two": 2, "both": 2, "pair": 2, "couple": 2, "duo": 2, "three": 3, "trio": 3, "four": 4, "quartet": 4}
"""Words that stand for so many persons named together before."""
STEM = 4
"""Letters that a place and its people share (Brazil, Brazilian)."""
BARE_WORDS = 6
"""A phrase without a name or a preposition, of so many words at most (the former senator) takes up somebody rather than brings one in."""


ABOUT, ENOUGH = 0.4, 5
"""What each mention of a person adds, so many at most, to how well an age fits them."""


def words(page: Page, number: int) -> list[str]:
    """The lower-case words of a phrase."""
    mention = page.mentions[number]
    return [
        token.lower_
        for token in page.doc[mention.start : mention.end]
        if token.is_alpha or token.text[:1].isdigit() or "-" in token.text[1:]
    ]


def is_definite(page: Page, number: int) -> bool:
    """Whether a phrase takes up somebody known: the senator, this official, or by office alone (PM of Ukraine)."""
    mention = page.mentions[number]
    first = page.doc[mention.start]
    return first.lower_ in DEFINITE or (
        first.text[:1].isupper() and mention.start == mention.head and first.lower_ in meanings("title_nouns")
    )


def resolve(page: Page, number: int, discourse: Discourse) -> Cluster | None:
    """The somebody spoken of before whom a definite noun phrase takes up; None where it brings in somebody new."""
    if not is_definite(page, number):
        return None
    noun = noun_of(page, number)
    if noun in COUNTED:
        return together(discourse, number, COUNTED[noun])
    if is_plural(page, number):
        return same_noun(page, number, discourse, noun, "group")
    if page.mentions[number].type == "organization":
        return same_noun(page, number, discourse, noun, "organization")
    if is_somebody(noun) or (number in page.sourced and is_demonym(page.doc, page.mentions[number])):
        return described(page, number, discourse, noun)
    return None


def noun_of(page: Page, number: int) -> str:
    """The noun of a phrase in its dictionary form; an age as one word (27-year-old), however it was cut."""
    mention = page.mentions[number]
    head = page.doc[mention.head]
    last = page.text(number).rpartition(" ")[2].lower()
    return last if is_age(last) else (head.lemma_ or head.text).lower()


def is_somebody(noun: str) -> bool:
    """Whether a noun, lower-case, names a person: by work, kin, office or age."""
    return is_person_noun(noun) or is_age(noun)


def together(discourse: Discourse, number: int, count: int) -> Cluster | None:
    """The group of so many that the article names before (Jane Roe and John Doe … the two)."""

    def fit(cluster: Cluster) -> float | None:
        return 0.0 if len(cluster.members) == count else None

    return discourse.antecedent(number, fit)


def is_age(word: str) -> bool:
    """Whether a word is an age that stands for its bearer (the 34-year-old)."""
    return word[:1].isdigit() and word.endswith("old")


def is_bare(page: Page, number: int) -> bool:
    """Whether a phrase consists of its noun and a word or two, with nothing hanging on a preposition."""
    mention = page.mentions[number]
    inside = page.doc[mention.start : mention.end]
    if is_demonym(page.doc, mention):
        return True
    if mention.end < len(page.doc) and page.doc[mention.end].lower_ == "of":
        return False
    if len(inside) > 1 and inside[-2].lower_ == "of" and inside[-1].like_num:
        inside = inside[:-2]
    if any(token.tag_ == "POS" for token in inside):
        return False
    return len(words(page, number)) <= BARE_WORDS and all(
        t.pos_ not in {"ADP", "SCONJ"} and t.ent_type_ in {"", "NORP", "GPE"} for t in inside
    )


def described(page: Page, number: int, discourse: Discourse, noun: str) -> Cluster | None:
    """The person whom the article describes so: by the same noun and the most of the same modifiers."""
    gender = word_gender(noun)
    mention = page.mentions[number]
    said = set(words(page, number)) - DEFINITE - {noun}
    places = places_in(page.doc[mention.start : mention.end])
    bodies = bodies_in(page.doc[mention.start : mention.end])
    charge = {token.lower_ for token in page.doc[mention.head + 1 : mention.end] if token.is_alpha and not token.is_stop}

    def fit(cluster: Cluster) -> float | None:
        if cluster.type not in {"person", "unnamed"} or (gender and cluster.gender not in {gender, None}):
            return None
        if bodies and cluster.bodies and not bodies & cluster.bodies:
            return None
        if noun not in cluster.nouns or (places and cluster.places and not share_stem(places, cluster.places)):
            return None
        if charge and not charge & cluster.nouns[noun] and cluster.is_named and cluster.nouns[noun] - DEFINITE - {noun, "a", "an"}:
            return None
        return 1.5 * len(said & cluster.nouns[noun]) - 0.3 * len(said - cluster.nouns[noun])

    found = discourse.antecedent(number, fit) or discourse.farther(number, fit)
    if found is not None or noun in NAMELESS:
        return found
    acting = number in page.sourced or page.function(number) == "subject"
    if not is_bare(page, number) or not acting:
        office = noun in entries("role_nouns") - entries("nonrole_nouns") and (bodies or places or not is_bare(page, number))
        sure = called_nothing_else(number, person_fit(gender, places, sure=True))
        return discourse.told(number, sure, placed=bool(places)) if office else None
    found = discourse.antecedent(
        number, subject_of_story(discourse.before_quote(number, close=True)) if is_age(noun) else person_fit(gender, places)
    )
    return discourse.told(number, person_fit(gender, places, sure=True), placed=True) if found is None and places else found


def subject_of_story(last: Cluster | None) -> Fit:
    """How well a person fits an age: those whom the story is about, rather than who was named last, and whom the sentence before is.

    Who is known by one word alone may be a body or a place that was taken for somebody.
    """

    def fit(cluster: Cluster) -> float | None:
        told = ABOUT * min(ENOUGH, len(cluster.mentions)) + (ABOUT * ENOUGH if cluster is last else 0.0)
        told -= ABOUT * ENOUGH * all(len(name.keys) == 1 for name in cluster.names)
        return told if cluster.type == "person" else None

    return fit


def called_nothing_else(number: int, fit: Fit) -> Fit:
    """The same fit, without those who are named only later and then by another noun (The winner … Shopkeeper Jane Roe)."""

    def other(cluster: Cluster) -> float | None:
        return None if cluster.nouns and min(cluster.mentions, default=number) > number else fit(cluster)

    return other


def person_fit(gender: Gender | None, places: AbstractSet[str] = frozenset(), *, sure: bool = False) -> Fit:
    """How well a named person fits a phrase that nothing has called them yet, of a gender and of places where it tells them.

    Args:
        gender: The one that the phrase tells.
        places: Those in the phrase; a person who is of others does not fit.
        sure: Whether a person of whom no place is known fits all the same.
    """

    def fit(cluster: Cluster) -> float | None:
        if cluster.type != "person" or (gender and cluster.gender not in {gender, None}):
            return None
        if places and (cluster.places or not sure) and not share_stem(places, cluster.places):
            return None
        return 0.5 if gender and cluster.gender else 0.0

    return fit


def share_stem(first: Iterable[str], second: Iterable[str]) -> bool:
    """Whether a place of the one is a place or its people in the other (Brazil, Brazilian)."""
    stems = {word[:STEM] for word in first}
    return any(word[:STEM] in stems for word in second)


def same_noun(page: Page, number: int, discourse: Discourse, noun: str, kind: str) -> Cluster | None:
    """The organization or group before that bears the noun in its name, was called so, or is of that kind."""

    def called(cluster: Cluster) -> float | None:
        fits = cluster.type == kind or (noun in entries("documents") and cluster.type != "unnamed")
        return 0.0 if fits and (noun in cluster.nouns or noun in cluster.keys) else None

    mention = page.mentions[number]
    places = places_in(page.doc[mention.start : mention.end])

    def of_kind(cluster: Cluster) -> float | None:
        fits = noun in PLACE_NOUNS if cluster.is_place else stands_for(noun, cluster.keys)
        elsewhere = bool(places) and cluster.is_place and not share_stem(places, cluster.keys)
        known = kinds_of(cluster.nouns)
        otherwise = bool(known) and not known & kinds_of([noun])
        return 0.0 if cluster.type == kind and cluster.keys and fits and not (elsewhere or otherwise) else None

    found = discourse.antecedent(number, called) or discourse.farther(number, called)
    league = "team" in meanings("organization_nouns").get(noun, ()) and mention.end == mention.head + 1
    if found is not None or kind == "group" or not (is_bare(page, number) or league):
        return found
    if noun in entries("documents"):
        return written_by(page, number, discourse, noun)
    found = discourse.antecedent(number, of_kind) if noun in meanings("organization_nouns") else None
    return found or mistaken(page, number, discourse, noun)


def kinds_of(nouns: Iterable[str]) -> set[str]:
    """The kinds of bodies that nouns name."""
    return {kind for noun in nouns for kind in meanings("organization_nouns").get(noun, ())}


def mistaken(page: Page, number: int, discourse: Discourse, noun: str) -> Cluster | None:
    """The company or team whose name was taken for a person's, where no other says something; it is one from now on."""

    def fit(cluster: Cluster) -> float | None:
        told = cluster.gender or cluster.nouns or any(given_name_gender(name.keys[0]) for name in cluster.names)
        return 0.0 if cluster.type == "person" and cluster.names and not told else None

    if not NAMED_LIKE_PEOPLE & set(meanings("organization_nouns").get(noun, ())) or number not in page.sourced:
        return None
    found = discourse.antecedent(number, fit)
    if found is not None:
        found.shown = fullest(found.names).text
        found.type, found.keys, found.names, found.nouns = "organization", organization_keys(found.shown), [], {noun: set()}
    return found


def written_by(page: Page, number: int, discourse: Discourse, noun: str) -> Cluster | None:
    """The body that alone hands down such a text (a ruling: a court; a resolution: a council); None for a text that anybody writes."""
    kinds = meanings("documents")[noun]

    def fit(cluster: Cluster) -> float | None:
        own = {kind for key in cluster.keys for kind in meanings("organization_nouns").get(key, ())}
        return 0.0 if own & set(kinds) else None

    return discourse.antecedent(number, fit) if kinds and number in page.sourced else None
