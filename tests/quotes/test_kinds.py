"""Kinds: speech that stands by itself, fragments, and words that are nobody's."""

import pytest

from quoteapi.engine import QuoteEngine
from quoteapi.structs import Article


def kinds(engine: QuoteEngine, text: str) -> list[str]:
    """The kind of each quote."""
    return [quote.kind for quote in engine.extract(Article(text=text, include=["other"])).quotes]


@pytest.mark.parametrize(
    "text",
    [
        "“The wall held through the night,” Jane Roe said.",
        "Jane Roe said: “The wall held through the night.”",
        "“Never again,” said Jane Roe.",
        "“We were warned,” Jane Roe said. “We did nothing.”",
        "“Why not?” asked Jane Roe.",
        "“My heart is not in it,” Jane Roe posted. “See you in Sevilla in the autumn.”",
    ],
)
def test_a_clause_or_more_is_direct(engine: QuoteEngine, text: str) -> None:
    """An exclamation, too."""
    assert set(kinds(engine, text)) == {"direct"}


@pytest.mark.parametrize(
    "text",
    [
        "Jane Roe said the plan was “a coat of paint.”",
        "Jane Roe called the minister’s account “neither fair nor complete.”",
        "The council, Jane Roe said, had been “warned four times” of the storm.",
        "Jane Roe promised that claims would be settled “within weeks, not months.”",
    ],
)
def test_a_fragment_in_the_reporters_sentence_is_mixed(engine: QuoteEngine, text: str) -> None:
    """It is speech all the same."""
    assert kinds(engine, text) == ["mixed"]


@pytest.mark.parametrize(
    "text",
    [
        "In a report entitled “Kelby: The Next Storm,” a team gave the structure ten years.",
        "She won a prize for her first novel, “The Salt House,” in 1998.",
        "The band opened with “Northern Lights” and closed with “Home Again.”",
        "Robert “Bobby” Hart was elected on Tuesday.",
    ],
)
def test_titles_and_nicknames_are_other(engine: QuoteEngine, text: str) -> None:
    """Nobody says them here."""
    assert set(kinds(engine, text)) == {"other"}


@pytest.mark.parametrize(
    "text",
    [
        "The wall, according to Jane Roe, was “beyond repair.”",
        "According to the council, the wall was “beyond repair” by May.",
        "ROE: “And the wall?”",
    ],
)
def test_what_the_page_hands_over_is_speech(engine: QuoteEngine, text: str) -> None:
    """With *according to* in the same sentence, or with a turn's label, whatever it looks like."""
    assert "other" not in kinds(engine, text)


def test_a_single_word_is_not_handed_over_by_its_sentence(engine: QuoteEngine) -> None:
    """A term stays one beside *according to*."""
    assert kinds(engine, "Thousands joined the annual “walkout” in Kelby, according to the police.") == ["other"]


def test_a_term_in_a_quote_is_other(engine: QuoteEngine) -> None:
    """No verb in the speaker's own words hands it over."""
    assert kinds(engine, "“The ‘sea wall’ held through the night,” Jane Roe said.") == ["direct", "other"]


@pytest.mark.parametrize(
    "text",
    [
        "KELBY, Norland — “The wall held through the night,” Jane Roe told a hall full of students.",
        "KELBY — “The wall held through the night.” So Jane Roe ended her speech.",
    ],
)
def test_what_follows_a_dateline_opens_its_paragraph(engine: QuoteEngine, text: str) -> None:
    """Place, state and dash stand before the quote."""
    assert kinds(engine, text) == ["direct"]


def test_one_of_several_lines_in_marks_is_as_the_others(engine: QuoteEngine) -> None:
    """Two words alone on a line, too; not in a sentence of the reporter's."""
    assert kinds(engine, "From the guest book:\n\n“Lovely walls.”\n“The chips were cold, the welcome was warm.”") == ["direct", "direct"]


@pytest.mark.parametrize("text", ["– A ‘lost’ harbour? –", "— Waiting for the “big one” —"])
def test_words_in_a_cross_heading_between_dashes_are_a_heading(engine: QuoteEngine, text: str) -> None:
    """Nobody says them, even below somebody's quote."""
    page = f"“The wall held through the night,” Jane Roe said.\n\n{text}\n\nThe harbour was built in 1911."
    quotes = engine.extract(Article(text=page, include=["other"])).quotes
    assert [(quote.kind, quote.reason) for quote in quotes[1:]] == [("other", "headline")]


def test_what_people_in_general_speak_of_is_a_term(engine: QuoteEngine) -> None:
    """What somebody spoke of once is a remark."""
    assert kinds(engine, "Doctors speak of “winter lung” where the stoves are old.") == ["other"]
    assert kinds(engine, "The mayor spoke of “a disaster” on Monday.") == ["mixed"]


def test_a_nickname_is_no_speech(engine: QuoteEngine) -> None:
    """It is part of the name around it."""
    (speaker,) = engine.extract(Article(text="“It held,” said Ervin “Spark” Roe.")).speakers
    assert kinds(engine, "“It held,” said Ervin “Spark” Roe.")[1] == "other"
    assert speaker.name == "Ervin “Spark” Roe"


@pytest.mark.parametrize(
    ("text", "speech"),
    [
        ("The striker Ada Moss shared a photo of her boots with the caption: “Done for now.” She joined Kelby in 2011.", True),
        pytest.param(
            "Jane Roe uploaded a selfie, captioned “Last day at the mill”, on Sunday.",
            True,
            marks=pytest.mark.xfail(reason="the encoder takes the caption for a title"),
        ),
        ("A photo with the caption “Last day at the mill” was posted on Sunday.", False),
        ("The museum has a picture with the caption “The last day at the mill”.", False),
    ],
)
def test_the_caption_that_somebody_posts_is_theirs(engine: QuoteEngine, text: str, *, speech: bool) -> None:
    """One that a picture just bears is nobody's."""
    assert (kinds(engine, text) != ["other"]) is speech


def test_an_item_of_a_list_opens_speech(engine: QuoteEngine) -> None:
    """Behind its bullet."""
    text = "Residents told the inquiry:\n\n* “I can't sell, I can't insure and I can't sleep.” - Lisa Tran, strata manager"
    assert kinds(engine, text) == ["direct"]
