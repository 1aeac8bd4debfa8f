"""Dialogue behind dashes."""

import pytest

from quoteapi.quotes.turns.dashes import find_dashes


def said(text: str) -> list[list[str]]:
    """The spans of each turn."""
    return [[text[slice(*span)] for span in turn.spans] for turn in find_dashes(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("– Yes, said Roe.", [["Yes"]]),
        ("— No! said the porter.", [["No!"]]),
        ("― Will it hold? she asked.", [["Will it hold?"]]),
        ("- You owe me eleven francs, said the miller, Jean Roe.", [["You owe me eleven francs"]]),
        ("– It will, said Captain Jane Roe, take years.", [["It will", "take years."]]),
        ("– The boat, said Mr. Roe, the mate, will go when I have eaten.", [["The boat", "will go when I have eaten."]]),
        ("– In the fire station, said Jane Roe. Please hurry.", [["In the fire station", "Please hurry."]]),
        ("– In the fire station, said Jane Roe. She put down the telephone.", [["In the fire station"]]),
        ("– I never liked it, Jane Roe began. It smells of dust.", [["I never liked it", "It smells of dust."]]),
        ("— It will hold, she said. — We built it.", [["It will hold", "We built it."]]),
        ("– Yes, said Roe.\n– No.\n– Why not, you fool?", [["Yes"], ["No."], ["Why not, you fool?"]]),
    ],
)
def test_the_reporters_clause_hands_a_turn_over(text: str, expected: list[list[str]]) -> None:
    """Before it, and behind it what goes on; beside such a turn a turn may do without."""
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "– Bread, milk and eggs.\n– You need salt!\n– What else?",
        "– The pool stays open until ten.\n– Dogs are allowed on the beach.",
        "- blankets, if you can spare them\n- a kettle, said to be urgent",
        "- You should not travel, police said.\n- The bridge is closed.",
        "The road – said to be the steepest – was cleared.",
        "KYIV – Trams will run all night.",
        "— Jane Roe, nurse",
        "– “Yes,” said Roe.",
        "-5 degrees, said Roe.",
        "—No voy —said Jane Roe—. I will stay.",
    ],
)
def test_lists_and_datelines_are_no_dialogue(text: str) -> None:
    """Nor are signatures; and marks say for themselves what is quoted."""
    assert said(text) == []


def test_a_list_beside_a_turn_is_none() -> None:
    """Most of the paragraphs sound spoken, or none but those with a clause are turns."""
    assert said("– It holds, said Roe.\n– The pool stays open.\n– Dogs are allowed on the beach.") == [["It holds"]]
