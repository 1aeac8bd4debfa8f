"""Descriptions: the common nouns that an article gives to a named somebody, in front of the name, in apposition or with *be*."""

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Token

from quoteapi.constructions.beside import beside_name
from quoteapi.constructions.preposed import comma_before
from quoteapi.constructions.words import is_finite
from quoteapi.findings import Mention
from quoteapi.knowledge import entries, meanings
from quoteapi.quotes.reporting import is_reporting
from quoteapi.speakers.clusters import Cluster, Clusters
from quoteapi.speakers.gender import tells_gender
from quoteapi.speakers.page import Page

NEXT = 3
"""Mentions after a name among which its apposition is: a possessor stands in it, too."""
TITLE_REACH = 8
"""Words before a name among which its titles stand (former Republican presidential nominee Jane Roe)."""


def is_person_noun(word: str) -> bool:
    """Whether a folded noun names a person by work, kin or office."""
    return (
        word in entries("person_nouns")
        or word in entries("role_nouns")
        or word in meanings("title_nouns")
        or word in entries("titles")
        or word.endswith(("man", "woman"))
    )


def is_demonym(doc: Doc, mention: Mention) -> bool:
    """Whether a phrase is but the article and a word for somebody of a place (the Queenslander)."""
    head = doc[mention.head]
    two = mention.end - mention.start == 2 and doc[mention.start].lower_ == "the"  # noqa: PLR2004 - the article and the word
    return two and head.text[:1].isupper() and head.lower_.endswith(("er", "an", "ian", "ese", "ite", "man"))


NAMING = frozenset({"known as", "in full", "in full:", "called", "named", "formally", "officially"})
"""What between a phrase and a name says that the one is called by the other."""
PLACES = frozenset({"GPE", "LOC", "NORP"})


def places_in(tokens: Iterable[Token]) -> set[str]:
    """The lower-case words among the tokens that name places or nationalities."""
    return {token.lower_ for token in tokens if token.ent_type_ in PLACES}


def bodies_in(tokens: Iterable[Token]) -> set[str]:
    """The lower-case words among the tokens that name organizations."""
    return {token.lower_ for token in tokens if token.ent_type_ == "ORG" and token.is_alpha}


def describe(cluster: Cluster, tokens: Sequence[Token]) -> None:
    """Notes what nouns and modifiers a somebody is called by."""
    plain = [(token.lemma_ or token.text).lower().rstrip(".") for token in tokens]
    cluster.places |= places_in(tokens)
    cluster.bodies |= bodies_in(tokens)
    for word in plain:
        if is_person_noun(word) or word in meanings("organization_nouns"):
            cluster.nouns.setdefault(word, set()).update(plain)
            if told := tells_gender(word):
                cluster.votes[told] += 2
            for other in meanings("title_nouns").get(word, ()):
                cluster.nouns.setdefault(other, set()).update(plain)


def words_before(page: Page, number: int) -> list[Token]:
    """The title and the nouns right before a name: Republican presidential nominee."""
    words: list[Token] = []
    for i in range(page.mentions[number].start - 1, max(-1, page.mentions[number].start - 1 - TITLE_REACH), -1):
        token = page.doc[i]
        if page.sentences[i] != page.sentences[page.mentions[number].start]:
            break
        if not (token.text[:1].isalpha() or token.text in {".", "-"}) or token.pos_ in {"VERB", "DET", "ADP", "CCONJ", "AUX", "PRON"}:
            break
        if token.is_stop and not token.is_title:
            break
        words.append(token)
    return words[::-1]


def is_office(page: Page, token: Token, number: int) -> bool:
    """Whether a word before a name heads a noun phrase of its own that is the person's office (hurricane expert Dr. Jane Roe)."""
    other = page.by_head.get(token.i)
    if other is None or page.mentions[other].form != "noun" or page.mentions[other].end > page.mentions[number].end:
        return False
    between = page.doc[token.i + 1 : page.mentions[number].start]
    return is_person_noun(token.lower_) and all(word.lower_.rstrip(".") in entries("titles") or word.text == "." for word in between)


