"""Normalization: what is repaired for the stages, and the way back to the caller's string."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quoteapi.text import read


def sources(source: str) -> list[tuple[str, str]]:
    """Each character of the reading beside the stretch of the source that made it."""
    reading = read(source)
    return [(character, source[slice(*reading.to_source(k, k + 1))]) for k, character in enumerate(reading.text)]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("har\u00adbour", "harbour"),
        ("\ufeffThe \u200bwall\u200d \u202aheld\u202c", "The wall held"),
        ("10\u00a0000\u2009tons\u3000of\u202fsand", "10 000 tons of sand"),
        ("one\r\ntwo\rthree\u2028four\u2029five\u0085six\x0bseven", "one\ntwo\nthree\nfour\nfive\nsix\nseven"),
        ("a\x00b\tc\x1bd", "a b c d"),
        ("a\ud800b\udfffc", "a\ufffdb\ufffdc"),
        ("caf\u0065\u0301", "caf\u0065\u0301"),
    ],
)
def test_characters_are_made_plain(source: str, text: str) -> None:
    """Invisible ones go, spaces and line ends become plain, controls blank, lone surrogates the replacement character."""
    assert read(source).text == text


@pytest.mark.parametrize("marks", ["“a” ‘b’ \"c\" 'd' ''e'' «g» ‹h› „i“ ‚j‘ ´k´ ＂l＂ 6′ 2″"])
def test_marks_stay_as_they_are(marks: str) -> None:
    """The detector needs their shapes."""
    assert read(marks).text == marks


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("&quot;Hi&quot;", '"Hi"'),
        ("it&rsquo;s &#8220;so&#8221; &#x201C;x&#x201d;", "it’s “so” “x”"),
        ("a&nbsp;b&shy;c", "a bc"),
        ("salt &amp; pepper", "salt & pepper"),
        ("&amp;quot;Hi&amp;amp;quot;", '"Hi"'),
        ("AT&T; R&D, Q&A &bogus; &; &#; &amp", "AT&T; R&D, Q&A &bogus; &; &#; &amp"),
        ("&#xD800; &#0; &#1114112;", "\ufffd \ufffd \ufffd"),
    ],
)
def test_entities_are_decoded(source: str, text: str) -> None:
    """Entities with a semicolon stand for their character, also where they were escaped twice; all else stays."""
    assert read(source).text == text


@pytest.mark.parametrize("meant", ["“", "‘", "’", "–", "—", "…", "é", "ñ", "ü", "Å", "š", "£", "€", "\u00a0"])
@pytest.mark.parametrize("codec", ["cp1252", "latin-1"])
def test_mojibake_is_repaired(meant: str, codec: str) -> None:
    """A character whose bytes were misread as Windows-1252 or Latin-1, once or twice, is read as what was meant."""
    once = meant.encode().decode(codec)
    assert read(f"x{once}y").text == f"x{meant}y".replace("\u00a0", " ")
    twice = once.encode().decode("latin-1")
    assert read(f"x{twice}y").text == f"x{meant}y".replace("\u00a0", " ")


def test_a_closing_mark_that_lost_its_last_byte_is_repaired() -> None:
    """â€ alone is what most programs leave of ”."""
    assert read("â€œYesâ€ she said").text == "“Yes” she said"


@pytest.mark.parametrize("text", ["SÃO PAULO", "Ângela", "Ärzte", "Åse", "château", "NÃO »", "Ä 1"])
def test_real_letters_are_no_mojibake(text: str) -> None:
    """Letters that mojibake begins with stay where no misread byte follows."""
    assert read(text).text == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("‚ÄúWonderful,‚Äù she said of the caf√©", "“Wonderful,” she said of the café"),
        ("ΓÇ£Yes,ΓÇ¥ she said", "“Yes,” she said"),
        ("Ã¢â‚¬Å“Yes,Ã¢â‚¬Â\x9d she said", "“Yes,” she said"),
        (r"\"Yes,\" she said \u2013 caf\u00e9 in C:\temp", '"Yes," she said – café in C:\\temp'),
        ("ﬁve oﬃces", "five offices"),
        ("har\u00ad\r\nbour wall", "harbour wall"),
        ("<p>The wall held.<br/>It is <b class='x'>new</b>.</p>", "\nThe wall held.\nIt is new.\n"),
        ("<q>Yes,</q> she said; 3 < 4, <you> and a <b is no tag", "“Yes,” she said; 3 < 4, <you> and a <b is no tag"),
    ],
)
def test_other_damage_is_repaired(source: str, text: str) -> None:
    """Encodings of old machines, escapes, ligatures, words cut by soft hyphens, tags that were left."""
    assert read(source).text == text


def test_windows_controls_are_read_as_marks() -> None:
    """Windows-1252 bytes that were taken for Latin-1 controls are the marks that browsers show."""
    assert read("\x93Yes\x94 \x96 it\x92s").text == "“Yes” – it’s"


def test_the_source_of_a_stretch_is_what_made_it() -> None:
    """Dropped characters at the edges stay outside, those within stay inside."""
    source = "\u200b&ldquo;har\u00adbour\u200b&rdquo;\u200b"
    reading = read(source)
    start, end = reading.to_source(1, len(reading.text) - 1)
    assert source[start:end] == "har\u00adbour"
    start, end = reading.to_source(0, len(reading.text))
    assert source[start:end] == source[1:-1]


def test_a_stretch_outside_the_text_is_an_error() -> None:
    """Offsets of another text are a mistake of the caller."""
    with pytest.raises(IndexError):
        read("abc").to_source(2, 4)


def test_a_text_of_invisible_characters_reads_as_nothing() -> None:
    """It has no stretch but the empty one."""
    reading = read("\u200b\ufeff")
    assert reading.text == ""
    assert reading.to_source(0, 0) == (0, 0)


damaged = st.lists(
    st.sampled_from(
        [
            "&quot;",
            "&amp;amp;",
            "<p>",
            "\\u201c",
            "\n",
            "\f",
            "12",
            "Advertisement",
            "the wall held and",
            "go-",
            "vernment",
            "> ",
            ",,",
            "``",
            "<<",
            ">>",
            "&nbsp;",
            "&shy;",
            "\r\n",
            "\r",
            "\u00ad",
            "\u200b",
            "â€œ",
            "Ã©",
            "Ã",
            "&",
            "a",
            " ",
            "“",
            "😀",
            "\ud83d",
        ]
    )
).map("".join)
any_text = st.text(st.characters(codec=None))


@given(any_text | damaged)
@example("\ud800&#13;&NotEqualTilde;\u0600")
def test_every_character_has_its_own_source(source: str) -> None:
    """Sources follow each other without overlap, lie in the source, and an untouched character is its own source."""
    reading = read(source)
    last = 0
    for k, character in enumerate(reading.text):
        start, end = reading.to_source(k, k + 1)
        assert 0 <= start < end <= len(source)
        assert start >= last or reading.to_source(k - 1, k) == (start, end)
        last = end
        if end - start == 1 and source[start].isascii() and source[start].isprintable():
            assert source[start] == character
    assert reading.to_source(0, len(reading.text))[1] <= len(source)


@given(any_text | damaged)
def test_a_reading_holds_nothing_invisible(source: str) -> None:
    """No carriage return, NUL, soft hyphen or surrogate is left, and reading is always possible."""
    text = read(source).text
    assert not set(text) & set("\r\x00\u00ad\u200b\ufeff\u2028")
    assert text.encode().decode() == text


@given(st.lists(st.from_regex(r"[A-Za-z]{2,8}[.,;:?!]?", fullmatch=True)).map(" ".join))
def test_plain_text_reads_as_itself(source: str) -> None:
    """What needs no repair is not touched."""
    reading = read(source)
    assert reading.text == source
    assert reading.to_source(0, len(source)) == (0, len(source))


def test_sources_of_a_mixed_text() -> None:
    """Each character beside what made it."""
    assert sources("&lt;Ã©\r\nb") == [("<", "&lt;"), ("é", "Ã©"), ("\n", "\r\n"), ("b", "b")]


@example(source="a&amp;b", start=2, length=2)
@example(source="\u00ad“a”", start=0, length=1)
@given(source=st.text(st.sampled_from("a\u00ad\u200b&;ltp“\r\nâ€œ "), max_size=30), start=st.integers(0, 30), length=st.integers(0, 30))
def test_a_stretch_of_the_source_is_found_in_the_text(source: str, start: int, length: int) -> None:
    """All that is found comes from it, nothing that comes from it alone is left out, and what was repaired is taken whole or left."""
    start = min(start, len(source))
    end = min(start + length, len(source))
    reading = read(source)
    first, last = reading.from_source(start, end)
    origins = [reading.to_source(k, k + 1) for k in range(len(reading.text))]
    assert all(a < end and b > start for a, b in origins[first:last])
    assert all(first <= k < last for k, (a, b) in enumerate(origins) if start <= a and b <= end)
