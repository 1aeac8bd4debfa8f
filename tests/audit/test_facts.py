"""What roles tell, and how much the facts of two sightings contradict or support each other."""

import pytest

from heard import seen
from quoteapi.audit.bearers import conflict, party_of, support
from quoteapi.audit.facts import Facts, facts_of
from quoteapi.audit.structs import SeenRole


def facts(*roles: str) -> Facts:
    """The facts of roles without parts."""
    return facts_of(tuple(map(SeenRole, roles)))


@pytest.mark.parametrize(
    ("role", "heads"),
    [
        ("US Secretary of State", {"secretary"}),
        ("the top US diplomat for South Asia", {"diplomat"}),
        ("Sen.", {"senator"}),
        ("chairwoman of the Tide Board", {"chair"}),
        ("chairman", {"chair"}),
        ("who heads the union", set()),
    ],
)
def test_the_noun_of_an_office_is_found(role: str, heads: set[str]) -> None:
    """In one form for man and woman, abbreviations in full."""
    assert facts(role).heads == heads


@pytest.mark.parametrize(
    ("role", "countries"),
    [
        ("the Kenyan sprinter", {"KE"}),
        ("South Korea’s ambassador", {"KR"}),
        ("one of us", set()),
        ("U.S. senator", {"US"}),
        ("the United Kingdom’s envoy to New Zealand", {"GB", "NZ"}),
        ("a Texas rancher", {"US"}),
        ("harbour master", set()),
    ],
)
def test_countries_are_known_by_their_names_and_adjectives(role: str, countries: set[str]) -> None:
    """With a capital; a state is of its country."""
    assert facts(role).countries == countries


def test_a_body_is_what_no_list_knows() -> None:
    """The kind of body tells nothing, nor does the speaker's own name."""
    assert facts("chair of the Kelby Tide Board").bodies == {"kelby", "tide"}
    assert facts("head of the Finance Ministry").bodies == frozenset()
    assert facts_of((SeenRole("head of the Roe Campaign"),), name=("jane", "roe")).bodies == frozenset()


def test_a_state_is_in_the_united_states_unless_a_country_has_its_name() -> None:
    """Georgia is both."""
    assert (facts("governor of Ohio").countries, facts("president of Georgia").countries) == ({"US"}, frozenset())


def test_parts_of_a_role_are_used_where_they_are_known() -> None:
    """A constituency and a party, as answers have them."""
    told = facts_of((SeenRole("the Labour MP", title="MP", party="Labour", constituency="Kelby North"),))
    assert (told.heads, told.parties, told.seats) == ({"mp"}, {"Labour"}, {"kelbynorth"})


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Kenyan sprinter", "Canadian minister", "hard"),
        ("Kenyan minister", "Canadian minister", "hard"),
        ("Kenyan novelist", "Canadian novelist", "soft"),
        ("sprinter", "minister", "soft"),
        ("mayor of Kelby", "mayor of Solheim", "soft"),
        ("mayor of Kelby", "the Kelby mayor", "none"),
        ("secretary of Homeland Security", "DHS secretary", "none"),
        ("harbour master", "minister", "none"),
        ("US ambassador to Kenya", "Kenyan envoy", "none"),
    ],
)
def test_what_contradicts(one: str, other: str, expected: str) -> None:
    """What a list does not know contradicts nothing."""
    a, b = (party_of(i, seen("a", "Jane Roe", role), facts(role)) for i, role in enumerate((one, other)))
    assert conflict(a, b)[0] == conflict(b, a)[0] == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("chair of the Kelby Tide Board", "of the Tide Board", "strong"),
        ("US senator", "the American senator", "strong"),
        ("the harbour master", "harbour master", "medium"),
        ("sprinter", "a former sprinter", "fair"),
        ("sprinter", "goalkeeper", "weak"),
        ("sprinter", "minister", "none"),
    ],
)
def test_what_supports(one: str, other: str, expected: str) -> None:
    """A body or an office in a country most, a field of work least."""
    a, b = (party_of(i, seen("a", "Jane Roe", role), facts(role)) for i, role in enumerate((one, other)))
    assert support(a, b)[0] == support(b, a)[0] == expected
