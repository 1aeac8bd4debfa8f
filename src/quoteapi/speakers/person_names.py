"""Names of persons: their parts, whether two names can belong to one person, and how they are displayed.

Names are compared by folded words: lower case, no accents, no periods, and without titles, suffix (Jr., III) and possessive 's.
"""

import re
from collections.abc import Sequence

from msgspec import Struct

from quoteapi.document.name_parts import is_given_name, unaccented
from quoteapi.knowledge import entries, meanings
from quoteapi.speakers.spellings import is_spelling, same_word

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
LETTERS_AFTER = frozenset(
    {"mp", "mep", "msp", "mla", "md", "phd", "qc", "kc", "sc", "mna", "mpa", "mlc", "mca", "cbe", "obe", "mbe", "esq"}
)
ARTICLE_BEFORE = re.compile(r"^[ae]l-(?=\w{3})")
"""The Arabic article, which is often left out (al-Maliki, Maliki)."""
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$", re.IGNORECASE)
_INITIALS = re.compile(r"^(?:[^\W\d_]\.)+$|^[^\W\d_]$")
_OUTER = ' ,;:–—-"“”«»()[]*•'
_FULL_STOP = re.compile(r"\b(?!(?:Jr|Sr|Inc|Ltd|Corp)\.$)\w{3,}\.$", re.IGNORECASE)
"""A period that ends a sentence; St., Jr. and initials keep theirs."""
_DASH = re.compile(r"\s[-–—]+\s")
_NOT_LETTERS = re.compile(r"[^\w\-]")


class PersonName(Struct, frozen=True):
    """A person's name in parts.

    Args:
        text: The name, cleaned for display.
        keys: Its folded words without the suffix; an initial is one letter.
        suffix: The folded suffix; empty if there is none.
    """

    text: str
    keys: tuple[str, ...]
    suffix: str

    @property
    def family(self) -> str:
        """The last word, which English treats as the family name."""
        return self.keys[-1]


def clean(text: str) -> str:
    """Cleans a name for display: collapses white space, and strips a possessive and punctuation at the edges."""
    words = " ".join(text.split())
    words = _POSSESSIVE.sub("", words.strip(_OUTER)).strip(" ,;:")
    return words[:-1] if _FULL_STOP.search(words) else words


def without_article(text: str) -> str:
    """Removes a leading “the”."""
    return re.sub(r"^the\s+(?=\S)", "", text, flags=re.IGNORECASE)


def without_titles(text: str, *, tagged: bool = False) -> str:
    """Removes the titles before a name and the letters after it, unless nothing else would be left.

    Args:
        text: The name.
        tagged: Whether the encoder has chosen its words; a title right before the family name is then a part of the name
            if it is also a given name (Dean Roe).
    """
    titles = entries("titles")
    words = text.split()
    while len(words) > 2 and words[-1].strip(".,").replace(".", "").lower() in LETTERS_AFTER:  # noqa: PLR2004 - a given and a family name stay
        words.pop()
    start = 0
    while start < len(words) - 1 and words[start].lower().rstrip(".,") in titles:
        start += 1
    if tagged and start == len(words) - 1 > 0 and is_given_name(words[start - 1].lower()):
        start -= 1
    return " ".join(words[start:]).rstrip(",")


def folded(word: str) -> str:
    """Folds a word for comparison: lower case, no accents, no punctuation except hyphens."""
    plain = unaccented(word)
    return _NOT_LETTERS.sub("", plain).casefold().strip("-_")


def person_name(text: str, *, tagged: bool = False) -> PersonName | None:
    """Parses a name; None if it has no letters or digits. What stands before a dash between spaces is not part of a name.

    Args:
        text: The name, perhaps with titles.
        tagged: Whether the encoder has chosen its words.
    """
    display_name = without_titles(_DASH.split(clean(text))[-1], tagged=tagged)
    shouted = display_name.isupper()
    keys: list[str] = []
    for word in display_name.replace(",", " ").split():
        if _INITIALS.match(word) or (not shouted and word.isalpha() and word.isupper() and len(word) == 2):  # noqa: PLR2004 - JK Rowling
            keys.extend(folded(letter) for letter in word if letter.isalpha())
        elif folded(word):
            keys.append(ARTICLE_BEFORE.sub("", folded(word)))
    suffix = keys.pop() if len(keys) > 1 and keys[-1] in SUFFIXES else ""
    return PersonName(display_name, tuple(keys), suffix) if keys else None


def may_be_one(first: PersonName, second: PersonName) -> bool:
    """Whether two names of two or more words can belong to the same person.

    Their family names are the same, or a typo apart, and nothing before them conflicts: a given name may be shortened to its initial or a
    nickname, and a middle name left out.
    """
    if first.suffix and second.suffix and first.suffix != second.suffix:
        return False
    long, short = (first.keys, second.keys) if len(first.keys) >= len(second.keys) else (second.keys, first.keys)
    if squeezed(long) == squeezed(short) or (before_kin(long) == short and short != long[:-1]):
        return True
    if long[-1] != short[-1]:
        if len(long) != len(short):
            return False
        spelt = is_spelling(long[-1], short[-1]) and given_fit(long[0], short[0]) and long[1:-1] == short[1:-1]
        return spelt or (same_word(long[-1], short[-1]) and long[:-1] == short[:-1])
    if len(short) > 2 and len(short[1]) == 1 and short[1] != long[1][0]:  # noqa: PLR2004 - George W. is not George H. W.
        return False
    return is_within(short, long) or (given_fit(long[0], short[0]) and is_within(short[1:], long[1:]))


def squeezed(keys: Sequence[str]) -> str:
    """Joins the letters of a name without the spaces and hyphens that differ between romanizations (Dong-hyun, Dong Hyun)."""
    return "".join(keys).replace("-", "")


def before_kin(keys: Sequence[str]) -> tuple[str, ...]:
    """Returns the words before the family name, or before a word for son or daughter of: (nurul, huda) of Nurul Huda binti Kassim."""
    kin = (i for i, word in enumerate(keys) if i and meanings("name_particles").get(word))
    return tuple(keys[: next(kin, len(keys) - 1)])


def is_within(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether the words of the short name occur in the long one in the same order; an initial matches a word."""
    i = 0
    for word in short:
        while i < len(long) and not initial_fit(long[i], word):
            i += 1
        if i == len(long):
            return False
        i += 1
    return True


def initial_fit(first: str, second: str) -> bool:
    """Whether two words are the same or one is the other's initial."""
    return first == second or (1 in {len(first), len(second)} and first[0] == second[0])


def given_fit(first: str, second: str) -> bool:
    """Whether two given names can belong to one person."""
    if initial_fit(first, second) or is_spelling(first, second):
        return True
    pet = meanings("nicknames")
    return second in pet.get(first, ()) or first in pet.get(second, ()) or (same_word(first, second) and first[:2] == second[:2])


def fullest(names: Sequence[PersonName]) -> PersonName:
    """Returns the name to display: most words, then fewest initials, then mixed case before capitals, then most frequent, then first."""
    count: dict[str, int] = {}
    for name in names:
        count[name.text] = count.get(name.text, 0) + 1
    return max(names, key=lambda name: (len(name.keys), sum(len(key) > 1 for key in name.keys), not name.text.isupper(), count[name.text]))
