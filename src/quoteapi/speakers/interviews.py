"""Interviews: whose the turns are that a page labels by an office or a part alone (The Chair:, Q:, A:).

The article says above the turns who is asked, and sometimes who asks (Jane Roe spoke to us; our reporter John Doe interviewed her). What it
leaves open stays so.
"""

from collections.abc import Sequence

from msgspec import Struct
from spacy.tokens import Token

from quoteapi.knowledge import meanings
from quoteapi.speakers.entities import Entities, Entity
from quoteapi.speakers.headlines import headline_end
from quoteapi.speakers.names import clean
from quoteapi.speakers.nouns import noun_of
from quoteapi.speakers.page import Page

JOURNALISTS = frozenset(
    {"anchor", "columnist", "correspondent", "editor", "host", "interviewer", "journalist", "presenter", "reporter", "writer"}
)
INTERVIEWERS = frozenset({"interviewer"})
TALKING = frozenset({"chat", "sit", "speak", "talk"})
"""Verbs of talks in which either side may be who asks: what tells is who is of the newsroom."""
ASKING = frozenset({"ask", "question", "quiz", "grill"})
"""Verbs that tell of an interview where the newsroom is their subject."""
INTERVIEW = frozenset({"interview", "conversation", "q&a"})
EDITED = frozenset({"edited", "condensed", "shortened", "abridged"})
"""What a note says that was done to the words of an interview."""
INITIALS = range(2, 4)
"""How many words a name has whose initials are a label."""
OURSELVES = frozenset({"we", "us", "i", "me"})
SUBJECTS = frozenset({"nsubj", "nsubj:outer"})
PASSIVE = frozenset({"nsubj:pass", "nsubjpass"})
OBJECTS = frozenset({"obj", "dobj", "iobj", "dative"})


class Parts(Struct, frozen=True):
    """Who asks and who answers, as far as the article says."""

    asks: Entity | None
    answers: Entity | None


def join_labels(page: Page, entities: Entities) -> None:
    """Joins the labels that are no names: offices with who holds them in the article, parts of an interview with who plays them."""
    offices: dict[str, Entity] = {}
    parts: Parts | None = None
    initials = Initials(entities)
    for number, label in page.labels.items():
        if (own := entities.of(number)) is not None:
            if own.type == "person" and (full := initials.of(page.text(number))) is not None:
                entities.merge(full, own)
            continue
        noun = page.doc[page.mentions[number].head].lower_
        if label.sort == "office" and noun not in INTERVIEWERS:
            words = page.text(number).lower()
            if words not in offices:
                offices[words] = initials.of(page.text(number)) or holder(entities, noun) or nameless(page, number, noun)
            entity = offices[words]
        else:
            parts = parts or parts_of(page, entities)
            known = parts.answers if label.sort == "answers" else parts.asks
            if known is None and label.sort != "office":
                continue
            entity = known or offices.setdefault(noun, nameless(page, number, noun))
        entities.put(number, entity)


def holder(entities: Entities, noun: str) -> Entity | None:
    """The one person whom the article calls by an office; None where it calls nobody so, or several."""
    nouns = {noun, *meanings("title_nouns").get(noun, ())}
    found = [entity for entity in entities if entity.type == "person" and not nouns.isdisjoint(entity.nouns)]
    return found[0] if len(found) == 1 else None


class Initials:
    """The persons of an article by the initials of their names (JR: Jane Roe)."""

    def __init__(self, entities: Entities) -> None:
        self._found: dict[str, list[Entity]] = {}
        for entity in entities:
            for letters in {
                "".join(key[0] for key in name.keys).upper() for name in (*entity.names, *entity.quoted_names) if len(name.keys) in INITIALS
            }:
                self._found.setdefault(letters, []).append(entity)

    def of(self, label: str) -> Entity | None:
        """The one person whose initials a label is, in capitals."""
        found = self._found.get(label, [])
        return found[0] if len(found) == 1 else None


def nameless(page: Page, number: int, noun: str) -> Entity:
    """Somebody whom the page knows by a label alone."""
    return Entity("unnamed", shown=clean(page.text(number)), nouns={noun})


def parts_of(page: Page, entities: Entities) -> Parts:
    """Who asks and who answers in the turns of a page.

    What stands above the turns tells, else what stands below them. Where no words say who is which and there is word of an interview, the
    one person named there answers, or the one in the headline.
    """
    first, last = (page.mentions[number].start for number in (min(page.labels), max(page.labels)))
    quoted = max(quote.end for quote in page.quotes if quote.label is not None)
    below = next((token.i for token in page.doc[last:] if token.idx >= quoted), len(page.doc))
    for start, end in ((0, first), (below, len(page.doc))):
        told = [part for token in page.doc[start:end] if (part := tell(page, entities, token)) is not None]
        asks = {part.asks for part in told if part.asks is not None}
        answers = {part.answers for part in told if part.answers is not None} - asks
        if not answers and any(is_interview(token) for token in page.doc[start:end]):
            answers = named(page, entities, (start, end)) - asks
            answers = answers if len(answers) == 1 else answers & named(page, entities, (start, headline_end(page.doc)))
        if answers:
            return Parts(only(asks), only(answers))
    return Parts(None, None)


