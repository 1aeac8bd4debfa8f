"""The sources of turns: whom a label or a clause behind a dash names."""

from collections.abc import Callable

import pytest

from quoteapi.structs import Quote

Speakers = Callable[[str], list[str | None]]
Quotes = Callable[[str], list[Quote]]

HEARING = """SEN. DOE: Did you know that the wall was weak?

JANE ROE, HARBOUR MASTER: I did. We told the council in March.

THE CHAIR: Order, please.

DOE: And what did it say?

UNIDENTIFIED MALE: Nothing!

ROE: It said, “We have no money.”
"""


def test_a_label_is_the_mention(quotes_of: Quotes) -> None:
    """And the evidence; the chain leads from a short one to the full name."""
    quotes = [quote for quote in quotes_of(HEARING) if quote.within is None]
    assert [quote.mention.text if quote.mention else None for quote in quotes] == ["DOE", "JANE ROE", "CHAIR", "DOE", None, "ROE"]
    assert [quote.evidence.method for quote in quotes] == ["label", "label", "label", "label", "unattributed", "label"]
    assert [span.text for span in quotes[-1].evidence.chain] == ["JANE ROE"]
    assert {quote.kind for quote in quotes} == {"direct"}


def test_a_label_makes_one_speaker_of_all_its_turns(quotes_of: Quotes) -> None:
    """With the role that the first turn gives."""
    told = [quote.speaker for quote in quotes_of(HEARING) if quote.within is None]
    assert [(one.name, one.role) if one else None for one in told] == [
        ("DOE", "SEN."),
        ("JANE ROE", "HARBOUR MASTER"),
        ("CHAIR", "CHAIR"),
        ("DOE", "SEN."),
        None,
        ("JANE ROE", "HARBOUR MASTER"),
    ]


def test_the_article_tells_the_full_name(speakers: Speakers) -> None:
    """Above the turns or below them; the label is short."""
    turns = "ROE: Did you sign?\n\nMS. DOE: I did not."
    told = "Jane Doe has run the harbour since 2011. John Roe is a lawyer."
    assert speakers(f"{told}\n\n{turns}") == speakers(f"The hearing was short.\n\n{turns}\n\n{told}") == ["John Roe", "Jane Doe"]


def test_words_inside_a_turn_are_handed_to_whom_it_names(quotes_of: Quotes) -> None:
    """The clerk is not the one who quotes her."""
    text = "Jane Roe spoke.\n\nROE: The clerk said, “We have no money at all,” and left.\n\nDOE: Did you ask why?\n\nROE: I did."
    inner = next(quote for quote in quotes_of(text) if quote.within is not None)
    assert inner.speaker is None or inner.speaker.name == "The clerk"
    assert inner.within == "q1"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("– Yes, said Jane Roe.", "Jane Roe"),
        ("– Yes, Jane Roe said.", "Jane Roe"),
        ("– It will, said Captain Jane Roe, take years.", "Jane Roe"),
        ("– Yes, said the porter, Jane Roe.", "Jane Roe"),
        ("– Yes, said his last guest.", "his last guest"),
        ("John Doe slept.\n\n– Is it day? he asked.", "John Doe"),
    ],
)
def test_the_subject_of_the_clause_says_what_stands_behind_the_dash(speakers: Speakers, text: str, expected: str) -> None:
    """Whether the verb stands before it or behind."""
    assert speakers(text) == [expected]


def test_a_turn_without_a_clause_is_nobodys(quotes_of: Quotes) -> None:
    """The page does not say whose turn it is."""
    quotes = quotes_of("– Are you there? said Jane Roe.\n– Who asks?")
    assert [quote.evidence.method for quote in quotes] == ["cue", "unattributed"]
    assert quotes[1].speaker is None


def test_the_subject_before_the_verb_speaks_not_who_is_asked(speakers: Speakers) -> None:
    """She asked a driver."""
    text = (
        "At the border customs officer Anna Wrona walked along the line.\n\n– How long have you been waiting? – she asked a driver, Ihor "
        "Bondar.\n\n– Two days – replied Bondar.\n\n– Then you are lucky – said Wrona."
    )
    assert speakers(text) == ["Anna Wrona", "Ihor Bondar", "Anna Wrona"]


def test_a_noun_phrase_before_the_verb_is_the_subject(speakers: Speakers) -> None:
    """A guard called out; the engineer said."""
    text = (
        "Engineer Marloes Visser and farmer Kees Brouwer met on Monday.\n\n– It will not hold, said Visser, pointing at the grass.\n\n"
        "– It held in 1953, answered Brouwer.\n\n– In 1953 you had a different river, the engineer said."
    )
    assert speakers(text) == ["Marloes Visser", "Kees Brouwer", "Marloes Visser"]


def test_turns_of_those_whom_labels_name_in_full_need_not_sound_spoken(speakers: Speakers) -> None:
    """Where a label comes back."""
    text = (
        "Question time on Thursday turned to leaking pipes.\n\nMiriam Cole (Green): Can the minister say how much was lost?\n\n"
        "Owen Tate (Minister for Water): Eleven per cent, the lowest figure on record.\n\nMiriam Cole: That is a swimming pool every hour."
    )
    assert speakers(text) == ["Miriam Cole", "Owen Tate", "Miriam Cole"]
