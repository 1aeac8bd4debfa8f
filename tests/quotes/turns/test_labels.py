"""Labels: what a line opens with that may say whose turn it is."""

import pytest

from quoteapi.quotes.turns.labels import Head, head_at


def head(line: str) -> Head | None:
    """The label of a line."""
    return head_at(line, 0, len(line))


@pytest.mark.parametrize(
    ("line", "name", "sort", "said"),
    [
        ("ROE: I will.", "ROE", "name", "I will."),
        ("Jane Roe: I will.", "Jane Roe", "name", "I will."),
        ("SEN. ROE: I will.", "ROE", "name", "I will."),
        ("SEN. JANE ROE (D-Norland): I will.", "JANE ROE", "name", "I will."),
        ("JANE ROE, HARBOUR MASTER: I will.", "JANE ROE", "name", "I will."),
        ("Health minister Jane Roe: I will.", "Jane Roe", "name", "I will."),
        ("First Officer Roe: I will.", "Roe", "name", "I will."),
        ("Mr. ROE. I will.", "ROE", "name", "I will."),
        ("Ms. ROE of Norland. I will.", "ROE", "name", "I will."),
        ("The CHAIRMAN. Order.", "CHAIRMAN", "office", "Order."),
        ("The Chair: Order.", "Chair", "office", "Order."),
        ("SPEAKER 2: Order.", "SPEAKER 2", "office", "Order."),
        ("UNIDENTIFIED MALE: Order.", "UNIDENTIFIED MALE", "unknown", "Order."),
        ("The Valley Echo: Will it hold?", "Valley Echo", "body", "Will it hold?"),
        ("**Roe:** I will.", "Roe", "name", "I will."),
        ("**Roe**: I will.", "Roe", "name", "I will."),
        ("[00:12] ROE: I will.", "ROE", "name", "I will."),
        ("00:01:12 Jane Roe: I will.", "Jane Roe", "name", "I will."),
        ("Jane Roe (00:12): I will.", "Jane Roe", "name", "I will."),
        ("ROE (through an interpreter): I will.", "ROE", "name", "I will."),
        ("Juan de la Roe: I will.", "Juan de la Roe", "name", "I will."),
        ("Q: Will it hold?", "Q", "asks", "Will it hold?"),
        ("**Q: Will it hold?**", "Q", "asks", "Will it hold?**"),
        ("Q12. Will it hold?", "Q", "asks", "Will it hold?"),
        ("Question: Will it hold?", "Question", "asks", "Will it hold?"),
        ("A: It will.", "A", "answers", "It will."),
        ("ROE", "ROE", "name", ""),
        ("MR. ROE", "ROE", "name", ""),
        ("Jane Roe  0:03", "Jane Roe", "name", ""),
        ("ROE:", "ROE", "name", ""),
    ],
)
def test_a_label_tells_whom_it_names_and_where_the_words_begin(line: str, name: str, sort: str, said: str) -> None:
    """Titles, roles, times and marks of bold type are no part of the name."""
    found = head(line)
    assert found is not None
    assert (line[slice(*found.label.chars)], found.label.sort, line[found.words :]) == (name, sort, said)


@pytest.mark.parametrize(
    "line",
    [
        "The plan has two parts: we build and we wait.",
        "Roe said: we wait.",
        "Stated Roe: we wait.",
        "Update: The wall has moved.",
        "Tickets: You buy them at the door.",
        "MONDAY: You will need a coat.",
        "Dear Jane: My wall has moved.",
        "Roe, who hasn’t slept: we wait.",
        "KELBY, Norland (Wire) — The wall: we wait.",
        "https://example.org/wall",
        "At 12:30 we left.",
        "we wait: said Roe",
        "The wall held.",
        "Jane Roe is the harbour master of Kelby and of the villages near it",
    ],
)
def test_other_lines_have_none(line: str) -> None:
    """Sentences with a colon, notes, facts, days, datelines, addresses."""
    assert head(line) is None


@pytest.mark.parametrize(
    ("line", "roles"),
    [
        ("SEN. ROE: I will.", ["SEN."]),
        ("JANE ROE, CNN ANCHOR: I will.", ["CNN ANCHOR"]),
        ("GEN. JANE ROE, HARBOUR MASTER: I will.", ["GEN.", "HARBOUR MASTER"]),
        ("Mr. ROE. I will.", []),
        ("Jane Roe, 54: I will.", []),
        ("The Chair: I will.", ["Chair"]),
        ("SPEAKER 2: I will.", []),
    ],
)
def test_a_label_tells_roles(line: str, roles: list[str]) -> None:
    """Before the name and behind it; a form of address and an age are none."""
    found = head(line)
    assert found is not None
    assert [line[slice(*role)] for role in found.label.roles] == roles


def test_two_labels_of_one_speaker_have_one_key() -> None:
    """The first in full, the later ones short."""
    full, short = head("JANE ROE, HARBOUR MASTER: I will."), head("Roe: I will.")
    assert full is not None
    assert short is not None
    assert full.key == short.key == "roe"
