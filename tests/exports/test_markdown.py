"""Markdown: read by a parser, it says what the answer says."""

from itertools import pairwise

import msgspec
import pytest
from markdown_it import MarkdownIt

from quoteapi.exports.markdown import as_markdown
from quoteapi.structs import Answer


def lines(answer: Answer, text: str) -> list[tuple[str, str]]:
    """Each heading, item and paragraph as its tag and the words that a reader sees."""
    tokens = MarkdownIt("gfm-like").parse(as_markdown(answer, text).decode())
    found = []
    for before, token in pairwise(tokens):
        if token.type == "inline":
            tag = "li" if before.hidden else before.tag
            children = token.children or []
            assert [child.type for child in children if "link" in child.type] == []
            found.append((tag, "".join(child.content for child in children)))
    return found


def test_quotes_stand_under_their_speakers(exported: tuple[Answer, str]) -> None:
    """With roles; kinds other than direct are told; what nobody says comes last."""
    assert lines(*exported) == [
        ("h1", "Quotes: https://example.org/news/1"),
        ("h2", "Jane Roe"),
        ("p", "the mayor"),
        ("li", "“It will, take years.” (87%)"),
        ("li", "“He told me, ‘We are done,’ and left,” (87%)"),
        ("h2", "Critics"),
        ("li", "“=HYPERLINK(1)” (mixed, 87%)"),
        ("h2", "a spokesman"),
        ("li", "“First paragraph. Second paragraph,” (87%)"),
        ("h2", "Nobody named"),
        ("li", "“We are done,” (87%)"),
        ("li", "“so-called” (other: scare, 87%)"),
    ]


def test_a_paraphrase_stands_behind_its_cue_and_without_marks(exported: tuple[Answer, str]) -> None:
    """Nobody said exactly that."""
    answer, article = exported
    paraphrase = msgspec.structs.replace(answer.quotes[0], kind="indirect", text="that it would take years")
    found = lines(msgspec.structs.replace(answer, quotes=[paraphrase]), article)
    assert ("li", "said: that it would take years (paraphrase, 87%)") in found


@pytest.mark.parametrize(
    "text",
    [
        "*bold* _it_ `code` ~~gone~~",
        "[link](https://example.org) ![image](x)",
        "<script>alert(1)</script> <https://example.org>",
        "&amp; &#42; a\\*b",
        "# no heading #",
        "1. no list - no list | no table",
        "a $x$ b",
        "https://example.org/a_b?c=d HTTP://example.org ftp://example.org",
        "www.example.org example.org/a Example.ORG",
        "jane.roe@example.org mailto:jane@example.org @janeroe @example/team",
        "octo/cat#12 GH-12",
    ],
)
def test_every_character_is_shown_as_it_is(exported: tuple[Answer, str], text: str) -> None:
    """In a quote and in a name."""
    answer, article = exported
    changed = msgspec.structs.replace(
        answer,
        id=None,
        quotes=[msgspec.structs.replace(answer.quotes[0], text=text)],
        speakers=[msgspec.structs.replace(answer.speakers[0], name=text, role=None)],
    )
    assert lines(changed, article) == [("h1", "Quotes"), ("h2", text), ("li", f"“{text}” (87%)")]


def test_whom_an_article_mentions_is_not_called(exported: tuple[Answer, str]) -> None:
    """A parser alone does not know who would be told; no mark that calls somebody stands unescaped."""
    answer, article = exported
    changed = msgspec.structs.replace(answer, quotes=[msgspec.structs.replace(answer.quotes[0], text="Ask @janeroe, see #12 and GH-12")])
    assert r"Ask \@janeroe, see \#12 and GH\-12" in as_markdown(changed, article).decode()


def test_figures_and_times_stay_readable(exported: tuple[Answer, str]) -> None:
    """Full stops and colons that make no address."""
    answer, article = exported
    words = "At 10:30 it rose by 3.5 percent. Roe: We won."
    changed = msgspec.structs.replace(answer, quotes=[msgspec.structs.replace(answer.quotes[0], text=words)])
    assert words in as_markdown(changed, article).decode()


def test_line_breaks_are_folded(exported: tuple[Answer, str]) -> None:
    """A quote is an item, however its article was set."""
    answer, article = exported
    changed = msgspec.structs.replace(answer, quotes=[msgspec.structs.replace(answer.quotes[0], text="One\n\n# Two")])
    assert "- “One \\# Two” (87%)\n" in as_markdown(changed, article).decode()


def test_an_answer_without_quotes_says_so(exported: tuple[Answer, str]) -> None:
    """In words."""
    answer, article = exported
    assert lines(msgspec.structs.replace(answer, quotes=[], speakers=[]), article)[1:] == [("p", "No quotes.")]
