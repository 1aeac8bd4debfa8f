"""The parts of a role."""

from collections.abc import Callable

import pytest

from quoteapi.engine import QuoteEngine
from quoteapi.findings import FoundRole
from quoteapi.structs import Article

Described = Callable[..., tuple[FoundRole | None, list[FoundRole], str]]


@pytest.mark.parametrize(
    ("text", "title", "organization"),
    [
        ("Jane Roe, the top US diplomat for South and Central Asia, agreed.", "top US diplomat", None),
        ("Jane Roe, a professor of law at Harvard University, agreed.", "professor of law", "Harvard University"),
        ("Jane Roe, president of the Norwegian Red Cross, agreed.", "president", "Norwegian Red Cross"),
        ("The company's chief executive, Jane Roe, agreed.", "chief executive", "company"),
        ("Secretary of State Jane Roe agreed.", "Secretary of State", None),
        ("Jane Roe, who heads the dockers' union, agreed.", None, "dockers' union"),
        (
            "Jane Roe, a spokeswoman for the ministry of trade, industry and energy, agreed.",
            "spokeswoman",
            "ministry of trade, industry and energy",
        ),
    ],
)
def test_title_and_organization_are_told_apart(described: Described, text: str, title: str | None, organization: str | None) -> None:
    """“professor of law | Harvard University”; None where there is no such part."""
    best, _, _ = described(text, "Jane Roe")
    assert best is not None
    assert (best.title, best.organization) == (title, organization)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Mayor Jane Roe agreed.", "current"),
        ("Former mayor Jane Roe agreed.", "former"),
        ("Ex-mayor Jane Roe agreed.", "former"),
        pytest.param(
            "Acting mayor Jane Roe agreed.",
            "acting",
            marks=pytest.mark.xfail(reason="the encoder takes Acting for a verb where it opens a sentence"),
        ),
        ("Jane Roe, the acting mayor, agreed.", "acting"),
        ("Governor-elect Jane Roe agreed.", "elect"),
        ("Deputy mayor Jane Roe agreed.", "deputy"),
        ("Jane Roe, formerly mayor of Bergen, agreed.", "former"),
        ("Two months ago Jane Roe was a clerk at Acme.", "former"),
        ("Jane Roe was a clerk at Acme on Monday.", "current"),
        ("Jane Roe, an aide to the former mayor, agreed.", "current"),
        ("Vice President Jane Roe agreed.", "current"),
    ],
)
def test_the_status_is_told_by_the_words_of_the_role(described: Described, text: str, status: str) -> None:
    """Only what modifies the role's own noun counts."""
    best, _, _ = described(text, "Jane Roe")
    assert best is not None
    assert best.status == status


def test_an_acronym_is_given_in_full(engine: QuoteEngine) -> None:
    """Where the article has the body's whole name."""
    text = "The Harbour Safety Board (HSB) met on Monday. “It held,” said Jane Roe, a spokeswoman for the HSB."
    (speaker,) = engine.extract(Article(text=text)).speakers
    assert speaker.role is not None
    assert speaker.role.organization == "Harbour Safety Board"
