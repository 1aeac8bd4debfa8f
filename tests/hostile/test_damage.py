"""Damaged articles: as mail, scanners, converters and careless hands leave them."""

import re
from collections.abc import Callable
from textwrap import wrap
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offsets import assert_offsets_hold
from quoteapi.engine import QuoteEngine
from quoteapi.structs import Article, Include, OffsetUnit, Quote
from target import few

PARAGRAPHS = (
    "Sea wall holds in the worst storm of thirty years",
    (
        "KELBY — The new sea wall held through the night, and nobody was hurt, Jane Roe, the harbour master, said on Monday. “The"
        " government told us that it would never stand,” she told reporters at the well-known fish market. “It’s still here.”"
    ),
    (
        "Crews from three towns worked until dawn. “We started with five pumps,” said Ann Field, the mayor of Kelby, “and by the end"
        " we had only one. It was a difficult night for everybody who lives near the water."
    ),
    "“But nobody left,” she added.",
    "Ann Field calls the wall a “gift to the town”. Lars Berg, a councillor who voted against it, did not come to the market.",
)
ARTICLE = "\n\n".join(PARAGRAPHS)


def filled(width: int, *, between: str = "\n\n", first: str = "", rest: str = "") -> str:
    """The article in lines of so many columns."""
    return between.join("\n".join(wrap(paragraph, width, initial_indent=first, subsequent_indent=rest)) for paragraph in PARAGRAPHS)


def misread(codec: str) -> str:
    """The article, its UTF-8 read as something else."""
    return "".join(
        letter if letter.isascii() else "".join(bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in letter.encode())
        for letter in ARTICLE
    )


PAGE_BREAK = "\n\n7\n\nTHE KELBY HERALD\n\n"
DAMAGES = {
    "straight marks": ARTICLE.translate(str.maketrans("“”‘’", "\"\"''")),
    "apostrophes": ARTICLE.replace("“", "''").replace("”", "''"),
    "backticks": ARTICLE.replace("“", "``").replace("”", "''"),
    "commas": ARTICLE.replace("“", ",,").replace("”", '"'),
    "angles": ARTICLE.replace("“", "<<").replace("”", ">>"),
    "lost marks": re.sub("[“”’]", "\ufffd", ARTICLE),
    "mojibake": misread("cp1252"),
    "mojibake of a Macintosh": misread("mac_roman"),
    "entities": ARTICLE.replace("“", "&ldquo;").replace("”", "&#8221;").replace("’", "&#8217;"),
    "escapes": ARTICLE.replace("“", '\\"').replace("”", '\\"'),
    "tags": "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS),
    "CRLF": ARTICLE.replace("\n", "\r\n"),
    "no blank lines": ARTICLE.replace("\n\n", "\n"),
    "wrapped": filled(72),
    "a narrow column": filled(32),
    "wrapped without blank lines": filled(72, between="\n"),
    "first lines set in": filled(72, between="\n", first="    "),
    "mail": filled(72, between="\n>\n", first="> ", rest="> "),
    "cut words": filled(72)
    .replace("government", "gov-\nernment")
    .replace("well-known", "well-\nknown")
    .replace("difficult", "diffi-\ncult"),
    "pages": filled(72).replace("only\n", f"only{PAGE_BREAK}").replace("the\ngovernment", f"the{PAGE_BREAK}government"),
    "spaces": ARTICLE.replace(" ", "  "),
    "spaces before points": re.sub(r"(?<=\w)([,.])(?=\W)", r" \1", ARTICLE),
    "no space behind points": ARTICLE.replace(". “", ".“").replace(". It", ".It"),
    "non-breaking spaces": ARTICLE.replace(" the ", "\u00a0the\u00a0"),
    "soft hyphens": ARTICLE.replace("er", "\u00ader"),
    "marks of direction": ARTICLE.replace("“", "\u200e“\u200b").replace("”", "”\u202c"),
    "ligatures": ARTICLE.replace("ffi", "ﬃ").replace("fi", "ﬁ"),
    "advertisements": "\n\nAdvertisement\n\nRead more: ‘We are furious,’ says Lars Berg\n\n".join(PARAGRAPHS),
    "a caption": ARTICLE.replace("\n\n“But", "\n\nLars Berg at the town hall. Photo: Ida Holm/Kelby Herald\n\n“But"),
    "a heading": ARTICLE.replace("\n\n“But", "\n\nA long night\n\n“But"),
}