def named(page: Page, entities: Entities, tokens: tuple[int, int]) -> set[Entity]:
    """The persons named in a half-open stretch of tokens who are not of the newsroom."""
    start, end = tokens
    found = (entities.of(n) for n, m in enumerate(page.mentions) if m.form == "name" and m.quote is None and start <= m.start < end)
    return {entity for entity in found if entity is not None and entity.type == "person" and not is_of_newsroom(entity)}


def only(found: set[Entity]) -> Entity | None:
    """The one of a set; None of an empty one, and where it is open which."""
    return next(iter(found)) if len(found) == 1 else None


def is_interview(token: Token) -> bool:
    """Whether a word says that the turns are an interview."""
    return token.lemma_.lower() in INTERVIEW or token.lower_ in INTERVIEW | EDITED


def tell(page: Page, entities: Entities, word: Token) -> Parts | None:
    """Who asks and who answers by one verb or noun for a talk; None of another word."""
    lemma = noun_of(word)
    if lemma not in INTERVIEW | (ASKING | TALKING | {"answer"} if word.pos_ == "VERB" else frozenset()):
        return questions(page, entities, word) if lemma == "question" else met(page, entities, word) if lemma == "meet" else None
    subject = side(page, entities, children(word, SUBJECTS))
    passive = side(page, entities, children(word, PASSIVE))
    object_ = side(page, entities, children(word, OBJECTS))
    other = side(page, entities, behind(word, {"with", "to"}))
    by = side(page, entities, behind(word, {"by"}))
    if word.pos_ != "VERB":  # an interview with Roe by Doe
        return Parts(by.who, other.who)
    if lemma == "answer":
        return Parts(None, subject.who) if any(one.lemma_ == "question" for one in children(word, OBJECTS)) else None
    if lemma not in TALKING:
        passively = Parts(by.who, passive.who) if passive.who or by.who else None
        return passively or (Parts(subject.who, object_.who) if lemma == "interview" or subject.asks else None)
    if subject.asks and not other.asks:
        return Parts(subject.who, other.who)
    return Parts(other.who, subject.who) if other.asks else Parts(None, None)


def met(page: Page, entities: Entities, verb: Token) -> Parts | None:
    """Whom we met, or who met us (She met us on the quay)."""
    sides = children(verb, SUBJECTS), children(verb, OBJECTS)
    ours = [any(token.lower_ in OURSELVES for token in tokens) for tokens in sides]
    return Parts(None, side(page, entities, sides[ours[0]]).who) if any(ours) else None


def questions(page: Page, entities: Entities, word: Token) -> Parts | None:
    """Whom the questions are for (five questions for Roe)."""
    asked = side(page, entities, behind(word, {"for", "to"}))
    return None if asked.who is None else Parts(None, asked.who)


class Side(Struct, frozen=True):
    """One side of a talk: who it is, and whether it is the newsroom's."""

    who: Entity | None
    asks: bool


def side(page: Page, entities: Entities, tokens: Sequence[Token]) -> Side:
    """What the tokens on one side of a talk name."""
    for token in tokens:
        if token.lower_ in OURSELVES:
            return Side(None, asks=True)
        entity = entities.of(page.by_token.get(token.i))
        if entity is not None:
            return Side(entity if entity.type == "person" else None, asks=is_of_newsroom(entity))
        if token.text[:1].isupper():  # The Standard, which nothing tells for a name
            return Side(None, asks=True)
    return Side(None, asks=False)


def is_of_newsroom(entity: Entity) -> bool:
    """Whether somebody writes or is a journalist, or is a body, which in an interview asks."""
    return entity.is_author or (entity.type == "organization" and entity.is_named) or not JOURNALISTS.isdisjoint(entity.nouns)


def children(word: Token, functions: frozenset[str]) -> list[Token]:
    """The words that have a function at a verb; for its subject the parser may take an oblique before it that has no preposition."""
    bare = (child for child in word.lefts if functions is SUBJECTS and child.dep_ == "obl" and not any(True for _ in child.lefts))
    return [*(child for child in word.children if child.dep_ in functions), *bare]


def behind(word: Token, prepositions: set[str]) -> list[Token]:
    """The words that hang on a word by a preposition."""
    return [
        child
        for child in word.subtree
        if child.i > word.i and any(one.lower_ in prepositions and one.i < child.i for one in child.children)
    ]
