"""Reasons: why words in marks are nobody's speech, as far as the words around them tell."""

from collections.abc import Iterator

from spacy.tokens import Span, Token

from quoteapi.knowledge import entries, having, meanings
from quoteapi.quotes.grammar import SUBJECTS, WIDE, subject_of
from quoteapi.quotes.introducing import APOSTROPHES, is_known_as, is_title_case, is_what_people_call, words_before, work_before
from quoteapi.quotes.line import Line
from quoteapi.structs import Reason

CHRISTENING = having("marked_words", "christening")
"""Verbs that give a name to what stands between them and marked words (nicknamed the bridge “…”)."""
NICKNAMING = having("marked_words", "nicknamed")
NAMING = having("marked_words", "named")
TERMS = having("marked_words", "term")
MEANING = having("marked_words", "meaning")
"""Verbs that a word as a word hangs on."""
SPELLING = having("marked_words", "spelling")
"""Verbs whose object is always one."""
CREATING = having("marked_words", "creating")
"""Verbs that the title of a work hangs on."""
TITLES = having("marked_words", "titled")
SHOWING = having("marked_words", "showing")
"""Verbs that tell what a thing shows."""
TELLING = having("marked_words", "telling")
"""Verbs that do so, too, and that people and bodies have as well."""
PEOPLE_TOO = having("marked_words", "person")
"""Things that are also somebody: a record label, who posts on a forum."""
BEARING = having("marked_words", "bearing")
BORNE = having("marked_words", "borne")
INTO = frozenset({"with", "words", "word", "the", "of", "message", "legend", "bearing"})
"""Words between a thing and what it shows (a placard with the words “…”)."""
ABSTRACT = having("marked_words", "abstract")
"""Nouns for the words themselves, which may stand in apposition to them (the motto, “…”)."""
POSTING = having("marked_words", "posting")
"""Verbs of those who put up a picture with a caption of their own."""
CAPTION_REACH = 20
"""Items between such a verb and the caption's words at most."""
NEAR = 5
"""Items before marked words within which such a noun stands."""
NAMED_BY = SUBJECTS | {"flat", "appos"}
"""How a person's name hangs on a verb, or on the noun before it (boxer Jane Roe)."""
LONGEST_NICKNAME = 4
"""Tokens of a nickname at most."""
SCARE_WORDS = 6
"""Words of scare quotes at most."""


def reason_of(line: Line, number: int, words: Span | None) -> Reason:  # noqa: PLR0911 - a return for each reason
    """Why marked words outside a person's name are nobody's: the first reason that the words around them give."""
    first = line.stretches[number][0]
    second, before = words_before(line, first)
    shown = shown_as(line, number, words) or shown_with(line, words)
    if shown is not None:
        return shown
    titled = is_title_case(words)
    start = line.paragraph_start(first)
    if before in NAMING and second == "-":
        return "scare" if line.word(first - 3) == "so" else "nickname"
    if before == "so-called":
        return "scare"
    lemma = governing_lemma(words)
    if before in NICKNAMING or lemma in CHRISTENING:
        return "nickname"
    if is_known_as(line, first) or (before in NAMING and not (titled and work_before(line, first - 1, start) != "no")):
        return name_or_term(words, titled=titled)
    if before in TITLES or (titled and before not in TERMS and (work_before(line, first, start) != "no" or is_work(line, number, words))):
        return "title"
    if before in TERMS or lemma in MEANING or is_what_people_call(line, first):
        return "term"
    if titled and (before == "the" or lemma == "call"):
        return "nickname"
    if titled and (before in APOSTROPHES or lemma in CREATING or is_long(words)):
        return "title"
    return "scare" if is_fragment(words) else "unclear"


def name_or_term(words: Span | None, *, titled: bool) -> Reason:
    """What marked words are by which something is known: somebody's nickname, a title as long as an act's, a term."""
    if names_person(words):
        return "nickname"
    if not titled:
        return "term"
    return "nickname" if len(words or ()) <= LONGEST_NICKNAME else "title"


