"""Modality: whether the article says that words were said, that they were not, or that they might be.

It depends on the verb that introduces the words, its governor and its subject. A negation among the reported words (said he did not “want
it”) denies nothing, and hearsay (reportedly said) and announcements (will say tonight) are assertions. Terms follow Saurí and Pustejovsky
(2009), "FactBank: a corpus annotated with event factuality".
"""

from collections.abc import Iterator

from spacy.tokens import Span, Token

from quoteapi.knowledge import having, meanings
from quoteapi.quotes.grammar import (
    AUXILIARIES,
    SUBJECTS,
    auxiliaries,
    dependents,
    first_conjunct,
    following,
    has_object,
    has_subject,
    on_one_side,
    subject_of,
)
from quoteapi.quotes.reporter_line import ReporterLine
from quoteapi.quotes.reporting import is_reporting
from quoteapi.structs import Modality

COMPLEMENTS = frozenset({"xcomp", "ccomp", "acl", "csubj", "advcl", "dep"})
ADJUNCTS = frozenset({"acl", "acl:relcl", "relcl", "advcl", "conj"})
NEGATIONS = frozenset({"not", "n't", "n’t", "never", "nor", "neither", "nowhere"})
LIMITING = frozenset({"only", "just", "merely", "simply", "solely"})
"""Words after *not* that reverse it: not only did she say it, she wrote it."""
NEGATIVE_PRONOUNS = frozenset({"nobody", "none", "neither"})
OCCASIONS = having("marked_words", "occasion")
"""Nouns that form a negation with *no* (at no point did she say)."""
INDEFINITE_PRONOUNS = frozenset({"anyone", "anybody"})
MODALS = frozenset({"might", "may", "could", "can", "should", "must", "ought"})
WISH_VERBS = frozenset({"want", "need", "wish"})
POSSIBILITY_MODALS = frozenset({"might", "may"})
WORD_NOUNS = having("marked_words", "word")
SPEECH_VERBS = having("marked_words", "saying")
"""Verbs whose complement can only be words; other reporting verbs (allow, release) may be part of what is reported."""
USE_VERBS = having("marked_words", "using")
"""Verbs that introduce words as words (never used the word “…”)."""
BEFORE_WORDS = frozenset({",", ":", "that", "—", "–", "-", "--", "the"}) | WORD_NOUNS
"""Tokens that may stand between a verb and the words that it introduces."""
ASSERTING_CONJUNCTIONS = frozenset({"because", "since", "although", "though", "while"})
"""Conjunctions whose clause is asserted, whatever the verb above it (did not mention it because “…”)."""
EXCEPTIVES = frozenset({"but", "except", "than", "rather", "instead"})
"""Words before a quote that reverse a negation: did not say “soon” but “…”, said nothing except “…”."""
OPENING = frozenset({"just", "please", "simply", "then", "and", "or", "so", "but", "always", "do"})
"""Words that may precede the verb of a command."""
MAX_STEPS = 12
"""Maximum steps up the tree from words to the verb that introduces them."""
REACH_AFTER = 6
"""Distance on the line, exclusive, at which the verb that introduces words may follow them."""


def modality_of(verb: Token) -> Modality:  # noqa: PLR0911 - a return for each way to be told
    """Returns the modality of the words that a verb introduces, quoted or reported.

    Args:
        verb: A reporting verb, in a document with dependencies.
    """
    for _ in range(MAX_STEPS):
        if is_negated(verb):
            return "hypothetical" if any(child.lower_ in POSSIBILITY_MODALS for child in auxiliaries(verb)) else "denied"
        for phrase in leading_phrases(verb):
            for meaning in meanings("leading_phrases").get(phrase, ()):
                return "denied" if meaning == "denied" else "hypothetical"
        if is_supposed(verb):
            return "hypothetical"
        governor = governed(verb)
        if governor is None and verb.dep_ == "xcomp" and verb.head.lemma_ == "able" and verb.head.i < verb.i:
            verb = verb.head  # should be able to tell
            continue
        if governor is None:
            return "asserted"
        if governor == "denied":
            return "asserted" if is_negated(verb.head) else "denied"
        if governor == "hypothetical" or (is_wished(verb) and not is_negated(verb.head)):
            return "hypothetical"
        verb = verb.head
    return "asserted"


def modality_of_words(line: ReporterLine, number: int, words: Span | None, *, adjacent_only: bool = False) -> Modality:
    """Returns the modality of words between marks outside any other quote; `asserted` if no verb introduces them.

    Args:
        line: The reporter's line.
        number: The index of the quote.
        words: Its tokens.
        adjacent_only: Whether only the verb right before them counts, because they do not look like speech.
    """
    first = line.stretches[number][0]
    verb = verb_before(line, first) if adjacent_only else introducing_verb(line, number, words)
    if verb is None:
        return "asserted"
    modality = modality_of(verb)
    is_contrasted = line.place[verb.i] < first and any(line.word(place) in EXCEPTIVES for place in (first - 1, first - 2))
    return "asserted" if modality == "denied" and is_contrasted else modality


