"""The report finder: from the tagger's stretches to quotes."""

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from quoteapi.encoder import Linked, Tagged
from quoteapi.quotes import find_quotes
from quoteapi.reports.finder import (
    beginning_of,
    clean_span,
    contents,
    is_attributed,
    is_clause,
    is_reportable,
    marked_stretches,
    modality_of_report,
    since_subject,
    with_adjuncts,
    with_beginnings,
    without_addressee,
    without_beginning,
)

BLANK = spacy.blank("en")


def stretch(doc: Doc, words: str) -> Tagged:
    """The tokens of words."""
    start = doc.text.index(words)
    span = doc.char_span(start, start + len(words), alignment_mode="expand")
    assert span is not None
    return Tagged(span.start, span.end, 0.9)


def content(text: str, words: str) -> str | None:
    """What is left of words that are tagged as a content."""
    doc = BLANK(text)
    found = clean_span(doc, stretch(doc, words), marked_stretches(text, find_quotes(text)))
    return None if found is None else text[slice(*found)]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Roe said the wall held.", "the wall held.", "the wall held"),
        ("Roe said: , the wall held .", ", the wall held .", "the wall held"),
        ("Roe said the wall was “sound” in May.", "the wall was “sound” in May", "the wall was “sound” in May"),
    ],
)
def test_a_content_is_given_without_punctuation_at_its_edges(text: str, words: str, expected: str) -> None:
    """Marked words inside it stay."""
    assert content(text, words) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“The wall held,” said Roe.", "The wall held"),
        ("“The wall held,” said Roe.", "“The wall held,”"),
        ("Roe called it “a wall, at best”.", "a wall"),
        ("Roe said “yes” — “no”.", "“yes” — “no”"),
        ("Roe said.", "."),
    ],
)
def test_what_marks_hold_alone_is_left_to_the_quotes(text: str, words: str) -> None:
    """Whether the tagger saw the marks or not."""
    assert content(text, words) is None


def test_a_mark_is_never_without_its_other_one() -> None:
    """The content takes a quote in that it holds the greater part of, and leaves one alone of which it holds less."""
    text = "Roe said the wall was “sound and dry”, she said “for now and for many years”."
    assert content(text, "the wall was “sound and") == "the wall was “sound and dry”"
    assert content(text, "the wall was “sound and dry”, she said “for now") == "the wall was “sound and dry”, she said"
    assert content(text, "and dry”, she said") == "“sound and dry”, she said"


def linked(doc: Doc, words: str, cue: str | None) -> Linked:
    """A content with its cue."""
    return Linked(stretch(doc, words), None, 0.9, None if cue is None else stretch(doc, cue), 0.9)


def test_what_its_cue_splits_is_one_content() -> None:
    """Within a sentence; the next sentence is another content, and so is one without a cue."""
    doc = BLANK("The plan, Roe said, will fail. It must, too. Nobody paid.")
    for token in doc:
        token.is_sent_start = token.i == 0 or doc[token.i - 1].text == "."
    links = [linked(doc, "The plan", "said"), linked(doc, "will fail", "said"), linked(doc, "It must", "said"), linked(doc, "Nobody", None)]
    assert [[doc[one.content.start : one.content.end].text for one in group] for group in contents(doc, links)] == [
        ["The plan", "will fail"],
        ["It must"],
        ["Nobody"],
    ]


def test_a_cue_in_another_sentence_hands_nothing_over() -> None:
    """Nor is a content given without a source and a cue."""
    doc = BLANK("The plan, Roe said, will fail. It must.")
    for token in doc:
        token.is_sent_start = token.i == 0 or doc[token.i - 1].text == "."
    assert is_attributed(doc, linked(doc, "will fail", "said"))
    assert not is_attributed(doc, linked(doc, "It must", "said"))
    assert not is_attributed(doc, linked(doc, "will fail", None))


def test_what_stands_before_an_attribution_within_a_sentence_is_content_too(nlp: Language) -> None:
    """Where the words behind it open with their verb; they may have a subject of their own."""
    doc = nlp("The old cannery, Roe argued, was worth more as a ruin. On Monday, Lund said, the ferry sailed.")

    def link(words: str, source: str, cue: str) -> Linked:
        return Linked(stretch(doc, words), stretch(doc, source), 0.9, stretch(doc, cue), 0.9)

    split, whole = link("was worth more as a ruin", "Roe", "argued"), link("the ferry sailed", "Lund", "said")
    assert beginning_of(doc, whole) is None
    told = [doc[one.content.start : one.content.end].text for one in with_beginnings(doc, [split, whole])]
    assert told == ["The old cannery", "was worth more as a ruin", "the ferry sailed"]


