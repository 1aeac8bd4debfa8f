"""Costs: how much work an article is likely to be, estimated before it is read, in characters of plain news.

What is still as it was sent is not decoded for that: its bytes are counted, and the marks among them as they may be written.
"""

import re

from quoteapi.request import Sent
from quoteapi.structs import Article

_MARKS = '“”„«»"'
"""Double quotation marks; single ones are mostly apostrophes."""
_MARK = 40
"""Characters that a mark costs: 2,300 characters with 240 marks take five times as long as the same length of ordinary news."""
_INDIRECT = 6
"""How many times as long reported speech makes an article without marks take."""
_LOOKED_AT = 1 << 20
"""Bytes of a body whose marks are counted: more than the longest article has, and no more than a moment's work."""
_IN_JSON = re.compile(rb"\\u(?:201[cCdDeE]|00[aAbB][bB]|0022)")
"""A double quotation mark that JSON escapes."""
_IN_HTML = re.compile(rb"&(?:[lrb]dquo|[lr]aquo|quot);")
"""One that HTML does."""


def length_of(article: Article | Sent) -> int:
    """Characters of an article; of one that is still as it was sent, its bytes, which are no fewer."""
    return len(article.body) if isinstance(article, Sent) else len(article.text)


def cost_of(article: Article | Sent) -> int:
    """The work that an article is likely to be; at least 1."""
    if isinstance(article, Sent):
        indirect, marks = _sees_indirect(article), _marks_in(article)
    else:
        indirect, marks = "indirect" in article.include, sum(article.text.count(mark) for mark in _MARKS)
    return max(1, length_of(article) * (_INDIRECT if indirect else 1) + _MARK * marks)


def _sees_indirect(sent: Sent) -> bool:
    """Whether reported speech is asked for; in JSON, no text of an article can hold the word between marks that are not escaped."""
    return sent.media_type == "application/json" and b'"indirect"' in sent.body


def _marks_in(sent: Sent) -> int:
    """Marks among the first bytes; not those that JSON and HTML need for themselves."""
    body = sent.body[:_LOOKED_AT]
    json, html = sent.media_type == "application/json", sent.media_type == "text/html"
    straight = b'\\"' if json else b'"'
    count = sum(body.count(mark.encode()) for mark in _MARKS if mark != '"') + body.count(straight)
    if json:
        count += sum(1 for _ in _IN_JSON.finditer(body))
    if html or (json and b'"html"' in body):
        count += sum(1 for _ in _IN_HTML.finditer(body)) - 2 * body.count(b"=" + straight)  # an attribute's value has two
    return max(0, count)
