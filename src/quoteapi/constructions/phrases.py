"""Noun phrases that name a role: from their first word to the end of everything that belongs to their head.

A phrase is a run of modifiers that ends in its head, then complements: prepositional phrases (researcher on the region at the A and the B),
participles (trained in Montreal), coordinated roles (founder and owner of the mill) and the place after a place (Pickens County, South
Carolina). It ends before adjuncts of the reporting verb (in a statement, on Monday) and before a relative clause.
"""

from collections.abc import Callable

from msgspec import Struct
from spacy.tokens import Doc

from quoteapi.constructions.nouns import is_belonging_word, is_organization_word, is_owned, is_plural, is_role_word
from quoteapi.constructions.runs import is_seam, marked_end, object_end, prepositional_end, run_end, skip_determiners, without_times
from quoteapi.constructions.titles import title_before
from quoteapi.constructions.words import (
    CONJUNCTIONS,
    POSSESSIVES,
    PREPOSITIONS,
    is_break,
    is_finite,
    is_person,
    word_class,
)
from quoteapi.knowledge import entries

REACH = 60
"""Maximum tokens of a phrase; no description in the news is longer."""

HeadTest = Callable[[Doc, int], bool]


class Phrase(Struct, frozen=True):
    """A noun phrase as half-open tokens; `bare` is its start without its determiner."""

    start: int
    bare: int
    head: int
    end: int
    plural: bool


def role_phrase(doc: Doc, start: int, *, limit: int | None = None) -> Phrase | None:
    """Returns the phrase that names a person's role and begins at token `start`."""
    return phrase(doc, start, is_role_word, limit=limit)


def phrase(doc: Doc, start: int, is_head: HeadTest, *, limit: int | None = None) -> Phrase | None:
    """Returns the noun phrase that begins at token `start`, if its head passes the test."""
    stop = min(len(doc), start + REACH, limit if limit is not None else len(doc))
    start += has_second_article(doc, start, stop)
    one_of = start + 2 < stop and doc[start].lower_ == "one" and doc[start + 1].lower_ == "of"
    first = skip_determiners(doc, start + 2 if one_of else start, stop)
    end = without_times(doc, first, run_end(doc, first, stop))
    head = end - 1
    if head < first or any(is_seam(doc, i) for i in range(first, head)):
        return None
    heads = is_head(doc, head)
    belongs = is_head is is_role_word and is_belonging_word(doc, head)
    if not (heads or belongs):
        return None
    whole = complements_end(doc, end, stop, is_head)
    if not heads and whole == end and not is_owned(doc, start, first, head):
        return None
    return Phrase(start, start if one_of else first, head, whole, is_plural(doc[head]) and not one_of)


def has_second_article(doc: Doc, i: int, stop: int) -> bool:
    """Whether a determiner follows a word that is therefore not one itself: denied that | the mayor, both | the mayor and."""
    return i + 1 < stop and doc[i].lower_ in {"that", "both", "either", "neither"} and doc[i + 1].lower_ in {"the", "a", "an", *POSSESSIVES}


def hides_name(doc: Doc, described: Phrase) -> bool:
    """Whether a phrase extends into someone's name, whose title it then is: deputy chief of staff Jane Roe."""
    for i in range(described.head + 2, described.end):
        before = doc[i - 1]
        if not is_person(doc[i]) or is_person(before) or word_class(before) not in {"NOUN", "PROPN"}:
            continue
        title = title_before(doc, i)
        if is_organization_word(doc, i - 1) or (title is not None and title[0] > described.head + 1):
            continue
        if not is_role_word(doc, i - 1) and before.lower_.rstrip(".") not in entries("courtesies") | entries("nonrole_nouns"):
            return True
    return False


def complements_end(doc: Doc, i: int, stop: int, is_head: HeadTest) -> int:
    """Returns the end of all that follows a head and belongs to it."""
    end = i
    in_object = False
    while end < stop:
        further = prepositional_end(doc, end, stop) or participle_end(doc, end, stop)
        if further is None:
            further = coordinated_end(doc, end, stop, is_head, in_object=in_object)
        elif not further > end:
            break
        else:
            in_object = True
        if further is None and in_object:
            further = place_end(doc, end, stop) or listed_end(doc, end, stop)
        if further is None:
            further = work_end(doc, end, stop) if in_object else None
        if further is None:
            return end
        end = further
    return end


def work_end(doc: Doc, i: int, stop: int) -> int | None:
    """Returns the end of a work's title between marks right after a phrase: of the book “Debating the Harbour”."""
    opens = i < stop and doc[i].text in {"“", "‘", "«"} and doc[i - 1].text[-1] not in ",."  # after Kelby Ferries Ltd. a quote begins
    return marked_end(doc, i, stop) if opens else None


