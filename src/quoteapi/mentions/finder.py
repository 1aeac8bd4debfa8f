"""The mention finder: all names, noun phrases and pronouns of an article, each with the quote in which it stands."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

import msgspec
from spacy.tokens import Doc, Span, Token

from quoteapi.findings import FoundQuote, Mention
from quoteapi.knowledge import entries
from quoteapi.mentions.datelines import dateline_end
from quoteapi.mentions.labels import with_labels
from quoteapi.mentions.phrases import core, phrase
from quoteapi.quotes.nicknames import is_nickname
from quoteapi.structs import SpeakerType

NAME_LABELS: dict[str, SpeakerType] = {
    "PERSON": "person",
    "PER": "person",
    "ORG": "organization",
    "GPE": "organization",
    "LOC": "organization",
}
PRONOUNS: dict[str, SpeakerType] = {
    **dict.fromkeys(("he", "she", "him", "her", "his", "hers", "i", "me", "my", "you", "who", "himself", "herself", "whom"), "person"),
    **dict.fromkeys(
        ("they", "them", "their", "we", "us", "our", "those", "some", "many", "others", "both", "these", "all", "everyone"), "group"
    ),
    **dict.fromkeys(("it", "its", "which", "this", "that"), "organization"),
    **dict.fromkeys(("one", "another", "someone", "somebody"), "unnamed"),
}
FUNCTIONS = frozenset({"nsubj", "obj", "iobj", "obl", "appos", "conj"})
CLAUSES = frozenset({"ccomp", "parataxis", "advcl", "acl"})
"""Dependency labels of a name after an office if the parser misses that they belong together and takes the name for a clause."""
AGE = re.compile(r"\b\d{1,3}-(?:year|month)-old\b")
PARTIES = frozenset({"D", "R", "I"})
PARTY_TAG = re.compile(r"[DRI]-[A-Z]")
INSIDE_ANOTHER = frozenset({"compound", "flat", "goeswith", "fixed", "nmod:desc"})
NOUN_TAGS = frozenset({"NOUN", "PROPN"})


def find_mentions(doc: Doc, quotes: Sequence[FoundQuote]) -> list[Mention]:
    """Returns the mentions of a document in reading order; no two have the same head."""
    inside = innermost(doc, quotes)
    names: dict[int, Mention] = {}
    for mention in with_signers(doc, quotes, with_nicknames(doc, quotes, list(named(doc, inside)))):
        names.setdefault(mention.head, mention)
    for mention in (*ages(doc, inside), *handles(doc, inside)):
        names.setdefault(mention.head, mention)
    covered = {i for mention in names.values() for i in (mention.head, *range(mention.start, mention.end))}
    found = list(names.values())
    for token in doc:
        kind = PRONOUNS.get(token.lower_)
        if not (kind or token.pos_ in NOUN_TAGS) or token.i in covered or token.is_space or token.is_punct:
            continue
        if is_party_tag(token) or is_state_tag(doc, token.i, token.i + 1):
            continue
        of_several = token.lower_ == "one" and token.i + 1 < len(doc) and token.nbor().lower_ == "of"
        if of_several and any(child.i > token.i and child.dep_ == "nmod" for child in token.children):
            found.append(Mention(*phrase(token), token.i, "noun", "unnamed", inside[token.i]))
        # I as a subject is a pronoun, whatever its tag
        elif kind and (token.pos_ in {"PRON", "DET", "NUM", ""} or (token.text == "I" and token.dep_ == "nsubj")):
            if token.dep_ not in {"det", "advmod"}:
                found.append(Mention(token.i, token.i + 1, token.i, "pronoun", kind, inside[token.i]))
        elif token.pos_ in NOUN_TAGS and token.dep_ not in INSIDE_ANOTHER and not only_introduces_name(token, covered):
            start, end = phrase(token)
            found.append(Mention(start, end, token.i, "noun", noun_type(token), inside[token.i]))
    story = dateline_end(doc)
    kept = [mention for mention in without_offices(doc, found) if mention.start >= story or not opens_dateline(doc, mention, story)]
    return sorted(with_labels(doc, quotes, kept), key=lambda mention: (mention.start, mention.end))


def opens_dateline(doc: Doc, mention: Mention, end: int) -> bool:
    """Whether no line break separates a mention from the end of the dateline, so that it stands in it."""
    return not any("\n" in token.text for token in doc[mention.start : end])


def ages(doc: Doc, inside: Sequence[int | None]) -> Iterator[Mention]:
    """Yields ages that stand for people (the 27-year-old joked), which the parser splits at the hyphens; not a 27-year-old man."""
    for match in AGE.finditer(doc.text):
        age = doc.char_span(match.start(), match.end())
        if age is None or age.start == 0 or doc[age.start - 1].lower_ not in {"the", "a"}:
            continue
        words = doc[age.start - 1 : age.end]
        if words.end < len(doc) and doc[words.end].pos_ in {"NOUN", "PROPN", "ADJ"}:
            continue
        head = next((token for token in words if token.dep_ in FUNCTIONS and not words.start <= token.head.i < words.end), words[-1])
        yield Mention(words.start, words.end, head.i, "noun", "unnamed", inside[head.i])


def handles(doc: Doc, inside: Sequence[int | None]) -> Iterator[Mention]:
    """Yields the handles of accounts (@janeroe), each of which refers to its holder."""
    for token in doc:
        if token.text.startswith("@") and len(token) > 1:
            yield Mention(token.i, token.i + 1, token.i, "noun", "unnamed", inside[token.i])


def with_signers(doc: Doc, quotes: Sequence[FoundQuote], names: Sequence[Mention]) -> list[Mention]:
    """Adds the names by which the page signs a quote if the pipeline misses them or finds only a part (Kelby in Kelby Ferries)."""
    by_token = {i: mention for mention in names for i in range(mention.start, mention.end)}
    for quote in quotes:
        words = doc.char_span(*quote.source, alignment_mode="expand") if quote.source and quote.form in {"signed", "post"} else None
        if not words or not words.text[0].isupper():
            continue
        near = [by_token[i] for i in range(words.start, words.end) if i in by_token]
        if not any(mention.start <= words.start and mention.end >= words.end for mention in near):
            kind: SpeakerType = "organization" if any(mention.type == "organization" for mention in near) else "person"
            signer = Mention(words.start, words.end, name_head(words).i, "name", kind)
            by_token |= dict.fromkeys((*range(words.start, words.end), *(i for one in near for i in range(one.start, one.end))), signer)
    return list({mention.start: mention for mention in by_token.values()}.values())


def without_offices(doc: Doc, found: Sequence[Mention]) -> list[Mention]:
    """Removes offices that their holder's name directly follows.

    The name takes over the office's function in its clause, unless the parser attaches the office to the name. Of *Former Speaker of the
    House of Representatives Jane Roe* and *the union's chairman, Jane Roe,* only the name is left.
    """
    persons = {mention.start: mention for mention in found if mention.form == "name" and mention.type == "person"}
    ends = {mention.end: mention for mention in persons.values()}
    kept = {mention.head: mention for mention in found}
    for mention in found:
        if mention.form != "noun" or doc[mention.head].lower_ not in entries("role_nouns"):
            continue
        name = persons.get(mention.end) or ends.get(mention.end) or persons.get(mention.end + 1)
        if name is not None and name.quote == mention.quote and is_office_of(doc, mention, name):
            del kept[mention.head]
            carries = not name.start <= doc[mention.head].head.i < name.end
            kept[name.head] = msgspec.structs.replace(name, head=mention.head) if carries else name
    return list(kept.values())


def is_party_tag(token: Token) -> bool:
    """Whether a token gives a politician's party and state (D-Ohio), or is the start of such a tag (D - Ohio)."""
    after = token.doc[token.i + 1].text if token.i + 1 < len(token.doc) else ""
    return PARTY_TAG.match(token.text) is not None or (token.text in PARTIES and after == "-")


