"""Kinds: whether marked words are speech at all, and whether the speech stands by itself.

What is nobody's speech here (titles of works, scare quotes, nicknames, terms, headings) is told by a scorer fitted on PolNeAR, whose
annotators marked every attributed stretch. A quote is `direct` where it has a clause of its own, else `mixed`.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache
from itertools import islice
from pathlib import Path

import msgspec
import numpy as np
from spacy.tokens import Doc, Span, Token

from quoteapi.encoder import Pointing, Source
from quoteapi.findings import Chars, FoundQuote
from quoteapi.mixing import mixed, packaged_mixes
from quoteapi.quotes.alone import BULLETS, fills_line, in_row, is_signed
from quoteapi.quotes.boilerplate import about_sections
from quoteapi.quotes.introducing import APOSTROPHES, is_introduced, is_title_case, work_before
from quoteapi.quotes.line import Line, read_line
from quoteapi.quotes.modality import modality_of, modality_of_words
from quoteapi.quotes.nicknames import is_nickname
from quoteapi.quotes.reasons import is_own_caption, reason_of, shown_as
from quoteapi.quotes.reporting import is_reporting, nested_verb, takes_words
from quoteapi.scoring import Floats, Scorer
from quoteapi.structs import Kind, Modality, Reason

SPEECH_FROM = 0.74
"""The probability of speech from which marked words count as such: chosen on PolNeAR's and the gold files' dev articles."""
LONG = 25
"""Words from which marked words are always speech."""
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubjpass", "expl", "csubj"})
LABEL = 2
"""Items that a turn's label and its colon take up before the marks."""
SOURCE_REACH = 25
"""Items on either side of marked words among which *according to* hands them over, in the same sentence."""
HANDING = frozenset({("according", "to"), ("words", "of")})
"""Pairs of words that hand marked words to a source (in the words of Roe)."""
SUBJECT_REACH = 6
"""Items from *as* to the verb behind its subject at most."""
SENTENCE_WORDS = 5
"""Tokens above which words that end as a sentence are one, even without a finite verb (Good evening, and mind the goats.)."""
DATELINE = 14
"""Items of a dateline at most."""
APART = frozenset({"", ".", "?", "!", ",", ":", "QUOTE", "—", "–", "-"})
"""What stands before words that do not run on from the reporter's."""
NEAR = 15
"""Items around marked words among which a reporting verb counts as near."""
LONGEST_TERM = 60
"""Characters that a term or a title has at most."""
MARKS = frozenset("“”\"'‘’«»„")
UNSAID: dict[Modality, Reason] = {"denied": "negated", "hypothetical": "hypothetical"}
"""The reasons of words that a verb of speech hands over and that are nobody's all the same."""
Count = Callable[[str], int]
"""How often words stand in an article."""


@cache
def packaged_scorer() -> Scorer:
    """The scorer of kinds that ships inside the package."""
    return Scorer.load(Path(__file__).parent.parent / "weights" / "kinds.npz")


def tell_kinds(
    doc: Doc, quotes: Sequence[FoundQuote], pointing: Pointing | None = None, *, scorer: Scorer | None = None
) -> list[FoundQuote]:
    """The same quotes with their kinds, modalities and reasons; `pointing` is what the encoder tells of them.

    What the page sets apart or signs is speech.
    """
    judge = scorer or packaged_scorer()
    line = read_line(doc, quotes)
    about = about_sections(line.text)
    told = []
    for number, (quote, bags) in enumerate(zip(quotes, kind_bags(line, quotes), strict=True)):
        if quote.form != "marks":
            told.append(quote)
            continue
        words = doc.char_span(quote.start, quote.end, alignment_mode="expand")
        in_name = stands_in_name(doc, quote)
        if quote.within is None:
            probability = speech_probability(judge.choice(bags), None if pointing is None else pointing.sources.get(number))
            speech = len(words or ()) >= LONG or opens_speech(line, number, words) or is_handed_over(line, number, words)
            speech = speech or is_listed(line, number, doc, quotes) or is_signed(line, number, quote)
            speech = speech or (probability >= SPEECH_FROM and not is_introduced(line, number, words))
            speech = speech and not in_name and not stands_in(quote, about) and shown_as(line, number, words) is None
            speech = speech or quote.source is not None
            told_of = speech or not (is_title_case(words) or in_name)
            modality = modality_of_words(line, number, words, beside=not speech) if told_of else "asserted"
        else:
            verb = nested_verb(doc, quote, quotes[quote.within])
            speech = verb is not None
            modality = "asserted" if verb is None else modality_of(verb)
        if speech and modality == "asserted":
            told.append(msgspec.structs.replace(quote, kind=kind_of_speech(words, line, number)))
            continue
        reason = UNSAID.get(modality) or ("nickname" if in_name else reason_of(line, number, words))
        told.append(msgspec.structs.replace(quote, kind="other", modality=modality, reason=reason))
    return told


