"""Attribution of reports: whose they are, and by what word."""

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from quoteapi.findings import FoundQuote
from quoteapi.mentions import find_mentions
from quoteapi.reports import Report, attribute_reports
from quoteapi.reports.finder import Tokens


def tokens(doc: Doc, words: str) -> Tokens:
    """Where words stand."""
    start = doc.text.index(words)
    span = doc.char_span(start, start + len(words), alignment_mode="expand")
    assert span is not None
    return span.start, span.end


def told(nlp: Language, text: str, source: str | None, cue: str | None) -> tuple[str | None, str | None, str | None, str]:
    """Mention, cue, addressee and method of a text that ends with its content."""
    doc = nlp(text)
    quote = FoundQuote(((len(text) - 5, len(text)),), (len(text) - 5, len(text)), "indirect")
    report = Report(quote, None if source is None else tokens(doc, source), None if cue is None else tokens(doc, cue), 0.9)
    mentions = find_mentions(doc, [])
    (found,) = attribute_reports(doc, [report], mentions)
    mention = None if found.mention is None else mentions[found.mention]
    stretches = [None if mention is None else (mention.start, mention.end), found.cue, found.addressee]
    words = [None if one is None else doc[one[0] : one[1]].text for one in stretches]
    return words[0], words[1], words[2], found.method


@pytest.mark.parametrize(
    ("text", "source", "cue", "expected"),
    [
        (
            "Acme's harbour master, Jane Roe, said on Friday the wall held.",
            "Acme's harbour master, Jane Roe,",
            "said on Friday",
            "Jane Roe",
        ),
        ("The ministry's spokesman said the wall held.", "The ministry's spokesman", "said", "The ministry's spokesman"),
        ("She said the wall held.", "She", "said", "She"),
    ],
)
def test_a_source_is_the_mention_that_its_words_hang_on(nlp: Language, text: str, source: str, cue: str, expected: str) -> None:
    """Not the body that they only bring in."""
    assert told(nlp, text, source, cue)[0] == expected


def test_a_cue_is_its_verb(nlp: Language) -> None:
    """With whom it addresses; other cues stay whole."""
    assert told(nlp, "Jane Roe told reporters on Friday that the wall held.", "Jane Roe", "told reporters on Friday")[1:] == (
        "told",
        "reporters",
        "cue",
    )
    assert told(nlp, "According to Jane Roe, the wall held.", "Jane Roe", "According to")[1:] == ("According to", None, "according_to")


def test_where_nobody_is_told_nobody_is_named(nlp: Language) -> None:
    """Without a source, or with one that is nobody's mention."""
    assert told(nlp, "It was reported that the wall held.", None, "reported")[0] is None
    assert told(nlp, "Quickly and quietly said the wall held.", "Quickly", "said") == (None, "said", None, "unattributed")


def test_no_more_than_the_words_are_told_without_a_cue(nlp: Language) -> None:
    """The method says so."""
    assert told(nlp, "Jane Roe is cautious: the wall held.", "Jane Roe", None)[1:] == (None, None, "context")
    assert told(nlp, "Jane Roe: The wall held.", "Jane Roe", ":")[3] == "colon"


def test_some_accounts_are_nobodys(nlp: Language) -> None:
    """The source that only counts a noun names nobody."""
    assert told(nlp, "By some accounts, the wall held.", "some", "accounts")[0] is None
