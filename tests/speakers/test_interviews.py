"""Interviews: who asks and who answers, where the labels are but parts."""

import pytest

from quoteapi.engine import QuoteEngine
from quoteapi.structs import Article

TURNS = "Q: Who pays for it?\n\nA: You do, I am afraid."


def parts(engine: QuoteEngine, text: str) -> list[str | None]:
    """The speakers of a text's quotes."""
    return [quote.speaker.name if quote.speaker else None for quote in engine.extract(Article(text=text)).quotes]


@pytest.mark.parametrize(
    ("told", "asks", "answers"),
    [
        ("Jane Roe, the harbour master, spoke to us about the wall.", None, "Jane Roe"),
        ("We spoke to Jane Roe, the harbour master, about the wall.", None, "Jane Roe"),
        ("We asked Jane Roe, the mayor, about bins.", None, "Jane Roe"),
        ("Jane Roe spoke to The Standard.", None, "Jane Roe"),
        ("Reporter John Doe interviewed Jane Roe in May.", "John Doe", "Jane Roe"),
        ("Jane Roe was interviewed by John Doe.", "John Doe", "Jane Roe"),
        ("An interview with Jane Roe by John Doe", "John Doe", "Jane Roe"),
        ("John Doe, our environment correspondent, spoke to Jane Roe about the wall.", "John Doe", "Jane Roe"),
        ("Jane Roe answers your questions.", None, "Jane Roe"),
        ("Q&A: Jane Roe", None, "Jane Roe"),
        ("Jane Roe, 41, became director in May. She met us on the quay.", None, "Jane Roe"),
        ("Five questions for Jane Roe, head of works", None, "Jane Roe"),
        ("Jane Roe on the wall\n\nJane Roe once worked for John Doe. The answers have been edited.", None, "Jane Roe"),
    ],
)
def test_the_article_says_who_asks_and_who_answers(engine: QuoteEngine, told: str, asks: str | None, answers: str | None) -> None:
    """Above the turns."""
    assert parts(engine, f"{told}\n\n{TURNS}") == [asks, answers]


def test_a_note_below_the_turns_says_who_answers(engine: QuoteEngine) -> None:
    """Where nothing above them does."""
    assert parts(engine, f"{TURNS}\n\nJane Roe is head of works in Kelby. The interview has been shortened.") == [None, "Jane Roe"]


@pytest.mark.parametrize(
    "told",
    [
        "Bin collections",
        "Your questions on bins, answered. Mayor Jane Roe launched them on Monday.",
        "Mayor Jane Roe spoke on Monday about the bins.",
        "Jane Roe asked the council for money.",
        "John Doe talks to Jane Roe",
        "Jane Roe and John Doe talked about the wall at a festival.",
        "Jane Roe met John Doe. The interview has been edited.",
    ],
)
def test_what_the_article_leaves_open_stays_open(engine: QuoteEngine, told: str) -> None:
    """Lists of questions and answers, and two of whom either may have asked."""
    assert parts(engine, f"{told}\n\n{TURNS}") == [None, None]


def test_an_office_is_the_one_person_who_holds_it(engine: QuoteEngine) -> None:
    """THE CHAIR: is whom the article calls so; another office is somebody without a name, the same one each time."""
    text = (
        "Jane Roe, the chair, opened the hearing.\n\nTHE CHAIR: Order, please.\n\nTHE CLERK: I have a letter.\n\nTHE CHAIR: Read it to us."
    )
    answer = engine.extract(Article(text=f"{text}\n\nTHE CLERK: I will."))
    told = [(quote.speaker.name, quote.speaker.id) for quote in answer.quotes if quote.speaker]
    assert told == [("Jane Roe", "s1"), ("CLERK", "s2"), ("Jane Roe", "s1"), ("CLERK", "s2")]
    assert [speaker.type for speaker in answer.speakers] == ["person", "unnamed"]


def test_numbered_speakers_are_told_apart(engine: QuoteEngine) -> None:
    """Speaker 1 is not Speaker 2."""
    assert parts(engine, "SPEAKER 1: Is it you?\n\nSPEAKER 2: It is me.\n\nSPEAKER 1: Come in.") == ["SPEAKER 1", "SPEAKER 2", "SPEAKER 1"]


def test_initials_are_the_one_person_who_has_them(engine: QuoteEngine) -> None:
    """JR is Jane Roe, whom the article names."""
    text = "Jane Roe met John Doe for us.\n\nJR: Will you sell?\n\nJD: I will not.\n\nJR: Why do you say so?\n\nJD: I like it here."
    named = text.replace("John Doe", "Ivan Doe").replace("JD", "ID")
    assert parts(engine, named) == ["Jane Roe", "Ivan Doe", "Jane Roe", "Ivan Doe"]


def test_a_newspaper_that_asks_is_an_organization(engine: QuoteEngine) -> None:
    """The article has its name with an article."""
    text = "Jane Roe spoke to The Standard.\n\nStandard: How are you?\n\nRoe: I am fine.\n\nStandard: And the wall?\n\nRoe: It moves."
    answer = engine.extract(Article(text=text))
    assert [(speaker.name, speaker.type) for speaker in answer.speakers] == [("Standard", "organization"), ("Jane Roe", "person")]
