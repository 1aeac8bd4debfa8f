"""Costs: estimates of the work that reading an article will take, in characters of plain news.

An article that is still encoded is not decoded for this: its bytes are counted, and the quotation marks in them, escaped or not.
"""

import re

from quoteapi.request import Sent
from quoteapi.structs import Article

_MARKS = '“”„«»"'
"""Double quotation marks; single ones are mostly apostrophes."""
_MARK = 40
"""Cost of a quotation mark, in characters: 2,300 characters with 240 marks take five times as long as ordinary news of that length."""
_INDIRECT = 6
"""Factor by which extracting reported speech prolongs the reading of an article without quotation marks."""
_LOOKED_AT = 1 << 20
"""Bytes of a body in which quotation marks are counted: more than the longest article has, and quickly scanned."""
_IN_JSON = re.compile(rb"\\u(?:201[cCdDeE]|00[aAbB][bB]|0022)")
"""A double quotation mark as a JSON escape sequence."""
_IN_HTML = re.compile(rb"&(?:[lrb]dquo|[lr]aquo|quot);")
"""A double quotation mark as an HTML character reference."""


def length_of(article: Article | Sent) -> int:
    """Return an article's length in characters; in bytes, which are no fewer, if it is still encoded."""
    return len(article.body) if isinstance(article, Sent) else len(article.text)


def cost_of(article: Article | Sent) -> int:
    """Estimate the work of reading an article; at least 1."""
    if isinstance(article, Sent):
        indirect, marks = _sees_indirect(article), _marks_in(article)
    else:
        indirect, marks = "indirect" in article.include, sum(article.text.count(mark) for mark in _MARKS)
    return max(1, length_of(article) * (_INDIRECT if indirect else 1) + _MARK * marks)


def _sees_indirect(sent: Sent) -> bool:
    """Whether reported speech is requested. In a JSON body, an article's text cannot contain the word in unescaped quotation marks."""
    return sent.media_type == "application/json" and b'"indirect"' in sent.body


def _marks_in(sent: Sent) -> int:
    """Count the quotation marks in the first bytes, except those that belong to the syntax of JSON or HTML."""
    body = sent.body[:_LOOKED_AT]
    json, html = sent.media_type == "application/json", sent.media_type == "text/html"
    straight = b'\\"' if json else b'"'
    count = sum(body.count(mark.encode()) for mark in _MARKS if mark != '"') + body.count(straight)
    if json:
        count += sum(1 for _ in _IN_JSON.finditer(body))
    if html or (json and b'"html"' in body):
        count += sum(1 for _ in _IN_HTML.finditer(body)) - 2 * body.count(b"=" + straight)  # two delimit an attribute's value
    return max(0, count)