def participle_end(doc: Doc, i: int, stop: int) -> int | None:
    """Returns the end of a participle with its object: trained in Montreal, covering Congress."""
    # Participles like *including* are prepositions; a reporting verb attributes.
    if (
        i + 1 >= stop
        or doc[i].tag_ not in {"VBN", "VBG"}
        or is_finite(doc[i])
        or doc[i].lower_ in entries("participle_prepositions") | entries("reporting_forms")
    ):
        return None
    if doc[i].tag_ == "VBN" and doc[i + 1].lower_ not in PREPOSITIONS:
        return None
    if doc[i].tag_ == "VBG" and doc[i + 1].lower_ == "to":
        return None
    end = prepositional_end(doc, i + 1, stop)
    return end if end is not None or doc[i].tag_ == "VBN" else object_end(doc, i + 1, stop)


def coordinated_end(doc: Doc, i: int, stop: int, is_head: HeadTest, *, in_object: bool) -> int | None:
    """Returns the end of what a conjunction adds: another role, another complement, or another object of the preposition before."""
    comma = i < stop and doc[i].text == ","
    j = i + 1 if comma else i
    if comma and j < stop and doc[j].lower_ not in CONJUNCTIONS:
        return listed_role_end(doc, i, stop, is_head)
    if j >= stop or doc[j].lower_ not in CONJUNCTIONS:
        return None
    j += 2 if j + 1 < stop and doc[j + 1].lower_ in {"now", "also", "currently"} else 1
    other = phrase(doc, j, is_head, limit=stop)
    if other is not None:
        return other.end if not starts_clause(doc, other.end) else None
    return coordinated_object_end(doc, j, stop) if in_object and not comma else None


def coordinated_object_end(doc: Doc, i: int, stop: int) -> int | None:
    """Returns the end of another object, or another prepositional phrase, that begins at `i` after a conjunction."""
    end = prepositional_end(doc, i, stop) or object_end(doc, i, stop)
    if end is None or starts_clause(doc, end) or any(is_person(token) for token in doc[i:end]):
        return None
    return end


def listed_role_end(doc: Doc, i: int, stop: int, is_head: HeadTest) -> int | None:
    """Returns the end of a list of roles that continues at the comma `i` and closes with a conjunction."""
    end = i
    while end < stop and doc[end].text == "," and end + 1 < stop:
        if doc[end + 1].lower_ in CONJUNCTIONS:
            end += 1
            break
        first = skip_determiners(doc, end + 1, stop)
        further = run_end(doc, first, stop)
        if further <= first or not is_head(doc, further - 1) or is_plural(doc[further - 1]):
            return None
        end = further
    if end >= stop or doc[end].lower_ not in CONJUNCTIONS:
        return None
    other = phrase(doc, end + 1, is_head, limit=stop)
    return other.end if other is not None and not other.plural and not starts_clause(doc, other.end) else None


def place_end(doc: Doc, i: int, stop: int) -> int | None:
    """Returns the end of a place that says where the place before it is: Pickens County, South Carolina."""
    if i + 1 >= stop or doc[i].text != "," or word_class(doc[i - 1]) != "PROPN" or is_person(doc[i - 1]):
        return None
    end = i + 1
    while end < stop and end < i + 4 and doc[end].text[:1].isupper() and not is_person(doc[end]) and word_class(doc[end]) == "PROPN":
        end += 1
    if end == i + 1 or is_role_word(doc, end - 1):
        return None
    place = all(token.ent_type_ in {"GPE", "LOC"} for token in doc[i + 1 : end])
    closed = end >= len(doc) or doc[end].text in {",", ".", ";", ")", ":"}
    return end if place and closed else None


def listed_end(doc: Doc, i: int, stop: int) -> int | None:
    """Returns the end of a list of objects that continues at a comma and closes with a conjunction: for trade, industry and energy."""
    end = i
    while end + 1 < stop and doc[end].text == "," and doc[end + 1].lower_ not in CONJUNCTIONS:
        further = object_end(doc, end + 1, stop)
        if further is None or any(is_person(token) for token in doc[end + 1 : further]):
            return None
        end = further
    last = end + (end < stop and doc[end].text == ",")
    if end == i or last + 1 >= stop or doc[last].lower_ not in CONJUNCTIONS:
        return None
    return coordinated_object_end(doc, last + 1, stop)


def starts_clause(doc: Doc, i: int) -> bool:
    """Whether a finite verb follows, so that the phrase before it is its subject."""
    return i < len(doc) and is_finite(doc[i]) and not is_break(doc[i])