@pytest.mark.parametrize(
    ("text", "words", "source", "cue", "expected"),
    [
        ("The clock on the hall said ten past four.", "ten past four", "The clock on the hall", "said", False),
        ("The mayor said it was late.", "it was late", "The mayor", "said", True),
        ("The opening went according to plan.", "The opening went", "plan", "according to", False),
        ("The opening went according to plan.", "The opening", "plan", "went according to", False),
        ("The road is shut according to police.", "The road is shut", "police", "according to", True),
        ("Ilse Kramer said goodbye to her pupils.", "goodbye to her pupils", "Ilse Kramer", "said", False),
        ("The four thanked their relatives.", "their relatives", "The four", "thanked", False),
        ("The minister promised a review.", "a review", "The minister", "promised", True),
    ],
)
def test_what_nobody_tells_is_no_report(  # noqa: PLR0913, PLR0917 - what a link is made of
    nlp: Language,
    text: str,
    words: str,
    source: str,
    cue: str,
    expected: bool,  # noqa: FBT001 - what is expected
) -> None:
    """What a clock shows, what things go by, a goodbye, people."""
    doc = nlp(text)
    assert is_reportable(doc, Linked(stretch(doc, words), stretch(doc, source), 0.9, stretch(doc, cue), 0.9)) is expected


def test_a_clause_is_handed_over_by_a_verb_of_reporting(nlp: Language) -> None:
    """Or by words without a verb; another verb's object need not be speech."""
    doc = nlp("Roe said the wall was wet. The wall was wet, according to Roe. Roe saw that the wall was wet. Roe promised a review.")
    cues = {"the wall was wet": "said", "The wall was wet": "according to", "that the wall was wet": "saw", "a review": "promised"}
    assert [is_clause(doc, linked(doc, words, cue)) for words, cue in cues.items()] == [True, True, False, False]


def test_who_is_told_is_no_part_of_what_is(nlp: Language) -> None:
    """Though the tagger began with them."""
    doc = nlp("The chief executive told staff the timetable had been too ambitious.")
    kept = without_addressee(doc, linked(doc, "staff the timetable had been too ambitious", "told")).content
    assert doc[kept.start : kept.end].text == "the timetable had been too ambitious"


def test_an_adjunct_in_the_middle_has_both_sides(nlp: Language) -> None:
    """Where the tagger has only one; what another cue hands over stays as it is."""
    doc = nlp("The bells, as Roe tells it, were buried in a field. Lund said the ferry, according to Roe, had sunk.")
    links = [linked(doc, "were buried in a field", "tells"), linked(doc, "the ferry, according to Roe, had sunk", "said")]
    told = [doc[one.content.start : one.content.end].text for one in with_adjuncts(doc, links)]
    assert told == ["The bells", "were buried in a field.", "the ferry, according to Roe, had sunk"]


def test_a_dateline_is_no_content() -> None:
    """What was tagged with it begins behind it."""
    doc = BLANK("KELBY — The wall will hold, Roe said.")
    link = linked(doc, "KELBY — The wall will hold", "said")
    assert doc[without_beginning(link, 2).content.start].text == "The"
    assert without_beginning(link, 0) is link


@pytest.mark.parametrize(
    ("text", "words", "cue", "expected"),
    [
        ("Roe said the wall would hold.", "the wall would hold", "said", "asserted"),
        ("Roe did not say when the wall would open.", "when the wall would open", "say", "denied"),
        ("Roe declined to comment.", "to comment", "declined", "denied"),
        ("Roe refused to move the wall.", "to move the wall", "refused", "asserted"),
        ("If Roe says the wall is safe, we will cross.", "the wall is safe", "says", "hypothetical"),
        ("The wall is safe, according to Roe.", "The wall is safe", "according to", "asserted"),
    ],
)
def test_the_cue_tells_whether_it_was_said(nlp: Language, text: str, words: str, cue: str, expected: str) -> None:
    """A comment that is declined was not made."""
    doc = nlp(text)
    assert modality_of_report(doc, linked(doc, words, cue)) == expected


def test_a_content_has_its_subject(nlp: Language) -> None:
    """Where the tagger began at the verb behind an apposition."""
    doc = nlp("According to court papers, Jane Roe, a former clerk, moved the money to Kelby.")
    link = Linked(stretch(doc, "moved the money to Kelby"), stretch(doc, "court papers"), 0.9, stretch(doc, "According to"), 0.9)
    kept = since_subject(doc, link).content
    assert doc[kept.start : kept.end].text == "Jane Roe, a former clerk, moved the money to Kelby"
