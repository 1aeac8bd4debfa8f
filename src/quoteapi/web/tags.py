"""Tags: rejects a page whose start tags would take too long to parse, before it is parsed.

The parser compares each attribute of a tag with all before it, so a tag with a hundred thousand takes minutes.
"""

import re
from itertools import islice

from quoteapi.errors import UnreadablePageError

MAX_ATTRIBUTES = 500
"""Maximum attributes of a tag; an article's page has some dozens at most."""

_ATTRIBUTE = r"[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+|(?=>)))?+"
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_TAG = re.compile(rf"<(?:!--|(?P<name>[A-Za-z][^\s/>]*+)(?:[\s/]++|{_ATTRIBUTE})*+)")
_ENDS = {
    "!--": re.compile(r"--!?>"),
    "script": re.compile(r"</script", re.IGNORECASE),
    "style": re.compile(r"</style", re.IGNORECASE),
}
"""The end of each kind of content that contains no tags."""


def check_tags(page: str) -> None:
    """Checks the number of attributes of each tag of a page.

    Raises:
        UnreadablePageError: A tag has more than an article's page needs.
    """
    at = 0
    endless: set[str] = set()
    while (tag := _TAG.search(page, at)) is not None:
        at = tag.end()
        name = "!--" if tag["name"] is None else tag["name"].lower()
        if at - tag.end("name") > 2 * MAX_ATTRIBUTES and tag["name"] is not None:
            attributes = _ATTRIBUTES.finditer(page, tag.end("name"), at)
            if next(islice(attributes, MAX_ATTRIBUTES, None), None) is not None:
                raise UnreadablePageError(UnreadablePageError.TOO_MANY_ATTRIBUTES)
        if name in _ENDS and name not in endless:
            end = _ENDS[name].search(page, at - 2 if name == "!--" else at)  # a comment may end with the dashes that begin it
            if end is None:
                endless.add(name)  # searched for only once: a page may open a million comments
            else:
                at = end.end()
