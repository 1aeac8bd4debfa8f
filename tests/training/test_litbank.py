"""LitBank: who says what in LitBank's extracts."""

from pathlib import Path

import pytest
from spacy.tokens import Doc

from quoteapi.quotes import find_quotes
from quoteapi.training.encoder.antecedents import Referring, Story, litbank_stories
from quoteapi.training.encoder.litbank import SpeakerLookup, Spoken, quotations
from quoteapi.training.encoder.sources import SPOKEN


@pytest.fixture
def story(corpora: Path) -> Story:
    """The extract of the corpora."""
    (found,) = litbank_stories(corpora / "coref" / "litbank" / "conll")
    return found


def sources(story: Story, spoken: list[Spoken]) -> list[list[str] | None]:
    """The words that carry each quote's source."""
    told = [SpeakerLookup(story, spoken).labels_of(quote).source for quote in find_quotes(story.doc.text)]
    return [None if source is None else [story.doc[i].text for i in sorted(source)] for source in told]


def test_quotes_are_placed_by_sentence_and_token(corpora: Path) -> None:
    """The second sentence's first five tokens, whose speaker's name is written with underscores."""
    assert list(quotations(corpora / "coref" / "litbank" / "quotations" / "gate_brat")) == [Spoken(4, 9, "ida moor")]


def test_any_mention_of_the_speaker_nearby_carries_the_source(corpora: Path, story: Story) -> None:
    """The name in the sentence before, and the pronoun beside the quote."""
    spoken = list(quotations(corpora / "coref" / "litbank" / "quotations" / "gate_brat"))
    assert sources(story, spoken) == [["Ida", "Moor", "she"]]


@pytest.mark.parametrize("spoken", [[], [Spoken(4, 9, "tom reed")]])
def test_a_quote_without_annotation_or_with_an_unknown_speaker_is_not_told(story: Story, spoken: list[Spoken]) -> None:
    """It teaches nothing of sources; whether it is speech only where it is annotated."""
    assert sources(story, spoken) == [None]
    (quote,) = find_quotes(story.doc.text)
    assert SpeakerLookup(story, spoken).labels_of(quote).kinds == (SPOKEN if spoken else ())


def test_a_name_of_two_entities_is_nobodys(story: Story) -> None:
    """Which of them speaks is not told."""
    twice = Story(Doc(story.doc.vocab, words=[t.text for t in story.doc]), [*story.mentions, Referring(0, 2, (0, 1), "9")])
    assert sources(twice, [Spoken(4, 9, "ida moor")]) == [None]
