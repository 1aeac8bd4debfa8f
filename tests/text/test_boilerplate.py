"""Furniture: numbers and heads of pages, boilerplate."""

import pytest

from quoteapi.text import read
from quoteapi.text.boilerplate import is_boilerplate

BEFORE, AFTER = "The wall held through the night, and pumps from three", "towns had worked until the tide went out again."


@pytest.mark.parametrize(
    "furniture",
    [
        "12",
        "- 12 -",
        "Page 3 of 9",
        "12\n\nTHE KELBY HERALD",
        "THE KELBY HERALD\n12",
        "               12\n     The Kelby Herald",
        "12\n\fThe Kelby Herald\n",
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_what_stands_inside_a_sentence_is_the_page_s(furniture: str, gap: str) -> None:
    """The paragraph is read as one, and the furniture not at all."""
    reading = read(f"{BEFORE}{gap}{furniture}{gap}{AFTER}")
    assert reading.text == f"{BEFORE} {AFTER}"
    assert [reading.source[a:b] for a, b in reading.left_out] == [line.strip() for line in furniture.split("\n") if line.strip()]


def test_a_head_is_left_out_wherever_it_stands() -> None:
    """One that parts a sentence tells what the others are."""
    head = "The Kelby Herald, Wednesday"
    reading = read(f"{head}\n\n{BEFORE}\n\n{head} 2\n\n{AFTER}\n\n{head} 3\n\nThe ferry runs again.")
    assert reading.text == f"{BEFORE} {AFTER}\n\nThe ferry runs again."


@pytest.mark.parametrize(
    "text", ["Chapter\n\n12\n\nThe wall held.", "ROE\n\nIt held.\n\nDOE\n\nIt did.\n\nROE\n\nYes.", "Goals: 3\n2\n1\nKelby lost."]
)
def test_lines_that_part_no_sentence_stay(text: str) -> None:
    """Numbers may mean something, and names that come back are those of speakers."""
    assert read(text).text == text


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "[READ MORE]",
        "Read more: ‘We were lucky,’ says mayor",
        "Share this: Facebook | Twitter",
        "Sign up for our newsletter, written by Ann Field",
        "© 2024 Kelby Herald. All rights reserved.",
        "©2024 Kelby Herald",
        "Photo by Ann Field",
        "Jane Roe at the wall on Monday. Photo: Ann Field/Herald",
    ],
)
def test_boilerplate_is_known_by_its_words(line: str) -> None:
    """Invitations, teasers, notices, credits and captions with one; between paragraphs they are left out."""
    assert is_boilerplate(line)
    assert read(f"“The wall held.\n\n{line}\n\n“It is new,” Roe said.").text == "“The wall held.\n\n“It is new,” Roe said."


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell on Monday.",
        "Read more slowly, she told the children.",
        "The photo by Ann Field won a prize.",
        "Photographers were there.",
        "“All rights reserved” is what the note said.",
        "Related to the mayor, Roe stepped aside.",
    ],
)
def test_sentences_are_no_boilerplate(line: str) -> None:
    """Though they begin like it."""
    assert not is_boilerplate(line)


def test_the_last_words_of_a_sentence_are_no_boilerplate() -> None:
    """A line that goes on with the one before is the article's."""
    assert read("The teacher wants her pupils to put their phones away and to\nread more").text.endswith("and to read more")


def test_a_page_of_nothing_else_has_no_article() -> None:
    """Teasers and invitations under each other are left out though nothing stays; a line alone is what the caller asks about."""
    teaser = "Related: “I counted every gull,” says warden"
    assert not read(f"Share this: Post | Mail\n{teaser}\nAll rights reserved. Ask us.").text.strip()
    assert read(teaser).text == teaser


def test_a_stretch_is_parted_by_what_is_left_out_of_it() -> None:
    """The caller's own words on either side, without the white space at the cuts."""
    source = f"{BEFORE}\n\n12\n\nTHE KELBY HERALD\n\n{AFTER}"
    reading = read(source)
    assert [source[a:b] for a, b in reading.to_sources(0, len(reading.text))] == [BEFORE, AFTER]
