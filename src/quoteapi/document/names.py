"""Names, told again with the whole article in view: a name that is plain in one place is the same name everywhere.

The finder of names looks at a few words at a time. What it misses is often told by what stands beside a name (a title, a first name) or
by another place in the article, so names are split from what stands before them, found by their first names, and made consistent.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans

from quoteapi.document.bodies import INSIDE_ORG, ORG, bodies, prefixed
from quoteapi.document.name_parts import (
    LONGEST,
    PERSON,
    followed,
    follows_preposition,
    is_alone,
    is_capital,
    is_common,
    is_first_name,
    is_job,
    is_joined,
    is_noun,
    is_title,
    may_be_person,
)
from quoteapi.document.particles import particled
from quoteapi.document.widening import widened
from quoteapi.knowledge import entries

PLACES = frozenset({"GPE", "LOC"})
PARTY_TAG = re.compile(r"[DRI]-[A-Z]")
LABEL = re.compile(r"[A-Z][A-Z'’-]{2,}")
OFTEN = 3
"""How often a capitalised word recurs that is taken for a name."""


@Language.component("quoteapi_names", assigns=["doc.ents"])
def tell_names_again(doc: Doc) -> Doc:
    """Names split, added and made consistent; see the module."""
    doc.ents = [whole for entity in doc.ents if (whole := trimmed(entity)) and not is_common(whole) and not is_cut_title(whole)]
    capitals = [token for token in doc if is_capital(token)]
    steps = (
        partial(split, doc),
        partial(titled, capitals),
        partial(labelled, capitals),
        partial(employed, capitals),
        partial(bodies, doc, capitals),
        partial(prefixed, doc),
        partial(speaking, capitals),
        partial(first_named, capitals),
        partial(widened, doc),
        partial(particled, doc, capitals),
        partial(consistent, doc),
        partial(recurring, doc, capitals),
        partial(acronyms, doc, capitals),
    )
    for step in steps:
        if found := list(step()):
            doc.ents = filter_spans([*found, *doc.ents])
    return doc


def trimmed(entity: Span) -> Span:
    """A name without the prepositions and conjunctions at its end (Ministry of Health [in] Kelby)."""
    end = entity.end
    while end > entity.start and entity.doc[end - 1].is_lower and entity.doc[end - 1].tag_ in {"IN", "CC", "TO"}:
        end -= 1
    return entity if end == entity.end else Span(entity.doc, entity.start, end, entity.label_)


def is_cut_title(entity: Span) -> bool:
    """Whether a name is but a title with a full stop."""
    return is_title(entity[-1]) and entity.text.endswith(".")


def split(doc: Doc) -> Iterator[Span]:
    """Persons taken out of spans that begin with their title or office (Secretary of [State Jane Roe]); the longer span gives way.

    `filter_spans` prefers the longest span, so a part is given in place of its whole: the whole is dropped here.
    """
    kept = []
    parts = []
    places = {entity.text for entity in doc.ents if entity.label_ in PLACES}
    for entity in doc.ents:
        if is_office(entity) or PARTY_TAG.match(entity.text):
            continue
        cut = name_begin(entity) or place_end(entity, places)
        if cut is None:
            kept.append(entity)
            continue
        parts.append(Span(doc, cut, entity.end, PERSON))
        before = doc[entity.start : cut]
        if len(before) > 1 and entity.label_ in {ORG, *PLACES} and not is_title(before[0]):
            last = next((i for i in range(cut, entity.start, -1) if not is_title(doc[i - 1])), entity.start)
            if last > entity.start:
                parts.append(Span(doc, entity.start, last, entity.label_))
    doc.ents = kept
    yield from parts


def name_begin(entity: Span) -> int | None:
    """Where a person's name begins inside a longer span; None where nothing is to be cut."""
    titles = [token.i + 1 for token in entity if is_title(token) and token.i + 1 < entity.end]
    if titles and entity.doc[titles[-1]].lower_ not in INSIDE_ORG and may_be_person(entity.doc[titles[-1] : entity.end]):
        return titles[-1]
    if len(entity) >= 3 and entity.label_ == PERSON and is_office_before(entity):  # noqa: PLR2004 - an office, then two names
        return entity.start + 1
    if entity.label_ == PERSON or len(entity) < 3:  # noqa: PLR2004 - something, then two names
        return None
    nouns = entries("organization_nouns")
    of = entity.start > 0 and entity.doc[entity.start - 1].lower_ in {"of", "for"}
    for token in entity[1:-1]:
        before = entity.doc[entity.start : token.i]
        office = of or any(word.lower_ in nouns or word.lower_ in INSIDE_ORG for word in before)
        if office and is_first_name(token) and before[-1].lower_ not in INSIDE_ORG and may_be_person(entity.doc[token.i : entity.end]):
            return token.i
    return None