def same_as(token: Token) -> list[Token]:
    """Heads of the phrases that say of the token's phrase what it is: appositions either way, and nominal predicates."""
    found = [child for child in token.children if child.dep_ == "appos"]
    if token.dep_ == "appos":
        found.append(token.head)
    if token.dep_ in {"nsubj", "nsubj:outer"} and not is_negated(token.head):
        predicate = token.head
        if predicate.pos_ in {"NOUN", "PROPN"} and any(child.dep_ == "cop" for child in predicate.children):
            found.append(predicate)
        if predicate.lemma_ == "be":
            found += [child for child in predicate.children if child.dep_ == "attr"]
    return found


def predicated(page: Page, number: int) -> int | None:
    """The mention of whom a noun for a person is said (She is [the mayor of Kelby]); None where it is denied or nobody's predicate."""
    token = page.doc[page.mentions[number].head]
    if is_plural(page, number) or is_negated(token) or not is_person_noun(token.lemma_.lower() or token.lower_):
        return None
    if not any(child.dep_ == "cop" for child in token.lefts):
        return None
    subject = next((child for child in token.lefts if child.dep_ in {"nsubj", "nsubj:outer"}), None)
    return None if subject is None or subject.tag_ in {"WP", "WDT"} else page.by_token.get(subject.i)


def beside(page: Page, number: int) -> list[Token]:
    """The head of the office between commas behind a person's name, where the parser sees no apposition (Roe, the head of works, who)."""
    mention, doc = page.mentions[number], page.doc
    if mention.type != "person" or mention.end + 1 >= len(doc) or doc[mention.end].text != ",":
        return []
    phrases = (m for m in page.mentions[number + 1 : number + 1 + NEXT] if m.start == mention.end + 1 and m.type == "unnamed")
    other = next((m for m in phrases if doc[m.head].lower_ in entries("role_nouns")), None)
    if other is None or other.end >= len(doc):
        return []
    listed = other.end + 1 < len(doc) and doc[other.end + 1].lower_ in {"and", "or", "&"}
    return [doc[other.head]] if doc[other.end].text in {",", ".", ";"} and not listed else []


def is_negated(token: Token) -> bool:
    """Whether a predicate is denied or asked for only (is not, would be)."""
    return any(child.dep_ == "neg" or child.lower_ in {"not", "n't", "n’t", "would", "could", "might"} for child in token.children)


def describe_named(page: Page, clusters: Clusters) -> None:
    """Notes for each named somebody how the reporter describes it, and joins the noun phrases that do so."""
    for number, mention in enumerate(page.mentions):
        cluster = clusters.of(number)
        if mention.form != "name" or cluster is None:
            continue
        title = words_before(page, number)
        describe(cluster, title)
        if (apposed := apposed_before(page, number)) is not None:
            describe(cluster, list(page.doc[page.mentions[apposed].start : page.mentions[apposed].end]))
            clusters.put(apposed, cluster)
        clusters.put_all((page.by_head[token.i] for token in title if is_office(page, token, number)), cluster)
        if mention.type == "person" and mention.quote is None:
            join_constructions(page, number, clusters, cluster)
        join_named_by(page, number, clusters, cluster)
        for head in same_as(page.doc[mention.head]) or beside(page, number):
            other = page.by_head.get(head.i)
            if (
                other is None
                or page.mentions[other].form != "noun"
                or page.mentions[other].quote != mention.quote
                or is_plural(page, other)
                or is_labelled(page, number)
                or (mention.type == "person" and not is_person_noun(head.lemma_.lower() or head.lower_))
            ):
                continue
            describe(cluster, list(page.doc[page.mentions[other].start : page.mentions[other].end]))
            clusters.put(other, cluster)