def is_state_tag(doc: Doc, start: int, end: int) -> bool:
    """Whether tokens are the state in brackets after a politician's name (Sen. Jane Roe (Ky.))."""
    if not 0 < start < end < len(doc) or doc[start - 1].text != "(" or doc[end].text != ")":
        return False
    return doc[start:end].text.replace(".", "").lower() in entries("states")


def is_office_of(doc: Doc, office: Mention, name: Mention) -> bool:
    """Whether the name after an office is its holder's: directly after a capitalized office, or between commas.

    President-elect Jane Roe; the chairman, Jane Roe, said.
    """
    if name.start == office.end + 1:
        after = doc[name.end].text if name.end < len(doc) else "."
        return doc[office.end].text == "," and after in {",", ".", ":", ";"} and office.type == "unnamed"
    last = name.start - 1
    while last > office.head and doc[last - 1].text == "-":
        last -= 2
    return name.start > office.head and doc[last].text[:1].isupper()


def innermost(doc: Doc, quotes: Sequence[FoundQuote]) -> list[int | None]:
    """Returns, for each token, the index of the innermost quote that contains it; None in the reporter's own words."""
    holders: list[int | None] = [None] * len(doc)
    starts, lengths = doc.to_array(["IDX", "LENGTH"]).T.tolist()
    for number, quote in sorted(enumerate(quotes), key=lambda pair: pair[1].outer[0] - pair[1].outer[1]):
        for start, end in quote.spans:
            first = max(0, bisect_right(starts, start) - 1)
            for i in range(first, len(doc)):
                if starts[i] >= end:
                    break
                if starts[i] + lengths[i] > start:
                    holders[i] = number
    return holders


