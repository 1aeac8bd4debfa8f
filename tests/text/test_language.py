"""Language: what is surely not English is told from what only looks foreign."""

import tomllib
from pathlib import Path

import pytest

from quoteapi.text.language import foreign_language

PARAGRAPHS: dict[str, str] = tomllib.loads((Path(__file__).parent / "languages.toml").read_text(encoding="utf-8"))
"""News in other languages, by their codes."""
ENGLISH = (Path(__file__).parents[1] / "articles" / "harbour.txt").read_text(encoding="utf-8")
LETTERS = 200


def cut(text: str, letters: int) -> str:
    """The beginning of a text with so many letters, or all of it."""
    places = [place for place, character in enumerate(text) if character.isalpha()]
    return text[: places[min(letters, len(places)) - 1] + 1]


@pytest.mark.parametrize("language", PARAGRAPHS)
def test_a_paragraph_in_another_language_is_told(language: str) -> None:
    """Two hundred letters are enough, and a whole archive page is no more work."""
    assert foreign_language(cut(PARAGRAPHS[language], LETTERS)) == language
    assert foreign_language(1000 * PARAGRAPHS[language]) == language


@pytest.mark.parametrize("text", [ENGLISH, *ENGLISH.split("\n\n"), ENGLISH.lower(), ENGLISH.replace("“", "â€œ").replace("’", "â€™")])
def test_english_is_english(text: str) -> None:
    """An article, each of its paragraphs, and what broken programs make of it."""
    assert foreign_language(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "The chief minister has lauded the jawans and said that crores had been set apart; the panchayat will meet the tehsildar.",
        "Residents of the estate dem seh di water come in the yard an’ the people haffi leave, but nobody call him office yet.",
        "Di people wey dey live near di river don tell di governor say water don carry dia house go, and dem no get where to sleep.",
        "The matatu operators say wananchi will pay more from Monday, and the boda boda riders told the chief they had not been asked.",
    ],
)
def test_every_english_is_english(text: str) -> None:
    """Indian, Jamaican, Nigerian and Kenyan papers write it, with words of their own."""
    assert foreign_language(text) is None


def test_names_and_capitals_are_no_language() -> None:
    """A page of names has no words, and a headline in capitals looks like a list of names."""
    names = "Giovanni Bianchi, María del Carmen Fuentes, Jürgen Schäfer, Agnieszka Wójcik, Þóra Jónsdóttir, Ngọc Anh Trần\n"
    assert foreign_language(20 * names) is None
    assert foreign_language(20 * "LE CONSEIL FERME LE VIEUX PONT. ") is None
    assert foreign_language(1000 * "é") is None
    assert foreign_language(1000 * "word ") is None


def test_what_is_short_is_never_told() -> None:
    """A line says too little."""
    assert foreign_language("“Nous ne pouvons plus garantir la sécurité”, said Roe.") is None
    assert foreign_language("") is None


@pytest.mark.parametrize("language", PARAGRAPHS)
def test_english_may_quote_another_language_at_length(language: str) -> None:
    """The reporter's words decide; and without marks, one English stretch is enough."""
    said = " ".join(PARAGRAPHS[language].split())
    opening = "The mayor of the town spoke to the council on Tuesday about the bridge that was closed last week.\n\n"
    start = len(opening) + 1
    text = f"{opening}“{said}” she said in her own language.\n\n“{said}” she added, and the council agreed with her."
    second = text.rindex(said)
    assert foreign_language(text, [(start, start + len(said)), (second, second + len(said))]) is None
    assert foreign_language(f"{said}\n\n{opening}The council then went on to other matters that were left from the week before.") is None
