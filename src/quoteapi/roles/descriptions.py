"""Descriptions beside a speaker's mentions: the spans that a grammatical construction marks as descriptions."""

from collections.abc import Iterator

from spacy.tokens import Doc

from quoteapi.constructions.appositions import Stretch, appositions_after, party_tag
from quoteapi.constructions.clauses import coordinated_role, main_role
from quoteapi.constructions.name_modifiers import Pattern, after_appositions, name_modifiers
from quoteapi.constructions.nouns import is_organization_word, is_role_word, singulars
from quoteapi.constructions.phrases import Phrase, role_phrase
from quoteapi.constructions.predicates import that_clause_end
from quoteapi.constructions.preposed import apposition_before
from quoteapi.constructions.titles import kind_before, run_start
from quoteapi.constructions.words import DETERMINERS, POSSESSIVES, bare, is_possessive_mark, word_class
from quoteapi.findings import FoundSpeaker, Mention
from quoteapi.knowledge import entries
from quoteapi.roles.parts import is_abbreviation

PAIRS = {"”": "“", '"': '"', ")": "(", "]": "[", "»": "«", "’": "‘"}
EDGES = ' \t\r\n\u00a0,;:()[]“”"«»–—―'


def descriptions(doc: Doc, mention: Mention, speaker: FoundSpeaker) -> Iterator[tuple[Pattern, tuple[int, int], Stretch | None]]:
    """Yields the descriptions beside a mention: the pattern, the code points and the tokens (None for a party tag)."""
    for pattern, whole in stretches(doc, mention, speaker):
        stretch = without_possessive(doc, whole)
        chars = trimmed(doc, stretch)
        worded = any(token.is_alpha or token.text[:1].isalpha() for token in doc[stretch[0] : stretch[1]])
        if worded and chars[0] < chars[1] and not names_itself(doc, stretch, speaker):
            yield pattern, chars, stretch
    if mention.form == "name" and speaker.type == "person":
        tag = party_tag(doc, mention.end)
        if tag is not None:
            yield "tag", tag, None


def names_itself(doc: Doc, stretch: Stretch, speaker: FoundSpeaker) -> bool:
    """Whether a description of a person contains their own family name, and so describes somebody else (Roe's running mate)."""
    family = speaker.name.rpartition(" ")[2]
    own = (token for token in doc[stretch[0] : stretch[1]] if token.text == family)
    return speaker.type == "person" and any(token.ent_type_ in {"PERSON", ""} for token in own)


def stretches(doc: Doc, mention: Mention, speaker: FoundSpeaker) -> Iterator[tuple[Pattern, Stretch]]:
    """Yields the token spans that describe the speaker beside one mention."""
    plural = speaker.type == "group"
    named = is_named(doc, mention, speaker)
    start, end = name_start(doc, mention, speaker.name) if named else mention.start, mention.end
    if named and speaker.type == "organization":
        kind = kind_before(doc, start)
        if kind is not None:
            yield "kind", kind
        yield from (("apposition", stretch) for stretch in descriptions_of_body(doc, end))
        before = apposition_before(doc, start, end, is_organization_word)
        if before is not None and doc[before[0]].lower_ in DETERMINERS:
            yield "preposed", before
        return
    if named:
        yield from name_modifiers(doc, start, end, plural=plural)
        end = after_appositions(doc, start, end)
    elif mention.form == "noun":
        own = own_phrase(doc, mention)
        alone = own is not None and speaker.type == "organization" and own[1] - own[0] == 1
        if own is not None and not alone:
            yield "phrase", own
            end = max(end, own[1])
    clause = main_role(doc, start, end, plural=plural, person=speaker.type == "person")
    if clause is None:
        clause = coordinated_role(doc, mention.head, plural=plural)
    if clause is not None:
        yield "predicate", clause


def is_named(doc: Doc, mention: Mention, speaker: FoundSpeaker) -> bool:
    """Whether a mention names the speaker: a name, or the name after an article (the Centers for Disease Control)."""
    if mention.form == "name":
        return True
    return speaker.type in {"person", "organization"} and doc[mention.start : mention.end].text.removeprefix("the ") == speaker.name


