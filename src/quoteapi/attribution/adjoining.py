"""Adjoining: the source that a reporting verb or a colon of the quote's own sentence names, where the scorer looks to another sentence.

What stands right beside a quote hands it over (Jane Roe, for the union, averred: “…”; “…” asked the pupils); the speaker of the quote
before, or of the next one, is only likely.
"""

from collections.abc import Sequence

from spacy.tokens import Token

from quoteapi.attribution.scene import Scene
from quoteapi.knowledge import entries
from quoteapi.quotes.grammar import SUBJECTS, subject_of
from quoteapi.quotes.reporting import is_reporting

JOINED = frozenset({"appos", "flat"})
PEOPLE = frozenset({"person", "group"})
INDEFINITE = frozenset({"somebody", "someone", "anybody", "anyone"})
"""Subjects that stand for nobody in particular: the words are not those of who tells of them (Roe said that somebody shouted “…”)."""


def adjoined(number: int, chosen: int, candidates: Sequence[int], scene: Scene) -> int | None:
    """The candidate that the quote's own sentence names, where the chosen one stands in another; else None."""
    line = scene.line
    stretches = line.stretches[number]
    first, last = stretches[0], stretches[-1]
    near = [i for i in candidates if scene.mentions[i].quote is None]
    before = verb_at(scene, first - 2, first - 1) if line.word(first - 1) in {":", ","} else verb_at(scene, first - 1, first)
    subject = None if before is None else subject_among(before, near, scene)
    if subject is not None and line.doc[scene.mentions[subject].head].lower_ in INDEFINITE:
        return subject
    behind = line.place[scene.mentions[chosen].start] > last
    if subject is not None and line.word(first - 1) == ":" and (behind or is_apart(chosen, subject, scene)):
        return subject
    sentences = {line.items[i].sentence for i in (max(first - 1, 0), first, last)}
    if sentence_of(scene, chosen) in sentences:
        return None
    told = according(number, near, scene)
    if told is not None or before is not None:
        return subject if told is None else told
    after = verb_at(scene, last + 1, last)
    if after is not None:
        return next((i for i in near if begins_behind(scene, i, last + 1) and scene.mentions[i].form != "pronoun"), None)
    return introduced(first, near, scene) if line.word(first - 1) == ":" else None


def according(number: int, near: Sequence[int], scene: Scene) -> int | None:
    """The candidate behind *according to* behind a quote in its sentence (… “enough” to live on, according to Roe)."""
    line, place = scene.line, scene.line.stretches[number][-1] + 1
    sentence = line.items[place - 1].sentence
    while place + 2 < len(line.items) and line.items[place].sentence == sentence and line.items[place].quote is None:
        if line.word(place) == "according" and line.word(place + 1) == "to":
            return next((i for i in near if line.place[scene.mentions[i].start] in {place + 2, place + 3}), None)
        place += 1
    return None


def is_apart(chosen: int, subject: int, scene: Scene) -> bool:
    """Whether a chosen mention stands before the subject of the verb at the colon, in another phrase (read by Roe, the parents said:)."""
    doc, one, other = scene.line.doc, scene.mentions[chosen], scene.mentions[subject]
    between = doc[one.end : other.start]
    same = other.form == "pronoun" or doc[one.head].head.i == other.head or doc[other.head].head.i == one.head
    return one.end <= other.start and not same and doc[one.head].dep_ not in SUBJECTS and any(token.text == "," for token in between)


def verb_at(scene: Scene, place: int, beside: int) -> Token | None:
    """The reporter's verb of reporting at a place, where it stands in the sentence of the item `beside`."""
    line = scene.line
    if not 0 <= place < len(line.items):
        return None
    item, mark = line.items[place], line.items[beside]
    token: Token = line.doc[item.token]
    own = item.quote is None and item.sentence == mark.sentence and item.paragraph == mark.paragraph
    return token if own and is_reporting(token) else None


def subject_among(verb: Token, near: Sequence[int], scene: Scene) -> int | None:
    """The mention that is a verb's subject; where the parse has none, the only person or account named before it, or right there."""
    subject = subject_of(verb)
    if subject is not None:
        return next((i for i in near if scene.mentions[i].start <= subject.i < scene.mentions[i].end), None)
    doc = scene.line.doc
    persons = {i for i in near if scene.mentions[i].form == "name" and scene.mentions[i].type == "person"}
    named = [i for i in near if i in persons or doc[scene.mentions[i].start].text.startswith("@")]
    sentence = scene.line.items[scene.line.place[verb.i]].sentence
    before = [i for i in named if scene.mentions[i].end <= verb.i and sentence_of(scene, i) == sentence]
    if len(before) > 1 and scene.mentions[before[-1]].end == verb.i:
        head = doc[scene.mentions[before[-1]].head]
        return next((i for i in before if head.dep_ == "conj" and scene.mentions[i].head == head.head.i), before[-1])
    return before[0] if len(before) == 1 else None


def sentence_of(scene: Scene, i: int) -> int:
    """The sentence that a mention's head stands in, counted on the line."""
    return scene.line.items[scene.line.place[scene.mentions[i].head]].sentence


def begins_behind(scene: Scene, i: int, place: int) -> bool:
    """Whether a mention begins right behind a place, its determiner aside."""
    line, start = scene.line, scene.line.place[scene.mentions[i].start]
    return start == place + 1 or (start == place + 2 and line.word(place + 1) in entries("determiners"))


def introduced(first: int, near: Sequence[int], scene: Scene) -> int | None:
    """The person who is the subject of the sentence that leads to a quote with a colon, by the name where one is beside the subject."""
    line = scene.line
    sentence = line.items[first - 1].sentence
    for i in near:
        head = line.doc[scene.mentions[i].head]
        if head.dep_ in SUBJECTS and sentence_of(scene, i) == sentence:
            beside = {head.i, *(child.i for child in head.children if child.dep_ in JOINED)}
            named = (k for k in near if scene.mentions[k].head in beside and scene.mentions[k].form == "name")
            return next((k for k in (*named, i) if scene.mentions[k].type in PEOPLE), None)
    return None