def plain(text: str) -> str:
    """The letters of a text, whatever stands between them."""
    return re.sub(r"&#?\w+;|[\W_]+", "", text.replace("ﬃ", "ffi").replace("ﬁ", "fi"))


def said(quotes: list[Quote]) -> list[tuple[str, str | None, str | None]]:
    """The words of each quote, who said them, and as what."""
    return [(plain(quote.text), quote.speaker and quote.speaker.name, quote.speaker and quote.speaker.role) for quote in quotes]


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_changes_no_answer(engine: QuoteEngine, damage: str) -> None:
    """The same words are said by the same people in the same roles, and each is cut from the damaged text."""
    text = DAMAGES[damage]
    answer = engine.extract(Article(text=text))
    assert_offsets_hold(text, answer)
    undamaged = engine.extract(Article(text=ARTICLE))
    assert [(name, role) for _, name, role in said(answer.quotes)] == [(name, role) for _, name, role in said(undamaged.quotes)]
    if "mojibake" not in damage:
        assert [words for words, _, _ in said(answer.quotes)] == [words for words, _, _ in said(undamaged.quotes)]


WHOLE: tuple[Callable[[str], str], ...] = (
    lambda text: text.replace("\n", "\r\n"),
    lambda text: text.replace("“", "''").replace("”", "''"),
    lambda text: text.replace("“", ",,"),
    lambda text: "\n".join(wrap(text, 50)),
    lambda text: "> " + text.replace("\n", "\n> "),
    lambda text: text.encode().decode("latin-1"),
    lambda text: text.upper(),
)
PIECES = (
    "\u00ad",
    "\u200b",
    "\u202e",
    "\u00a0",
    "\r\n",
    "-\n",
    "\n\n12\n\n",
    "\nAdvertisement\n",
    "“",
    "”",
    "''",
    ",,",
    "<<",
    "&quot;",
    "&#x",
    "â€œ",
    "\ufffd",
    "\ud83d",
    "<q>",
    "</p>",
    "\\u201c",
    "> ",
    "  ",
    "ﬁ",
    "😀",
)


@few
@given(
    st.lists(st.sampled_from(WHOLE), max_size=2, unique=True),
    st.lists(st.tuples(st.integers(0, len(ARTICLE)), st.integers(0, 6), st.sampled_from(PIECES)), max_size=25),
    st.sampled_from(get_args(get_args(OffsetUnit)[0])),
)
def test_every_offset_holds_however_a_text_is_damaged(
    engine: QuoteEngine, whole: list[Callable[[str], str]], pieces: list[tuple[int, int, str]], unit: OffsetUnit
) -> None:
    """Stretches lost, signs put in, the whole rewritten: the answer cuts the caller's string, and its quotes stand in order."""
    text = ARTICLE
    for place, lost, piece in pieces:
        text = text[:place] + piece + text[place + lost :]
    for rewritten in whole:
        text = rewritten(text.encode("utf-8", "replace").decode())
    include: list[Include] = ["other", "alternatives", "mentioned"]
    answer = engine.extract(Article(text=text, offset_unit=unit, include=include))
    assert_offsets_hold(text, answer)
    assert [quote.start for quote in answer.quotes] == sorted(quote.start for quote in answer.quotes)
    assert len({quote.id for quote in answer.quotes}) == len(answer.quotes)
    for quote in answer.quotes:
        assert quote.text == " ".join(span.text for span in quote.spans)
        assert (quote.start, quote.end) == (quote.spans[0].start, quote.spans[-1].end)
