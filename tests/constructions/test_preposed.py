"""Appositions before the name."""

from collections.abc import Callable

import pytest

Role = Callable[..., str | None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The company's chief executive, Jane Roe, said it would last.", "The company's chief executive"),
        ("“It will last,” said the port's chief engineer, Jane Roe.", "the port's chief engineer"),
        ("He told the president of the club, Jane Roe, that it would last.", "the president of the club"),
        ("As mayor, Jane Roe signed the order.", "mayor"),
        ("The port's chief engineer, Ms Jane Roe, said it would last.", "The port's chief engineer"),
        ("The engineer behind the wall, Jane Roe (Kelby), said it would last.", "The engineer behind the wall"),
        ("The trader, known as Jane Roe, said it would last.", "The trader"),
        ("Nobody answered, but the port's chief engineer, Jane Roe, defended the date.", "the port's chief engineer"),
        ("The chairman of the council, Chief Jane Roe, has vowed to stay.", "The chairman of the council"),
        ("By mid-afternoon the local MP, Jane Roe, had posted a picture.", "the local MP"),
        ("There were four guests, among them Norway's best-known novelist, Jane Roe.", "Norway's best-known novelist"),
    ],
)
def test_an_apposition_may_come_first(role: Role, text: str, expected: str) -> None:
    """“The company's chief executive, Jane Roe, said”."""
    assert role(text, "Jane Roe") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Her successor at the bank, Jane Roe, said it would last.", "successor at the bank"),
        ("The minister and his Danish counterpart, Jane Roe, met in Oslo.", "Danish counterpart"),
        ("Its late owner, Jane Roe, built the wall.", "late owner"),
        ("The firm's managing partner, Jane Roe, said it would last.", "The firm's managing partner"),
        ("He lives there with his partner, Jane Roe, and two cats.", None),
    ],
)
def test_a_possessor_says_what_a_standing_belongs_to(role: Role, text: str, expected: str | None) -> None:
    """Her successor, its owner; but “his partner” is who he lives with."""
    assert role(text, "Jane Roe") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He denied that the harbour master, Jane Roe, had left.", "the harbour master"),
        ("Both the mayor of Kelby, Jane Roe, and the bishop agreed.", "the mayor of Kelby"),
        ("Neither the mayor nor his chief of staff, Jane Roe, agreed.", "chief of staff"),
        ("He thanked the firm, whose lead engineer, Jane Roe, said it would last.", "lead engineer"),
    ],
)
def test_a_word_before_the_article_is_no_part_of_it(role: Role, text: str, expected: str) -> None:
    """That, both, neither, nor and whose lead to a description."""
    assert role(text, "Jane Roe") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Formerly the head of the harbour board, Jane Roe left in May.", "Formerly the head of the harbour board"),
        ("A teacher from Kelby, Jane Roe left in May.", "A teacher from Kelby"),
        ("A teacher, Jane Roe says, should never shout.", None),
        ("The mayor, Jane Roe said, left in May.", None),
    ],
)
def test_a_description_may_open_the_sentence_of_its_subject(role: Role, text: str, expected: str | None) -> None:
    """“Formerly the head of the board, Jane Roe left”; “the mayor, Jane Roe said, left” is of somebody else."""
    assert role(text, "Jane Roe") == expected


def test_a_relative_clause_may_stand_before_the_name(role: Role) -> None:
    """“the minister who had cut in, Jane Roe”; with another person in the clause the name may be that one's."""
    assert role("He thanked the minister who had cut in, Jane Roe.", "Jane Roe") == "the minister"
    assert role("He saw the driver who hit the boy, Jane Roe.", "Jane Roe") is None


def test_the_role_of_an_agent_or_of_kin_does_not_leak(role: Role) -> None:
    """“appointed cellist by its conductor, John Doe” and “the widow of its director, Jane Roe”."""
    text = "Jane Roe was appointed first cellist of the orchestra by its then conductor, John Doe."
    assert role(text, "John Doe") == "then conductor"
    assert role("It was opened by the widow of its last director, Jane Roe.", "Jane Roe") is None
