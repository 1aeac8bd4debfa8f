"""Facts extracted from a speaker's roles (office, field of work, country, organizations), which tell namesakes apart.

Roles are analyzed with word lists instead of a parser, because the rows of an archive have no surrounding sentences. A word that no list
has is part of an organization's name if it is capitalized; otherwise it yields no fact of its own and separates nobody.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from msgspec import Struct
from msgspec.structs import replace

from quoteapi.audit.structs import SeenRole
from quoteapi.knowledge import entries, meanings
from quoteapi.speakers.person_names import folded

_WORD = re.compile(r"[^\W_]+(?:[.'’&-][^\W_]+)*")
_CLOSING = re.compile(r"['’]s$|['’]$")
_HEAD_ENDS = re.compile(r"\s(?:of|for|at|in|with|from|on|to|who|and)\s|[,;:(]")
_HOLDER = re.compile(r"(?:wo)?m[ae]n$|persons?$|people$")
_LONGEST_NAME = 3
"""Maximum number of words in a country's name; the few longer names are rarely written in full."""
_SHORTEST_STEM = 3
_ONE_HEAD = {"representative": "congress", "justice": "judge", "solicitor": "lawyer", "attorney": "lawyer", "barrister": "lawyer"}
"""Head nouns mapped to another one for the same office (“congress” stands for congressman and congresswoman)."""
_WIDE = frozenset({"state", "government", "house", "white", "new", "first", "general", "national", "international", "federal", "local"})
"""Words that are in the names of too many organizations to identify one."""
AMBIGUOUS_STATES = frozenset({"georgia"})
"""US states that have the name of a country."""


class Facts(Struct, frozen=True, gc=False):
    """The facts in the roles of one speaker.

    Args:
        heads: Head nouns of offices and jobs, in one form for men and women.
        fields: Fields of work.
        countries: Country codes.
        bodies: Words from the names of organizations and places, without words for a kind of organization.
        parties: Full names of political parties.
        seats: Constituencies and states.
        texts: Whole roles of at least two words, folded.
    """

    heads: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()
    seats: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()

    @property
    def tells(self) -> bool:
        """Whether there is any fact besides the whole roles."""
        return bool(self.heads or self.fields or self.countries or self.bodies or self.parties or self.seats)

    def joined(self, other: "Facts") -> "Facts":
        """Returns the union of these facts and others."""
        if other is NOTHING or other == self:
            return self
        if self is NOTHING:
            return other
        return Facts(*(getattr(self, name) | getattr(other, name) for name in self.__struct_fields__))


NOTHING = Facts()


def facts_of(roles: Sequence[SeenRole], *, name: Iterable[str] = ()) -> Facts:
    """Extracts the facts from roles.

    Args:
        roles: In any order.
        name: The folded words of the speaker's own name, which do not count as an organization's (Roe's campaign).
    """
    found = NOTHING
    for role in roles:
        found = found.joined(_facts(role))
    own = found.bodies.intersection(name)
    return replace(found, bodies=found.bodies - own) if own else found


@lru_cache(maxsize=1 << 16)
def _facts(role: SeenRole) -> Facts:
    text = " ".join(role.text.replace("\u00ad", "").split())
    whole = " ".join(part for part in (text, role.organization) if part)
    words = [_CLOSING.sub("", word) for word in _WORD.findall(whole)]
    countries, rest = _countries(words)
    head = _head(role.title or text)
    seats = {folded(role.constituency)} if role.constituency else set()
    bodies, states = _bodies(rest)
    seats |= states
    if states - AMBIGUOUS_STATES and not countries:
        countries = {"US"}
    fields = {field for word in words for field in _fields(folded(word))}
    return Facts(
        heads=frozenset([head] if head else []),
        fields=frozenset(fields),
        countries=frozenset(countries),
        bodies=frozenset(bodies),
        parties=frozenset([role.party] if role.party else []),
        seats=frozenset(seats),
        texts=frozenset(_whole(words)),
    )


def _whole(words: Sequence[str]) -> Iterator[str]:
    """Yields the role as one folded text without determiners and “former”, unless fewer than two words remain, which say too little."""
    kept = [
        key for word in words if (key := folded(word)) and key not in entries("determiners") and key not in {"a", "an", "the", "former"}
    ]
    if len(kept) > 1:
        yield " ".join(kept)


def _head(title: str) -> str | None:
    """Returns the head noun of a title (secretary in “US Secretary of State”), in one form for chairman and chairwoman."""
    body = _HEAD_ENDS.split(f" {title} ", maxsplit=1)[0]
    for word in reversed(_WORD.findall(body)):
        key = folded(_CLOSING.sub("", word))
        key = next((folded(full) for full in reversed(meanings("title_abbreviations").get(key, ()))), key)
        for one in (key, key.removesuffix("s"), key.rpartition("-")[2]):
            if one in _role_words():
                stem = _HOLDER.sub("", one)
                return _ONE_HEAD.get(one, stem if len(stem) >= _SHORTEST_STEM else one)
    return None


def _fields(word: str) -> tuple[str, ...]:
    known = meanings("role_fields")
    full = meanings("title_abbreviations").get(word, ())
    keys = (word, word.removesuffix("s"), *word.split("-"), *map(folded, full))
    return tuple(field for key in keys for field in known.get(key, ()))


def _countries(words: Sequence[str]) -> tuple[set[str], list[str]]:
    """Returns the codes of the countries named, preferring longer names, and the other words; a name is capitalized (us is no country)."""
    known = meanings("countries")
    found: set[str] = set()
    rest: list[str] = []
    i = 0
    while i < len(words):
        for length in range(_LONGEST_NAME, 0, -1):
            name = " ".join(words[i : i + length]).lower().rstrip(".")
            if words[i][0].isupper() and i + length <= len(words) and name in known and not (name == "us" and not words[i].isupper()):
                found.update(known[name])
                i += length
                break
        else:
            rest.append(words[i])
            i += 1
    return found, rest


def _bodies(words: Sequence[str]) -> tuple[set[str], set[str]]:
    """Returns the capitalized words from names of organizations and places, and, apart from them, the US states."""
    bodies: set[str] = set()
    states: set[str] = set()
    known = meanings("states")
    i = 0
    while i < len(words):
        two = " ".join(words[i : i + 2]).lower()
        if two in known and words[i][:1].isupper():
            states.add(" ".join(known[two]).lower())
            i += 2
            continue
        word = words[i]
        key = folded(word)
        if len(key) > 2 and word.lower() in known and " ".join(known[word.lower()]).lower() == word.lower():  # noqa: PLR2004  abbreviations may be ordinary words
            states.add(key)
        elif word[:1].isupper() and len(key) > 1 and key not in _general():
            bodies.add(key)
        i += 1
    return bodies, states


@cache
def _role_words() -> frozenset[str]:
    titles = {word for word in entries("titles") if word not in {"acting", "deputy", "former", "vice", "senior", "junior"}}
    known = {folded(words[-1]) for words in meanings("title_abbreviations").values() if words}
    return entries("role_nouns") | entries("title_nouns") | entries("person_nouns") | titles | known


@cache
def _general() -> frozenset[str]:
    """Returns words for a kind of organization, office or party, which do not identify one."""
    lists = ("role_fields", "organization_nouns", "kinds_of_body", "title_abbreviations", "states", "parties", "determiners", "calendar")
    parties = {folded(word) for words in meanings("parties").values() for word in words}
    return _role_words().union(*map(entries, lists), parties, _WIDE, {"former", "the", "deputy", "acting", "vice", "chief", "senior"})