def stands_in(quote: FoundQuote, sections: Sequence[Chars]) -> bool:
    """Whether marked words stand in one of some stretches, which are in reading order."""
    place = bisect_right(sections, quote.start, key=lambda section: section[0]) - 1
    return place >= 0 and quote.start < sections[place][1]


def stands_in_name(doc: Doc, quote: FoundQuote) -> bool:
    """Whether marked words are a nickname inside a person's name."""
    marked = doc.char_span(*quote.outer, alignment_mode="expand")
    return marked is not None and is_nickname(doc, marked.start, marked.end)


def speech_probability(scored: Floats, told: Source | None) -> float:
    """The probability of speech that the scorer and the encoder give together."""
    if told is None:
        return float(scored[0])
    return float(mixed(scored, np.array([told.speech, 1 - told.speech], dtype=np.float32), packaged_mixes().speech)[0])


def kind_of_speech(words: Span | None, line: Line, number: int) -> Kind:
    """`direct` where the words have a finite clause, or open a sentence of their own; else `mixed`."""
    if words is None:
        return "mixed"
    first = next((token for token in words if token.is_alpha), words[0])
    opens_upper = first.text[:1].isupper()
    before = line.word(line.stretches[number][0] - 1)
    clause = any(is_finite(token) and any(child.dep_ in SUBJECTS for child in token.children) for token in words)
    apart = before in APART or line.paragraph_start(line.stretches[number][0]) == line.stretches[number][0]
    return "direct" if (clause and (opens_upper or apart)) or (opens_upper and apart) else "mixed"


def is_finite(token: Token) -> bool:
    """Whether a verb is finite, by itself or by its auxiliaries; a predicate noun counts with its copula."""
    if token.tag_ in {"VBD", "VBP", "VBZ", "MD"}:
        return True
    return any(child.dep_ in {"aux", "cop", "aux:pass"} and child.tag_ in {"VBD", "VBP", "VBZ", "MD"} for child in token.children)


def kind_bags(line: Line, quotes: Sequence[FoundQuote]) -> list[list[list[str]]]:
    """For each quote two bags of features: those of speech and those of words that are nobody's."""
    bags = []
    count = cache(line.lower.count)  # the same few words, in a text of thousands of quotes
    for number in range(len(quotes)):
        facts = kind_features(number, line, quotes, count)
        bags.append([["speech", *(f"speech {fact}" for fact in facts)], ["other", *(f"other {fact}" for fact in facts)]])
    return bags


def opens_speech(line: Line, number: int, words: Span | None) -> bool:
    """Whether marked words open their paragraph and are a sentence (“We did nothing.”): someone goes on, or speaks in a dialogue."""
    first = line.stretches[number][0]
    start = line.paragraph_start(first)
    listed = first == start + 1 and line.word(start) in BULLETS
    if words is None or not (first == start or listed or follows_dateline(line, first)):
        return False
    last = words.text.rstrip()[-1:]
    return last in set(".,!?…") and (any(is_finite(token) for token in words) or (last in set(".!?") and len(words) > SENTENCE_WORDS))


def is_listed(line: Line, number: int, doc: Doc, quotes: Sequence[FoundQuote]) -> bool:
    """Whether marked words fill a line that ends as a sentence, next to one that opens speech and is filled by its quote, too.

    So do those that open a line, with who signs them behind, between two others that do.
    """
    if quotes[number].within is not None or line.text[quotes[number].end - 1] not in ".!?…":
        return False
    if not fills_line(line, number):
        return in_row(line, number)
    for other in (number - 1, number + 1):
        if 0 <= other < len(quotes) and fills_line(line, other):
            words = doc.char_span(quotes[other].start, quotes[other].end, alignment_mode="expand")
            apart = line.items[line.stretches[other][0]].paragraph - line.items[line.stretches[number][0]].paragraph
            if abs(apart) == 1 and opens_speech(line, other, words):
                return True
    return False


def follows_dateline(line: Line, first: int) -> bool:
    """Whether only a place, a date and a dash stand before marked words in their paragraph (KELBY, Norland (Wire) — “We did nothing”)."""
    start = line.paragraph_start(first)
    opening = line.doc[line.items[start].token]
    return 0 < first - start <= DATELINE and opening.is_upper and len(opening) > 1 and line.word(first - 1) in {"—", "–", "-", "--", ":"}


def is_handed_over(line: Line, number: int, words: Span | None) -> bool:
    """Whether the page itself says whose words they are: a turn's label (“ROE: I will”), *according to*, *as Roe put it*, a caption."""
    if words is not None and len(words) > 1 and is_label(words[0]):
        return True
    first, last = line.stretches[number][0], line.stretches[number][-1]
    if words is not None and " " not in words.text:
        return False
    if line.paragraph_start(first) == first - LABEL and is_label(line.doc[line.items[first - LABEL].token]):
        return True
    if put_in_passing(line, last) or is_own_caption(line, first):
        return True
    sentence = line.items[first].sentence
    near = range(max(0, first - SOURCE_REACH), min(len(line.items) - 1, last + SOURCE_REACH))
    return any(line.items[i].sentence == sentence and (line.word(i), line.word(i + 1)) in HANDING for i in near)


