"""HTML: a page that stands alone, read with a parser as a browser does."""

import re
from xml.etree.ElementTree import Element

import html5lib
import msgspec
import pytest

from quoteapi.engine import QuoteEngine
from quoteapi.exports.page import COLOURS, as_html
from quoteapi.exports.pages import POLICY, STYLE
from quoteapi.structs import Answer, Article, Span


def parsed(answer: Answer, text: str) -> Element:
    """The page; a mistake in its HTML is an error."""
    page: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(as_html(answer, text).decode())
    return page


def words(element: Element) -> str:
    """An element's words, the labels of quotes left out, white space folded."""
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: Element) -> list[str]:
    own = [] if element.get("class") == "who" else [element.text or "", *(piece for child in element for piece in _pieces(child))]
    return [*own, element.tail or ""]


def marks(page: Element) -> list[tuple[str, str, str]]:
    """Each mark: its id where the quote begins, its colour, its words."""
    return [
        (mark.get("id", ""), mark.get("class", ""), words(mark).removesuffix(" ".join((mark.tail or "").split())).strip())
        for mark in page.iter("mark")
    ]


def with_spans(answer: Answer, *stretches: tuple[int, int], text: str) -> Answer:
    """The answer with a quote a stretch."""
    first = answer.quotes[0]
    quotes = [
        msgspec.structs.replace(first, id=f"q{number}", start=start, end=end, spans=[Span(start, end, text[start:end])])
        for number, (start, end) in enumerate(stretches, start=1)
    ]
    return msgspec.structs.replace(answer, quotes=quotes)


def test_every_quote_is_marked_in_its_speakers_colour(exported: tuple[Answer, str]) -> None:
    """Split quotes twice, quotes over paragraphs once a paragraph, inner quotes within the outer ones, those of nobody too."""
    page = parsed(*exported)
    assert marks(page) == [
        ("q1", "c0", "It will,"),
        ("", "c0", "take years."),
        ("q2", "c1", "=HYPERLINK(1)"),
        ("q3", "c0", "He told me, ‘We are done,’ and left,"),
        ("q4", "c-none", "We are done,"),
        ("q5", "c2", "First paragraph."),
        ("", "c2", "Second paragraph,"),
        ("q6", "c-none", "so-called"),
    ]
    (outer,) = [mark for mark in page.iter("mark") if mark.get("id") == "q3"]
    assert [mark.get("id") for mark in outer.iter("mark")] == ["q3", "q4"]


def test_a_mark_names_its_speaker_and_the_first_one_the_role(exported: tuple[Answer, str]) -> None:
    """As a link to the speaker; what stands there in place of a name is no link."""
    labels = [label for mark in parsed(*exported).iter("mark") if mark.get("id") for label in mark[:1]]
    assert ["".join(label.itertext()).rstrip() for label in labels] == [
        "Jane Roe, the mayor:",
        "Critics:",
        "Jane Roe:",
        "nobody named:",
        "a spokesman:",
        "not speech (scare):",
    ]
    assert [label.get("href") for label in labels] == ["#s1", "#s2", "#s1", None, "#s3", None]


def test_the_article_is_there_word_for_word(exported: tuple[Answer, str]) -> None:
    """Its markup shown, not obeyed; a paragraph an element."""
    answer, text = exported
    page = parsed(answer, text)
    (article,) = page.iter("article")
    assert words(article) == " ".join(text.split())
    assert len(list(article.iter("p"))) == 5
    assert list(article.iter("b")) == []


def test_the_speakers_are_listed_with_what_is_known(exported: tuple[Answer, str]) -> None:
    """And every link leads somewhere."""
    page = parsed(*exported)
    listed = ["".join(item.itertext()) for item in page.iter("li")]
    assert [" ".join(item.split()) for item in listed] == [
        "Jane Roe the mayor person; q1, q3",
        "Critics group; q2",
        "a spokesman unnamed; q5",
    ]
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert {link.get("href", "")[1:] for link in page.iter("a")} <= set(ids)


