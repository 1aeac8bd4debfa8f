"""The finder of mentions: names, noun phrases and pronouns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span

from quoteapi.findings import Mention
from quoteapi.mentions import find_mentions
from quoteapi.quotes import find_quotes
from reading import read_with_names
from target import few

WORDS = st.sampled_from(["Jane", "Roe", "said", "“", "”", "‘", "’", ",", ".", "the", "mayor", "who", "she", "of", "and", "'s", "\n"])


def found(nlp: Language, text: str) -> dict[str, Mention]:
    """The mentions of a text by their words."""
    doc, quotes, _ = read_with_names(nlp, text)
    return {doc[m.start : m.end].text: m for m in find_mentions(doc, quotes)}


@pytest.mark.parametrize(
    ("text", "words", "form", "kind"),
    [
        ("“It held,” said Jane Roe.", "Jane Roe", "name", "person"),
        ("“It held,” said Mr. Hart.", "Hart", "name", "person"),
        ("“It held,” said Prime Minister Jane Roe.", "Jane Roe", "name", "person"),
        ("The Kelby secretary-general, Jane Roe, said “it held.”", "Jane Roe", "name", "person"),
        ("“It held,” said Norland President-elect Ovid Roe.", "Ovid Roe", "name", "person"),
        ("“Did it hold?” asked Captain Achieng Were from the quay.", "Achieng Were", "name", "person"),
        ("“It held,” she said.", "she", "pronoun", "person"),
        ("“It held,” they said.", "they", "pronoun", "group"),
        ("“It held,” officials said.", "officials", "noun", "group"),
        ("“It held,” the ministry said.", "the ministry", "noun", "organization"),
        (
            "A clerk for the Ministry of Works in Kelby said on Monday that it “held”.",
            "A clerk for the Ministry of Works in Kelby",
            "noun",
            "unnamed",
        ),
        ("“It held,” a spokesman for the ministry said.", "a spokesman for the ministry", "noun", "unnamed"),
    ],
)
def test_words_that_name_somebody_are_mentions(nlp: Language, text: str, words: str, form: str, kind: str) -> None:
    """With how they name, and what."""
    mention = found(nlp, text)[words]
    assert (mention.form, mention.type) == (form, kind)


def test_an_office_that_the_parser_parts_from_its_holder_is_no_mention_of_its_own(nlp: Language) -> None:
    """Harbour Master Ida Roe is one person; her name has the office's function."""
    words = ["Harbour", "Master", "Ida", "Roe", "waved", "."]
    deps, tags = ["compound", "nsubj", "ccomp", "flat", "ROOT", "punct"], ["NNP", "NNP", "NNP", "NNP", "VBD", "."]
    pos = ["PROPN", "PROPN", "PROPN", "PROPN", "VERB", "PUNCT"]
    doc = Doc(nlp.vocab, words=words, heads=[1, 4, 4, 2, 4, 4], deps=deps, tags=tags, pos=pos)
    doc.ents = [Span(doc, 2, 4, "PERSON")]
    assert find_mentions(doc, []) == [Mention(2, 4, 1, "name", "person")]


def test_a_phrase_leaves_out_relative_clauses_and_appositions(nlp: Language) -> None:
    """They describe the same person in other words."""
    mentions = found(nlp, "A spokeswoman for the harbour, who asked not to be named, said it held.")
    assert "A spokeswoman for the harbour" in mentions


def test_a_mention_knows_the_innermost_quote_that_holds_it(nlp: Language) -> None:
    """I is hers, you is his, she is the reporter's."""
    mentions = found(nlp, "“I asked, and Tom Hart said, ‘You wait,’” she recalled.")
    assert [mentions[words].quote for words in ("I", "Tom Hart", "You", "she")] == [0, 0, 1, None]


def test_an_empty_document_mentions_nobody(nlp: Language) -> None:
    """Nor do marks alone."""
    assert found(nlp, "") == {}
    assert found(nlp, "“” … —") == {}


@few
@given(text=st.text(max_size=60) | st.lists(WORDS, max_size=16).map(" ".join))
def test_mentions_are_in_reading_order_and_have_heads_of_their_own(nlp: Language, text: str) -> None:
    """Whatever the text; no two share a head, each has a token."""
    doc = nlp(text)
    mentions = find_mentions(doc, find_quotes(text))
    assert [m.start for m in mentions] == sorted(m.start for m in mentions)
    assert len({m.head for m in mentions}) == len(mentions)
    assert all(0 <= m.start < m.end <= len(doc) and 0 <= m.head < len(doc) for m in mentions)


@pytest.mark.parametrize(
    "text",
    [
        "KELBY, Norland — Jane Roe left on Monday.",
        "Mill shut\n\nKELBY, Norland (Newswire) — Jane Roe left on Monday.",
        "Mill shut\n\nKELBY -- Jane Roe left on Monday.",
    ],
)
def test_a_dateline_names_nobody(nlp: Language, text: str) -> None:
    """Where a story was filed does not act in it."""
    assert not {"KELBY", "Norland", "Newswire"} & set(found(nlp, text))
    assert "Jane Roe" in found(nlp, text)


def test_labels_before_dashes_are_no_datelines(nlp: Language) -> None:
    """Where several lines open with capitals and a dash, those speak."""
    assert "ROE" in found(nlp, "ROE — I will go.\nDOE — You will not.\nROE — Wait.")


def test_the_state_in_brackets_is_nobody(nlp: Language) -> None:
    """It tells whom a politician represents."""
    assert "Ky." not in found(nlp, "Sen. Jane Roe (Ky.) came on Monday.")


def test_a_headlines_verb_is_no_part_of_a_name(nlp: Language) -> None:
    """Where every verb has a capital, Says is one."""
    assert "Roe Says" not in " ".join(found(nlp, "Jane Roe Says the Wall Will Hold\n\nThe wall will hold, she told the council."))
