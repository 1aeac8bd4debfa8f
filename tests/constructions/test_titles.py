"""Titles before the name."""

from collections.abc import Callable

import pytest

Role = Callable[..., str | None]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Secretary of State Jane Roe said the talks would go on.", "Secretary of State"),
        ("US Senator Jane Roe said the talks would go on.", "US Senator"),
        ("Norway's President Jane Roe said the talks would go on.", "Norway's President"),
        ("Former deputy governor Jane Roe said the talks would go on.", "Former deputy governor"),
        ("President-elect Jane Roe said the talks would go on.", "President-elect"),
        ("Norland Premier designate Jane Roe said the talks would go on.", "Norland Premier designate"),
        ("Former Speaker of the House of Representatives Jane Roe said no.", "Former Speaker of the House of Representatives"),
        ("On Friday the sheriff of Norton County, South Carolina Jane Roe said no.", "sheriff of Norton County, South Carolina"),
        ("Mayor Jane Roe said the talks would go on.", "Mayor"),
        ("The talks will go on, said founder and director Jane Roe.", "founder and director"),
        ("On Monday Prime Minister Jane Roe said the talks would go on.", "Prime Minister"),
        ("Green Party spokesman Jane Roe said the talks would go on.", "Green Party spokesman"),
        ("BIA acting director-general Jane Roe said the talks would go on.", "BIA acting director-general"),
        ("The chairman and nine-term Idaho Republican Jane Roe said no.", "chairman and nine-term Idaho Republican"),
        ("The firm hired a new head. Deputy head Jane Roe said no.", "Deputy head"),
        ("Union adviser Atty. Jane Roe said the talks would go on.", "Union adviser"),
        ("Atty. Gen. Jane Roe said the talks would go on.", "Atty. Gen."),
        ("Tourist Jane Roe said the talks would go on.", "Tourist"),
        ("Weather forecaster Jane Roe said the talks would go on.", "Weather forecaster"),
        ("Cllr Jane Roe said the talks would go on.", "Cllr"),
        ("District police chief ACP Jane Roe said the talks would go on.", "District police chief"),
        ("Her co-author Prof Jane Roe said the talks would go on.", "co-author"),
        ("Board member Jane Roe said the talks would go on.", "Board member"),
        ("The choir is short of tenors, said member Jane Roe.", "member"),
        ("Goalscorer Jane Roe said the talks would go on.", "Goalscorer"),
        ("He came with his Danish dance partner Jane Roe.", "Danish dance partner"),
        ("Clinton spokeswoman Jane Roe said the talks would go on.", "Clinton spokeswoman"),
        ("The head of the port authority Jane Roe said the talks would go on.", "head of the port authority"),
    ],
)
def test_a_title_runs_into_the_name(role: Role, text: str, title: str) -> None:
    """“Secretary of State Jane Roe”: all of the title, no article, no day."""
    assert role(text, "Jane Roe") == title


@pytest.mark.parametrize(
    "text", ["Dr. Jane Roe agreed.", "Mr. Roe and Mrs. Jane Roe agreed.", "The late Jane Roe agreed.", "Her brother Jane Roe agreed."]
)
def test_forms_of_address_and_kin_are_no_roles(role: Role, text: str) -> None:
    """Mr., Dr. and “her brother” tell no job."""
    assert role(text, "Jane Roe") is None


def test_the_elder_of_two_is_no_title(role: Role) -> None:
    """“the elder Roe” says which one is meant; a church elder is one."""
    assert role("The elder Roe agreed.", "Roe") is None
    assert role("Church elder Jane Roe agreed.", "Jane Roe") == "Church elder"


def test_the_spokesman_for_a_president_is_somebody_else(role: Role) -> None:
    """“A spokesman for President Roe”: Roe is the president alone."""
    assert role("A spokesman for President Jane Roe declined to comment.", "Jane Roe") == "President"


def test_a_spokesman_for_a_name_gives_it_no_role(role: Role) -> None:
    """“A spokesman for Jane Roe” says nothing of her."""
    assert role("A spokesman for Jane Roe declined to comment.", "Jane Roe") is None


def test_a_plural_title_is_shared(role: Role) -> None:
    """“Senators Jane Roe and John Doe”: both are senators."""
    text = "Senators Jane Roe and John Doe voted for the bill."
    assert role(text, "Jane Roe") == "Senators"
    assert role(text, "John Doe") == "Senators"


def test_another_title_before_the_conjunction_stays_with_its_owner(role: Role) -> None:
    """“The president and Senator Roe”: the president is somebody else."""
    assert role("The president and Senator Jane Roe met on Monday.", "Jane Roe") == "Senator"


@pytest.mark.parametrize("title", ["Advocate", "Coach"])
def test_a_title_at_the_head_of_a_sentence_is_no_command(role: Role, title: str) -> None:
    """Advocate Jane Roe: the tagger takes some for verbs."""
    text = f"The clerk opined that the court had “slept over the matter”. {title} Jane Roe, for the union, averred: “It snored.”"
    assert role(text, "Jane Roe") == title


def test_a_verb_in_between_ends_the_title(role: Role) -> None:
    """“The centre's director John Doe married economist Jane Roe”: Roe is the economist."""
    assert role("The centre's director John Doe married economist Jane Roe in May.", "Jane Roe") == "economist"
