"""Mojibake: characters whose UTF-8 bytes somebody read in another encoding.

Windows-1252 or Latin-1 (â€œ for “, Ã© for é), once or twice over, or that of an old Macintosh (‚Äú) or of a DOS terminal (ΓÇ£).
Only forms that no one writes on purpose are known: punctuation, spaces and the Latin letters of names, each generated from its code
point. ftfy repairs more, but it does not say which characters became which.
"""

import unicodedata

LEADS = "ÂÃÄÅâ‚√Γ"
"""What the first bytes of the repaired characters are misread as."""

_TARGETS = (*range(0xA0, 0x180), *range(0x2010, 0x2027), *range(0x2030, 0x203B), 0x20AC, 0x2122)
"""Latin-1 and Latin Extended-A; dashes, quotation marks, dots, ellipsis; per mille, primes, angle marks; euro, trade mark."""


def _windows(data: bytes) -> str:
    """Reads bytes as browsers read Windows-1252: the five bytes that it leaves open stand for themselves."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)


def _misreadings(character: str) -> set[str]:
    """The forms that a character takes when its bytes are misread, once or twice."""
    once = {_windows(character.encode()), character.encode().decode("latin-1")}
    twice = {_windows(form.encode()) for form in once} | {form.encode().decode("latin-1") for form in once}
    return once | twice | ({_folded(form) for form in once | twice} if character.isalpha() else set())


def _folded(form: str) -> str:
    """A form whose compatibility characters some feed folded after the damage was done (1⁄4 for ¼)."""
    return unicodedata.normalize("NFKC", form)


def _is_safe(form: str) -> bool:
    """Whether nobody writes the form on purpose: it holds a sign that belongs neither in a word nor on an English keyboard."""
    return len(form) > 1 and form[0] in LEADS and any(not sign.isascii() and not sign.isalpha() for sign in form[1:])


REPAIRS: dict[str, str] = {form: chr(code) for code in reversed(_TARGETS) for form in _misreadings(chr(code)) if _is_safe(form)}
"""Misread form → the character that was meant."""
# The last byte of a closing mark is none of Windows-1252's: many programs lose it.
REPAIRS[_windows("”".encode()[:2])] = "”"
REPAIRS[_windows(_windows("”".encode()[:2]).encode())] = REPAIRS[_windows(_windows("”".encode()[:2]).encode()) + "Â"] = "”"
# Nobody writes ‚Ä or ΓÇ; of the letters of names, only what begins with √ is told from what somebody may write.
REPAIRS |= {chr(code).encode().decode("mac_roman"): chr(code) for code in (*range(0xC0, 0x100), *range(0x2010, 0x2027))}
REPAIRS |= {chr(code).encode().decode("cp437"): chr(code) for code in range(0x2010, 0x2027)}
