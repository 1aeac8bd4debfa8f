"""Catalogues: passages read from TOML, tried whole."""

from pathlib import Path

import pytest

from quoteapi.engine import QuoteEngine
from quoteapi.evaluation import read_catalogue, render_catalogue, try_catalogue
from quoteapi.evaluation.catalogue import UnreadableCatalogueError

CATALOGUE = Path(__file__).parents[1] / "catalogue"
LEAST = {"names.toml": 0.87, "roles.toml": 0.91}
"""The share of right passages that no change may fall below."""

PASSAGE = """
[[passage]]
id = "one"
construct = "title before the name"
text = '''
“The wall held,” said Harbour Master Jane Roe. Deputy mayor Ann Doe agreed.
'''
quotes = [{ words = "The wall held,", speaker = "Jane Roe", role = "Harbour Master" }]
others = [{ name = "Ann Doe", role = "Deputy mayor" }]
"""


def written(folder: Path, text: str) -> Path:
    """A catalogue file."""
    path = folder / "some.toml"
    path.write_text(text, encoding="utf8")
    return path


def faults(engine: QuoteEngine, folder: Path, text: str) -> tuple[str, ...]:
    """What is wrong in the answer to the one passage of a catalogue."""
    (tried,) = try_catalogue(read_catalogue(written(folder, text)), engine)
    return tried.faults


def test_a_right_passage_has_no_faults(engine: QuoteEngine, tmp_path: Path) -> None:
    """Speaker, role and neighbour are as they should be."""
    assert faults(engine, tmp_path, PASSAGE) == ()


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ('speaker = "Jane Roe"', 'speaker = "Jo Roe"', "'The wall held,' by 'Jane Roe', not 'Jo Roe'"),
        ('role = "Harbour Master"', 'role = "Master"', "'Jane Roe' has the role 'Harbour Master', not 'Master'"),
        ('speaker = "Jane Roe", role = "Harbour Master"', 'type = "person"', "'The wall held,' by 'Jane Roe', not by nobody"),
        ('speaker = "Jane Roe"', 'kind = "other"', "'The wall held,' is no speech"),
        ('role = "Deputy mayor"', 'role = "mayor"', "'Ann Doe' has the role 'Deputy mayor', not 'mayor'"),
        ('name = "Ann Doe"', 'name = "Bo Lin"', "'Bo Lin' is not found"),
    ],
)
def test_each_fault_is_told_in_words(engine: QuoteEngine, tmp_path: Path, right: str, wrong: str, fault: str) -> None:
    """With what was given and what was right."""
    assert right in PASSAGE
    assert faults(engine, tmp_path, PASSAGE.replace(right, wrong)) == (fault,)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[[passage", "some.toml"),
        (PASSAGE + PASSAGE, "two passages have the id one"),
        (PASSAGE.replace('words = "The wall held,"', 'words = "It held"'), "should stand once"),
        (PASSAGE.replace("construct", "group"), "unknown field `group`"),
    ],
)
def test_a_file_that_is_no_catalogue_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    """With what is wrong with it."""
    with pytest.raises(UnreadableCatalogueError, match=reason):
        read_catalogue(written(tmp_path, text))


@pytest.mark.parametrize("name", sorted(LEAST))
def test_most_of_the_catalogue_is_right(engine: QuoteEngine, name: str) -> None:
    """As many passages as the model card says, at the least; `quoteapi evaluate tests/catalogue/… --errors` lists the others."""
    tried = try_catalogue(read_catalogue(CATALOGUE / name), engine)
    assert sum(not one.faults for one in tried) >= LEAST[name] * len(tried), render_catalogue(tried, errors=True)


def test_the_report_counts_by_construction(engine: QuoteEngine, tmp_path: Path) -> None:
    """The sum first; with errors each fault behind its passage's id."""
    tried = try_catalogue(read_catalogue(written(tmp_path, PASSAGE.replace("Bo Lin", "").replace('"Harbour Master"', '"Master"'))), engine)
    lines = render_catalogue(tried, errors=True).splitlines()
    assert [line.split() for line in lines[:2]] == [["all", "0", "of", "1"], ["title", "before", "the", "name", "0", "of", "1"]]
    assert lines[2].startswith("  one: 'Jane Roe' has the role")
