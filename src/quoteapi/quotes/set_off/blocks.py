"""Blocks: paragraphs that a page sets off as someone's words: after a colon, indented, or after the `>` of Markdown and mail.

After a colon, one paragraph is quoted; more only if spacing, indentation, a prefix, a salutation or a signature shows how far the words
extend.
"""

from collections.abc import Sequence

from quoteapi.findings import Chars
from quoteapi.quotes.set_off.letters import is_salutation, signed_end, written_end
from quoteapi.quotes.set_off.parts import Part
from quoteapi.quotes.set_off.signed_paragraphs import CLOSING, Marked, is_quotable
from quoteapi.quotes.set_off.structs import SetOffText


def blocks(text: str, parts: Sequence[Part], marked: Marked) -> list[SetOffText]:
    """Returns the blocks of a text in reading order.

    Statements and letters belong to their signer; for other blocks, the sentence before the colon must name the source. Paragraphs between
    marks are left to these.
    """
    found: list[SetOffText] = []
    number = 0
    while number < len(parts):
        part = parts[number]
        end = number + 1
        if part.quoted and (number == 0 or not parts[number - 1].quoted):
            end, one = _prefixed(text, parts, number)
        elif is_salutation(text, part):
            one = _letter(text, parts, number, colon=None)
            end = end if one is None else _behind(parts, number, one)
        elif text[part.end - 1] == ":" and end < len(parts):
            one = _below(text, parts, number)
            end = end if one is None else _behind(parts, number, one)
        else:
            one = None
        if one is not None and not is_marked(text, one, marked):
            found.append(one)
        number = end
    return found


def is_marked(text: str, one: SetOffText, marked: Marked) -> bool:
    """Whether a block is quoted by marks already: all of it or, if only a colon sets it off, the beginning of one of its paragraphs."""
    opened = [marked(start) for start, _ in one.spans]
    return any(opened) if one.plain else opened[0] and text[one.spans[-1][1] - 1] in CLOSING


def _below(text: str, parts: Sequence[Part], number: int) -> SetOffText | None:
    """Returns the block below a part that ends with a colon, except one with prefixes, which is found separately."""
    colon, first = parts[number].end - 1, number + 1
    if parts[first].quoted:
        return None
    if is_salutation(text, parts[first]):
        return _letter(text, parts, first, colon=colon)
    indent = parts[number].indent
    end = first
    while end < len(parts) and parts[end].indent > indent and not parts[end].quoted:
        end += 1
    if end > first and is_quotable(text, parts[end - 1].start, parts[end - 1].end):
        return SetOffText(_unwrapped(parts[first:end]), "block", None, colon)
    signed = signed_end(text, parts, first)
    if signed is not None and signed[0] > first:
        return SetOffText(_spans(parts[first : signed[0]]), "signed", signed[1], colon)
    if not is_quotable(text, parts[first].start, parts[first].end):
        return None
    end = first + 1
    # After an empty line below the colon, the lines that follow each other closely are one block.
    while not parts[first].close and end < len(parts) and parts[end].close and is_quotable(text, parts[end].start, parts[end].end):
        end += 1
    return SetOffText(_spans(parts[first:end]), "block", None, colon, plain=True)


def _letter(text: str, parts: Sequence[Part], number: int, *, colon: int | None) -> SetOffText | None:
    """Returns the letter that a salutation opens; if nobody signs it, only its first paragraph, and only after a colon."""
    signed = written_end(text, parts, number + 1)
    if signed is not None and signed[0] > number + 1:
        return SetOffText(_spans(parts[number + 1 : signed[0]]), "signed", signed[1])
    if colon is None or number + 1 == len(parts):
        return None
    return SetOffText(_spans(parts[number + 1 : number + 2]), "block", None, colon, plain=True)


def _prefixed(text: str, parts: Sequence[Part], first: int) -> tuple[int, SetOffText | None]:
    """Returns the index of the part after the lines that begin with `>`, and their block; its last line or the next one may sign it."""
    end = first
    while end < len(parts) and parts[end].quoted:
        end += 1
    colon = parts[first - 1].end - 1 if first and text[parts[first - 1].end - 1] == ":" else None
    signed = signed_end(text, parts, first, limit=end + 1)
    if signed is not None and signed[0] > first:
        return end, SetOffText(_spans(parts[first : signed[0]]), "signed", signed[1], colon)
    return end, SetOffText(_spans(parts[first:end]), "block", None, colon)


def _spans(parts: Sequence[Part]) -> tuple[Chars, ...]:
    return tuple((part.start, part.end) for part in parts)


def _unwrapped(parts: Sequence[Part]) -> tuple[Chars, ...]:
    """Returns the spans of an indented block: adjacent lines form one paragraph, which was broken at a column."""
    spans: list[Chars] = []
    for part in parts:
        spans[-1:] = [(spans[-1][0], part.end)] if spans and part.close else [*spans[-1:], (part.start, part.end)]
    return tuple(spans)


def _behind(parts: Sequence[Part], first: int, one: SetOffText) -> int:
    """Returns the index of the part after a block that begins after part `first`."""
    return next((n for n in range(first, len(parts)) if parts[n].start >= one.spans[-1][1]), len(parts))
