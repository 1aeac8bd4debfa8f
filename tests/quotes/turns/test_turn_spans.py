"""Turn spans: what of a page a turn says."""

import pytest

from quoteapi.quotes.turns.finder import find_turns
from quoteapi.quotes.turns.turn_spans import is_transcript_note


def said(text: str) -> list[list[str]]:
    """The spans of each turn."""
    return [[text[slice(*span)] for span in turn.spans] for turn in find_turns(text)]


@pytest.mark.parametrize(
    "words",
    [
        "LAUGHTER",
        "laughs",
        "cheers and applause",
        "00:12:30",
        "inaudible",
        "through an interpreter",
        "CROSSTALK",
        "shakes her head",
        "COMMERCIAL BREAK",
        "on camera",
    ],
)
def test_what_is_heard_and_not_said_is_a_direction(words: str) -> None:
    """As transcripts write it in brackets."""
    assert is_transcript_note(words)


@pytest.mark.parametrize(
    "words",
    [
        "the wall",
        "NATO",
        "sic",
        "D-Norland",
        "2019",
        "as you know",
        "on Monday",
        "the music was loud",
        "a video we made",
        "long before I came",
    ],
)
def test_other_brackets_are_words(words: str) -> None:
    """An insertion of the editor's stands for what was said."""
    assert not is_transcript_note(words)


@pytest.mark.parametrize(
    ("turn", "spans"),
    [
        ("I did. (LAUGHS) We told you.", ["I did.", "We told you."]),
        ("It was (laughs) your wall.", ["It was", "your wall."]),
        ("[applause] Thank you.", ["Thank you."]),
        ("I told [the mayor] so.", ["I told [the mayor] so."]),
        ("I see a piano. [sirens]", ["I see a piano."]),
        ("That we know now. [Witness drinks water.] Bricks.", ["That we know now.", "Bricks."]),
        ("The goat has fed herself. (He holds up half a hat.)", ["The goat has fed herself."]),
        ("It held (I was there).", ["It held (I was there)."]),
        ("**I did.**", ["I did."]),
        ("I did.\n\nThe wall was old. It had moved.", ["I did.", "The wall was old. It had moved."]),
        ("I did.\n\n(CROSSTALK)\n\nWe told you.", ["I did.", "We told you."]),
        ("I did.\n\nThe second hour\n\nWe told you.", ["I did.", "We told you."]),
        ("I did.\n\nDoe paused for a while. The room was quiet.", ["I did."]),
        ("I did.\n\n“Quiet,” said the clerk.", ["I did."]),
    ],
)
def test_a_turn_leaves_out_what_nobody_says(turn: str, spans: list[str]) -> None:
    """Stage directions, headings, and the reporter who goes on in between; later paragraphs belong to it."""
    text = f"ROE: Did you sign?\n\nDOE: {turn}\n\nROE: Look again."
    assert said(text) == [["Did you sign?"], spans, ["Look again."]]


@pytest.mark.parametrize("last", ["The hearing resumes on Tuesday.", "This interview has been edited for you.", "Roe left the room."])
def test_the_article_goes_on_behind_the_last_turn(last: str) -> None:
    """What is not plainly spoken is the reporter's."""
    assert said(f"ROE: Did you sign?\n\nDOE: I did not.\n\nROE: Look again.\n\n{last}")[-1] == ["Look again."]


def test_the_last_turn_goes_on_where_somebody_speaks() -> None:
    """I, we and you are not the reporter's."""
    text = "ROE: Did you sign?\n\nDOE: I did not.\n\nROE: Look again.\n\nI have your letter here."
    assert said(text)[-1] == ["Look again.", "I have your letter here."]


def test_questions_without_a_label_are_not_those_of_the_one_who_answers() -> None:
    """Where the page labels one speaker alone."""
    text = "Jane Roe has a goat.\n\nDoes it bite?\n\nRoe: Only you.\n\nIs that cruel?\n\nRoe: I think not."
    assert said(text) == [["Only you."], ["I think not."]]


def test_lines_broken_at_their_column_are_one_stretch() -> None:
    """A line that ends inside its sentence goes on in the next one."""
    first = "The wall was never meant to last a hundred years, and you know that\nas well as I do."
    assert said(f"ROE: {first}\nDOE: I asked for it twice, and you can read it.\nROE: I did.")[0] == [first]