def test_it_loads_nothing_and_runs_nothing(exported: tuple[Answer, str]) -> None:
    """No script, no style attribute, no address; its own policy says so."""
    page = parsed(*exported)
    (policy,) = [meta for meta in page.iter("meta") if meta.get("http-equiv")]
    assert policy.get("content") == POLICY
    assert not {element.tag for element in page.iter()} & {"script", "link", "img", "iframe", "object", "form"}
    assert not {name for element in page.iter() for name in element.attrib} & {"style", "src", "onclick", "onload"}
    assert "url(" not in "".join(next(page.iter("style")).itertext())


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "</mark></p><h1>x", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}", "&lt;b&gt;"]
)
def test_nothing_of_an_article_becomes_markup(engine: QuoteEngine, exported: tuple[Answer, str], hostile: str) -> None:
    """In the text, an id, a name or a role."""
    text = f"{hostile} “We {hostile} sail,” said Jane Roe."
    answer = engine.extract(Article(text=text, id=hostile))
    (article,) = parsed(answer, text).iter("article")
    assert words(article) == text
    told = exported[0].speakers[0]
    speaker = msgspec.structs.replace(told, name=hostile, role=msgspec.structs.replace(told.role, text=hostile) if told.role else None)
    page = parsed(msgspec.structs.replace(exported[0], id=hostile, speakers=[speaker, *exported[0].speakers[1:]]), exported[1])
    assert {element.tag for element in page.iter()} <= {
        "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "article", "mark", "a", "span", "section", "ul", "li",
        "strong",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("stretches", "expected"),
    [
        ([(0, 10)], ["abc de", "fg"]),
        ([(0, 5), (3, 6)], ["abc d", "d", "e"]),
        ([(0, 6), (0, 6)], ["abc de", "abc de"]),
        ([(0, 6), (4, 6)], ["abc de", "de"]),
        ([(2, 10), (4, 9)], ["c de", "de", "fg", "f"]),
        ([(6, 8)], []),
    ],
)
def test_whatever_the_offsets_are_the_page_is_whole(
    exported: tuple[Answer, str], stretches: list[tuple[int, int]], expected: list[str]
) -> None:
    """Quotes that overlap, that are alike, or that no paragraph holds."""
    text = "abc de\n\nfg"
    page = parsed(with_spans(exported[0], *stretches, text=text), text)
    assert [words for _, _, words in marks(page)] == expected
    assert words(next(page.iter("article"))) == "abc de fg"


def test_more_speakers_than_colours_begin_again(exported: tuple[Answer, str]) -> None:
    """Their names tell them apart."""
    answer, text = exported
    speakers = [msgspec.structs.replace(answer.speakers[0], id=f"s{number}", quotes=[]) for number in range(1, 12)]
    page = parsed(msgspec.structs.replace(answer, speakers=speakers), text)
    assert [item.get("class") for item in page.iter("li")][7:10] == ["c7", "c0", "c1"]


def test_an_article_without_quotes_is_a_page_too(exported: tuple[Answer, str]) -> None:
    """It says that nobody is quoted."""
    answer, text = exported
    page = "".join(parsed(msgspec.structs.replace(answer, quotes=[], speakers=[]), text).itertext())
    assert "Nobody is quoted by name." in page


def test_every_colour_has_a_style() -> None:
    """A class for each, and for nobody."""
    assert {*(f"c{number}" for number in range(COLOURS)), "c-none"} == set(re.findall(r"\.(c\d|c-none)\b", STYLE))


def test_a_paraphrase_is_shown_as_one(engine: QuoteEngine) -> None:
    """In its look and in words; the quoted words in it are not named again, and both count as one."""
    text = "Jane Roe, the mayor, said the pumps were “older than the town”. She said that it would rain."
    page = parsed(engine.extract(Article(text=text, include=["indirect"])), text)
    found = [
        (mark.get("class"), ["".join(label.itertext()) for label in mark if label.get("class") == "who"]) for mark in page.iter("mark")
    ]
    assert found == [
        ("c0 indirect", ["Jane Roe, the mayor (paraphrase): "]),
        ("c0", []),
        ("c0 indirect", ["Jane Roe (paraphrase): "]),
    ]
    assert "1 quote, 1 paraphrase, 1 speaker. Found by" in " ".join("".join(page.itertext()).split())


def test_a_role_that_says_no_more_than_the_name_is_left_out(exported: tuple[Answer, str]) -> None:
    """On the card and beside the quote."""
    answer, text = exported
    jane, *others = answer.speakers
    assert jane.role is not None
    named = msgspec.structs.replace(jane, name="Mayor of Kelby", role=msgspec.structs.replace(jane.role, text="the mayor of Kelby"))
    page = parsed(msgspec.structs.replace(answer, speakers=[named, *others]), text)
    assert [label for label in page.iter("span") if label.get("class") == "role"] == []
    assert " ".join("".join(next(page.iter("li")).itertext()).split()) == "Mayor of Kelby person; q1, q3"


def test_reported_speech_holds_its_fragments(engine: QuoteEngine) -> None:
    """The mark of a fragment stands within the report's, and the article stays word for word."""
    text = "Jane Roe, the mayor, said the pumps were “older than the town” and that nobody had looked at them since May."
    page = parsed(engine.extract(Article(text=text, include=["indirect"])), text)
    (report,) = [mark for mark in page.iter("mark") if mark.get("id") == "q1"]
    assert [mark.get("id") for mark in report.iter("mark")] == ["q1", "q2"]
    assert words(next(page.iter("article"))) == text