def is_office_before(entity: Span) -> bool:
    """Whether a name's first word is an office: a first name follows it, or the next word is a name by itself elsewhere."""
    if entity[0].lower_ not in entries("role_nouns"):
        return False
    return is_first_name(entity[1]) or any(e.text == entity[1].text and e.label_ == PERSON for e in entity.doc.ents)


def place_end(entity: Span, places: set[str]) -> int | None:
    """Where a place's name ends that the article has elsewhere and that a person's name runs on from (of South Carolina Jane Roe)."""
    for cut in range(entity.start + 1, entity.end - 1):
        if entity.doc[entity.start : cut].text in places and is_first_name(entity.doc[cut]) and may_be_person(entity.doc[cut : entity.end]):
            return cut
    return None


def is_office(entity: Span) -> bool:
    """Whether a body's name is but an office in front of a person's name (Senate Majority Leader Jane Roe)."""
    end = entity.end
    while end + 1 < len(entity.doc) and is_joined(entity.doc[end]):
        end += 1
    after = end < len(entity.doc) and entity.doc[end].ent_type_ == PERSON
    words = [token for token in entity if token.is_alpha]
    office = bool(words) and (is_title(words[-1]) if after else is_apposed_office(entity))
    return entity.label_ == ORG and office


def is_apposed_office(entity: Span) -> bool:
    """Whether a body's name is an office *for* or *of* something, between whose commas a person's name follows (…, Hon. Jane Roe, said)."""
    doc, end = entity.doc, entity.end
    heads = [token for token in entity if is_title(token) and token.i + 1 < end and doc[token.i + 1].lower_ in {"for", "of"}]
    if not heads or end >= len(doc) or doc[end].text != ",":
        return False
    end += 1
    while end < len(doc) and is_title(doc[end]):
        end += 1
    body = any(token.lower_ in entries("organization_nouns") for token in doc[entity.start : heads[0].i])
    return not body and end < len(doc) and doc[end].ent_type_ == PERSON


def speaking(capitals: Sequence[Token]) -> Iterator[Span]:
    """A first name and what follows it, taken for a place or half so, where it speaks: places with such names (Virginia Beach) do not.

    It speaks as the subject of a reporting verb, or behind *according to*.
    """
    verbs = entries("reporting_forms")
    for token in followed(capitals):
        doc = token.doc
        if token.ent_type_ in {PERSON, ORG} or token.tag_ != "NNP" or not is_first_name(token) or token.nbor().ent_type_ not in PLACES:
            continue
        end = token.i + 1
        while end < len(doc) and end - token.i < LONGEST and doc[end].ent_type_ in PLACES and is_capital(doc[end]):
            end += 1
        name = doc[token.i : end]
        before = doc[max(0, token.i - 2) : token.i].text.lower()
        subject = name.root.dep_ == "nsubj" and name.root.head.lower_ in verbs
        if end > token.i + 1 and (subject or before == "according to") and may_be_person(name):
            yield Span(doc, token.i, end, PERSON)


def titled(capitals: Sequence[Token]) -> Iterator[Span]:
    """Capitals after a title that no span holds yet (Ayatollah [Ali Roe])."""
    for token in followed(capitals):
        doc = token.doc
        office = token.nbor().lower_ in entries("role_nouns") and not is_first_name(token.nbor())  # Chief Executive
        if is_title(token) and not token.nbor().ent_type_ and is_capital(token.nbor()) and not is_title(token.nbor()) and not office:
            end = token.i + 1
            while (
                end < len(doc) and is_capital(doc[end]) and not doc[end].ent_type_ and end - token.i <= LONGEST and doc[end].tag_ == "NNP"
            ):
                end += 1
            if end > token.i + 1 and may_be_person(doc[token.i + 1 : end]):
                yield Span(doc, token.i + 1, end, PERSON)


def employed(capitals: Sequence[Token]) -> Iterator[Span]:
    """Two capitals behind a noun for a job that no span holds yet (patients' advocate [Theres Roe])."""
    for token in followed(capitals):
        family = token.nbor()
        free = not token.ent_type_ and not family.ent_type_ and token.is_title and family.is_title and not is_title(token)
        if (
            free
            and token.i
            and is_job(token.nbor(-1))
            and token.tag_ == family.tag_ == "NNP"
            and may_be_person(token.doc[token.i : token.i + 2])
        ):
            yield Span(token.doc, token.i, token.i + 2, PERSON)