def is_work(line: Line, number: int, words: Span | None) -> bool:
    """Whether a noun of works follows marked words (the “Morning Tide” programme)."""
    stopped = words is not None and len(words) > 0 and words[-1].text in {".", "?", "!"}
    return not stopped and line.word(line.stretches[number][-1] + 1) in entries("works")


def shown_as(line: Line, number: int, words: Span | None) -> Reason | None:
    """Whether a thing shows the words (a sign reads “…”, boxes stamped “…”, the motto “…”), and which reason that is."""
    first = line.stretches[number][0]
    if words is None or not len(words) or is_own_caption(line, first):
        return None
    return put_on(line, first, words) or shown_by(line, first, words) or called_so(words)


def is_own_caption(line: Line, first: int) -> bool:
    """Whether marked words are the caption that somebody writes to what they post (posted it with the caption, or the words, “…”)."""
    start = line.paragraph_start(first)
    token = word_before(line, first, frozenset({":", ","}))
    worded = line.word(first - 1) in BORNE and line.word(first - 2) == "the" and line.word(first - 3) == "with"
    if token is None or not (worded or token.lower_ in {"caption", "captioned"}):
        return False
    sentence = line.items[first].sentence
    near = (line.items[i] for i in range(max(start, first - CAPTION_REACH), first))
    verbs = (line.doc[item.token] for item in near if item.quote is None and item.sentence == sentence)
    return any(verb.lemma_.lower() in POSTING and verb.pos_ == "VERB" and is_by_somebody(verb) for verb in verbs)


def is_by_somebody(verb: Token) -> bool:
    """Whether a verb tells what somebody did, not what was done."""
    subject = subject_of(verb)
    return subject is not None and subject.dep_ == "nsubj"


def shown_with(line: Line, words: Span | None) -> Reason | None:
    """The reason of marked words to which these are added (boxes stamped “…” on the lid and [“…”] below)."""
    other = words.root.head if words is not None and len(words) and words.root.dep_ == "conj" else None
    if words is None or other is None or words.start <= other.i < words.end:
        return None
    number = line.items[line.place[other.i]].quote
    return None if number is None else put_on(line, line.stretches[number][0], line.doc[other.i : other.i + 1])


def names_person(words: Span | None) -> bool:
    """Whether the clause that marked words hang in tells of a person by name (Jane Roe is known as “…”)."""
    verb = words.root.head if words is not None and len(words) else None
    subjects = [] if verb is None else [child for child in verb.children if child.dep_ in SUBJECTS]
    return any(token.ent_type_ == "PERSON" for subject in subjects for token in (subject, *subject.children) if token.dep_ in NAMED_BY)


def put_on(line: Line, first: int, words: Span) -> Reason | None:
    """The reason of words that are put on a thing (boxes stamped “…”; “…” was painted on the step; bears the words “…”)."""
    token, head = word_before(line, first, INTO), words.root.head
    if head.lower_ in entries("marking_verbs") and words.root.dep_ == "nsubj:pass":
        return "sign"
    if token is None:
        return None
    if token.lemma_ in BEARING and line.word(first - 1) in BORNE:
        return "sign"
    marked = token.lower_ in entries("marking_verbs") and token.tag_ == "VBN" and line.word(first - 1) != ","
    return (reason_for(token.head) or "sign") if marked else None


def shown_by(line: Line, first: int, words: Span) -> Reason | None:
    """The reason of words that a thing shows (a banner reads “…”, a banner with the words “…”, banners: “…”)."""
    token = word_before(line, first, INTO)
    for verb in (token, words.root.head):
        for noun in () if verb is None else showing(verb):
            return reason_for(noun)
    if token is not None and reason_for(token) is not None:
        return reason_for(token)
    apart = word_before(line, first, frozenset({",", ":"}))
    apposed = apart is not None and (apart.lemma_.lower() in ABSTRACT or line.word(first - 1) == ":")
    return reason_for(apart) if apart is not None and apposed else None


