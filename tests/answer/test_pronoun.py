"""Pronoun: the one that the article uses for a speaker."""

import pytest
from spacy.language import Language

from quoteapi.answer.pronoun import pronoun_of
from quoteapi.engine import QuoteEngine
from quoteapi.findings import FoundSpeaker, Mention
from quoteapi.structs import Article, Pronoun, SpeakerType


def pronoun(blank: Language, words: str, certainties: tuple[float, ...] = (), kind: SpeakerType = "person") -> Pronoun | None:
    """The pronoun of a speaker whose mentions are all the words of a text: pronouns in small letters, names in capitals."""
    doc = blank(words)
    mentions = [Mention(i, i + 1, i, "name" if word.text[0].isupper() else "pronoun", kind) for i, word in enumerate(doc)]
    return pronoun_of(doc, FoundSpeaker("Roe", kind, tuple(range(len(doc))), certainties=certainties), mentions)


@pytest.mark.parametrize(
    ("words", "expected"),
    [("Roe she", "she"), ("Roe his himself", "he"), ("Roe they their", "they"), ("Roe", None), ("Roe Mary", None), ("Roe i my you", None)],
)
def test_the_mentions_show_the_pronoun(blank: Language, words: str, expected: Pronoun | None) -> None:
    """In all its forms; a first name shows nothing."""
    assert pronoun(blank, words) == expected


def test_a_mention_that_may_be_somebody_elses_is_not_enough(blank: Language) -> None:
    """Two of them are."""
    assert pronoun(blank, "Roe she", (1.0, 0.6)) is None
    assert pronoun(blank, "Roe she her", (1.0, 0.6, 0.6)) == "she"


def test_mentions_that_contradict_each_other_show_nothing(blank: Language) -> None:
    """One slip among many changes nothing."""
    assert pronoun(blank, "Roe she he") is None
    assert pronoun(blank, "Roe she her she him") == "she"


@pytest.mark.parametrize("kind", ["group", "organization", "document"])
def test_only_persons_have_one(blank: Language, kind: SpeakerType) -> None:
    """They are the critics; the pronoun of a person without a name counts."""
    assert pronoun(blank, "Critics they", kind=kind) is None
    assert pronoun(blank, "Spokesman he", kind="unnamed") == "he"


def test_the_answer_has_it(engine: QuoteEngine) -> None:
    """Of the speaker, in whoever's words."""
    text = "“The gate held,” said Jane Roe, the harbour master. She thanked her crew. “We slept,” Tom Hart said."
    speakers = engine.extract(Article(text=text)).speakers
    assert [(speaker.name, speaker.pronoun) for speaker in speakers] == [("Jane Roe", "she"), ("Tom Hart", None)]
