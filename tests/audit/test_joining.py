"""Speakers of many articles joined into voices, with nobody joined who may be another."""

import random
import subprocess
import sys
from itertools import permutations

import pytest

from heard import seen
from quoteapi.audit.joining import blocking_key, join
from quoteapi.audit.structs import Sighting


def groups(*sightings: Sighting) -> set[frozenset[str]]:
    """The articles of each voice."""
    return {frozenset(article for article, _ in voice.sightings) for voice in join(sightings).voices}


def reasons(*sightings: Sighting) -> list[str]:
    """Why joins were not made."""
    return [doubt.reason for doubt in join(sightings).doubts]


ONE = {frozenset({"a", "b"})}
TWO = {frozenset({"a"}), frozenset({"b"})}


def test_the_same_full_name_is_one_voice() -> None:
    """With roles that say the same in other words, and without any."""
    assert groups(seen("a", "Jane Roe", "the harbour master"), seen("b", "Jane Roe", "Solheim’s harbour master")) == ONE
    assert groups(seen("a", "Jane Roe", "harbour master"), seen("b", "Jane Roe")) == ONE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("José Brandão", "Jose Brandao"),
        ("Jörg Schröter", "Joerg Schroeter"),
        ("Tae Won-ok", "Tae Won Ok"),
        ("Rami al-Sabbouni", "Rami Sabbouni"),
        ("JANE ROE", "Jane Roe"),
        ("Jane “Tide” Roe", "Jane Roe"),
        ("Jane M. Roe", "Jane Roe"),
        ("William Tarrow", "Bill Tarrow"),
    ],
)
def test_spellings_accents_and_pet_names_are_one_voice(one: str, other: str) -> None:
    """Where the family name is rare."""
    assert groups(seen("a", one), seen("b", other)) == ONE


def test_a_slip_of_the_pen_needs_a_fact_that_supports_it() -> None:
    """The same body does."""
    assert (
        groups(seen("a", "Peter Brandvold", "head of the Kelby Tide Board"), seen("b", "Peter Brandvodl", "of the Kelby Tide Board")) == ONE
    )
    assert groups(seen("a", "Peter Brandvold"), seen("b", "Peter Brandvodl")) == TWO


def test_namesakes_of_other_countries_and_offices_stay_apart() -> None:
    """Whatever the years; it is told that they were compared."""
    one = seen("a", "Jane Roe", "the Canadian finance minister", date="2012-05-01")
    other = seen("b", "Jane Roe", "the Kenyan sprinter", date="2019-05-01")
    assert groups(one, other) == TWO
    assert reasons(one, other) == ["other_country_and_office"]


def test_people_change_jobs() -> None:
    """Another field of work in another year parts nobody; in the same year it parts people unless the name is rare."""
    names = ("Ann Torvik Smith", "Ann Brandvold")
    for name in names:
        assert groups(seen("a", name, "striker", date="2010-01-02"), seen("b", name, "senator", date="2020-01-02")) == ONE
    same_year = [groups(seen("a", name, "striker", date="2020-01-02"), seen("b", name, "senator", date="2020-03-02")) for name in names]
    assert same_year == [TWO, ONE]


def test_a_common_name_needs_support() -> None:
    """John Smith is many people: the same office in one country supports, no role does not."""
    assert groups(seen("a", "John Smith"), seen("b", "John Smith")) == TWO
    assert reasons(seen("a", "John Smith"), seen("b", "John Smith")) == ["common_name"]
    assert groups(seen("a", "John Smith", "police spokesman"), seen("b", "John Smith", "police spokesman")) == TWO
    assert groups(seen("a", "John Smith", "US senator"), seen("b", "John Smith", "the American senator")) == ONE
    assert groups(seen("a", "John Smith", "of the Kelby Tide Board"), seen("b", "John Smith", "chair of the Kelby Tide Board")) == ONE