def labelled(capitals: Sequence[Token]) -> Iterator[Span]:
    """The speaker's label that opens a turn of a transcript (ROE: I will)."""
    for token in followed(capitals):
        opens = token.i == 0 or token.nbor(-1).is_space or (token.nbor(-1).is_punct and (token.i == 1 or token.nbor(-2).is_space))
        if opens and token.nbor().text == ":" and LABEL.fullmatch(token.text):
            yield Span(token.doc, token.i, token.i + 1, PERSON)


def first_named(capitals: Sequence[Token]) -> Iterator[Span]:
    """A first name with capitals after it that no span holds yet."""
    for token in followed(capitals):
        doc = token.doc
        job = token.lower_ in entries("role_nouns") and is_first_name(token.nbor())  # Lawyer Adam Roe
        if token.ent_type_ or not is_first_name(token) or token.tag_ != "NNP" or job:
            continue
        if token.i and is_capital(token.nbor(-1)) and token.nbor(-1).tag_ == "NNP" and not token.nbor(-1).is_sent_start:
            continue
        end = token.i + 1
        while (
            end < len(doc)
            and is_capital(doc[end])
            and doc[end].tag_ == "NNP"
            and doc[end].ent_type_ in {"", PERSON}
            and end - token.i < LONGEST
        ):
            end += 1
        if end > token.i + 1 and may_be_person(doc[token.i : end]):
            yield Span(doc, token.i, end, PERSON)


def consistent(doc: Doc) -> Iterator[Span]:
    """Every place where a full name of the article stands, and its surname alone unless it is a place's name here."""
    full = {entity.text: len(entity) for entity in doc.ents if entity.label_ == PERSON and len(entity) > 1}
    surnames = {name.split()[-1] for name in full}
    as_place = Counter(e.text for e in doc.ents if len(e) == 1 and e.label_ in PLACES and e.text in surnames and follows_preposition(e))
    surnames -= set(as_place)
    found = []
    bodies_at = {i: len(entity) for entity in doc.ents if entity.label_ == ORG for i in range(entity.start, entity.end)}
    by_first: dict[str, set[tuple[str, int]]] = {}
    for name, length in full.items():
        by_first.setdefault(name.split()[0], set()).add((name, length))
    for token in doc:
        for name, length in by_first.get(token.text, ()):
            span = doc[token.i : token.i + length]
            if span.text != name:
                continue
            inside_body = any(bodies_at.get(t.i, 0) > length for t in span)
            if any(t.ent_type_ != PERSON for t in span) and not inside_body:
                found.append(Span(doc, token.i, token.i + length, PERSON))
        if token.text in surnames and token.tag_.startswith("NNP") and is_alone(token):
            found.append(Span(doc, token.i, token.i + 1, PERSON))
    found.extend(
        Span(doc, entity.start, entity.end, PERSON)
        for entity in doc.ents
        if len(entity) > 1 and entity.label_ in {ORG, *PLACES} and may_be_person(entity) and entity.text.split(maxsplit=1)[-1] in full
    )
    taken = {t.i for span in found for t in span}
    doc.ents = [entity for entity in doc.ents if not any(t.i in taken for t in entity)]
    yield from found


def acronyms(doc: Doc, capitals: Sequence[Token]) -> Iterator[Span]:
    """The initials of a body that the article names in full (Securities and Exchange Commission, SEC), where no span holds them yet."""
    short = {"".join(token.text[0] for token in entity if is_capital(token)) for entity in doc.ents if entity.label_ == ORG}
    for token in capitals:
        if not token.ent_type_ and token.is_upper and len(token) > 1 and token.text in short:
            yield Span(doc, token.i, token.i + 1, ORG)


def recurring(doc: Doc, capitals: Sequence[Token]) -> Iterator[Span]:
    """Words that the article always writes with a capital, again and again, and that no span holds: what it is about has a name."""
    nouns = [token for token in capitals if is_noun(token) and not token.ent_type_ and not is_title(token)]
    capital = Counter(token.text for token in nouns)
    plain = {text for token in doc if (text := token.text).islower()}
    known = {entity.text: entity.label_ for entity in doc.ents if len(entity) == 1}
    for token in nouns:
        often = capital[token.text] >= OFTEN and token.text.lower() not in plain and len(token) > len("Dr.")
        if (often or token.text in known) and is_alone(token) and token.lower_ not in entries("calendar"):
            yield Span(doc, token.i, token.i + 1, known.get(token.text, ORG))
