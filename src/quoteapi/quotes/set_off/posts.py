"""Posts: posts on social networks, if the page gives the account's handle (Jane Roe (@janeroe): …; … — Jane Roe (@janeroe)).

Hashtags, links and other handles inside the words belong to them. The source of a repost (RT @janeroe: …) is its first author.
"""

import re
from collections.abc import Iterator, Sequence

from quoteapi.findings import Chars
from quoteapi.knowledge import entries
from quoteapi.quotes.set_off.parts import Part
from quoteapi.quotes.set_off.signatures import signature_at
from quoteapi.quotes.set_off.structs import SetOffText
from quoteapi.text.paragraphs import trimmed

HANDLE = r"(?<![\w@/.])@\w(?:[\w.-]{0,60}\w)?(?:@\w[\w.-]{0,60}\w)?"
_HANDLE = re.compile(HANDLE)
_HEAD_REACH = 90
"""Maximum characters from the start of a head to its handle."""
MAX_LINES = 40
"""Maximum lines of a post."""
_COLON = re.compile(r"\)?(?P<between>[^:\n]{0,60}):(?=\s|$)")
_DATED = re.compile(r"\)?\s{0,3}[·•|]\s{0,3}[\w.,: ]{1,40}$")
_SIGNED = re.compile(rf"(?:—|–|―|--)[ \t]?(?P<name>[^—–―()\n]{{2,60}}?)[ \t]\((?P<handle>{HANDLE})\)(?P<date>[\w,.: ·]{{0,40}})$")
_ACCOUNTS = (" account", " handle", " user")
_AGAIN = re.compile(rf"\bRT[ \t]+(?P<handle>{HANDLE}):?[ \t]+")
_COUNTS = re.compile(
    r"(?:\d[\d.,]*[KkMm]?[ \t]+(?:[A-Z][a-z]+[ \t·,|]*){1,2}){1,6}|\d{1,2}:\d\d[ \t]*[AaPp]\.?[Mm]\b.{0,60}|Replying to @.{1,80}"
)
"""Lines of a post's frame: its counts of likes, its time, whom it answers."""


def posts(text: str, parts: Sequence[Part]) -> list[SetOffText]:
    """Returns the posts of a text in reading order; the span of a post between marks includes the marks."""
    found: list[SetOffText] = []
    number = free = 0
    while "@" in text and number < len(parts):
        part = parts[number]
        head = _head(text, part)
        signed = _SIGNED.search(text, part.start, part.end)
        if head is not None:
            owner, inline = head
            spans, number = ([inline], number + 1) if inline is not None else _below(text, parts, number + 1)
            found += _first_hands(text, spans, owner)
            free = number
        elif (card := _card(text, parts, number)) is not None:
            owner, spans, number = card
            found += _first_hands(text, spans, owner)
            free = number
        elif signed is not None and (source := _signer(text, signed)) is not None:
            before = part.start, signed.start()
            spans = [before] if text[slice(*before)].strip() else _above(text, parts, number, free)
            found += _first_hands(text, spans, source)
            number = free = number + 1
        else:
            again = _AGAIN.match(text, part.start, part.end)
            found += _first_hands(text, [(part.start, part.end)], None) if again else []
            number += 1
    return found


def _head(text: str, part: Part) -> tuple[Chars, Chars | None] | None:
    """Returns the source and the words of the post that a part opens; None for words that stand below."""
    handle = _HANDLE.search(text, part.start, min(part.end, part.start + _HEAD_REACH))
    if handle is None:
        return None
    source = _owner(text, part.start, handle)
    if source is None:
        return None
    if _DATED.match(text, handle.end(), part.end):
        return source, None
    colon = _COLON.match(text, handle.end(), part.end)
    if colon is None or not _leads(colon["between"]):
        return None
    words = _trimmed(text, colon.end(), part.end)
    return source, words


def _card(text: str, parts: Sequence[Part], number: int) -> tuple[Chars, list[Chars], int] | None:
    """Returns a post in the layout of a network: a name, a handle alone below it, the words, and a line of counts or its time, all close.

    Only that last line distinguishes it from a byline with a handle.
    """
    part = parts[number]
    if not part.close or _HANDLE.fullmatch(text, part.start, part.end) is None:
        return None
    name = signature_at(text, parts[number - 1].start, parts[number - 1].end)
    spans, end = _below(text, parts, number + 1)
    framed = end < len(parts) and parts[end].close and _COUNTS.fullmatch(text, parts[end].start, parts[end].end) is not None
    return (name.name, spans, end) if name is not None and framed and parts[number + 1].close else None


def _owner(text: str, start: int, handle: re.Match[str]) -> Chars | None:
    """Returns the words that name an account's owner: the name right before its handle, else the handle; None if other words precede."""
    end = handle.start()
    while end > start and not text[end - 1].isalnum() and text[end - 1] != ".":
        end -= 1
    if end == start or text[start:end].lower().endswith(_ACCOUNTS):
        return handle.span()
    name = signature_at(text, start, end)
    return None if name is None or text[start:end].lower().startswith("by ") else name.name


def _leads(between: str) -> bool:
    """Whether the words between a handle and a colon introduce the post: none, a time, or a reporting verb."""
    words = between.strip(" \t),").lower().split()
    return not words or words[0] in {"·", "•", "|"} or words[0] in entries("reporting_forms")


def _signer(text: str, signed: re.Match[str]) -> Chars | None:
    signature = signature_at(text, *signed.span("name"))
    return None if signature is None else signature.name


def _below(text: str, parts: Sequence[Part], first: int) -> tuple[list[Chars], int]:
    """Returns the words below the head of a post, up to an empty line or the post's frame, and the index of the part after them."""
    spans: list[Chars] = []
    number = first
    while number < min(len(parts), first + MAX_LINES):
        part = parts[number]
        frame = _COUNTS.fullmatch(text, part.start, part.end) is not None
        if (spans and (frame or not part.close)) or _head(text, part) is not None:
            break
        if not frame:
            spans.append((part.start, part.end))
        number += 1
    return spans, number


def _above(text: str, parts: Sequence[Part], number: int, free: int) -> list[Chars]:
    """Returns the words above the signature of a post: up to an empty line, at least one paragraph, but none before part `free`."""
    first = number - 1
    while first > free and parts[first].close:
        first -= 1
    return [(part.start, part.end) for part in parts[max(free, first) : number] if not _COUNTS.fullmatch(text, part.start, part.end)]


def _first_hands(text: str, spans: Sequence[Chars], source: Chars | None) -> Iterator[SetOffText]:
    """Yields the words of a post as its source's, and those after RT as the reposted account's."""
    own: list[Chars] = []
    for start, end in spans:
        place = start
        for again in _AGAIN.finditer(text, start, end):
            if (words := _trimmed(text, place, again.start())) is not None:
                own.append(words)
            yield from _post(own, source)
            own, source, place = [], again.span("handle"), again.end()
        if (words := _trimmed(text, place, end)) is not None:
            own.append(words)
    yield from _post(own, source)


def _post(spans: Sequence[Chars], source: Chars | None) -> Iterator[SetOffText]:
    if spans and source is not None:
        yield SetOffText(tuple(spans), "post", source)


def _trimmed(text: str, start: int, end: int) -> Chars | None:
    """Returns a span without white space at its edges; None if it contains no word."""
    return trimmed(text, start, end) if any(map(str.isalnum, text[start:end])) else None