def introducing_verb(line: ReporterLine, number: int, words: Span | None) -> Token | None:
    """Returns the verb outside quotes that introduces words between marks: right before them, above them in the tree, or soon after."""
    first, last = line.stretches[number][0], line.stretches[number][-1]
    if (before := verb_before(line, first)) is not None:
        return before
    if line.word(first - 1) in ASSERTING_CONJUNCTIONS:
        return None
    above = verb_above(line, words, line.word(first - 1))
    if above is not None:
        return above
    for place in range(last + 1, min(last + REACH_AFTER, line.paragraph_end(last))):
        if line.word(place) in {".", ";", ":", "QUOTE"}:
            break
        after = reporters_verb(line, place)
        if after is not None and is_reporting(after):
            return after
    return None


def verb_above(line: ReporterLine, words: Span | None, before: str) -> Token | None:
    """Returns the verb outside quotes above words in the tree: the lowest verb of saying, else the highest reporting verb."""
    found = None
    token = words.root if words is not None and len(words) else None
    for _ in range(MAX_STEPS):
        if token is None or token.head.i == token.i:
            break
        token = token.head
        if line.items[line.place[token.i]].quote is None and introduces_words(token, before):
            found = token
        if found is not None and (found.lemma_.lower() in SPEECH_VERBS | USE_VERBS or token.dep_ in ADJUNCTS):
            break
    return found


def verb_before(line: ReporterLine, first: int) -> Token | None:
    """Returns the verb right before words between marks that introduces them."""
    start = line.paragraph_start(first)
    place = first - 1
    while place > start and line.word(place) in BEFORE_WORDS:
        place -= 1
    before = reporters_verb(line, place) if place >= start else None
    return before if before is not None and introduces_words(before, line.word(first - 1)) else None


def reporters_verb(line: ReporterLine, place: int) -> Token | None:
    """Returns the token at a position of the line; None if it is quoted."""
    item = line.items[place]
    token: Token = line.doc[item.token]
    return None if item.quote is not None else token


def introduces_words(token: Token, before: str) -> bool:
    """Whether a token is a verb that may introduce words: a reporting verb, or one like *use* if a noun for words stands `before` them."""
    return is_reporting(token) or (before in WORD_NOUNS and token.lemma_.lower() in USE_VERBS)


def is_negated(token: Token) -> bool:
    """Whether a verb, an adjective or a noun is negated, or an alternative to one that is (never phoned or said “sorry”)."""
    first = first_conjunct(token)
    alternative = first is not None and any(child.lower_ in {"or", "nor"} for child in dependents(token))
    return is_negated_itself(token) or (first is not None and alternative and is_negated_itself(first))


def is_negated_itself(token: Token) -> bool:
    """Whether a dependent or the subject negates a verb, an adjective or a noun (nobody said); *not only* does not."""
    for child in dependents(token):
        if child.lower_ in NEGATIONS and child.dep_ not in SUBJECTS:
            return following(child) not in LIMITING
        if child.lower_ == "no" and child.dep_ == "det":
            return True
        if child.lemma_.lower() in OCCASIONS and any(word.lower_ == "no" for word in dependents(child)):
            return True
    subject = subject_of(token)
    return (subject is not None and is_negative_subject(subject)) or follows_denial(token)


def follows_denial(verb: Token) -> bool:
    """Whether *at no point* or the like opens a verb's sentence, without a comma or colon before the verb (At no point did she say)."""
    opening = [token.lower_ for token in verb.doc[verb.sent.start : verb.sent.start + 3]]
    return (
        opening[1:2] == ["no"]
        and opening[2:] in [[noun] for noun in OCCASIONS]
        and not any(token.text in {",", ":"} for token in verb.doc[verb.sent.start : verb.i])
    )


def is_negative_subject(subject: Token) -> bool:
    """Whether a subject denotes nobody: nobody, no official, neither Roe nor Reed, not one; *who* stands for its antecedent."""
    if subject.lower_ in {"who", "that"} and subject.head.dep_ in {"acl:relcl", "relcl"}:
        subject = subject.head.head
    if subject.lower_ in NEGATIVE_PRONOUNS:
        return True
    if subject.lower_ == "one" and "no" in {word.lower_ for word in subject.doc[max(0, subject.i - 2) : subject.i]}:
        return True
    near = [*dependents(subject), *(word for child in dependents(subject) for word in dependents(child))]
    counted = subject.pos_ == "NOUN" or subject.lower_ == "one"
    return any(word.lower_ == "nor" or (counted and word.i < subject.i and word.lower_ in {"no", "not"}) for word in near)


