"""Parts of names: what a token may be beside and inside a name, by its look, its tag and the lists of first names and titles."""

import unicodedata
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span, Token

from quoteapi.knowledge import entries

PERSON = "PERSON"
BEFORE_SRI = frozenset({"tan", "dato", "datuk", "dato'", "dato’"})
LONGEST = 5
"""Tokens in a person's name at most."""


def is_capital(token: Token) -> bool:
    """Whether a token is a word that begins with a capital."""
    return token.text[:1].isupper() and token.text[0].isalpha()


def followed(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens but the last of the document."""
    return (token for token in tokens if token.i + 1 < len(token.doc))


def is_title(token: Token) -> bool:
    """Whether a token is a title that stands before a name."""
    return is_capital(token) and (token.lower_.rstrip(".") in entries("titles") or is_in_double_title(token))


def is_in_double_title(token: Token) -> bool:
    """Whether a token is a part of Tan Sri or Dato' Sri, whose words are names elsewhere (Amy Tan, Sri Lanka)."""
    doc, i = token.doc, token.i
    if token.lower_ == "sri":
        before = i - 2 if i > 1 and doc[i - 1].text in {"'", "’"} else i - 1
        return before >= 0 and doc[before].lower_ in BEFORE_SRI
    return token.lower_ == "tan" and i + 1 < len(doc) and doc[i + 1].lower_ == "sri"


def unaccented(word: str) -> str:
    """A word without its accents."""
    return word if word.isascii() else "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


def is_given_name(word: str) -> bool:
    """Whether a lower-case word is a first name of the lists, which have no accents."""
    plain = unaccented(word)
    return plain in entries("male_names") or plain in entries("female_names")


def is_first_name(token: Token) -> bool:
    """Whether a token may be somebody's first name; no day of the week, whatever parents call their children."""
    day = token.lower_.endswith("day") and token.lower_ in entries("calendar")
    return is_capital(token) and not is_title(token) and not day and is_given_name(token.lower_)


def is_joined(token: Token) -> bool:
    """Whether a token is a hyphen inside a word, or what such a hyphen joins to the word before (Ki-moon)."""
    return token.i > 0 and (token.text == "-" or token.nbor(-1).text == "-") and not token.nbor(-1).whitespace_


def may_be_person(words: Span) -> bool:
    """Whether words may be a person's name: capitals, not too many, and no noun for a body among them."""
    nouns = entries("organization_nouns")
    parts = [token for token in words if not is_joined(token)]
    return 0 < len(parts) <= LONGEST and all(is_capital(t) and t.lower_ not in nouns and t.tag_ not in {"NNPS", "NNS"} for t in parts)


def is_common(entity: Span) -> bool:
    """Whether a person's name is but a plural noun with the capital of its sentence's first word (Repairs had been planned)."""
    return len(entity) == 1 and entity.label_ == PERSON and entity.root.tag_ == "NNS"


def runs_on(token: Token) -> bool:
    """Whether a token goes on with the name before it: a hyphened part or given name, a surname after a first name."""
    hyphened = token.i + 1 < len(token.doc) and is_joined(token.nbor()) and is_surname(token)
    return is_joined(token) or hyphened or (is_first_name(token.nbor(-1)) and is_surname(token))


def is_surname(token: Token) -> bool:
    """Whether a token may be a surname that follows a first name."""
    return is_capital(token) and token.tag_ == "NNP" and not is_title(token) and bool(token.nbor(-1).whitespace_)


def is_noun(token: Token) -> bool:
    """Whether a token is a noun with a capital, however the tagger took it."""
    return is_capital(token) and token.tag_ in {"NNP", "NNPS", "NN", "NNS"}


def follows_preposition(entity: Span) -> bool:
    """Whether *in*, *at*, *from* or *to* stands before a name, as before a place's."""
    return entity.start > 0 and entity.doc[entity.start - 1].lower_ in {"in", "at", "from", "near", "across"}


def is_alone(token: Token) -> bool:
    """Whether a surname stands by itself: in no longer name, not taken for a person yet."""
    if token.ent_type_ == PERSON or token.ent_iob_ == "I":
        return False
    if token.ent_type_ and token.i + 1 < len(token.doc) and token.nbor().ent_iob_ == "I":
        return False
    before = (
        token.i
        and is_capital(token.nbor(-1))
        and token.nbor(-1).tag_ == "NNP"
        and not is_title(token.nbor(-1))
        and not token.nbor(-1).is_sent_start
    )
    after = token.i + 1 < len(token.doc) and is_capital(token.nbor()) and token.nbor().tag_ == "NNP"
    return not before and not after


def links(doc: Doc, i: int, start: int) -> bool:
    """Whether a token joins the words of a body's name: the mark of a possessor, and *and* behind one (Nurses' and Midwives')."""
    if i == start or i + 1 >= len(doc) or not is_capital(doc[i + 1]):
        return doc[i].tag_ == "POS" and i > start and i + 2 < len(doc) and doc[i + 1].lower_ == "and" and is_capital(doc[i + 2])
    return (doc[i].tag_ == "POS" and doc[i].text in {"'", "’"}) or (doc[i].lower_ == "and" and doc[i - 1].tag_ == "POS")


def is_given_before(doc: Doc, start: int) -> bool:
    """Whether the one capitalised word behind a comma, a possessor or *them* is a surname's given name.

    The delegate, Saïd Roe, said; Labor's Dean Roe; among them Asabe Roe.
    """
    token = doc[start - 1] if start > 1 else None
    if token is None or token.ent_type_ or token.tag_ != "NNP" or not token.whitespace_:
        return False
    if doc[start - 2].text != "," and doc[start - 2].tag_ not in {"POS", "PRP"}:
        return False
    common = entries("calendar") | entries("role_nouns") | entries("organization_nouns")
    titled = is_title(token) and doc[start - 2].tag_ != "POS"  # the party's Dean Roe is called Dean
    return is_capital(token) and token.is_title and token.lower_ not in common and not titled


def is_family_behind(doc: Doc, start: int, end: int) -> bool:
    """Whether the capitalised word behind a single name that an office introduces goes on with it (studio head Yoo [Ara])."""
    introduced = start > 0 and doc[start - 1].lower_ in entries("role_nouns")
    return (
        introduced and end == start + 1 and is_capital(doc[end]) and doc[end].is_title and doc[end].tag_ == "NNP" and not is_title(doc[end])
    )


def is_job(token: Token) -> bool:
    """Whether a token is a noun for a job with a small letter, behind which a capital begins a name (volcanologist Made Roe)."""
    return token.is_lower and token.lower_ in entries("role_nouns") and token.tag_ == "NN"
