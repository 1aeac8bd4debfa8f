"""Tags: what a page's bytes may cost to be parsed at all, told from its start tags before they are.

The parser compares each attribute of a tag with all before it, so that a tag of a hundred thousand keeps it for minutes.
"""

import re
from itertools import islice

from quoteapi.errors import UnreadablePageError

MOST_ATTRIBUTES = 500
"""Attributes of a tag: an article's has some dozens at most."""

_ATTRIBUTE = r"[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+|(?=>)))?+"
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_TAG = re.compile(rf"<(?:!--|(?P<name>[A-Za-z][^\s/>]*+)(?:[\s/]++|{_ATTRIBUTE})*+)")
_ENDS = {
    "!--": re.compile(r"--!?>"),
    "script": re.compile(r"</script", re.IGNORECASE),
    "style": re.compile(r"</style", re.IGNORECASE),
}
"""What ends a stretch that holds no tags."""


def check_tags(page: str) -> None:
    """Return where each tag of a page has as many attributes as an article's may.

    Raises:
        UnreadablePageError: One has more.
    """
    at = 0
    endless: set[str] = set()
    while (tag := _TAG.search(page, at)) is not None:
        at = tag.end()
        name = "!--" if tag["name"] is None else tag["name"].lower()
        if at - tag.end("name") > 2 * MOST_ATTRIBUTES and tag["name"] is not None:
            attributes = _ATTRIBUTES.finditer(page, tag.end("name"), at)
            if next(islice(attributes, MOST_ATTRIBUTES, None), None) is not None:
                raise UnreadablePageError(UnreadablePageError.TOO_MANY_ATTRIBUTES)
        if name in _ENDS and name not in endless:
            end = _ENDS[name].search(page, at - 2 if name == "!--" else at)  # a comment may end with the dashes that begin it
            if end is None:
                endless.add(name)  # it is looked for once: a page may begin a million comments
            else:
                at = end.end()
