"""Interviews: who speaks in turns that are labelled only with an office or a part (The Chair:, Q:, A:).

The article says above or below the turns who is interviewed, and sometimes by whom (Jane Roe spoke to us; our reporter John Doe
interviewed her). What it leaves open stays open.
"""

from collections.abc import Sequence

from msgspec import Struct
from spacy.tokens import Token

from quoteapi.knowledge import meanings
from quoteapi.speakers.entities import Entities, Entity
from quoteapi.speakers.headlines import headline_end
from quoteapi.speakers.mention_context import MentionContext
from quoteapi.speakers.nouns import noun_of
from quoteapi.speakers.person_names import clean

JOURNALISTS = frozenset(
    {"anchor", "columnist", "correspondent", "editor", "host", "interviewer", "journalist", "presenter", "reporter", "writer"}
)
INTERVIEWERS = frozenset({"interviewer"})
CONVERSATION_VERBS = frozenset({"chat", "sit", "speak", "talk"})
"""Verbs for conversations in which either side may ask: the interviewer is the side that belongs to the newsroom."""
QUESTION_VERBS = frozenset({"ask", "question", "quiz", "grill"})
"""Verbs that indicate an interview if the newsroom is their subject."""
INTERVIEW_NOUNS = frozenset({"interview", "conversation", "q&a"})
EDITING_VERBS = frozenset({"edited", "condensed", "shortened", "abridged"})
"""What a note says was done to the wording of an interview."""
INITIALS = range(2, 4)
"""Numbers of words in a name whose initials may be a label."""
FIRST_PERSON = frozenset({"we", "us", "i", "me"})
SUBJECTS = frozenset({"nsubj", "nsubj:outer"})
PASSIVE = frozenset({"nsubj:pass", "nsubjpass"})
OBJECTS = frozenset({"obj", "dobj", "iobj", "dative"})


class InterviewRoles(Struct, frozen=True):
    """Who asks and who answers; None where the article does not say."""

    asks: Entity | None
    answers: Entity | None


def join_labels(context: MentionContext, entities: Entities) -> None:
    """Joins labels that are not names: offices with their holders in the article, parts of an interview with the people who have them."""
    offices: dict[str, Entity] = {}
    parts: InterviewRoles | None = None
    initials = Initials(entities)
    for number, label in context.labels.items():
        if (own := entities.of(number)) is not None:
            if own.type == "person" and (full := initials.of(context.text(number))) is not None:
                entities.merge(full, own)
            continue
        noun = context.doc[context.mentions[number].head].lower_
        if label.sort == "office" and noun not in INTERVIEWERS:
            words = context.text(number).lower()
            if words not in offices:
                offices[words] = initials.of(context.text(number)) or holder(entities, noun) or unnamed_entity(context, number, noun)
            entity = offices[words]
        else:
            parts = parts or interview_roles(context, entities)
            known = parts.answers if label.sort == "answers" else parts.asks
            if known is None and label.sort != "office":
                continue
            entity = known or offices.setdefault(noun, unnamed_entity(context, number, noun))
        entities.put(number, entity)


def holder(entities: Entities, noun: str) -> Entity | None:
    """Returns the one person whom the article calls by an office; None if it calls nobody so, or several."""
    nouns = {noun, *meanings("title_nouns").get(noun, ())}
    found = [entity for entity in entities if entity.type == "person" and not nouns.isdisjoint(entity.nouns)]
    return found[0] if len(found) == 1 else None


class Initials:
    """The persons of an article, indexed by the initials of their names (JR: Jane Roe)."""

    def __init__(self, entities: Entities) -> None:
        self._found: dict[str, list[Entity]] = {}
        for entity in entities:
            for letters in {
                "".join(key[0] for key in name.keys).upper() for name in (*entity.names, *entity.quoted_names) if len(name.keys) in INITIALS
            }:
                self._found.setdefault(letters, []).append(entity)

    def of(self, label: str) -> Entity | None:
        """Returns the one person whose initials, in capitals, are the label; None if there is none or several."""
        found = self._found.get(label, [])
        return found[0] if len(found) == 1 else None


def unnamed_entity(context: MentionContext, number: int, noun: str) -> Entity:
    """Creates an entity that is known by its label alone."""
    return Entity("unnamed", display_name=clean(context.text(number)), nouns={noun})


def interview_roles(context: MentionContext, entities: Entities) -> InterviewRoles:
    """Returns who asks and who answers in the turns of an article.

    The text above the turns decides, or else the text below them. If it mentions an interview but not who has which part, the one person
    named there answers, or the one named in the headline.
    """
    first, last = (context.mentions[number].start for number in (min(context.labels), max(context.labels)))
    quoted = max(quote.end for quote in context.quotes if quote.label is not None)
    below = next((token.i for token in context.doc[last:] if token.idx >= quoted), len(context.doc))
    for start, end in ((0, first), (below, len(context.doc))):
        stated = [part for token in context.doc[start:end] if (part := conversation_roles(context, entities, token)) is not None]
        asks = {part.asks for part in stated if part.asks is not None}
        answers = {part.answers for part in stated if part.answers is not None} - asks
        if not answers and any(is_interview(token) for token in context.doc[start:end]):
            answers = named(context, entities, (start, end)) - asks
            answers = answers if len(answers) == 1 else answers & named(context, entities, (start, headline_end(context.doc)))
        if answers:
            return InterviewRoles(single_or_none(asks), single_or_none(answers))
    return InterviewRoles(None, None)


