"""Interviews: whose the turns are that a page labels by an office or a part alone (The Chair:, Q:, A:).

The article says above the turns who is asked, and sometimes who asks (Jane Roe spoke to us; our reporter John Doe interviewed her). What it
leaves open stays so.
"""

from collections.abc import Sequence

from msgspec import Struct
from spacy.tokens import Token

from quoteapi.knowledge import meanings
from quoteapi.speakers.clusters import Cluster, Clusters
from quoteapi.speakers.names import clean
from quoteapi.speakers.page import Page

JOURNALISTS = frozenset({"anchor", "columnist", "correspondent", "editor", "host", "interviewer", "journalist", "presenter", "reporter", "writer"})
INTERVIEWERS = frozenset({"interviewer"})
TALKING = frozenset({"chat", "sit", "speak", "talk"})
"""Verbs of talks in which either side may be who asks: what tells is who is of the newsroom."""
ASKING = frozenset({"interview", "ask", "question", "quiz", "grill", "profile"})
TALKS = frozenset({"interview", "conversation", "q&a", "chat", "talk"})
US = frozenset({"us", "me"})
OURS = frozenset({"we", "i"})
SUBJECTS = frozenset({"nsubj", "nsubj:outer"})
PASSIVE = frozenset({"nsubj:pass", "nsubjpass"})
OBJECTS = frozenset({"obj", "dobj"})


class Parts(Struct, frozen=True):
    """Who asks and who answers, as far as the article says."""

    asks: Cluster | None
    answers: Cluster | None


def join_labels(page: Page, clusters: Clusters) -> None:
    """Joins the labels that are no names: offices with who holds them in the article, parts of an interview with who plays them."""
    offices: dict[str, Cluster] = {}
    parts: Parts | None = None
    for number, label in page.labels.items():
        if clusters.of(number) is not None:
            continue
        noun = page.doc[page.mentions[number].head].lower_
        if label.sort == "office" and noun not in INTERVIEWERS:
            words = page.text(number).lower()
            cluster = offices.setdefault(words, holder(page, clusters, noun) or nameless(page, number, noun))
        else:
            parts = parts or parts_of(page, clusters, min(page.labels))
            known = parts.answers if label.sort == "answers" else parts.asks
            if known is None and label.sort != "office":
                continue
            cluster = known or offices.setdefault(noun, nameless(page, number, noun))
        clusters.put(number, cluster)


def holder(page: Page, clusters: Clusters, noun: str) -> Cluster | None:
    """The one person whom the article calls by an office; None where it calls nobody so, or several."""
    nouns = {noun, *meanings("title_nouns").get(noun, ())}
    found = [cluster for cluster in clusters if cluster.type == "person" and not nouns.isdisjoint(cluster.nouns)]
    return found[0] if len(found) == 1 else None


def nameless(page: Page, number: int, noun: str) -> Cluster:
    """Somebody whom the page knows by a label alone."""
    return Cluster("unnamed", shown=clean(page.text(number)), nouns={noun: set()})


def parts_of(page: Page, clusters: Clusters, first: int) -> Parts:
    """Who asks and who answers in the turns that begin with the label at position `first` of the mentions.

    Where no words say who is which, the one person named above the turns answers, if they tell of an interview at all.
    """
    end = page.mentions[first].start
    told = [tell(page, clusters, token) for token in page.doc[:end] if is_talk(token)]
    asks = {part.asks for part in told} - {None}
    answers = {part.answers for part in told} - {None}
    if not answers and told:
        above = (clusters.of(n) for n in range(first) if page.mentions[n].quote is None and page.mentions[n].form == "name")
        answers = {c for c in above if c is not None and c.type == "person" and not is_of_newsroom(c)} - asks
    return Parts(only(asks), only(answers - asks))


def only(found: set[Cluster | None]) -> Cluster | None:
    """The one of a set; None of an empty one, and where it is open which."""
    return next(iter(found)) if len(found) == 1 else None


def is_talk(token: Token) -> bool:
    """Whether a word tells of an interview."""
    lemma = (token.lemma_ or token.text).lower()
    return lemma in ASKING | TALKING if token.pos_ == "VERB" else lemma in TALKS or (lemma == "answer" and token.pos_ == "VERB")


def tell(page: Page, clusters: Clusters, word: Token) -> Parts:
    """Who asks and who answers by one verb or noun for a talk."""
    lemma = (word.lemma_ or word.text).lower()
    subject = side(page, clusters, children(word, SUBJECTS))
    passive = side(page, clusters, children(word, PASSIVE))
    object_ = side(page, clusters, children(word, OBJECTS))
    other = side(page, clusters, behind(word, {"with", "to"}))
    by = side(page, clusters, behind(word, {"by"}))
    if word.pos_ != "VERB":
        return Parts(by.who, other.who)
    if lemma in ASKING:
        return Parts(by.who, passive.who) if passive.who or by.who else Parts(subject.who, object_.who)
    if subject.asks and not other.asks:
        return Parts(subject.who, other.who)
    return Parts(other.who, subject.who) if other.asks else Parts(None, None)


class Side(Struct, frozen=True):
    """One side of a talk: who it is, and whether it is the newsroom's."""

    who: Cluster | None
    asks: bool


def side(page: Page, clusters: Clusters, tokens: Sequence[Token]) -> Side:
    """What the tokens on one side of a talk name."""
    for token in tokens:
        cluster = clusters.of(page.by_token.get(token.i))
        if cluster is not None:
            person = cluster if cluster.type == "person" else None
            return Side(person, asks=is_of_newsroom(cluster))
        if token.lower_ in US | OURS:
            return Side(None, asks=True)
    return Side(None, asks=False)


def is_of_newsroom(cluster: Cluster) -> bool:
    """Whether somebody writes or is a journalist, or is a body, which in an interview asks."""
    return cluster.is_author or cluster.type == "organization" or not JOURNALISTS.isdisjoint(cluster.nouns)


def children(word: Token, functions: frozenset[str]) -> list[Token]:
    """The words that have a function at a verb."""
    return [child for child in word.children if child.dep_ in functions]


def behind(word: Token, prepositions: set[str]) -> list[Token]:
    """The words that hang on a word by a preposition."""
    return [
        child
        for child in word.subtree
        if child.i > word.i and any(one.lower_ in prepositions and one.i < child.i for one in child.children)
    ]