def test_who_speaks_beside_them_supports() -> None:
    """If others do so who hardly speak anywhere else, and likewise a long quote in both articles."""
    company = frozenset({"tom tarrow"})
    assert groups(seen("a", "John Smith", company=company), seen("b", "John Smith", company=company)) == ONE
    assert groups(seen("a", "John Smith", shared=frozenset({7})), seen("b", "John Smith", shared=frozenset({7}))) == ONE


def test_no_role_under_a_name_of_several_is_nobody_elses() -> None:
    """It may be either of them, and is listed with both."""
    minister = [seen(f"m{i}", "Jane Roe", "the Canadian finance minister") for i in range(3)]
    sprinter = [seen(f"k{i}", "Jane Roe", "Kenya’s sprinter") for i in range(3)]
    silent = seen("x", "Jane Roe")
    assert groups(*minister, *sprinter, silent) == {frozenset({"m0", "m1", "m2"}), frozenset({"k0", "k1", "k2"}), frozenset({"x"})}
    assert sorted(reasons(*minister, *sprinter, silent)) == ["other_country_and_office", "several_bearers", "several_bearers"]


def test_no_role_goes_to_the_one_who_has_nearly_all() -> None:
    """One article out of many with another role does not part what is left."""
    minister = [seen(f"m{i}", "Jane Roe", "the Canadian finance minister") for i in range(40)]
    assert frozenset({*(f"m{i}" for i in range(40)), "x"}) in groups(
        *minister, seen("k", "Jane Roe", "Kenyan sprinter"), seen("x", "Jane Roe")
    )


def test_one_wrong_pronoun_does_not_part_what_is_left() -> None:
    """The article that says she of a man is a voice of its own."""
    right = [seen(f"m{i}", "Kim Torvik Smith", pronoun="he") for i in range(40)]
    articles = groups(*right, seen("k", "Kim Torvik Smith", pronoun="she"), seen("x", "Kim Torvik Smith"))
    assert articles == {frozenset({*(f"m{i}" for i in range(40)), "x"}), frozenset({"k"})}


def test_one_word_is_nobody_over_articles() -> None:
    """Not even with itself; it is listed with those whom it may mean."""
    sightings = [seen("a", "Roe"), seen("b", "Roe"), seen("c", "Jane Roe")]
    assert groups(*sightings) == {frozenset({"a"}), frozenset({"b"}), frozenset({"c"})}
    (doubt,) = join(sightings).doubts
    assert (doubt.name, doubt.other_name, doubt.reason, doubt.articles) == ("Roe", "Jane Roe", "short_name", 2)


def test_initials_need_support() -> None:
    """J. Roe may be anybody of the family."""
    assert groups(seen("a", "J. Roe"), seen("b", "Jane Roe")) == TWO
    assert groups(seen("a", "J. Roe", "of the Kelby Tide Board"), seen("b", "Jane Roe", "head of the Kelby Tide Board")) == ONE


def test_a_short_form_of_two_people_is_neither() -> None:
    """Ann Tarrow is Ann B. or Ann C. Tarrow."""
    assert len(groups(seen("a", "Ann B. Tarrow"), seen("b", "Ann C. Tarrow"), seen("c", "Ann Tarrow"))) == 3
    assert groups(seen("a", "Tom Tarrow Jr."), seen("b", "Tom Tarrow")) == TWO


def test_the_list_of_people_comes_first() -> None:
    """One URI is one voice, under any name; two are two under one name."""
    assert groups(seen("a", "John Smith", same_as="u:1"), seen("b", "Jack Smythe", same_as="u:1")) == ONE
    assert groups(seen("a", "Jane Roe", same_as="u:1"), seen("b", "Jane Roe", same_as="u:2")) == TWO
    assert groups(seen("a", "Roe", same_as="u:1"), seen("b", "Roe", same_as="u:1")) == ONE


def test_she_and_he_are_two_unless_the_name_is_rare() -> None:
    """An article's pronoun may be wrong, or of another person."""
    assert groups(seen("a", "Kim Torvik Smith", pronoun="she"), seen("b", "Kim Torvik Smith", pronoun="he")) == TWO


