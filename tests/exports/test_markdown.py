"""Markdown: read by a parser, it says what the answer says."""

from itertools import pairwise

import msgspec
import pytest
from markdown_it import MarkdownIt

from quoteapi.exports.markdown import as_markdown
from quoteapi.structs import Answer


def lines(answer: Answer, text: str) -> list[tuple[str, str]]:
    """Each heading, item and paragraph as its tag and the words that a reader sees."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(as_markdown(answer, text).decode())
    found = []
    for before, token in pairwise(tokens):
        if token.type == "inline":
            tag = "li" if before.hidden else before.tag
            found.append((tag, "".join(child.content for child in token.children or [])))
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


def test_line_breaks_are_folded(exported: tuple[Answer, str]) -> None:
    """A quote is an item, however its article was set."""
    answer, article = exported
    changed = msgspec.structs.replace(answer, quotes=[msgspec.structs.replace(answer.quotes[0], text="One\n\n# Two")])
    assert "- “One \\# Two” (87%)\n" in as_markdown(changed, article).decode()


def test_an_answer_without_quotes_says_so(exported: tuple[Answer, str]) -> None:
    """In words."""
    answer, article = exported
    assert lines(msgspec.structs.replace(answer, quotes=[], speakers=[]), article)[1:] == [("p", "No quotes.")]
