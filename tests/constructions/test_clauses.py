"""Roles in clauses."""

from collections.abc import Callable

import pytest

Role = Callable[..., str | None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jane Roe, who heads the dockers' union, said it would last.", "heads the dockers' union"),
        ("Jane Roe, who is the head of the harbour board, said it would last.", "the head of the harbour board"),
        ("Jane Roe is the head of the harbour board.", "the head of the harbour board"),
        ("Jane Roe has been appointed as ambassador to Norway.", "ambassador to Norway"),
        ("Jane Roe, 34, served as mayor of Bergen until 2019.", "mayor of Bergen"),
        ("Jane Roe, 43, who is the director of the museum, said it would last.", "the director of the museum"),
        ("Jane Roe, whose company prints stamps for nine countries, said it would last.", "whose company prints stamps for nine countries"),
        ("Jane Roe won by six votes and became the mayor of Bergen.", "the mayor of Bergen"),
        ("Jane Roe lives by the harbour and is the head of its board.", "the head of its board"),
        ("Jane Roe began as a sorter at the mill.", "a sorter at the mill"),
        ("Acme announced the appointment of Jane Roe as chief executive officer.", "chief executive officer"),
        ("Jane Roe, who took over as managing director in April, broke the news.", "managing director"),
        ("“They shrink,” said Jane Roe, who tracks the trade as an analyst at Acme Securities.", "an analyst at Acme Securities"),
        ("It will be cut by Jane Roe, who presents The Allotment on Channel 9.", "presents The Allotment on Channel 9"),
    ],
)
def test_a_clause_gives_a_role(role: Role, text: str, expected: str) -> None:
    """Relative clause, copula and verbs of appointment."""
    assert role(text, "Jane Roe") == expected


@pytest.mark.parametrize(
    "text",
    [
        "Jane Roe is not the head of the harbour board.",
        "Jane Roe was the first judge to marry a couple on the bridge.",
        "Jane Roe, who led the march on Sunday, said it would last.",
        "Jane Roe's campaign manager said it would last.",
        "Jane Roe is a mother of three.",
    ],
)
def test_deeds_and_denials_are_no_roles(role: Role, text: str) -> None:
    """What somebody did in the story is no role."""
    assert role(text, "Jane Roe") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jane Roe resigned as fisheries minister on Tuesday.", "fisheries minister"),
        ("Jane Roe stands again as treasurer in June.", "treasurer"),
        ("Jane Roe joined Northern Ferries as head of sales in May.", "head of sales"),
        ("Jane Roe, whom the governor had named as ambassador to Norway, said it would last.", "ambassador to Norway"),
        ("Jane Roe was appointed head of the harbour board by its mayor, John Doe.", "head of the harbour board"),
        ("The head of the panel is Jane Roe.", "The head of the panel"),
        ("The ferry's captain will be Norway's Jane Roe.", "The ferry's captain"),
        ("The mayor's cousin, Jane Roe, runs the firm.", "runs the firm"),
        ("Jane Roe runs the village pharmacy.", "runs the village pharmacy"),
        ("Jane Roe runs the firm that supplies the sand.", "runs the firm that supplies the sand"),
    ],
)
def test_verbs_of_coming_and_going_give_a_role(role: Role, text: str, expected: str) -> None:
    """Behind “as”, from others, before a copula, and by what somebody runs."""
    assert role(text, "Jane Roe") == expected


@pytest.mark.parametrize("verb", ["had named as", "named as", "appointed"])
def test_who_gives_an_office_does_not_hold_it(role: Role, verb: str) -> None:
    """“Jane Roe, whom John Doe had named as executor”: Roe is the executor, Doe is not."""
    text = f"The judge thanked Jane Roe, whom the late John Doe {verb} executor of his estate."
    assert role(text, "Jane Roe") == "executor of his estate"
    assert role(text, "John Doe") is None


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("who co-ordinates the mountain rescue team", "co-ordinates the mountain rescue team"),
        ("who with her husband, John Doe, leads the parish choir", "leads the parish choir"),
        ("who sat on the bank's rate-setting committee until 2020", "sat on the bank's rate-setting committee until 2020"),
        ("who is with the Kelby Chamber of Commerce", "with the Kelby Chamber of Commerce"),
        ("who mends nets for a living", "mends nets for a living"),
        ("who has been mayor for seventeen years", "mayor"),
        ("who sat on the harbour wall until noon", None),
    ],
)
def test_a_relative_clause_gives_a_role(role: Role, clause: str, expected: str | None) -> None:
    """Duties, seats and places of work; how long is left out."""
    assert role(f"Jane Roe, {clause}, said it would last.", "Jane Roe") == expected


@pytest.mark.parametrize(
    "text",
    [
        "Maybe Jane Roe is the mayor of Kelby.",
        "They need a leader, and that candidate is Jane Roe.",
        "It is not known whether Jane Roe is the mayor.",
    ],
)
def test_what_only_may_be_is_no_role(role: Role, text: str) -> None:
    """Behind maybe, if and whether."""
    assert role(text, "Jane Roe") is None


@pytest.mark.parametrize(
    "text",
    [
        "Jane Roe won by six votes and John Doe became the mayor of Bergen.",
        "Jane Roe won by six votes and praised the mayor of Bergen.",
        "Jane Roe, whose company printed stamps until 2012, said it would last.",
    ],
)
def test_another_subject_or_verb_gives_no_role(role: Role, text: str) -> None:
    """A conjunction adds a role only where the name is still the subject and a verb of being follows."""
    assert role(text, "Jane Roe") is None