@pytest.mark.parametrize("kind", ["unnamed", "group", "document"])
def test_the_unnamed_and_groups_are_of_one_article(kind: str) -> None:
    """Fifty spokesmen are fifty."""
    assert groups(seen("a", "a spokesman", kind=kind), seen("b", "a spokesman", kind=kind)) == TWO  # type: ignore[arg-type]


def test_organizations_of_one_name_are_one() -> None:
    """Not those that every place has, unless one outlet writes about them; not an acronym with a name."""
    kelby = [seen(one, "Kelby Tide Board", kind="organization") for one in "ab"]
    assert groups(*kelby) == ONE
    anywhere = [seen(one, "Health Department", kind="organization") for one in "ab"]
    assert (groups(*anywhere), reasons(*anywhere)) == (TWO, ["generic_name"])
    assert groups(*(seen(one, "the Health Department", kind="organization", outlet="Kelby Post") for one in "ab")) == ONE
    acronym = (seen("a", "KTB", kind="organization"), seen("b", "Kelby Tide Board", kind="organization"))
    assert (groups(*acronym), reasons(*acronym)) == (TWO, ["acronym"])


SOME = (
    seen("a", "Jane Roe", "the Canadian finance minister", date="2020-01-01"),
    seen("b", "Jane Roe", "Kenyan sprinter", date="2019-01-01"),
    seen("c", "Jane Roe"),
    seen("d", "Jane M. Roe", "finance minister of Canada"),
    seen("e", "Roe"),
)


def test_the_order_makes_no_difference() -> None:
    """To voices, keys and doubts."""
    first = join(SOME)
    assert all(join(order) == first for order in permutations(SOME))


def test_keys_stay_when_the_archive_grows() -> None:
    """The first bearer of a name has it for its key; a later namesake gets another one."""
    (early,) = join([SOME[1]]).voices
    keys = {article: voice.key for voice in join(SOME).voices for article, _ in voice.sightings}
    assert early.key == keys["b"] == "person/jane-roe"
    assert len(set(keys.values())) == 4


def test_a_voice_has_its_forms_and_its_roles_by_date() -> None:
    """The name that most articles use, and each role with the years in which it was given."""
    sightings = [
        seen("a", "Jane Roe", "the mayor of Solheim", date="2010-02-01", forms=("Roe",)),
        seen("b", "Jane Roe", "Mayor of Solheim", date="2012-02-01", forms=("Roe",), pronoun="she"),
        seen("c", "Jane Roe", "a former mayor of Solheim", date="2020-02-01"),
    ]
    (voice,) = join(sightings).voices
    assert (voice.name, voice.forms, voice.pronoun) == ("Jane Roe", ("Jane Roe", "Roe"), "she")
    assert [(role.text, role.first, role.last, role.articles) for role in voice.roles] == [
        ("Mayor of Solheim", "2010-02-01", "2012-02-01", 2),
        ("former mayor of Solheim", "2020-02-01", "2020-02-01", 1),
    ]


def test_voices_are_of_one_block() -> None:
    """So that blocks can be joined on different machines."""
    names = [
        "Jane Roe",
        "JANE ROE",
        "Jörg Schröter",
        "Joerg Schroeter",
        "Tae Won-ok",
        "Tae Won Ok",
        "Mary Ashdown-Tarrow",
        "Mary Ashdown Tarrow",
    ]
    sightings = [seen(str(i), name) for i, name in enumerate(names)]
    keys = {one.article: blocking_key(one) for one in sightings}
    random.Random(0).shuffle(sightings)  # noqa: S311  any order
    for voice in join(sightings).voices:
        assert len({keys[article] for article, _ in voice.sightings}) == 1
        assert len(voice.sightings) == 2


def test_no_engine_is_loaded() -> None:
    """Neither for joining nor for the tables."""
    code = "import sys, quoteapi; quoteapi.voices([]); assert not {'spacy', 'onnxruntime', 'tokenizers'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603  this interpreter, a program of ours