def named(doc: Doc, inside: Sequence[int | None]) -> Iterator[Mention]:
    """Yields the names of persons, organizations and places."""
    for entity in doc.ents:
        kind = NAME_LABELS.get(entity.label_)
        tag = is_party_tag(entity[0]) or is_state_tag(doc, entity.start, entity.end)
        if kind is None or tag or not any(character.isalnum() for character in entity.text):
            continue
        start, end = entity.start, entity.end
        while end > start + 1 and (doc[end - 1].is_space or doc[end - 1].lower_ in {"'s", "’s"}):
            end -= 1
        head = name_head(doc[start:end])
        yield Mention(start, end, head.i, "name", kind, inside[head.i])


def with_nicknames(doc: Doc, quotes: Sequence[FoundQuote], names: Sequence[Mention]) -> list[Mention]:
    """Joins the names on both sides of a nickname in quotation marks: Ervin “Spark” Roe."""
    begins = {mention.start: mention for mention in names}
    ends = {mention.end: mention for mention in names}
    joined: list[Mention] = []
    for quote in quotes:
        marked = doc.char_span(*quote.outer, alignment_mode="expand") if quote.kind == "other" else None
        if marked is None or not is_nickname(doc, marked.start, marked.end):
            continue
        given, family = ends.get(marked.start), begins.get(marked.end)
        start, end = given.start if given else marked.start - 1, family.end if family else name_end(doc, marked.end)
        joined.append(Mention(start, end, name_head(doc[start:end]).i, "name", "person"))
    taken = {i for mention in joined for i in range(mention.start, mention.end)}
    return [*joined, *(mention for mention in names if mention.start not in taken)]


def name_end(doc: Doc, start: int) -> int:
    """Returns the token after the capitalized words of a family name, including its particle."""
    end = start + 1
    while end < len(doc) and doc[end].text[:1].isupper() and doc[end].pos_ in {"PROPN", ""}:
        end += 1
    return end


def name_head(span: Span) -> Token:
    """Returns the token with a name's grammatical function: its root, or the title in front that governs it (President Roe)."""
    before = span.doc[span.start - 1] if span.start else None
    if before is not None and introduces(before):
        return before
    root = span.root
    while root.dep_ == "flat" and root.head.i < span.start and root.head.pos_ in NOUN_TAGS and not root.head.ent_type_:
        root = root.head
    return root


def introduces(token: Token) -> bool:
    """Whether a token is a capitalized office to which the parser gives the function of its holder's name (Harbour Master Ida Roe)."""
    office = token.text[:1].isupper() and token.pos_ in NOUN_TAGS and token.lower_ in entries("role_nouns")
    return office and token.dep_.partition(":")[0] in FUNCTIONS and not token.ent_type_ and token.nbor().dep_ in CLAUSES


def only_introduces_name(token: Token, covered: set[int]) -> bool:
    """Whether a title or noun only introduces the name that directly follows it (President Roe), which is a mention already."""
    if token.i + 1 in covered and introduces(token):
        return True
    _, end = core(token)
    return end - 1 > token.i and end - 1 in covered


def noun_type(token: Token) -> SpeakerType:
    """Returns the type of a noun phrase, by its head noun."""
    noun = (token.lemma_ or token.text).lower()
    if noun in entries("organization_nouns") or noun in entries("documents"):
        return "organization"
    if token.tag_ in {"NNS", "NNPS"} or "Number=Plur" in token.morph:
        return "group"
    return "unnamed"