def called_so(words: Span) -> Reason | None:
    """The reason of words that a sentence says are a motto, a title or a word (the motto is “…”, its title was “…”, defines “…” as)."""
    root = words.root
    if root.dep_ == "nsubj" and root.head.lemma_.lower() in ABSTRACT:
        return reason_for(root.head)
    if root.dep_ == "obj" and governing_lemma(words) in SPELLING:
        return "term"
    outside = (child for child in root.children if child.dep_ == "nsubj" and not words.start <= child.i < words.end)
    subject = next(outside, None)
    if subject is None:
        return None
    return "title" if subject.lower_ in TITLES else reason_for(subject) if subject.lemma_.lower() in ABSTRACT else None


def word_before(line: Line, first: int, between: frozenset[str]) -> Token | None:
    """The reporter's word before marked words, in their paragraph, looked at through the words `between`."""
    start = line.paragraph_start(first)
    place = first - 1
    while place > max(start, first - NEAR) and line.word(place) in between:
        place -= 1
    return line.doc[line.items[place].token] if place >= start and line.items[place].quote is None else None


def showing(verb: Token) -> Iterator[Token]:
    """The thing that shows what a verb tells: its subject, or the noun that it describes (a banner that says, a banner reading)."""
    if verb.lower_ != "reading" and verb.lemma_.lower() not in SHOWING | TELLING:
        return
    subject = subject_of(verb)
    nouns = [verb.head] if verb.dep_ in {"acl", "acl:relcl", "relcl"} else [subject] if subject is not None else []
    if (verb.tag_ == "VBG" or verb.lower_ == "reading") and verb.i > 0:
        nouns.append(verb.nbor(-1))
    nouns += [child for child in verb.children if child.dep_ == "obj" and verb.lemma_ == "run"]
    if verb.lemma_.lower() in SHOWING:
        nouns = [standing_for(noun) for noun in nouns]
    for noun in nouns:
        if reason_for(noun) is not None and (verb.lemma_.lower() in SHOWING or noun.lemma_.lower() not in PEOPLE_TOO):
            yield noun


def standing_for(noun: Token) -> Token:
    """The thing for which *it* stands: the one of the sentence before that shows words, where nothing there has an author."""
    sentence = noun.sent
    if noun.lower_ != "it" or sentence.start == 0:
        return noun
    before = [token for token in noun.doc[sentence.start - 1].sent[-WIDE:] if token.pos_ == "NOUN"]
    things = [token for token in before if reason_for(token) is not None and token.tag_ == "NN"]
    written = any(token.lemma_.lower() in entries("documents") for token in before)
    return things[0] if len(things) == 1 and not written else noun


def reason_for(noun: Token) -> Reason | None:
    """The reason that a thing which shows words gives for them."""
    reasons: dict[str, Reason] = {"sign": "sign", "slogan": "slogan", "headline": "headline"}
    return next((reasons[meaning] for meaning in meanings("displays").get(noun.lemma_.lower(), ())), None)


def governing_lemma(words: Span | None) -> str:
    """The lemma of the word that marked words hang on in the reporter's sentence; empty where there is none."""
    if words is None or not len(words) or words.start <= words.root.head.i < words.end:
        return ""
    return words.root.head.lemma_.lower()


def is_long(words: Span | None) -> bool:
    """Whether marked words have more than one word."""
    return sum(token.is_alpha for token in words or ()) > 1


def is_fragment(words: Span | None) -> bool:
    """Whether marked words are a few lower-case words without a verb that stands by itself, as scare quotes are."""
    inside = [token for token in words or () if token.is_alpha]
    verbs = any(token.tag_ in {"VBD", "VBP", "VBZ", "MD"} for token in inside)
    return 0 < len(inside) <= SCARE_WORDS and inside[0].is_lower and not verbs
