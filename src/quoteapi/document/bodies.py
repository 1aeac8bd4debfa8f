"""Bodies: names of organizations that the finder missed or cut short."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span, Token

from quoteapi.document.name_parts import PERSON, is_capital, is_title, links
from quoteapi.knowledge import entries

ORG = "ORG"
INSIDE_ORG = frozenset({"of", "for", "and", "&", "the", "on", "to"})


def bodies(doc: Doc, capitals: Sequence[Token]) -> Iterator[Span]:
    """Runs of capitals that end in a noun for a body (National Harbour Agency), or go on with *of* or *for* after it."""
    nouns = entries("organization_nouns")
    end = 0
    for i in (token.i for token in capitals):
        if i < end:
            continue
        end = i
        while end < len(doc) and (
            (is_capital(doc[end]) and doc[end].tag_ in {"NNP", "NNPS"} and doc[end].ent_type_ != PERSON) or links(doc, end, i)
        ):
            end += 1
        last = next((k for k in range(end - 1, i, -1) if doc[k].lower_ in nouns or doc[k].lemma_.lower() in nouns), None)
        if last is not None and not is_title(doc[i]):
            yield Span(doc, i, body_end(doc, last + 1), ORG)


def prefixed(doc: Doc) -> Iterator[Span]:
    """Bodies that do something and of which the finder has the last word alone, with the name right before it (Crane [Lettings])."""
    for entity in doc.ents:
        if entity.label_ != ORG or len(entity) > 1 or entity.start == 0 or not entity.root.dep_.startswith("nsubj"):
            continue
        before = doc[entity.start - 1]
        name = is_capital(before) and before.tag_ == "NNP" and not before.ent_type_ and not is_title(before) and before.is_title
        if name and entity[0].is_title and entity[0].tag_ in {"NNP", "NNPS"} and not is_apart(before):
            yield Span(doc, before.i, entity.end, ORG)


def is_apart(token: Token) -> bool:
    """Whether a word with a capital before a body's name is no part of it: a day, a role, a body's kind, the end of a longer name."""
    nouns = entries("calendar") | entries("role_nouns") | entries("person_nouns") | entries("organization_nouns")
    return token.lower_ in nouns or (token.i > 0 and is_capital(token.nbor(-1)) and not token.is_sent_start)


def body_end(doc: Doc, end: int) -> int:
    """Where the name of a body ends: behind what *of* or *for* and capitals add to it."""
    while end + 1 < len(doc) and doc[end].lower_ in {"of", "for"}:
        following = end + 1
        while following < len(doc) and (
            (is_capital(doc[following]) and doc[following].tag_.startswith("NNP")) or doc[following].lower_ in INSIDE_ORG
        ):
            following += 1
        while following > end + 1 and doc[following - 1].lower_ in INSIDE_ORG:
            following -= 1
        if following == end + 1:
            break
        end = following
    return end
