"""The spaCy component: the engine's answer on anyone's document."""

import re

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc

from quoteapi.component import QuoteComponent, answer_on
from quoteapi.engine import QuoteEngine
from quoteapi.errors import TextTooLongError
from quoteapi.structs import Article
from target import few

TOKENS = spacy.blank("en")
TEXT = "“The wall,” said Jane Roe, the harbour master, “held.” The report was entitled “Kelby: The Next Storm.”"


@pytest.fixture(scope="module")
def blank() -> Language:
    """A blank English pipeline with the component."""
    nlp = spacy.blank("en")
    nlp.add_pipe("quoteapi")
    return nlp


def test_a_blank_pipeline_reads_quotes(blank: Language) -> None:
    """No tagger, no parser: the engine brings its own."""
    doc = blank(TEXT)
    assert blank.pipe_names == ["quoteapi"]
    assert [(span.text, span.label_, span.id_) for span in doc.spans["quotes"]][:2] == [
        ("The wall,", "direct", "q1"),
        ("held.", "direct", "q1"),
    ]
    assert [quote.speaker and quote.speaker.name for quote in doc._.quotes_answer.quotes][:1] == ["Jane Roe"]


def test_the_component_says_what_the_engine_says(blank: Language, engine: QuoteEngine) -> None:
    """Word for word, words that are nobody's speech included."""
    assert blank(TEXT)._.quotes_answer == engine.extract(Article(text=TEXT, include=["other"]))


def test_a_span_knows_its_quote(blank: Language) -> None:
    """Both stretches of a split quote know the same one; other spans know none."""
    doc = blank(TEXT)
    first, second, *_ = doc.spans["quotes"]
    assert first._.quote == second._.quote == doc._.quotes_answer.quotes[0]
    assert doc[0:1]._.quote is None


def test_a_document_that_the_component_did_not_read_has_no_answer(blank: Language) -> None:
    """None, not an error."""
    assert blank.make_doc(TEXT)._.quotes_answer is None


@pytest.mark.parametrize("text", ["", " ", "\n\n\t"])
def test_a_document_without_words_has_no_quotes(blank: Language, text: str) -> None:
    """An empty text is no error in a pipeline."""
    doc = blank(text)
    assert (doc._.quotes_answer, list(doc.spans["quotes"])) == (None, [])


def test_many_documents_are_piped(blank: Language) -> None:
    """Each with its own answer, an empty one among them."""
    docs = list(blank.pipe(["“It held,” said Jane Roe.", "", "Nobody spoke.", "“It fell,” said Tom Hart."]))
    assert [[span.text for span in doc.spans["quotes"]] for doc in docs] == [["It held,"], [], [], ["It fell,"]]


def test_a_stretch_inside_a_token_takes_the_whole_token_in() -> None:
    """A pipeline that splits at white space alone keeps marks and words together."""
    nlp = spacy.blank("en")
    nlp.tokenizer = Tokenizer(nlp.vocab, token_match=re.compile(r"\S+").match)
    nlp.add_pipe("quoteapi")
    doc = nlp(TEXT)
    assert [span.text for span in doc.spans["quotes"]][:2] == ["“The wall,”", "“held.”"]
    assert doc._.quotes_answer.quotes[0].spans[0].text == "The wall,"


def test_the_pipeline_around_it_may_be_another(engine: QuoteEngine) -> None:
    """Its own tags, entities and sentences stay as they are."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"}).add_patterns([{"label": "PLACE", "pattern": "harbour"}])  # type: ignore[attr-defined]
    before = nlp(TEXT)
    nlp.add_pipe("quoteapi", first=True)
    after = nlp(TEXT)
    assert [sentence.text for sentence in after.sents] == [sentence.text for sentence in before.sents]
    assert [(entity.text, entity.label_) for entity in after.ents] == [("harbour", "PLACE")]
    assert after._.quotes_answer == engine.extract(Article(text=TEXT, include=["other"]))


def test_the_answer_travels_with_the_document(blank: Language) -> None:
    """Through bytes, with its spans, to a document of another vocabulary."""
    doc = blank(TEXT)
    copy = Doc(spacy.blank("en").vocab).from_bytes(doc.to_bytes())
    assert copy._.quotes_answer == doc._.quotes_answer
    assert [(span.text, span.id_, span._.quote) for span in copy.spans["quotes"]] == [
        (span.text, span.id_, span._.quote) for span in doc.spans["quotes"]
    ]


def test_the_settings_are_the_engines() -> None:
    """A speaker less sure than certain is no speaker here, and a text of 41 characters is too long."""
    nlp = spacy.blank("en")
    nlp.add_pipe("quoteapi", config={"min_confidence": 1.0, "max_text_length": 40})
    (quote,) = nlp("“It held,” said Jane Roe on Monday.")._.quotes_answer.quotes
    assert (quote.speaker, quote.evidence.method) == (None, "doubtful")
    with pytest.raises(TextTooLongError):
        nlp("a" * 41)


@few
@given(text=st.text(st.characters(codec="utf-8", include_characters="“”‘’\"' \n") | st.sampled_from("“”\"' a"), max_size=40))
def test_every_stretch_lies_on_tokens_that_hold_it(engine: QuoteEngine, text: str) -> None:
    """Whatever the tokens: each covers its stretch of the text."""
    doc = QuoteComponent(engine)(TOKENS(text))
    answer = answer_on(doc)
    stretches = [(quote.id, stretch) for quote in (answer.quotes if answer else []) for stretch in quote.spans]
    for span, (identity, stretch) in zip(doc.spans["quotes"], stretches, strict=True):
        assert span.id_ == identity
        assert span.start_char <= stretch.start < stretch.end <= span.end_char
