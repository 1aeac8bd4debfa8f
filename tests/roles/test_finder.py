"""The role finder: roles over a whole article."""

from collections.abc import Callable

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from quoteapi.findings import FoundRole, FoundSpeaker, Mention
from quoteapi.roles import find_roles
from quoteapi.roles.finder import without_nested_roles

Role = Callable[..., str | None]
Described = Callable[..., tuple[FoundRole | None, list[FoundRole], str]]
BLANK = spacy.blank("en")
PIECES = [
    "Roe",
    "Jane Roe",
    ", ",
    "(",
    ")",
    "the mayor",
    "head of",
    "Senator ",
    " and ",
    "who heads",
    "\n",
    "’s ",
    "-",
    "“",
    "34",
    " said. ",
    "é\u200b",
]


def test_a_role_given_later_in_the_article_counts(role: Role) -> None:
    """The quote comes first, the description two paragraphs on."""
    text = "“It will last,” Jane Roe said.\n\nThe wall was built in 1902.\n\nRoe, the port's chief engineer, has repaired it twice."
    assert role(text, "Jane Roe", "Roe") == "the port's chief engineer"


def test_a_longer_description_is_preferred_to_a_bare_title(role: Role) -> None:
    """“Rep.” before the name, the committee after it."""
    text = "Rep. Jane Roe, chairwoman of the House fisheries committee, said it would last."
    assert role(text, "Jane Roe") == "chairwoman of the House fisheries committee"


def test_the_current_role_is_preferred_to_the_former(role: Role) -> None:
    """A former minister who is now a professor is a professor."""
    text = "Jane Roe, professor of law at Oslo University, agreed. Former trade minister Jane Roe left in May."
    assert role(text, "Jane Roe") == "professor of law at Oslo University"


def test_a_job_is_preferred_to_a_party(role: Role) -> None:
    """Roe, a lifelong Republican, is a teacher."""
    assert role("Jane Roe, a teacher, agreed. Roe is a lifelong Republican.", "Jane Roe", "Roe") == "a teacher"


def test_all_roles_are_given_in_reading_order(described: Described) -> None:
    """Title and apposition both stay in `all`."""
    _, found, text = described("Senator Jane Roe, chairwoman of the fisheries committee, agreed.", "Jane Roe")
    assert [text[slice(*one.chars)] for one in found] == ["Senator", "chairwoman of the fisheries committee"]


@pytest.mark.parametrize(
    ("words", "kind", "expected"),
    [
        ("the Brazilian defence minister", "unnamed", "Brazilian defence minister"),
        ("the manufacturer", "organization", None),
        ("a spokesperson for the charity", "unnamed", "spokesperson for the charity"),
        ("fellow physicians", "group", "physicians"),
        ("his surrogates", "group", "surrogates"),
        ("several Democrats", "group", None),
        ("other members", "group", None),
        ("both leaders", "group", None),
        ("angry residents", "group", None),
        ("a witness", "unnamed", None),
        ("a driver", "unnamed", None),
        ("a bus driver", "unnamed", "bus driver"),
        ("three French tourists", "group", None),
        ("critics of the plan", "group", "critics of the plan"),
    ],
)
def test_an_unnamed_speakers_phrase_is_the_role(role: Role, words: str, kind: str, expected: str | None) -> None:
    """Without its determiner, and only where it tells a job."""
    assert role(f"The bridge would hold, {words} said on Monday.", words, kind=kind) == expected


def test_a_document_without_tags_still_gives_roles(role: Role, blank: Language) -> None:
    """Bare tokens: word lists and commas have to do."""
    assert role("Mayor Jane Roe said it would last.", "Jane Roe", pipeline=blank) == "Mayor"
    text = "Jane Roe, head of the port authority, said it would last."
    assert role(text, "Jane Roe", pipeline=blank) == "head of the port authority"


def test_speakers_and_roles_are_parallel(blank: Language) -> None:
    """One result a speaker, in the same order; a speaker without roles has an empty one."""
    doc = blank("Mayor Jane Roe met John Doe.")
    mentions = [Mention(1, 3, 2, "name", "person"), Mention(4, 6, 5, "name", "person")]
    speakers = [FoundSpeaker("John Doe", "person", (1,)), FoundSpeaker("Jane Roe", "person", (0,))]
    john, jane = find_roles(doc, [], mentions, speakers)
    assert (john.best, john.all) == (None, ())
    assert jane.best is not None
    assert jane.best.chars == (0, 5)


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=40))
def test_every_role_cuts_clean_words_out_of_any_text(pieces: list[str]) -> None:
    """No exception; stretches lie in the text, hold letters, and have no white space or comma at their edges."""
    doc = BLANK("".join(pieces))
    mentions = [Mention(t.i, t.i + 1, t.i, "name", "person") for t in doc if t.text == "Roe"]
    roles = find_roles(doc, [], mentions, [FoundSpeaker("Roe", "person", tuple(range(len(mentions))))])[0]
    for found in roles.all:
        text = doc.text[slice(*found.chars)]
        assert text
        assert text == text.strip(" ,;:\n")
    assert roles.best is None or roles.best in roles.all


def test_a_part_of_a_longer_role_is_no_role_of_its_own() -> None:
    """“the [harbour master]” is one role; the best one stays whatever holds it."""
    whole, part, other = FoundRole((0, 18)), FoundRole((4, 18)), FoundRole((10, 30))
    assert list(without_nested_roles([whole, part, other], best=other)) == [whole, other]
    assert list(without_nested_roles([whole, part], best=part)) == [whole, part]
    assert list(without_nested_roles([part], best=None)) == [part]


def test_only_whom_one_asks_for_is_looked_at(nlp: Language) -> None:
    """Who has none of the mentions that are asked for has no roles."""
    doc = nlp("Jane Roe, the mayor, met Ann Doe, the baker.")
    mentions = [Mention(0, 2, 0, "name", "person"), Mention(7, 9, 7, "name", "person")]
    assert [doc[m.start : m.end].text for m in mentions] == ["Jane Roe", "Ann Doe"]
    speakers = [FoundSpeaker("Jane Roe", "person", (0,)), FoundSpeaker("Ann Doe", "person", (1,))]
    everybody = find_roles(doc, [], mentions, speakers)
    assert all(roles.best is not None for roles in everybody)
    assert [roles.best for roles in find_roles(doc, [], mentions, speakers, among={1, None})] == [None, everybody[1].best]


def test_what_stands_before_a_name_counts_more_than_the_phrase_alone(role: Role) -> None:
    """The director, not only a professor."""
    assert role("Its medical director, Prof. Jane Roe, will chair the group.", "Jane Roe") == "medical director"