def put_in_passing(line: Line, last: int) -> bool:
    """Whether *as*, a subject and a verb of words follow a place at once, or behind a mark."""
    start = last + (1 if line.word(last + 1) == "as" else 2)
    words = (i for i in range(start + 2, min(start + SUBJECT_REACH, len(line.items))) if line.items[i].quote is None)
    return line.word(start) == "as" and any(takes_words(line.doc[line.items[i].token], line.word(i + 1)) for i in words)


def is_label(token: Token) -> bool:
    """Whether a token is a turn's label: capitals before a colon."""
    return token.is_upper and token.i + 1 < len(token.doc) and token.nbor().text == ":"


def hangs(words: Span) -> list[str]:
    """How marked words hang in the reporter's sentence, and on what."""
    root = words.root
    head = root.head
    outside = not words.start <= head.i < words.end
    on = "reporting" if is_reporting(head) else head.pos_
    return [f"root={root.dep_} {on if outside else 'top'}", f"root is={root.pos_}"]


def repeated(line: Line, quote: FoundQuote, count: Count) -> str:
    """Whether short marked words stand elsewhere in the article too, as a term or a title does: `marked`, `plain` or `no`."""
    words = line.text[quote.start : quote.end].strip(" ,.;:!?").lower()
    if not words or len(words) > LONGEST_TERM:
        return "long"
    if count(words) - line.lower.count(words, quote.start, quote.end) <= 0:
        return "no"
    marked = sum(count(mark + words) for mark in MARKS) - (line.lower[max(0, quote.start - 1) : quote.start] in MARKS)
    return "marked" if marked > 0 else "plain"


def kind_features(number: int, line: Line, quotes: Sequence[FoundQuote], count: Count) -> list[str]:
    """What marked words look like, and what stands around them."""
    doc, quote = line.doc, quotes[number]
    words = doc.char_span(quote.start, quote.end, alignment_mode="expand") or doc[0:1]
    inside = [token for token in words if not token.is_space]
    alphabetic = [token for token in inside if token.is_alpha] or inside
    first, last = line.stretches[number][0], line.stretches[number][-1]
    start, end = line.paragraph_start(first), line.paragraph_end(last)
    before = [line.word(i) if i >= start else "PARAGRAPH" for i in range(first - 3, first)]
    after = [line.word(i) if i < end else "PARAGRAPH" for i in range(last + 1, last + 4)]
    near = [doc[line.items[i].token] for i in (*range(max(start, first - NEAR), first), *range(last + 1, min(end, last + NEAR)))]
    tags = [doc[line.items[i].token].tag_ if start <= i < end else "PARAGRAPH" for i in (first - 1, last + 1)]
    mark = line.text[quote.outer[0]]
    capitals = sum(token.text[:1].isupper() for token in alphabetic)
    final = inside[-1].text if inside else ""
    lemma_before = doc[line.items[first - 1].token].lemma_.lower() if first > start else "PARAGRAPH"
    return [
        f"words={min(12, len(inside))}",
        f"capitals={'all' if capitals == len(alphabetic) else alphabetic[0].text[:1].isupper()} {min(4, len(alphabetic))}",
        f"mark={mark}",
        f"nested={quote.within is not None}",
        f"spans={min(2, len(quote.spans))}",
        f"final={final if not final.isalnum() else 'word'}",
        f"work={work_before(line, first, start)} {capitals == len(alphabetic)}",
        f"possessive={before[-1] in APOSTROPHES} {capitals == len(alphabetic)}",
        *hangs(words),
        f"repeated={repeated(line, quote, count)} {min(4, len(alphabetic))}",
        f"before={before[-1]}",
        f"before lemma={lemma_before}",
        f"before two={before[-2]} {before[-1]}",
        f"after={after[0]}",
        f"after two={after[0]} {after[1]}",
        f"tag before={tags[0]}",
        f"tag after={tags[1]}",
        f"tags around={tags[0]} {tags[1]}",
        f"first tag={inside[0].tag_ if inside else ''}",
        f"last tag={inside[-1].tag_ if inside else ''}",
        f"tags={' '.join(token.tag_ for token in inside) if len(inside) < 4 else 'long'}",  # noqa: PLR2004 - the shape of a short term
        f"finite={any(is_finite(token) for token in inside)}",
        f"first person={any(token.lower_ in {'i', 'we', 'you', 'our', 'my', 'us'} for token in inside)}",
        f"name={inside[0].ent_type_ if inside else ''}",
        f"head paragraph={line.items[first].paragraph == 0}",
        f"alone={first == start and last + 1 == end}",
        f"reporting near={any(is_reporting(token) for token in near)}",
        f"said near={any(token.lower_ in {'said', 'says', 'told'} for token in near)}",
        f"quotes in paragraph={len(list(islice((i for i in range(start, end) if line.items[i].quote is not None), 3)))}",
        *(f"near lemma={token.lemma_.lower()}" for token in near[-NEAR - 4 : -NEAR + 4] if token.pos_ == "VERB"),
    ]
