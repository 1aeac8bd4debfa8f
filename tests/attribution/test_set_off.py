"""Passages without marks, or with few, read by the whole engine: statements, letters, posts, lists, releases."""

from collections.abc import Callable

import pytest

from quoteapi.structs import Quote

Quotes = Callable[[str], list[Quote]]

ROE, FERRIES = ("Jane Roe", "the harbour master"), ("Kelby Ferries", None)
OPENING = "The sea wall at Kelby broke on Monday. Jane Roe, the harbour master, was on the pier, and so was Tom Poe of Kelby Ferries.\n\n"


@pytest.mark.parametrize(
    ("text", "words", "speaker", "method"),
    [
        ("Roe said in a statement:\n\nWe lost the wall. We will build another.", "We lost the wall. We will build another.", ROE, "colon"),
        ("In a letter to skippers, Roe wrote:\n\nThe quay is closed.", "The quay is closed.", ROE, "colon"),
        ("Roe released this statement:\n\nThe quay is closed.", "The quay is closed.", ROE, "colon"),
        ("Asked about the wall, she replied by email:\n\n> It was old.\n> I said so.", "It was old. I said so.", ROE, "colon"),
        ("Dear skippers,\n\nThe quay is closed.\n\nYours truly,\nJane Roe", "The quay is closed.", ROE, "dash"),
        ("The harbour board wrote to skippers:\n\nUse the quay.\n\nBring ropes.\n\n— Jane Roe", "Use the quay. Bring ropes.", ROE, "dash"),
        ("> The wall was never safe.\n> — Jane Roe", "The wall was never safe.", ROE, "dash"),
        ("“The wall was never safe.”\n\nJane Roe, harbour master, Kelby", "The wall was never safe.", ROE, "dash"),
        ("Jane Roe (@kelbymaster): Stay off the pier. #wall", "Stay off the pier. #wall", ROE, "label"),
        ("@janeroe: Stay off the pier.", "Stay off the pier.", ROE, "label"),
        ("Stay off the pier. — Jane Roe (@janeroe) May 3, 2024", "Stay off the pier.", ROE, "label"),
        ("Jane Roe @janeroe · 3 May\nStay off the pier.", "Stay off the pier.", ROE, "label"),
        ("Tom Poe (@tompoe): RT @janeroe: Stay off the pier.", "Stay off the pier.", ROE, "label"),
        ("Jane Roe (@janeroe) tweeted: “Stay off the pier.”", "Stay off the pier.", ROE, "label"),
        ("@KelbyFerries: No boats today.", "No boats today.", FERRIES, "label"),
        ("Boats at noon. — Kelby Ferries (@KelbyFerries) 3 May 2024", "Boats at noon.", FERRIES, "label"),
    ],
)
def test_the_page_says_whose_words_they_are(quotes_of: Quotes, text: str, words: str, speaker: tuple[str, str | None], method: str) -> None:
    """By the sentence above a colon, a signature, the head of a post."""
    whole = f"{OPENING}{text}\n\nThe council meets on Friday."
    (quote,) = quotes_of(whole)
    assert quote.text == words
    assert quote.kind == "direct"
    assert quote.speaker is not None
    assert (quote.speaker.name, quote.evidence.method) == (speaker[0], method)
    assert speaker[1] is None or quote.speaker.role == speaker[1]
    assert quote.mention is not None
    assert all(whole[span.start : span.end] == span.text for span in (*quote.spans, quote.mention))
    assert quote.context.start <= quote.start < quote.end <= quote.context.end


def test_a_list_names_everybody_with_a_job(quotes_of: Quotes) -> None:
    """Vox pops: age and job behind the name, without a mark around the words."""
    text = (
        "What they said\n\nThe bus never comes.\n– Ada Roe, 34, nurse\n\nIt comes when it rains.\n– Tom Poe, 61, retired teacher\n\n"
        "I have a bicycle.\n– a student"
    )
    assert [(quote.text, quote.speaker and (quote.speaker.name, quote.speaker.role)) for quote in quotes_of(text)] == [
        ("The bus never comes.", ("Ada Roe", "nurse")),
        ("It comes when it rains.", ("Tom Poe", "retired teacher")),
        ("I have a bicycle.", ("a student", "student")),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The wall broke.\n\n> The wall was never safe.\n> Nobody listened.",
        "“It was the cinema of my life.” — Ann Doe, Kelby\n\n“They let my dog in.” — Name withheld",
    ],
)
def test_where_the_page_names_nobody_nobody_speaks(quotes_of: Quotes, text: str) -> None:
    """A block without a source, a withheld name."""
    quote = quotes_of(text)[-1]
    assert quote.kind == "direct"
    assert quote.speaker is None
    assert quote.evidence.method == "unattributed"


@pytest.mark.parametrize(
    "text",
    [
        "Police said the victims were:\n\nJane Roe, 34, and Ann Doe, whom we knew.",
        "The mayor said there were three reasons:\n\nThe first is money, as we know.",
        "You need:\n\nTwo cups of flour and a spoon of salt.",
        "Update:\n\nWe have changed a name in this report.",
        "The results:\n\nKelby 2, Norburg 1.",
        "The pier was closed.\n\n— Jane Roe, staff writer",
        "By Jane Roe\n@janeroe\n\nThe pier was closed.",
        "The pier was closed.\n\nFollow us: @kelbynews",
    ],
)
def test_other_lines_quote_nobody(quotes_of: Quotes, text: str) -> None:
    """Lists of facts, recipes, corrections, scores, and the reporter's own name."""
    assert quotes_of(f"It rained in Kelby.\n\n{text}\n\nThe council meets on Friday.") == []


def test_what_a_sender_says_of_itself_is_nobodys(quotes_of: Quotes) -> None:
    """The lines about the sender, the contact and the sign of the end of a release."""
    text = (
        "KELBY, Norland, May 3 /PRNewswire/ -- Kelby Ferries has a new ship.\n\n“She is fast,” said Jane Roe, Chief Executive Officer of "
        "Kelby Ferries Ltd. “We are proud of her.”\n\nShe sails in May.\n\nAbout Kelby Ferries\n\nKelby Ferries is known as “the line”.\n\n"
        "###\n\nContact: Ann Doe, ann@kelby.example"
    )
    speech = [(quote.text, quote.speaker and quote.speaker.name) for quote in quotes_of(text) if quote.kind != "other"]
    assert speech == [("She is fast,", "Jane Roe"), ("We are proud of her.", "Jane Roe")]