def named(context: MentionContext, entities: Entities, tokens: tuple[int, int]) -> set[Entity]:
    """Returns the persons named in a half-open span of tokens who do not belong to the newsroom."""
    start, end = tokens
    found = (entities.of(n) for n, m in enumerate(context.mentions) if m.form == "name" and m.quote is None and start <= m.start < end)
    return {entity for entity in found if entity is not None and entity.type == "person" and not is_of_newsroom(entity)}


def single_or_none(found: set[Entity]) -> Entity | None:
    """Returns the single element of a set; None if it is empty or has several."""
    return next(iter(found)) if len(found) == 1 else None


def is_interview(token: Token) -> bool:
    """Whether a word shows that the turns are an interview."""
    return token.lemma_.lower() in INTERVIEW_NOUNS or token.lower_ in INTERVIEW_NOUNS | EDITING_VERBS


def conversation_roles(context: MentionContext, entities: Entities, word: Token) -> InterviewRoles | None:
    """Returns who asks and who answers according to a verb or a noun for a conversation; None for any other word."""
    lemma = noun_of(word)
    if lemma not in INTERVIEW_NOUNS | (QUESTION_VERBS | CONVERSATION_VERBS | {"answer"} if word.pos_ == "VERB" else frozenset()):
        roles = {"question": question_roles, "meet": meeting_roles}.get(lemma)
        return None if roles is None else roles(context, entities, word)
    subject = side(context, entities, children(word, SUBJECTS))
    passive = side(context, entities, children(word, PASSIVE))
    object_ = side(context, entities, children(word, OBJECTS))
    other = side(context, entities, behind(word, {"with", "to"}))
    by = side(context, entities, behind(word, {"by"}))
    if word.pos_ != "VERB":  # a noun: an interview with Roe by Doe
        return InterviewRoles(by.who, other.who)
    if lemma == "answer":
        return InterviewRoles(None, subject.who) if any(one.lemma_ == "question" for one in children(word, OBJECTS)) else None
    if lemma not in CONVERSATION_VERBS:
        passively = InterviewRoles(by.who, passive.who) if passive.who or by.who else None
        return passively or (InterviewRoles(subject.who, object_.who) if lemma == "interview" or subject.asks else None)
    if subject.asks and not other.asks:
        return InterviewRoles(subject.who, other.who)
    return InterviewRoles(other.who, subject.who) if other.asks else InterviewRoles(None, None)


def meeting_roles(context: MentionContext, entities: Entities, verb: Token) -> InterviewRoles | None:
    """Returns the person whom the newsroom met, or who met it, as the one who answers (She met us on the quay)."""
    sides = children(verb, SUBJECTS), children(verb, OBJECTS)
    ours = [any(token.lower_ in FIRST_PERSON for token in tokens) for tokens in sides]
    return InterviewRoles(None, side(context, entities, sides[ours[0]]).who) if any(ours) else None


def question_roles(context: MentionContext, entities: Entities, word: Token) -> InterviewRoles | None:
    """Returns the person to whom the questions are put (five questions for Roe)."""
    asked = side(context, entities, behind(word, {"for", "to"}))
    return None if asked.who is None else InterviewRoles(None, asked.who)


class Side(Struct, frozen=True):
    """One side of a conversation: the person, and whether it is the newsroom's side, which asks."""

    who: Entity | None
    asks: bool


def side(context: MentionContext, entities: Entities, tokens: Sequence[Token]) -> Side:
    """Returns the side of a conversation that the tokens name."""
    for token in tokens:
        if token.lower_ in FIRST_PERSON:
            return Side(None, asks=True)
        entity = entities.of(context.by_token.get(token.i))
        if entity is not None:
            return Side(entity if entity.type == "person" else None, asks=is_of_newsroom(entity))
        if token.text[:1].isupper():  # a name that was not recognized, such as a newspaper's (The Standard)
            return Side(None, asks=True)
    return Side(None, asks=False)


def is_of_newsroom(entity: Entity) -> bool:
    """Whether an entity is the author, a journalist or a named organization, which is the one that asks in an interview."""
    return entity.is_author or (entity.type == "organization" and entity.is_named) or not JOURNALISTS.isdisjoint(entity.nouns)


def children(word: Token, functions: frozenset[str]) -> list[Token]:
    """Returns the dependents of a word with given functions; a bare oblique before it counts as a subject, which the parser may miss."""
    bare = (child for child in word.lefts if functions is SUBJECTS and child.dep_ == "obl" and not any(True for _ in child.lefts))
    return [*(child for child in word.children if child.dep_ in functions), *bare]


def behind(word: Token, prepositions: set[str]) -> list[Token]:
    """Returns the words after a word that depend on it through one of the prepositions."""
    return [
        child
        for child in word.subtree
        if child.i > word.i and any(one.lower_ in prepositions and one.i < child.i for one in child.children)
    ]
