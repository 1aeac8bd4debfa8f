"""Authors: whose the statement, the report or the letter is that an article quotes."""

from quoteapi.knowledge import entries, meanings
from quoteapi.speakers.page import Page

BY = frozenset({"by", "from"})
REACH = 14
"""Words after a document's noun among which its author stands (a civil complaint filed last week by the commission)."""
SUBJECTS = frozenset({"nsubj", "nsubj:outer"})
CLAUSES = frozenset({"acl", "acl:relcl", "relcl"})
IN_SPEECH = frozenset({"in", "through", "via"})
SIGNED = frozenset({"signed", "written", "authored", "penned"})
FIRST_PERSON = frozenset({"i", "me", "my", "myself"})
DEFINITE = frozenset({"the", "this", "that"})
AUTHORS = frozenset({"author", "authors", "co-author", "co-authors", "writer", "writers", "signatory", "signatories"})
SENTENCES_BACK, WORDS_BACK = 3, 150
"""How far back who wrote is looked for."""


def is_document(page: Page, number: int) -> bool:
    """Whether a mention is a noun for a text that has an author."""
    mention = page.mentions[number]
    head = page.doc[mention.head]
    return mention.form == "noun" and ((head.lemma_ or head.text).lower() in entries("documents") or head.lower_ in entries("documents"))


def text_before(page: Page, number: int) -> int | None:
    """The mention of the document that is the subject of the sentence before another mention's, or the only one there."""
    sentence = page.sentences[page.mentions[number].start] - 1
    near = [other for other in range(number) if page.mentions[other].quote is None and page.sentences[page.head(other).i] == sentence]
    texts = [other for other in near if is_document(page, other)]
    return next((other for other in texts if page.function(other) == "subject"), texts[0] if len(texts) == 1 else None)


def writer_inside(page: Page, number: int) -> int | None:
    """The mention of the author of a text whose relative clause a pronoun is the subject of (a letter from Roe, in which [he] says)."""
    start = page.mentions[number].start
    which = page.doc[max(0, start - 2) : start].text.lower() == "in which"
    end = start - 2 - (start > 2 and page.doc[start - 3].text == ",")  # noqa: PLR2004 - the comma before *in which*
    texts = (other for other in range(number) if which and page.mentions[other].end == end and is_document(page, other))
    text = next(texts, None)
    return None if text is None else before(page, text) or after(page, text)


def owner_of_one(page: Page, number: int) -> int | None:
    """The mention of whose documents another mention is *one* (one of her letters)."""
    one = page.head(number)
    of = (child for child in one.rights if child.dep_ == "nmod" and child.lemma_.lower() in entries("documents"))
    owners = (child for noun in of for child in noun.lefts if child.dep_ in {"nmod:poss", "poss"})
    owner = next(owners, None) if one.lower_ == "one" else None
    return None if owner is None else page.by_token.get(owner.i)


def author(page: Page, number: int) -> int | None:
    """The mention of a document's author, where the words around it name one.

    It stands before the noun (the ministry's statement, a GAO report), after it (a report by the ministry, a complaint filed by …), or is
    the subject whose text it is (the ministry released a report; said in a statement). What is known already (the letter) was written by
    who wrote a sentence or two before, or where it says I, by whom the sentence before is about.
    """
    found = (way(page, number) for way in (before, after, issuer, again, writer, confessor))
    return next((author for author in found if author is not None), None)


def before(page: Page, number: int) -> int | None:
    """The author in front of the noun."""
    mention = page.mentions[number]
    for i in range(mention.head - 1, mention.start - 1, -1):
        other = page.by_token.get(i)
        if other is not None and other != number:
            token = page.doc[i]
            if page.mentions[other].form == "name" or token.dep_ in {"nmod:poss", "poss"}:
                return other
    return None


def after(page: Page, number: int) -> int | None:
    """The author after *by* or *from*."""
    head = page.mentions[number].head
    for i in range(head + 1, min(len(page.doc) - 1, head + REACH)):
        token = page.doc[i]
        if token.text == "," and page.doc[i + 1].lower_ in SIGNED | BY:
            continue
        if token.text in {".", ",", ";", ":", "—", "–"} or token.is_quote or token.is_space or token.tag_ in {"VBD", "VBZ", "VBP", "MD"}:
            return None
        if token.lower_ in BY:
            return next((page.by_token[j] for j in range(i + 1, min(len(page.doc), i + 8)) if is_noun_head(page, j)), None)
    return None


