"""Descriptions: whom a noun phrase takes up, told by what is said of them."""

from collections.abc import Callable

import pytest

from quoteapi.findings import FoundSpeaker

Join = Callable[..., Callable[[str], FoundSpeaker | None]]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Jane Roe left early on Monday. She is the mayor of Kelby.", "the mayor"),
        ("Jane Roe won on Sunday. She was Norland's first goalkeeper.", "first goalkeeper"),
        ("A trader, known as Jane Roe, left on Monday.", "A trader"),
        ("The guard woke the prisoner. The prisoner, Jane Roe, said nothing.", "The prisoner"),
        ("“I saw nothing,” the suspect, Ms Jane Roe, replied.", "the suspect"),
    ],
)
def test_a_person_is_called_by_what_is_said_of_them(join: Join, text: str, phrase: str) -> None:
    """As the predicate of a pronoun, or by a word for naming."""
    found = join(text)(phrase)
    assert found is not None
    assert found.name == "Jane Roe"


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Jane Roe left early on Monday. She is not the mayor of Kelby.", "the mayor"),
        ("Jane Roe was cleared on Monday. The federation's arbiter found no device.", "The federation's arbiter"),
    ],
)
def test_somebody_else_is_not_taken_up(join: Join, text: str, phrase: str) -> None:
    """Whom a denial or a possessor brings in is somebody new."""
    found = join(text)(phrase)
    assert found is None or found.name != "Jane Roe"


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("The dairy board, known as LEK, read the letter. LEK said so.", "The dairy board"),
        ("The watchdog, in full the Kelby Aviation Council, gave no date.", "The watchdog"),
    ],
)
def test_a_body_is_named_by_what_its_phrase_says(join: Join, text: str, phrase: str) -> None:
    """In full, or short."""
    found = join(text)(phrase)
    assert found is not None
    assert found.name in {"LEK", "Kelby Aviation Council"}


def test_a_place_that_nobody_is_known_to_be_of_leaves_it_open(join: Join) -> None:
    """Without the encoder's word the midfielder may be anybody; where the place is known she is who is of it."""
    open_ = join("Jane Roe will be on the bench on Monday. The Norway midfielder trained fully.")("The Norway midfielder")
    assert open_ is None or open_.name != "Jane Roe"
    known = join("Norway striker Jane Roe will be on the bench on Monday. The Norway midfielder trained fully.")("The Norway midfielder")
    assert known is not None
    assert known.name == "Jane Roe"


def test_a_noun_is_nobody_who_governs_its_clause(join: Join) -> None:
    """Roe wept as the foreman read: the foreman is another one."""
    found = join("Jane Roe wept as the foreman read the figure.")("the foreman")
    assert found is None or found.name != "Jane Roe"


def test_an_age_is_that_of_whom_the_story_is_about(join: Join) -> None:
    """Not of whoever is named last."""
    text = (
        "Tom Hart slept in a cell on Monday. He had asked for it, and he liked it. Governor Jane Roe gave him a blanket. "
        "“Cold,” the 61-year-old said."
    )
    found = join(text, "the 61-year-old")("the 61-year-old")
    assert found is not None
    assert found.name == "Tom Hart"


def test_somebody_of_a_place_is_a_person(join: Join) -> None:
    """The Queenslander is the senator, not a body of that name."""
    found = join("Senator Jane Roe crossed the floor. “Dogs are colleagues,” the Queenslander said.", "the Queenslander")(
        "the Queenslander"
    )
    assert found is not None
    assert found.name == "Jane Roe"


def test_a_company_may_have_been_taken_for_a_person(join: Join) -> None:
    """Where the company speaks and no other is there; a person whose first name is known stays one."""
    found = join("Jumbo Cassava has recalled its flour. “We are sorry,” the company said.", "the company")("the company")
    assert found is not None
    assert (found.name, found.type) == ("Jumbo Cassava", "organization")
    found = join("Jane Roe has recalled the flour. “We are sorry,” the company said.", "the company")("the company")
    assert found is None or found.name != "Jane Roe"


@pytest.mark.parametrize(("owner", "noun"), [("Her", "opposite number"), ("Its", "star")])
def test_a_possessed_phrase_before_a_name_is_its_bearer(join: Join, owner: str, noun: str) -> None:
    """Whatever its noun, between commas and before the verb."""
    found = join(f"It rained. {owner} {noun}, the young actor Jane Roe, said it was late.")(noun)
    assert found is not None
    assert found.name == "Jane Roe"


def test_who_is_possessed_is_not_whoever_owns(join: Join) -> None:
    """The yard is not its owner."""
    found = join("The yard's owner, Jane Roe, left at noon.")("yard")
    assert found is None or found.name != "Jane Roe"


def test_an_age_behind_anothers_quote_is_that_of_whom_the_sentence_before_is_about(join: Join) -> None:
    """In one paragraph the words have passed on to her."""
    text = (
        "Chief Tom Hart led the crews. “Nothing was left,” Hart said. The owner, Jane Roe, heard of it at noon. "
        "“It was ours,” the 54-year-old said."
    )
    found = join(text, "Hart said", "the 54-year-old")("the 54-year-old")
    assert found is not None
    assert found.name == "Jane Roe"


def test_a_woman_may_be_a_chairman(join: Join) -> None:
    """The word tells nobody's gender, but the chairman is no woman where there is a man."""
    found = join("It will last, said committee chairman Rosnah Hashim.\n\n“We hope so,” she told reporters.", "she told")("she told")
    assert found is not None
    assert found.name == "Rosnah Hashim"
