"""Letters: the paragraphs between a salutation (Dear colleagues,) and the writer's signature (Sincerely, Jane Roe, Director)."""

import re
from collections.abc import Sequence

from quoteapi.findings import Chars
from quoteapi.knowledge import entries
from quoteapi.quotes.set_off.parts import Part
from quoteapi.quotes.set_off.signatures import is_dashed, signature_at
from quoteapi.quotes.set_off.signed_paragraphs import is_item

MAX_PARTS = 60
"""Maximum paragraphs of a letter."""
LONGEST_CLOSE = 5
"""Maximum words of a complimentary close."""
_SALUTATION = re.compile(
    r"(?:my )?dear\b[^.?!:;,\n]{1,60}[,:]|to (?:all|our|the|whom|everyone|my)\b[^.?!:;,\n]{1,60}[,:]"
    r"|fellow [^.?!:;,\n]{1,40}[,:]|(?:friends|colleagues|comrades|neighbou?rs|team|all|sirs?|madam|hello|hi)\b[^.?!:;,\n]{0,30}[,:]",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")


def is_salutation(text: str, part: Part) -> bool:
    """Whether a part is the salutation of a letter, on a line of its own."""
    return _SALUTATION.fullmatch(text, part.start, part.end) is not None


def signed_end(text: str, parts: Sequence[Part], first: int, *, limit: int | None = None) -> tuple[int, Chars] | None:
    """Finds the end and the signer of the letter or statement whose body begins with part `first`.

    It ends before its complimentary close, or before a line that begins with a dash and a name; the search stops before part `limit`.

    Returns:
        The index of the part after the body, and the signer's name; None if another text begins before a signature.
    """
    for number in range(first, min(len(parts), limit or len(parts), first + MAX_PARTS)):
        part = parts[number]
        if number == first and (is_item(text[part.start : part.end]) or is_dashed(text, part.start, part.end)):
            return None
        if (signer := _closed(text, parts, number)) is not None:
            return number, signer
        signature = signature_at(text, part.start, part.end) if is_dashed(text, part.start, part.end) else None
        if signature is not None:
            return number, signature.name
        if number > first and opens_another(text, part):
            return None
    return None


def written_end(text: str, parts: Sequence[Part], first: int) -> tuple[int, Chars] | None:
    """Does the same for a letter with a salutation, which may also end with the bare line of a name and a role (Jane Roe, Director)."""
    found = signed_end(text, parts, first)
    if found is not None:
        return found
    for number in range(first + 1, min(len(parts), first + MAX_PARTS)):
        part = parts[number]
        signature = signature_at(text, part.start, part.end)
        if signature is not None and signature.person:
            return number, signature.name
        if opens_another(text, part):
            return None
    return None


def opens_another(text: str, part: Part) -> bool:
    """Whether a part introduces another text."""
    return text[part.end - 1] == ":" or is_salutation(text, part)


def _closed(text: str, parts: Sequence[Part], number: int) -> Chars | None:
    """Returns the name below, or after, the complimentary close in a part."""
    part = parts[number]
    close, comma, behind = text[part.start : part.end].partition(",")
    words = [found[0].lower() for found in _WORD.finditer(close[: LONGEST_CLOSE * 20])]
    if not 0 < len(words) <= LONGEST_CLOSE or not any(word in entries("closes") for word in words) or close[-1] in ".?!:":
        return None
    if behind.strip():
        start = part.start + len(close) + len(comma)
        start += len(text[start : part.end]) - len(text[start : part.end].lstrip())
        signature = signature_at(text, start, part.end)
    elif number + 1 < len(parts):
        below = parts[number + 1]
        signature = signature_at(text, below.start, below.end)
    else:
        signature = None
    return None if signature is None else signature.name