def is_noun_head(page: Page, token: int) -> bool:
    """Whether a token is a mention's that ends the search for an author: a name's, or a noun that hangs on no other."""
    other = page.by_token.get(token)
    return other is not None and (page.mentions[other].form == "name" or page.mentions[other].head == token)


def issuer(page: Page, number: int) -> int | None:
    """The subject of the verb whose object the document is, or in which the subject speaks."""
    token = page.doc[page.mentions[number].head]
    spoken = token.dep_ == "obl" and any(child.lower_ in IN_SPEECH for child in token.lefts)
    issued = token.dep_ in {"obj", "dobj"} and token.head.lemma_ in entries("issuing_verbs")
    if token.dep_ == "pobj" and token.head.lower_ in IN_SPEECH:
        verb = token.head.head
    elif spoken or issued:
        verb = token.head
    else:
        return None
    subject = next((child for child in verb.children if child.dep_ in SUBJECTS), verb.head if verb.dep_ in CLAUSES else None)
    return None if subject is None else page.by_token.get(subject.i)


def again(page: Page, number: int) -> int | None:
    """The author of the document that a definite noun takes up (thanked them in a statement. The statement said …)."""
    mention = page.mentions[number]
    if page.doc[mention.start].lower_ not in DEFINITE:
        return None
    noun, sentence = page.doc[mention.head].lower_, page.sentences[mention.start]
    for other in reversed(range(number)):
        earlier = page.mentions[other]
        if sentence - page.sentences[earlier.start] > SENTENCES_BACK:
            return None
        if page.doc[earlier.head].lower_ == noun and earlier.quote is None and page.doc[earlier.start].lower_ in {"a", "an"}:
            return next((found for way in (before, after, issuer) if (found := way(page, other)) is not None), None)
    return None


def writer(page: Page, number: int) -> int | None:
    """The subject of the last verb of writing before a definite noun (the ministry wrote to Roe; the letter said)."""
    mention = page.mentions[number]
    if page.doc[mention.start].lower_ not in DEFINITE:
        return None
    sentence = page.sentences[mention.start]
    for i in range(mention.start - 1, max(-1, mention.start - 1 - WORDS_BACK), -1):
        if sentence - page.sentences[i] > SENTENCES_BACK:
            return None
        verb = page.doc[i]
        if verb.pos_ != "VERB" or "alone" not in meanings("issuing_verbs").get(verb.lemma_.lower(), ()):
            continue
        subject = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
        other = None if subject is None else page.by_token.get(subject.i)
        if other is not None and page.mentions[other].quote is None and page.mentions[other].form != "pronoun":
            return other
    return None


def confessor(page: Page, number: int) -> int | None:
    """The person who is the subject right before a definite noun whose words say I (Roe resigned. The statement read: I have …)."""
    mention = page.mentions[number]
    spans = [span for quote in page.sourced.get(number, ()) for span in page.quotes[quote].spans]
    words = (token for span in spans for token in page.doc.char_span(*span, alignment_mode="expand") or ())
    if page.doc[mention.start].lower_ not in DEFINITE or not any(token.lower_ in FIRST_PERSON for token in words):
        return None
    place, sentence = (table[mention.start] for table in (page.paragraphs, page.sentences))
    for other in reversed(range(number)):
        start = page.mentions[other].start
        if page.paragraphs[start] != place or sentence - page.sentences[start] > 1:
            return None
        told = page.mentions[other].form == "name" and page.mentions[other].type == "person" and page.mentions[other].quote is None
        if told and page.head(other).dep_ in SUBJECTS and page.sentences[start] < sentence:
            return other
    return None


def written(page: Page, number: int) -> list[str]:
    """The nouns of the documents that a phrase calls somebody the authors of."""
    head = page.doc[page.mentions[number].head]
    if (head.lemma_ or head.text).lower() not in AUTHORS:
        return []
    return [child.lower_ for child in head.rights if child.lower_ in entries("documents")]