def name_start(doc: Doc, mention: Mention, name: str) -> int:
    """Returns where a name begins after a title tagged as part of it (United Nations Secretary-General Jane Roe, State Jane Roe)."""
    first = name.partition(" ")[0]
    for i in range(mention.start + 1, mention.end):
        if doc[i].text == first and doc[i : mention.end].text == name:
            return i
    for i in range(mention.end - 2, mention.start if mention.type == "person" else mention.end, -1):
        if is_role_word(doc, i):
            return i + 1
    return mention.start


def descriptions_of_body(doc: Doc, end: int) -> Iterator[Stretch]:
    """Yields appositions with an article after an organization's name: Dove, a relief agency; Acme, the body that licenses ferries.

    A generic noun alone (Acme, the company) does not describe it.
    """
    for is_head in (is_organization_word, is_role_word):
        for first, last in appositions_after(doc, end, is_head, plural=False).found:
            if is_head is is_organization_word and last - first == len(("the", "body")):
                whole = that_clause_end(doc, last)
                if whole is not None:
                    yield first, whole
            elif doc[first].lower_ in DETERMINERS or is_head is is_role_word:
                yield first, last


def own_phrase(doc: Doc, mention: Mention) -> Stretch | None:
    """Returns the role that a noun phrase itself expresses, without its determiner: the Brazilian defence minister."""
    if mention.end < len(doc) and is_possessive_mark(doc[mention.end]) and mention.end == mention.head + 1:
        return bare_phrase(doc, mention.start, mention.end) if is_role_word(doc, mention.head) else None
    described = role_phrase(doc, min(mention.start, run_start(doc, mention.start + 1)))
    if described is None or doc[mention.start].lower_ == "both" or described.head < mention.head or is_incidental(doc, described):
        return None
    own = bare_phrase(doc, described.bare, described.end)
    # Democrats alone is a party's name, not a role
    party = own is not None and own[1] - own[0] == 1 and described.plural and doc[own[0]].is_title and ends_in_standing_noun(doc, own)
    return None if party else own


def bare_phrase(doc: Doc, start: int, end: int) -> Stretch | None:
    """Returns a phrase without leading determiners and possessive pronouns; None if nothing is left."""
    while start < end and (doc[start].lower_ in DETERMINERS or doc[start].lower_ in POSSESSIVES):
        start += 1
    return (start, end) if start < end else None


def is_incidental(doc: Doc, described: Phrase) -> bool:
    """Whether a noun only says what somebody happens to be here: a driver, French tourists; but not a bus driver, critics of the plan."""
    head = described.head
    if not any(form in entries("nonrole_nouns") for form in singulars(bare(doc[head]))):
        return False
    compound = described.bare < head and word_class(doc[head - 1]) in {"NOUN", "PROPN"}
    return not compound and not (described.end > head + 1 and doc[head + 1].lower_ in {"of", "for", "at"})


def without_possessive(doc: Doc, stretch: Stretch) -> Stretch:
    """Strips leading possessive pronouns and “fellow”, which relate the role to somebody else: his longtime lawyer."""
    start, end = stretch
    while start < end - 1 and (doc[start].lower_ in POSSESSIVES or doc[start].lower_ == "fellow"):
        start += 1
    return start, end


def trimmed(doc: Doc, stretch: Stretch) -> tuple[int, int]:
    """Returns the code points of a token span without white space or punctuation at its edges.

    Quotation marks around the title of a work stay paired, and an abbreviation keeps its full stop (Sen.).
    """
    first, last = stretch
    if last < len(doc) and doc[last].text == "." and is_abbreviation(doc[last - 1].text):
        last += 1
    text = doc[first:last].text
    start, end = 0, len(text)
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES and not is_paired(text[start:end]):
        end -= 1
    offset = doc[first].idx
    return offset + start, offset + end


def is_paired(text: str) -> bool:
    """Whether the text ends in a closing mark or bracket that is opened in it."""
    opening = PAIRS.get(text[-1])
    return opening is not None and opening in text[:-1] and (opening != text[-1] or text.count(opening) % 2 == 0)


def ends_in_standing_noun(doc: Doc, stretch: Stretch) -> bool:
    """Whether a description ends in a noun for a party or a standing: a lifelong Republican, but not the top Republican on the panel."""
    return any(form in entries("standing_nouns") for form in singulars(bare(doc[stretch[1] - 1])))
