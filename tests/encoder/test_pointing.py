"""Pointing: what the upper layers predict of an article's quotes and mentions."""

from spacy.language import Language
from spacy.tokens import Doc

from quoteapi.encoder import Encoder, Pointing, point
from quoteapi.quotes import find_quotes

ARTICLE = """\
Ferry line drops night boats

The ferry line will give up its night boats in May, its owner told the council on Monday.

“We carried eleven people a night, and some nights none,” said Marta Vell, who bought the line in 2011. “That pays for nobody's fuel.”

Old Tobias Grane, who has fished off Ostmark for forty years, said he would miss the lights.

“I could set my watch by them,” he said.

The film “Night Boat” was made on board in 1974.
"""


def read(nlp: Language, encoder: Encoder, text: str = ARTICLE) -> tuple[Doc, Pointing]:
    """A text's document, and what is told of it."""
    doc = nlp(text)
    return doc, point(doc, find_quotes(text), encoder)


def test_a_quote_points_at_its_source(nlp: Language, encoder: Encoder) -> None:
    """At the name beside its cue, at the pronoun that says it, and hardly at anybody else."""
    doc, pointing = read(nlp, encoder)
    best = [doc[max(source.tokens, key=source.tokens.__getitem__)].text for source in pointing.sources.values()][:3]
    assert [word in {"Marta", "Vell"} for word in best[:2]] == [True, True]
    assert best[2] == "he"


def test_the_probabilities_of_a_quote_add_up(nlp: Language, encoder: Encoder) -> None:
    """Those of all tokens and of nobody; no token inside marks is a source."""
    doc, pointing = read(nlp, encoder)
    quotes = find_quotes(ARTICLE)
    assert sorted(pointing.sources) == list(range(len(quotes)))
    for source in pointing.sources.values():
        assert abs(sum(source.tokens.values()) + source.nobody - 1) < 0.05
        assert all(not any(start <= doc[i].idx < end for quote in quotes for start, end in quote.spans) for i in source.tokens)


def test_a_title_is_less_of_a_speech_than_a_sentence(nlp: Language, encoder: Encoder) -> None:
    """Words in marks that name a film."""
    _, pointing = read(nlp, encoder)
    *spoken, title = (source.speech for source in pointing.sources.values())
    assert title < min(spoken)


def test_a_pronoun_points_at_who_it_stands_for(nlp: Language, encoder: Encoder) -> None:
    """He is Tobias Grane."""
    doc, pointing = read(nlp, encoder)
    pronoun = [token.i for token in doc if token.text == "he"][-1]
    told = pointing.antecedents(pronoun)
    assert doc[max(told, key=told.__getitem__)].text in {"Tobias", "Grane"}
    assert sum(told.values()) <= 1.001


def test_an_article_without_marks_is_read_too(nlp: Language, encoder: Encoder) -> None:
    """Its mentions are told."""
    doc = nlp("Marta Vell left the council after she had lost the vote.")
    told = point(doc, [], encoder).antecedents(6)
    assert doc[max(told, key=told.__getitem__)].text in {"Marta", "Vell"}


def test_a_text_without_a_word_has_nothing_to_point_at(nlp: Language, encoder: Encoder) -> None:
    """A lone control character is neither a piece nor an error."""
    pointing = point(nlp("\x1b"), [], encoder)
    assert (pointing.sources, pointing.antecedents(0)) == ({}, {})
