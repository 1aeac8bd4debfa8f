"""Markdown: the quotes under their speakers, for an editor's notes."""

import re
from collections.abc import Sequence

from msgspec import UNSET

from quoteapi.exports.display import role_beside
from quoteapi.structs import Answer, Quote

_SPECIAL = re.compile(
    r"""
    [\\`*_\[\]<>&~|\#$@]
    | (?<=\w) : (?=//|[^\s:]+\\?@)   # https://example.org, mailto:jane@example.org
    | (?<=\w) \. (?=[^\W\d_]{2})    # example.org, www.example.org
    | (?<=\bGH) - (?=\d)             # an issue of GitHub
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Characters with a meaning inside a line, in CommonMark or in dialects that turn addresses and mentions into links."""


def as_markdown(answer: Answer, text: str) -> bytes:  # noqa: ARG001  every form gets the text, this one needs none
    """A heading per speaker, with the role and the quotes below it; quotes without a speaker come last."""
    lines = ["# Quotes" if answer.id is None else f"# Quotes: {_escaped(answer.id)}", ""]
    for speaker in answer.speakers:
        lines += [f"## {_escaped(speaker.name)}", ""]
        if (role := role_beside(speaker.name, speaker.role)) is not None:
            lines += [f"*{_escaped(role)}*", ""]
        lines += _listed([quote for quote in answer.quotes if quote.speaker is not None and quote.speaker.id == speaker.id])
    if nobodys := [quote for quote in answer.quotes if quote.speaker is None]:
        lines += ["## Nobody named", "", *_listed(nobodys)]
    if not answer.quotes:
        lines += ["No quotes.", ""]
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def _listed(quotes: Sequence[Quote]) -> list[str]:
    """A list item per quote, and a blank line at the end."""
    return [*map(_item, quotes), ""]


def _item(quote: Quote) -> str:
    """The text of a quote, its kind unless it is plain direct speech, and the confidence in its speaker, never rounded up to 100%.

    A paraphrase follows its cue, and never stands between quotation marks.
    """
    sure = f"{int(quote.confidence * 100)}%"
    stance = "" if quote.stance == "affirms" else f"{quote.stance}, "
    if quote.kind == "indirect":
        cue = "" if quote.cue is None else f"{_escaped(quote.cue.text)}: "
        return f"- {cue}{_escaped(quote.text)} (paraphrase, {stance}{sure})"
    reason = "" if quote.reason is UNSET else f": {quote.reason}"
    kind = "" if quote.kind == "direct" else f"{quote.kind}{reason}, {stance}"
    return f"- “{_escaped(quote.text)}” ({kind}{sure})"


def _escaped(words: str) -> str:
    """The text on one line, escaped so that each character is shown as it is."""
    return _SPECIAL.sub(r"\\\g<0>", " ".join(words.split()))