def is_supposed(verb: Token) -> bool:
    """Whether a verb is under a modal, in a condition, in a question whether it happened, or in a command."""
    modals = {word.lower_ for word in auxiliaries(verb)}
    if "would" in modals and ("have" in modals or any(is_condition(child) for child in dependents(verb))):
        return True
    if modals & MODALS and not any(child.lower_ == "only" for child in dependents(verb)):
        return True
    subject = subject_of(verb)
    # Nobody in particular says it (whoever says, anyone who says).
    if subject is not None and (subject.lower_ == "whoever" or (subject.lower_ == "who" and verb.head.lower_ in INDEFINITE_PRONOUNS)):
        return True
    return is_inverted(verb) or is_command(verb)


def is_condition(clause: Token) -> bool:
    """Whether a clause opens with *if*."""
    return clause.dep_ == "advcl" and any(child.lower_ == "if" for child in dependents(clause))


def is_inverted(verb: Token) -> bool:
    """Whether an auxiliary opens the clause right before its subject (Did she say …? Had she said …), without a question word before it."""
    lefts = [child for child in dependents(verb) if child.i < verb.i and child.dep_ not in {"cc", "punct", "discourse"}]
    subject = next((child for child in lefts[1:] if child.dep_ in SUBJECTS), None)
    return subject is not None and lefts[0].dep_ in AUXILIARIES and subject.left_edge.i == lefts[0].i + 1


def is_command(verb: Token) -> bool:
    """Whether a verb is an imperative that opens its sentence (Just say “no”)."""
    if verb.tag_ not in {"VB", "VBP"} or verb.dep_ != "ROOT" or has_subject(verb):
        return False
    opening = verb.doc[verb.sent.start : verb.i]
    return all(token.lower_ in OPENING or token.is_punct for token in opening)


def leading_phrases(verb: Token) -> Iterator[str]:
    """Yields the conjunctions and prepositions that introduce a verb, alone and with the word before or after (if, as if, short of)."""
    doc = verb.doc
    led = [verb, first] if (first := first_conjunct(verb)) is not None else [verb]
    marks = [child for one in led for child in dependents(one) if child.i < one.i and child.dep_ in {"mark", "case"}]
    place = verb.i - 1
    while place > verb.sent.start and (doc[place].tag_ == "RB" or doc[place].dep_ in AUXILIARIES):
        place -= 1
    # A preposition before an -ing form counts however the parser attached it (without saying).
    if place >= verb.sent.start and verb.tag_ == "VBG" and (doc[place].tag_ == "IN" or doc[place].lower_ == "like"):
        marks.append(doc[place])
    for mark in marks:
        yield mark.lower_
        if mark.i > 0:
            yield f"{doc[mark.i - 1].lower_} {mark.lower_}"
        yield f"{mark.lower_} {following(mark)}"


def governed(verb: Token) -> str | None:
    """Returns what a verb's governor implies for it (refused to say, imagine her saying): `denied` or `hypothetical`; None if nothing."""
    governor = verb.head
    known = meanings("governors")
    complement = verb.dep_ in COMPLEMENTS or (verb.pos_ == "NOUN" and verb.dep_ == "obj")
    if governor.i >= verb.i or not complement or not on_one_side(verb, governor) or is_excepted(verb):
        return None
    asks = any(child.dep_ in SUBJECTS and child.tag_ == "WP" for child in dependents(verb))
    meaning = next(iter(known.get(governor.lemma_.lower(), known.get(governor.lower_, ()))), None)
    led = {child.lower_ for child in dependents(verb) if child.i < verb.i}
    has_comma = any(token.text == "," for token in verb.doc[governor.i : verb.i])
    aside = verb.dep_ == "advcl" or (verb.tag_ == "VBG" and has_object(governor))
    # An adjunct is not governed (refused to resign, saying “…”), nor is the verb of an indirect question (asks).
    if (aside and not led & {"to", "as"} and (has_comma or meaning != "hypothetical")) or (asks and governor.pos_ == "VERB"):
        return None
    return ("hypothetical" if "to" in led else None) if meaning == "ordered" else meaning


def is_wished(verb: Token) -> bool:
    """Whether someone merely wants another to say it (wanted her to say)."""
    return (has_subject(verb) or has_object(verb.head)) and verb.head.lemma_.lower() in WISH_VERBS


def is_excepted(verb: Token) -> bool:
    """Whether words right before a verb exempt it from its governor (declined to comment other than to say)."""
    doc = verb.doc
    return any(doc[i].lower_ in {"than", "except", "but", "beyond"} for i in range(max(verb.sent.start, verb.i - 2), verb.i))
