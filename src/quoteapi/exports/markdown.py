"""Markdown: the quotes under their speakers, for a desk's notes."""

import re
from collections.abc import Sequence

from msgspec import UNSET

from quoteapi.exports.beside import role_beside
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
"""What means something inside a line, in CommonMark or in the dialects that make links of addresses and mentions."""


def as_markdown(answer: Answer, text: str) -> bytes:  # noqa: ARG001  every form has the text, this one needs none
    """A heading a speaker with the role and the quotes below; what has no speaker comes last."""
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
    """An item a quote, and an empty line behind."""
    return [*map(_item, quotes), ""]


def _item(quote: Quote) -> str:
    """A quote's words, its kind where it is no plain direct speech, and how sure its speaker is, never rounded up to certainty.

    A paraphrase stands behind its cue, and never between quotation marks.
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
    """Words on one line, each character of them shown as it is."""
    return _SPECIAL.sub(r"\\\g<0>", " ".join(words.split()))
