"""The page: from a stretch of its text to the element that holds it."""

import pytest
from lxml import html

from quoteapi.web import Page, read_page


@pytest.fixture(scope="module")
def page(article_page: str) -> Page:
    """The article's page, read."""
    return read_page(article_page)


@pytest.mark.parametrize(
    ("words", "tag"),
    [
        (["We have the money,"], "p"),
        (["as soon as the ice is gone"], "q"),
        (["broke in January"], "p"),
        (["January"], "b"),
        (["Nobody told the ferry company"], "blockquote"),
        (["We asked for nothing", "Now we shall have one"], "blockquote"),
        (["Tom Hart"], "cite"),
        (["Buses replace it"], "p"),
        (["Pier to be rebuilt", "4.2 million"], "article"),
    ],
)
def test_a_path_leads_to_the_smallest_element_that_holds_all(page: Page, article_page: str, words: list[str], tag: str) -> None:
    """In the page as it was sent, with lxml's own parser."""
    path = page.path([(page.text.index(each), page.text.index(each) + len(each)) for each in words])
    assert path is not None
    (element,) = html.document_fromstring(article_page).xpath(path)
    assert element.tag == tag
    held = " ".join(element.text_content().replace("\n", " ").split(" "))
    assert all(each in " ".join(held.split()) for each in words)


def test_every_line_has_its_way_back(article_page: str, page: Page) -> None:
    """Each is of one element, whose words it has."""
    root = html.document_fromstring(article_page)
    for line in page.lines:
        path = page.path([(line.start, line.end)])
        assert path is not None
        assert "".join(page.text[line.start : line.end].split()) in "".join(root.xpath(path)[0].text_content().split())


def test_what_stands_too_deep_has_no_path() -> None:
    """Three hundred elements down, a path is longer than what it leads to."""
    page = read_page("<div>" * 300 + "<p>The wall held, the harbour master said on Tuesday, and nobody was hurt.</p>")
    assert page.path([(0, 8)]) is None


def test_an_element_with_a_prefix_is_passed_over() -> None:
    """Word processors write <o:p>, which no XPath finds without more ado."""
    page = read_page("<html><body><p><o:p>The wall held, said the harbour master on Tuesday, and nobody was hurt.</o:p></p></body></html>")
    assert page.path([(0, 8)]) == "/html/body/p"
