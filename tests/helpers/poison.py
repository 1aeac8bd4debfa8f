"""Poison: texts of any length that no newsroom writes, on each of which some program broke, hung or answered wrongly.

They are generated, not stored; lengths are in code points.
"""

from collections.abc import Callable

ZALGO = "".join(map(chr, range(0x300, 0x370)))
"""Combining marks above, below and through a letter."""
MARKS = "“”‘’„‟‚‛«»‹›\"'`´「」『』〝〞〟＂＇"
"""Quotation marks of every kind."""
BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
"""Characters that change the writing direction."""


def repeated(piece: str) -> Callable[[int], str]:
    """Makes texts that repeat a piece."""
    return lambda length: (piece * (length // len(piece) + 1))[:length]


def nested(length: int) -> str:
    """Quotes nested in quotes and closed again: half of the text opens, half closes."""
    depth = length // 8
    return "“‘a " * depth + "’” " * depth


def one_sentence(length: int) -> str:
    """One long sentence with many speakers."""
    return "“Hi,” said Jane Roe" + repeated(" and “no,” said John Doe")(length - 20) + "."


def long_name(length: int) -> str:
    """A speaker with a name as long as an article."""
    return f"“Hi,” said {repeated('Jane')(length - 40)} Roe, the harbour master."


def long_names(length: int) -> str:
    """A speaker with many names."""
    return f"“Hi,” said {repeated('Jane Anne Lou ')(length - 40)}Roe, the harbour master."


def many_names(length: int) -> str:
    """As many people as fit, each with a quote."""
    letters = "abcdefghij"
    told = []
    while sum(map(len, told[-1:])) + len(told) * 42 < length:
        name = "".join(letters[int(digit)] for digit in str(len(told)))
        told.append(f"“Hi,” said R{name} Q{name}, a diver from {name.title()}. ")
    return "".join(told)[:length]


POISON: dict[str, Callable[[int], str]] = {
    "zalgo": repeated("“" + "".join(f"{letter}{ZALGO}" for letter in "Hi") + ",” said Jane Roe. "),
    "combining marks alone": repeated(ZALGO),
    "one mark": repeated('"'),
    "opening marks": repeated("“"),
    "closing marks": repeated("”"),
    "apostrophes": repeated("’"),
    "marks of every kind": repeated(MARKS),
    "marks of every kind among words": repeated(" word ".join(MARKS)),
    "unpaired marks": repeated("“a said Roe. ‘b ”c »d «e "),
    "paragraphs left open": repeated("“a\n\n"),
    "nested quotes": nested,
    "nested and never closed": repeated("“a ‘b "),
    "one line": repeated("The sea rose and the wall held and "),
    "one sentence": one_sentence,
    "line breaks": repeated("\n"),
    "line breaks around a word": lambda length: f"“Hi,” said Jane Roe.{repeated(chr(10))(length - 40)}“No,” said John Doe.",
    "white space of every kind": lambda length: "a" + repeated("\u2028\u2029\x0b\x0c\x85\u3000\u200b\ufeff\t\r\n ")(length - 1),
    "right to left": repeated("“שלום,” אמר רוא. “مرحبا” قال "),
    "turned directions": repeated("“" + "".join(f"{sign}Hi" for sign in BIDI) + ",” said Jane Roe. "),
    "NULs": repeated("\x00"),
    "NULs among words": repeated("“Hi\x00,” said\x00 Jane Roe\x00. "),
    "controls": repeated("".join(map(chr, [*range(1, 32), 127]))),
    "joined emoji": repeated("👩🏽\u200d🚀👨\u200d👩\u200d👧\u200d👦🏳\ufe0f\u200d🌈"),
    "flags": repeated("🇳🇴"),
    "a family without end": repeated("👩\u200d"),
    "private and unassigned": repeated("\ue000\U000f0000\U0010ffff\ufdd0\uffff\U00030000"),
    "a long name": long_name,
    "many names of one": long_names,
    "many people": many_names,
    "one name": repeated("Roe "),
    "one full name": repeated("Jane Roe "),
    "one title": repeated("Dr. "),
    "he said": repeated("he said "),
    "he said, and again": repeated("“Hi,” he said. "),
    "quotes of a word": repeated("“a” "),
    "quotes of a word with a cue": repeated("“a” he said "),
    "homoglyphs": repeated("“Ηі,” ѕаіd Јаnе Ꭱое, thе hаrbоur mаѕtеr. "),
    "full width": repeated("＂Ｈｉ，＂ ｓａｉｄ Ｊａｎｅ Ｒｏｅ． "),
    "one word": repeated("a"),
    "capitals": repeated("A"),
    "soft hyphens": repeated("a\u00ad"),
    "letters with dots": repeated("A."),
    "digits": repeated("1"),
    "commas": repeated("a, "),
    "and": repeated("Jane Roe and "),
    "appositions": repeated("Jane Roe, the head of the board, "),
    "relative clauses": repeated("the man who saw "),
    "prepositions": repeated("of the board "),
    "possessives": repeated("Roe’s "),
    "hyphens": repeated("a-"),
    "dashes": repeated("— “a” — "),
    "brackets": repeated("((((" + "[[[[" + "{{{{"),
    "dots": repeated("."),
    "ellipses": repeated("… "),
    "colons": repeated("Roe: “a” "),
    "addresses": repeated("https://example.org/a?b=“c”&"),
    "entities": repeated("&quot;&amp;#8220;"),
    "wrongly decoded": repeated("â€œHi,â€\x9d said Jane Roe. "),
    "old encodings": repeated("\x93Hi,\x94 said Jane Roe. "),
    "ligatures": repeated("ﷺﬃ"),
    "decomposed": repeated("“Hi,” said Jane Roe\u0301. "),
}
"""The texts by name."""
