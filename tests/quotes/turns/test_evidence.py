"""Evidence: lines that open like turns are turns where the page says so."""

import pytest

from quoteapi.quotes.turns.finder import find_turns


def labels(text: str) -> list[str]:
    """The labels of the turns of a text."""
    return [text[slice(*turn.label.chars)] for turn in find_turns(text) if turn.label is not None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jane Roe met John Doe.\n\nRoe: Did you sign?\n\nDoe: I did not.", ["Roe", "Doe"]),
        ("ROE: Did you sign?\nDOE: I did not.\nROE: Look again.", ["ROE", "DOE", "ROE"]),
        ("Jane: I like it.\nJohn: You would.\nJane: Why?\nJohn: You like all of it.", ["Jane", "John", "Jane", "John"]),
        ("Q: Will it hold?\nA: It will.", ["Q", "A"]),
        ("Interview by Jess Roe\n\nKwame Doe counts.\n\nJR: How many?\n\nKD: Four.\n\nJR: Good.\n\nKD: It is.", ["JR", "KD", "JR", "KD"]),
        (
            "Q: Will it hold?\n\nRoe: It will, said the mayor.\n\nQ: And you?\n\nRoe: I will.\n\nJane Roe is a mason.",
            ["Q", "Roe", "Q", "Roe"],
        ),
        ("MARY ROE\nWhere were you?\n\nTOM DOE\nAt home.\n\nMARY ROE\nYou lie.", ["MARY ROE", "TOM DOE", "MARY ROE"]),
        ("Jane Roe  0:03\nHow are you?\n\nJohn Doe  0:10\nI am fine.", ["Jane Roe", "John Doe"]),
        ("MAGDA\n(without turning round)\nYou are late.\n\nTOMEK\nThe train hit a deer.", ["MAGDA", "TOMEK"]),
        ("The CHAIRMAN. Order.\n\nMr. ROE. I have a question.\n\nMr. DOE. I yield.", ["CHAIRMAN", "ROE", "DOE"]),
        ("Jane Roe, 34, nurse: I voted for the wall.\n\nJohn Doe, 51, baker: I did not.", ["Jane Roe", "John Doe"]),
        ("Mayor Jane Roe answered in writing.\n\nROE: I will not sign it.\n\nThe council meets on Monday.", ["ROE"]),
        ("JANE ROE, ANCHOR: Good evening, and thank you.\n\nCALLER: My wall has moved.\n\nROE: Has it?", ["JANE ROE", "CALLER", "ROE"]),
    ],
)
def test_turns_come_in_runs_of_somebody_who_speaks(text: str, expected: list[str]) -> None:
    """The page names who speaks, or the labels come back; a single turn has its speaker named in full in the article."""
    assert labels(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Mayor: bridge is safe\n\nMayor Jane Roe said the bridge is safe.\n\nUpdate: We are fine.",
        "Jane Roe scored twice.\n\nRoe: Saved well. You could not fault her. 8\nDoe: Slow at times. 6\nPoe: Ran all day. 7",
        "Jane Roe: A former teacher, Roe has served since 2011. She wants a wall.\n\nJohn Doe: Doe owns a bakery. You can smell it.",
        "Serves: 4\nPrep time: 10 minutes\nMethod: Mix all you have. You may add salt.\nTip: Don’t stir too long.",
        "What: A concert you will love.\nWhere: Kelby Hall.\nWhen: Monday.\nTickets: You can buy them at the door.",
        "Aries: You will meet a stranger.\nTaurus: You should rest.\nLeo: You are loved.\nVirgo: Your time comes.",
        "Dear Jane: My wall has moved. What can I do?\n\nDear Tired: You could move with it.",
        "Mayor Jane Roe wants a wall.\n\nRelated\n\nRoe: You can’t stop me\nDoe: I will stop her",
        "MONDAY: Sunny. You won’t need a coat.\nTUESDAY: Rain. You will.\nMONDAY: Your turn again.",
        "PROS: You save money.\nCONS: You lose time.",
        "BACKGROUND\nThe wall was built in 1990. You can see it.\n\nWHAT NEXT\nThe council meets. Will you be there?",
        "WASHINGTON: I was there.\n\nPARIS: You were there.",
        "A. Roe won the race. I saw it.\n\nQ. Doe came second. You know her.",
        "Q. Who built the wall?\nA. Jane Roe\nB. John Doe\nC. You",
        "10:30: Police arrive.\n11:15: We leave.\n12:00 Jane Roe speaks.",
        "From: Jane Roe\nTo: John Doe\nSubject: The wall\nI can’t make it on Monday.",
        "PHOTO: Jane Roe, left, and you.\n\nVIDEO: Watch what we saw.\n\nPHOTO: More of us.",
        "CORRECTION: We misspelled Jane Roe’s name. We regret it.\n\nUPDATE: You can read the answer here.",
        "Step 1: Turn your oven on.\nStep 2: Put the fish in. You may wait.\nStep 3: Eat.",
        "I loved the wall. You should keep it.\nJane Roe\nKelby\n\nI hate it. You should not.\nJohn Doe\nNorland",
        "Half-time: 2-1\nFull-time: 3-1. We won.\nScore: 3-1",
        "Roe: “I did it.”\n\nJane Roe left.",
        "Headline: Jane Roe And John Doe: We Will Not Talk\n\nJohn Doe: Jane Roe Is Not Your Friend.",
    ],
)
def test_other_colons_of_news_are_no_turns(text: str) -> None:
    """Headlines, ratings, profiles, recipes, listings, horoscopes, letters, the weather, sections, notes, photographs, steps, scores."""
    assert labels(text) == []


def test_what_a_turn_is_not_stays_out_of_a_transcript() -> None:
    """A note between turns is none, and neither is a sentence of a turn that opens with a word and a colon."""
    text = "ROE: Did you sign?\n\nNote: The hearing was public.\n\nDOE: I did not.\n\nLook: I never saw it.\n\nROE: Look again."
    assert labels(text) == ["ROE", "DOE", "ROE"]


def test_a_newspaper_asks_as_a_body() -> None:
    """The article has its name with an article: The Standard."""
    text = "Jane Roe spoke to The Standard.\n\nStandard: How are you?\n\nRoe: I am fine.\n\nStandard: And the wall?\n\nRoe: It moves."
    assert [turn.label.sort for turn in find_turns(text) if turn.label is not None] == ["body", "name", "body", "name"]
