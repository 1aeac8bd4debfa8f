"""Joint sources: quotes that several say at once."""

from collections.abc import Callable

import pytest

from quoteapi.engine import QuoteEngine
from quoteapi.findings import FoundSpeaker
from quoteapi.structs import Article

Join = Callable[..., Callable[[str], FoundSpeaker | None]]


@pytest.mark.parametrize(
    ("text", "name", "mention"),
    [
        ("“The wall held,” Jane Roe and Tom Hart said in a statement.", "Jane Roe and Tom Hart", "Jane Roe and Tom Hart"),
        (
            "Jane Roe and her Norse colleague, Tom Hart, said in a joint statement that the wall was “beyond repair”.",
            "Jane Roe and Tom Hart",
            "Jane Roe and her Norse colleague",
        ),
        ("Jane Roe and her lawyers said the wall was “beyond repair”.", "Jane Roe and her lawyers", "Jane Roe and her lawyers"),
    ],
)
def test_subjects_that_and_joins_speak_together(engine: QuoteEngine, text: str, name: str, mention: str) -> None:
    """As a group, whose words are the quote's mention; none of its members speaks alone."""
    answer = engine.extract(Article(text=text))
    (quote,) = answer.quotes
    assert quote.speaker is not None
    assert quote.mention is not None
    assert (quote.speaker.name, quote.mention.text) == (name, mention)
    assert [(speaker.name, speaker.type) for speaker in answer.speakers] == [(name, "group")]
    assert mention in [found.text for found in answer.speakers[0].mentions]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“The wall held,” Jane Roe said, and Tom Hart nodded.", "Jane Roe"),
        ("Jane Roe told Ann Doe and Tom Hart that the wall was “beyond repair”.", "Jane Roe"),
        ("Jane Roe, of Hart and Doe, says the wall was “beyond repair”.", "Jane Roe"),
    ],
)
def test_others_beside_the_speaker_do_not_speak(engine: QuoteEngine, text: str, name: str) -> None:
    """In a clause of their own, as those who are told, or inside a name."""
    (quote,) = engine.extract(Article(text=text)).quotes
    assert quote.speaker is not None
    assert quote.speaker.name == name


def test_a_description_of_both_is_the_groups(engine: QuoteEngine) -> None:
    """The founders of Acme; what one of them is alone is not."""
    shared = engine.extract(Article(text="Jane Roe and Tom Hart, the founders of Acme, said the wall was “beyond repair”."))
    apart = engine.extract(Article(text="Jane Roe, the mayor, and Tom Hart said the wall was “beyond repair”."))
    assert shared.speakers[0].role is not None
    assert shared.speakers[0].role.text == "the founders of Acme"
    assert apart.speakers[0].role is None


def test_a_title_before_the_first_of_two_is_not_the_groups(engine: QuoteEngine) -> None:
    """Mayor is what one of them is alone."""
    apart = engine.extract(Article(text="Mayor Jane Roe and Tom Hart, a baker, said the wall was “beyond repair”."))
    assert apart.speakers[0].role is None


def test_they_are_who_are_named_together(join: Join) -> None:
    """With one who has no name, too."""
    found = join("Jane Roe and other harbour masters are defiant. They say the wall will hold.")("They say")
    assert found is not None
    assert found.name == "Jane Roe and other harbour masters"


def test_a_clause_names_whom_a_noun_includes(join: Join) -> None:
    """The authors of the report are those whom it includes, and so the report's words are theirs."""
    at = join(
        "The authors of the report, who include Jane Roe and Tom Hart, looked at ten harbours. “The wall is gone,” the report says.",
        "the report says",
    )
    for words in ("The authors", "the report says"):
        found = at(words)
        assert found is not None
        assert found.name == "Jane Roe and Tom Hart"


def test_who_is_called_by_one_noun_is_one_group(engine: QuoteEngine) -> None:
    """The sisters are Hoda and Mona Roe, and have the role that both have."""
    text = (
        "Sisters Hoda and Mona Roe, the owners of the last cinema in Kelby, reopened it on Thursday. "
        "“We have heard enough,” the sisters said."
    )
    (speaker,) = engine.extract(Article(text=text)).speakers
    assert (speaker.name, speaker.type) == ("Hoda and Mona Roe", "group")
    assert speaker.role is not None
    assert speaker.role.text == "the owners of the last cinema in Kelby"