def apposed_before(page: Page, number: int) -> int | None:
    """The definite phrase that opens a clause and is named between commas before its verb (“…,” the accused, Mr [Roe], replied).

    Behind a possessive any noun is somebody's (Her opposite number, [Roe], said; Its star, the young actor [Roe], said), and it may stand
    behind a verb of saying (“…,” warned her old tutor, Professor [Roe].)
    """
    doc, mention = page.doc, page.mentions[number]
    titled = next((one for one in page.mentions[max(0, number - NEXT) : number] if one.form == "noun" and one.end == mention.start), None)
    comma = comma_before(doc, mention.start if titled is None else titled.start)
    if mention.type != "person" or comma is None or mention.end >= len(doc):
        return None
    followed = doc[mention.end].text == "," and mention.end + 1 < len(doc) and is_finite(doc[mention.end + 1])
    if not followed and doc[mention.end].text not in {",", "."}:
        return None
    phrases = (other for other in range(number - 1, max(-1, number - 1 - NEXT), -1) if page.mentions[other].end == comma)
    other = next(phrases, None)
    if other is None or page.mentions[other].form != "noun" or page.mentions[other].quote != mention.quote or is_plural(page, other):
        return None
    start = page.mentions[other].start
    possessed = doc[start].tag_ == "PRP$" and page.mentions[other].type != "organization"
    if not followed:
        return other if possessed and start > 0 and is_reporting(doc[start - 1]) else None
    opens = start == 0 or bool(doc[start].is_sent_start) or doc[start - 1].is_space or doc[start - 1].is_quote
    office = doc[start].lower_ == "the" and is_person_noun(doc[page.mentions[other].head].lower_)
    return other if opens and (possessed or office) else None


def join_named_by(page: Page, number: int, clusters: Clusters, cluster: Cluster) -> None:
    """Joins the phrase that words before a name say to be called so (the board, known as [Lek])."""
    start = page.mentions[number].start
    start -= start > 0 and page.doc[start - 1].lower_ == "the"
    for other in range(number - 1, max(-1, number - 1 - NEXT), -1):
        before = page.mentions[other]
        if before.form != "noun" or before.quote != page.mentions[number].quote or is_plural(page, other):
            continue
        if page.doc[before.end : start].text.lower().removeprefix(",").strip() in NAMING and clusters.of(other) is None:
            describe(cluster, list(page.doc[before.start : before.end]))
            clusters.put(other, cluster)


def join_constructions(page: Page, number: int, clusters: Clusters, cluster: Cluster) -> None:
    """Notes what the constructions beside a person's name say, and joins the phrases that do."""
    mention = page.mentions[number]
    for pattern, (start, end) in beside_name(page.doc, mention.start, mention.end, plural=False):
        if pattern == "affiliation":
            continue
        describe(cluster, list(page.doc[start:end]))
        if pattern in {"apposition", "preposed", "title"}:
            inside = (
                other for i in range(start, end) if (other := page.by_head.get(i)) is not None and page.mentions[other].form == "noun"
            )
            first = next((other for other in inside if page.mentions[other].start <= start + 1 and not is_owner(page, other)), None)
            if first is not None and not is_plural(page, first):
                clusters.put(first, cluster)


def is_owner(page: Page, number: int) -> bool:
    """Whether a mention is but whose something is: [the yard]'s owner."""
    end = page.mentions[number].end
    return end < len(page.doc) and page.doc[end].tag_ == "POS"


def is_labelled(page: Page, number: int) -> bool:
    """Whether a name is the label of a turn: whom the words behind its colon address is somebody else (ROE: Governor, I ask you)."""
    end = page.mentions[number].end
    return number in page.labels or (end < len(page.doc) and page.doc[end].text == ":")


def is_plural(page: Page, number: int) -> bool:
    """Whether a mention's head stands for several."""
    token = page.doc[page.mentions[number].head]
    return token.tag_ in {"NNS", "NNPS"} or "Number=Plur" in token.morph or page.mentions[number].type == "group"
