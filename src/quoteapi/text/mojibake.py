"""Mojibake: characters whose UTF-8 bytes were decoded with another encoding.

The encodings are Windows-1252 and Latin-1 (â€œ for “, Ã© for é), once or twice over, Mac Roman (‚Äú) and that of DOS terminals (ΓÇ£). The
table has only forms that nobody writes on purpose: of punctuation, spaces and the Latin letters of names, each generated from its code
point. ftfy repairs more, but does not report which characters became which.
"""

import unicodedata

LEADS = "ÂÃÄÅâ‚√Γ"
"""What the first bytes of the repaired characters turn into."""

_TARGETS = (*range(0xA0, 0x180), *range(0x2010, 0x2027), *range(0x2030, 0x203B), 0x20AC, 0x2122)
"""Latin-1 and Latin Extended-A; dashes, quotation marks, dots, ellipsis; per mille, primes, angle marks; euro, trade mark."""


def _windows(data: bytes) -> str:
    """Decodes Windows-1252 as browsers do: its five undefined bytes stand for themselves."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)


def _misreadings(character: str) -> set[str]:
    """Returns the forms that a character takes if its bytes are misread, once or twice."""
    once = {_windows(character.encode()), character.encode().decode("latin-1")}
    twice = {_windows(form.encode()) for form in once} | {form.encode().decode("latin-1") for form in once}
    return once | twice | ({_folded(form) for form in once | twice} if character.isalpha() else set())


def _folded(form: str) -> str:
    """Folds compatibility characters, as some feeds do after the damage (1⁄4 for ¼)."""
    return unicodedata.normalize("NFKC", form)


def _is_safe(form: str) -> bool:
    """Whether nobody writes a form on purpose: it has a character that belongs neither in a word nor on an English keyboard."""
    return len(form) > 1 and form[0] in LEADS and any(not sign.isascii() and not sign.isalpha() for sign in form[1:])


REPAIRS: dict[str, str] = {form: chr(code) for code in reversed(_TARGETS) for form in _misreadings(chr(code)) if _is_safe(form)}
"""Maps a misread form to the intended character."""
# The last byte of a closing mark is undefined in Windows-1252, and many programs lose it.
REPAIRS[_windows("”".encode()[:2])] = "”"
REPAIRS[_windows(_windows("”".encode()[:2]).encode())] = REPAIRS[_windows(_windows("”".encode()[:2]).encode()) + "Â"] = "”"
# Nobody writes ‚Ä or ΓÇ. Of the letters of names, only the forms that begin with √ differ from what somebody may write.
REPAIRS |= {chr(code).encode().decode("mac_roman"): chr(code) for code in (*range(0xC0, 0x100), *range(0x2010, 0x2027))}
REPAIRS |= {chr(code).encode().decode("cp437"): chr(code) for code in range(0x2010, 0x2027)}
