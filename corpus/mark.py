"""Mark news articles by hand: who is who, what they are, and who said what.

    python corpus/mark.py candidates ARTICLES.jsonl[.gz] OUT.jsonl   add marked stretches and candidate mentions (needs quoteapi)
    python corpus/mark.py show CANDIDATES.jsonl ID                   print an article as markers see it
    python corpus/mark.py check CANDIDATES.jsonl MARKS.txt [-v]      check a marker's file and write MARKS.json; -v echoes every span

GUIDE.md beside this file says what a marker writes. Spans are half-open and count code points of `text`.
"""

import argparse
import gzip
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Span = tuple[int, int]

KINDS_OF_ENTITY = {"person", "organization", "group", "unnamed", "document"}
REASONS = {"title", "scare", "term", "nickname", "slogan", "heading", "hypothetical", "negated", "sign", "other"}
NO_SPEECH = {"other", "bad"}
STATUS = {"current", "former", "acting", "interim", "elect", "deputy", "late", "nominee", "candidate"}
PRONOUNS = {"he", "she", "him", "her", "his", "hers", "himself", "herself"}
PLURAL_PRONOUNS = {"they", "them", "their", "theirs", "themselves"}

LISTS_OF_NOUNS = ("person_nouns", "role_nouns", "organization_nouns", "kinds_of_body", "documents")
MORE_NOUNS = set("people voters sources others victims witnesses family team campaign group poll survey couple pair trio".split())  # noqa: SIM905
NOT_FIRST = {"ADP", "CCONJ", "SCONJ", "PUNCT", "ADV", "AUX", "VERB"}
NOT_WITHIN = {"acl", "acl:relcl", "cc", "conj", "appos"}
LONGEST_PHRASE = 90
PRONOUN, NAME, PHRASE = 4, 3, 2
"""Of two candidates that cross, the one with the higher rank is kept."""

REACH_OF_MENTION, REACH_OF_CUE, REACH_OF_ROLE = 600, 400, 500
"""How far from its quote, or from a mention, something may stand that a marker names by words that occur several times."""

NAMED_WORDS = r'"[^"]*"(?:#\d+)?'
ENTITY_LINE = re.compile(r'(E\d+) (\w+) "([^"]+)"((?: *= *"[^"]+"| *\| *"[^"]+")*) *:? *(.*)')
MENTIONS = re.compile(rf"(?:\d+|{NAMED_WORDS})(?:[ ,]+(?:\d+|{NAMED_WORDS}))*")
ROLE_LINE = re.compile(rf"role(\*?) ({NAMED_WORDS})(?: *\| *(\w+))?")
SPEECH_LINE = re.compile(rf"Q(\d+) (direct|mixed) (E\d+(?:\+E\d+)*|nobody|cont)(?: (\d+|{NAMED_WORDS}|-))?(?: cue ({NAMED_WORDS}))?")
OTHER_LINE = re.compile(r"Q(\d+) (?:other (\w+)|(bad))")


class Article(TypedDict):
    """An article with what its markers are shown."""

    id: str
    text: str
    stretches: list[list[int]]
    candidates: list[list[int]]


class WrittenRole(NamedTuple):
    """A marker's line of a role, with its number in the file."""

    number: int
    best: bool
    token: str
    status: str
    line: str


@dataclass
class Entity:
    """Who or what a marker sees in an article."""

    type: str
    name: str
    aliases: list[str]
    mentions: set[Span] = field(default_factory=set)
    written_roles: list[WrittenRole] = field(default_factory=list)
    roles: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """What is written of it."""
        return {"type": self.type, "name": self.name, "mentions": sorted(self.mentions), "roles": self.roles, "aliases": self.aliases}


@dataclass
class Block:
    """A marker's block of an article; quotes by the number of their stretch, as they are written."""

    article: Article
    entities: dict[str, Entity] = field(default_factory=dict)
    quotes: dict[int, dict[str, Any]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """What is written of it."""
        return {"entities": {key: entity.as_json() for key, entity in self.entities.items()}, "quotes": self.quotes}


@dataclass
class Problems:
    """Prints every problem, and counts them."""

    count: int = 0

    def tell(self, message: str) -> None:
        """Print one."""
        self.count += 1
        print(message)


class NotPlacedError(Exception):
    """Words of a marker name no span, or several; the message says why."""


def read_lines(path: Path) -> list[Any]:
    """The objects of a file of JSON lines, gzipped if its name ends in `.gz`."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


# What markers are shown


def stretches(text: str) -> list[Span]:
    """Stretches between marks, paragraph by paragraph; what is never closed ends with its paragraph."""
    found = set()
    for match in re.finditer(r"[^\n]+", text):
        offset, paragraph = match.start(), match.group()
        spans = curly_stretches(paragraph)
        spans += straight_stretches(paragraph, spans)
        spans += single_stretches(paragraph, spans)
        found |= {(offset + start, offset + end) for start, end in spans if end > start}
    return sorted(found)


def curly_stretches(paragraph: str) -> list[Span]:
    """Stretches behind “, up to the next ” or straight mark; where there is none, up to the next “."""
    found = []
    for opening in re.finditer("“", paragraph):
        start = opening.end()
        closing = re.compile('[”"]').search(paragraph, start)
        following = paragraph.find("“", start)
        unclosed = following if following >= 0 else len(paragraph)
        found.append((start, closing.start() if closing else unclosed))
    return found


def straight_stretches(paragraph: str, taken: Sequence[Span]) -> list[Span]:
    """Stretches between straight marks, or pairs of apostrophes, outside those that are taken: first and second, third and fourth."""
    marks = [match.start() for match in re.finditer(r'"|\'\'', paragraph)]
    marks = [mark for mark in marks if not any(start - 1 <= mark <= end for start, end in taken)]
    found = []
    for index in range(0, len(marks), 2):
        width = 2 if paragraph.startswith("''", marks[index]) else 1
        found.append((marks[index] + width, marks[index + 1] if index + 1 < len(marks) else len(paragraph)))
    return found


def single_stretches(paragraph: str, taken: Sequence[Span]) -> list[Span]:
    """Stretches between single marks, outside those that are taken."""
    found: list[Span] = []
    for opening, closing in (("‘", r"’(?!\w)"), (r"(?:(?<=\s)|(?<=^)|(?<=[(—–-]))'(?=\w)", r"(?<=[\w.,!?…])'(?!\w)")):
        for first in re.finditer(opening, paragraph):
            last = re.compile(closing).search(paragraph, first.end())
            if last and not any(start <= first.start() < end for start, end in (*taken, *found)):
                found.append((first.end(), last.start()))
    return found


def candidates(doc: "Doc", marked: Sequence[Span]) -> list[Span]:
    """Pronouns, names and descriptions outside the marks, as an automatic reader sees them: a help, no gold."""
    ranks = {(name.start_char, name.end_char): NAME for name in doc.ents if name.label_ in {"PERSON", "ORG"} and "\n" not in name.text}
    nouns = nouns_of_people()
    for token in doc:
        start, end = token.idx, token.idx + len(token)
        if any(first <= start and end <= last for first, last in marked):
            continue
        if token.lower_ in PRONOUNS | PLURAL_PRONOUNS:
            ranks[start, end] = PRONOUN
        elif is_head(token, nouns):
            phrase = phrase_of(token)
            if "\n" not in doc.text[slice(*phrase)] and phrase[1] - phrase[0] < LONGEST_PHRASE:
                ranks.setdefault(phrase, PHRASE)
    return sorted(without_crossings(ranks), key=lambda span: (span[0], -span[1]))


def nouns_of_people() -> set[str]:
    """Nouns for whoever may be a source, in lower case."""
    from quoteapi.knowledge import entries  # noqa: PLC0415  only this command needs quoteapi

    return MORE_NOUNS | {str(entry).split("\t")[0].lower() for name in LISTS_OF_NOUNS for entry in entries(name)}


def is_head(token: "Token", nouns: set[str]) -> bool:
    """Whether a token is one of the nouns and no part of a name."""
    return (token.lemma_.lower() in nouns or token.lower_ in nouns) and token.pos_ in {"NOUN", "PROPN"} and not token.ent_type_


def phrase_of(head: "Token") -> Span:
    """The noun phrase of a head, without what is joined to it by a comma, a conjunction or a clause."""
    doc, subtree = head.doc, set(head.subtree)
    left, right = min(token.i for token in subtree), head.i
    while left < head.i and (doc[left].pos_ in NOT_FIRST or doc[left].lower_ in {"and", "then", "where", "when"}):
        left += 1
    for token in doc[head.i + 1 :]:
        if token not in subtree or token.is_punct or token.dep_ in NOT_WITHIN or token.is_space:
            break
        right = token.i
    return doc[left].idx, doc[right].idx + len(doc[right])


def without_crossings(ranks: dict[Span, int]) -> list[Span]:
    """Spans of which none crosses another; the higher rank is kept, then the longer span."""
    kept: list[Span] = []
    for (start, end), _ in sorted(ranks.items(), key=lambda item: (-item[1], item[0][0] - item[0][1])):
        if not any(a < start < b < end or start < a < end < b for a, b in kept):
            kept.append((start, end))
    return kept


def shown(article: Article) -> str:
    """An article with its stretches and candidates numbered in it."""
    text = article["text"]
    events: list[tuple[int, int, int, str]] = []
    for number, (start, end) in enumerate(article["stretches"]):
        events += [(start, 1, start - end, f"⟦Q{number} "), (end, 0, start, f" Q{number}⟧")]
    for number, (start, end) in enumerate(article["candidates"]):
        is_pronoun = text[start:end].lower() in PRONOUNS | PLURAL_PRONOUNS
        events += [(start, 1, start - end, f"[{number}|"), (end, 0, -start, "]" if is_pronoun else f"|{number}]")]
    parts, at = [], 0
    for place, _, _, mark in sorted(events, key=lambda event: event[:3]):
        parts += [text[at:place], mark]
        at = place
    return "".join(parts) + text[at:]


# What markers write


def occurrences(text: str, words: str) -> list[Span]:
    """Places of the words as whole words."""
    left = r"(?<!\w)" if re.match(r"\w", words) else ""
    right = r"(?!\w)" if re.search(r"\w$", words) else ""
    return [match.span() for match in re.finditer(left + re.escape(words) + right, text)]


def occurrences_of_token(text: str, words: str) -> list[Span]:
    """Places of the words, or of those in braces between their neighbours: `told {her} brother`."""
    braced = re.fullmatch(r"(.*)\{(.+?)\}(.*)", words)
    if not braced:
        return occurrences(text, words)
    before, inner, behind = braced.groups()
    starts = [start + len(before) for start, _ in occurrences(text, before + inner + behind)]
    return [(start, start + len(inner)) for start in starts]


def place(text: str, token: str, near: Sequence[int] = (), reach: int = 0, beside: Span | None = None) -> Span:
    """The span that a marker's token names: `"words"`, `"words"#k`, or `"words {that} are near"`.

    Args:
        text: The article.
        token: As the marker wrote it.
        near: Of several places, the one nearest to one of these offsets is meant; empty where a marker has to say which.
        reach: How far that place may be from `near`.
        beside: The place is to be near to this span as well.

    Raises:
        NotPlacedError: It names no span, or several.
    """
    match = re.fullmatch(r'"(.*?)"(?:#(\d+))?', token)
    if not match:
        message = "not understood"
        raise NotPlacedError(message)
    found = occurrences_of_token(text, match[1])
    if not found:
        message = "not in the text"
        raise NotPlacedError(message)
    if match[2]:
        return counted(found, int(match[2]))
    if len(found) == 1:
        return found[0]
    if not near:
        message = f"occurs {len(found)} times: say which, #k or with its neighbours and braces"
        raise NotPlacedError(message)
    return nearest(found, near, reach, beside)


def counted(found: Sequence[Span], number: int) -> Span:
    """The place of a number, from 1.

    Raises:
        NotPlacedError: There are fewer.
    """
    if number > len(found):
        message = f"occurs only {len(found)} times"
        raise NotPlacedError(message)
    return found[number - 1]


def nearest(found: Sequence[Span], near: Sequence[int], reach: int, beside: Span | None) -> Span:
    """The place that is nearest to one of the offsets and to the span beside it.

    Raises:
        NotPlacedError: It is out of reach.
    """

    def distance(span: Span) -> int:
        return min(abs(span[0] - offset) for offset in near)

    def gap(span: Span) -> int:
        return max(0, beside[0] - span[1], span[0] - beside[1]) if beside else 0

    best = min(found, key=lambda span: distance(span) + gap(span))
    if distance(best) > reach:
        message = "not near"
        raise NotPlacedError(message)
    return best


class Reader:
    """Reads a marker's file line by line into blocks."""

    def __init__(self, articles: dict[str, Article], path: Path, problems: Problems) -> None:
        self.articles = articles
        self.path = path
        self.problems = problems
        self.blocks: dict[str, Block] = {}
        self.block: Block | None = None
        self.entity: Entity | None = None
        self.number = 0
        self.line = ""

    def read(self) -> dict[str, Block]:
        """The blocks by article id; problems are told."""
        with self.path.open(encoding="utf-8") as file:
            for self.number, raw in enumerate(file, start=1):
                self.line = raw.strip()
                if self.line and not self.line.startswith("//"):
                    self.read_line()
        return self.blocks

    def fail(self, why: str) -> None:
        """Tell a problem of the line."""
        self.problems.tell(f"{self.path}:{self.number}: {why}: {self.line[:110]}")

    def read_line(self) -> None:
        """Read a line that is neither empty nor a comment."""
        if self.line.startswith("# "):
            self.begin_block(self.line[2:].strip())
        elif self.block is None:
            self.fail("no article")
        elif match := ENTITY_LINE.fullmatch(self.line):
            self.read_entity(self.block, match)
        elif match := ROLE_LINE.fullmatch(self.line):
            self.read_role(match)
        elif match := SPEECH_LINE.fullmatch(self.line):
            self.read_speech(self.block, match)
        elif match := OTHER_LINE.fullmatch(self.line):
            self.read_other(self.block, match)
        else:
            self.fail("not understood")

    def begin_block(self, key: str) -> None:
        """Begin the block of an article."""
        article = self.articles.get(key)
        if article is None:
            self.block = None
            self.fail("unknown article")
            return
        if key in self.blocks:
            self.fail("a second block of this article; the first is dropped")
        self.block, self.entity = Block(article), None
        self.blocks[key] = self.block

    def read_entity(self, block: Block, match: re.Match[str]) -> None:
        """Read an entity and those of its mentions that are no names."""
        key, kind, name, aliases, rest = match.groups()
        if key in block.entities:
            self.fail("this number is taken")
        if kind not in KINDS_OF_ENTITY:
            self.fail("type")
        self.entity = block.entities[key] = Entity(kind, name, [name, *re.findall(r'"([^"]+)"', aliases)])
        if re.search(r"\w", rest) and not MENTIONS.fullmatch(rest.strip()):
            self.fail("mentions not understood")
        for token in re.findall(rf"{NAMED_WORDS}|\d+", rest):
            try:
                self.entity.mentions.add(self.mention(block.article, token))
            except IndexError:
                self.fail("no candidate " + token)
            except NotPlacedError as why:
                self.fail(f"{token} {why}")

    @staticmethod
    def mention(article: Article, token: str, near: Sequence[int] = (), reach: int = 0) -> Span:
        """The span of a candidate's number or of words.

        Raises:
            IndexError: There is no such candidate.
            NotPlacedError: The words name no span, or several.
        """
        if token.isdigit():
            start, end = article["candidates"][int(token)]
            return start, end
        return place(article["text"], token, near, reach)

    def read_role(self, match: re.Match[str]) -> None:
        """Read a role of the entity above it; its span is looked for when all mentions are known."""
        star, token, status = match.groups()
        if self.entity is None:
            self.fail("role without an entity")
            return
        if status and status not in STATUS:
            self.fail("status")
        self.entity.written_roles.append(WrittenRole(self.number, bool(star), token, status or "current", self.line))

    def read_speech(self, block: Block, match: re.Match[str]) -> None:
        """Read a stretch that is somebody's speech."""
        written, kind, speakers, mention, cue = match.groups()
        number = int(written)
        if number >= len(block.article["stretches"]):
            self.fail("no such stretch")
            return
        if number in block.quotes:
            self.fail("marked twice")
        start, end = block.article["stretches"][number]
        quote: dict[str, Any] = {"start": start, "end": end, "kind": kind, "speakers": [], "mention": None, "cue": None}
        if speakers == "cont":
            before = [one for n, one in block.quotes.items() if n < number and one["kind"] not in NO_SPEECH]
            if not before:
                self.fail("nothing to continue")
                return
            quote |= {"speakers": before[-1]["speakers"], "continues": True}
        elif speakers != "nobody":
            quote["speakers"] = speakers.split("+")
        self.read_evidence(block.article, quote, mention, cue)
        block.quotes[number] = quote

    def read_evidence(self, article: Article, quote: dict[str, Any], mention: str | None, cue: str | None) -> None:
        """Set the mention beside the quote and the cue, where they are written."""
        span = quote["start"], quote["end"]
        try:
            if mention and mention != "-":
                quote["mention"] = self.mention(article, mention, span, REACH_OF_MENTION)
            if cue:
                quote["cue"] = place(article["text"], cue, span, REACH_OF_CUE, quote["mention"])
        except (NotPlacedError, IndexError) as why:
            self.fail(f"mention or cue: {why}")

    def read_other(self, block: Block, match: re.Match[str]) -> None:
        """Read a stretch that is nobody's speech."""
        number, reason, bad = int(match[1]), match[2], match[3]
        if number >= len(block.article["stretches"]):
            self.fail("no such stretch")
            return
        if not bad and reason not in REASONS:
            self.fail("reason")
        start, end = block.article["stretches"][number]
        block.quotes[number] = {"start": start, "end": end, "kind": bad or "other", "reason": reason}


# What is checked when a file has been read


class Checker:
    """Checks an article's block, collects its names, and finds its roles."""

    def __init__(self, path: Path, key: str, block: Block, problems: Problems) -> None:
        self.path = path
        self.key = key
        self.block = block
        self.problems = problems
        self.text = block.article["text"]

    def warn(self, why: str) -> None:
        """Tell a problem of the article."""
        self.problems.tell(f"{self.key}: {why}")

    def check(self) -> None:
        """Do all of it, in order: names are mentions, and roles are looked for near mentions."""
        missing = [number for number in range(len(self.block.article["stretches"])) if number not in self.block.quotes]
        if missing:
            self.warn(f"stretches not marked: {missing}")
        self.collect_names()
        owners = self.owners()
        for key, entity in self.block.entities.items():
            self.find_roles(key, entity)
        self.check_pronouns(owners)
        for number, quote in self.block.quotes.items():
            if quote["kind"] not in NO_SPEECH:
                self.check_speech(number, quote)

    def collect_names(self) -> None:
        """Add all places of names, the longest first, so that Roe is not taken out of Jane Roe."""
        names: dict[Span, str] = {}
        for form, key in self.forms():
            for span in occurrences(self.text, form):
                if not any(holds(taken, span) or cross(taken, span) for taken in names):
                    names[span] = key
        numbered = {span for entity in self.block.entities.values() for span in entity.mentions}
        for span, key in names.items():
            if span not in numbered:
                self.block.entities[key].mentions.add(span)

    def forms(self) -> Iterator[tuple[str, str]]:
        """Names and other forms with their entities, the longest first, without those that stand for two entities."""
        collected = [(key, one) for key, one in self.block.entities.items() if one.type != "group" or one.name[:1].isupper()]
        forms = sorted({(form, key) for key, one in collected for form in one.aliases}, key=lambda pair: (-len(pair[0]), *pair))
        for form, key in forms:
            keys = [other for same, other in forms if same == form]
            if len(keys) == 1:
                self.check_name(form, key)
                yield form, key
            elif key == min(keys):
                self.warn(f"{form!r} stands for two entities: number its mentions instead")

    def check_name(self, form: str, key: str) -> None:
        """Warn of an organization whose name the article does not have."""
        entity = self.block.entities[key]
        if form == entity.name and entity.type == "organization" and not occurrences(self.text, form):
            self.warn(f"{key} {form!r} is not in the text")

    def owners(self) -> dict[Span, str]:
        """The entity of each mention; warns of entities without one, and of mentions of two."""
        owners: dict[Span, str] = {}
        for key, entity in self.block.entities.items():
            if not entity.mentions:
                self.warn(f"{key} {entity.name!r} has no mention")
            for span in entity.mentions:
                if owners.get(span, key) != key:
                    self.warn(f"{self.words(span)!r} at {span[0]} belongs to {owners[span]} and {key}")
                owners[span] = key
        return owners

    def find_roles(self, key: str, entity: Entity) -> None:
        """Find the spans of an entity's roles."""
        near = [start for start, _ in entity.mentions] or [0]
        for written in entity.written_roles:
            try:
                start, end = place(self.text, written.token, near, REACH_OF_ROLE)
            except NotPlacedError as why:
                self.problems.tell(f"{self.path}:{written.number}: role {why}: {written.line[:90]}")
                continue
            words = self.text[start:end]
            entity.roles.append({"start": start, "end": end, "text": words, "best": written.best, "status": written.status})
        if entity.roles and sum(role["best"] for role in entity.roles) != 1:
            self.warn(f"{key} {entity.name!r}: one role must be role*")

    def check_pronouns(self, owners: dict[Span, str]) -> None:
        """Warn of pronouns that belong to nobody."""
        spans = enumerate(self.block.article["candidates"])
        loose = [number for number, (start, end) in spans if self.text[start:end].lower() in PRONOUNS and (start, end) not in owners]
        if loose:
            self.warn(f"pronouns of nobody: {loose}")

    def check_speech(self, number: int, quote: dict[str, Any]) -> None:
        """Warn of speakers who are not there, and of a mention that is none of theirs."""
        known = [self.block.entities[key] for key in quote["speakers"] if key in self.block.entities]
        for key in quote["speakers"]:
            if key not in self.block.entities:
                self.warn(f"Q{number}: there is no {key}")
        mention = quote["mention"]
        if mention and not any(holds(span, mention) or holds(mention, span) for one in known for span in one.mentions):
            self.warn(f"Q{number}: its mention {self.words(mention)!r} is none of {quote['speakers']}")

    def words(self, span: Span | None) -> str:
        """The words of a span, `-` where there is none."""
        return self.text[slice(*span)] if span else "-"

    def echo(self) -> None:
        """Print every span, for the marker to see wrong numbers at once."""
        for key, entity in self.block.entities.items():
            mentions = " | ".join(self.words(span) for span in sorted(entity.mentions))
            roles = " | ".join(("*" if role["best"] else "") + role["text"] for role in entity.roles)
            print(f"{self.key} {key} {entity.type} {entity.name!r}:", mentions, "|| roles:", roles)
        for number, quote in sorted(self.block.quotes.items()):
            nobody = "bad" if quote["kind"] == "bad" else "nobody"
            who = quote.get("reason") or "+".join(quote.get("speakers", ())) or nobody
            mention, cue = self.words(quote.get("mention")), self.words(quote.get("cue"))
            print(f"{self.key} Q{number} {quote['kind']} {who} [{mention}] {cue}: {self.text[quote['start'] : quote['end']][:60]!r}")


def holds(outer: Span, inner: Span) -> bool:
    """Whether a span holds another, or is the same."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def cross(one: Span, other: Span) -> bool:
    """Whether two spans share a part and neither holds the other."""
    return one[0] < other[1] and other[0] < one[1] and not holds(one, other) and not holds(other, one)


def totals(blocks: Iterable[Block]) -> str:
    """How much is marked in all blocks."""
    blocks = list(blocks)
    entities = [entity for block in blocks for entity in block.entities.values()]
    mentions, roles = sum(len(one.mentions) for one in entities), sum(len(one.roles) for one in entities)
    quotes = sum(len(block.quotes) for block in blocks)
    return f"{len(blocks)} articles; {len(entities)} entities, {mentions} mentions, {roles} roles, {quotes} quotes"


# The commands


def write_candidates(source: Path, target: Path) -> None:
    """Write the articles with their stretches and candidates."""
    from quoteapi.document import load_pipeline  # noqa: PLC0415  only this command needs quoteapi

    nlp = load_pipeline(None)
    with target.open("w", encoding="utf-8") as file:
        for article in read_lines(source):
            marked = stretches(article["text"])
            found = candidates(nlp(article["text"]), marked)
            print(json.dumps({**article, "stretches": marked, "candidates": found}, ensure_ascii=False), file=file)


def check(articles: dict[str, Article], path: Path, *, echo: bool) -> int:
    """Check a marker's file and write it as JSON beside it; the number of problems."""
    problems = Problems()
    blocks = Reader(articles, path, problems).read()
    for key, block in blocks.items():
        checker = Checker(path, key, block, problems)
        checker.check()
        if echo:
            checker.echo()
    written = {key: block.as_json() for key, block in blocks.items()}
    Path(str(path).removesuffix(".txt") + ".json").write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8")
    print(f"{totals(blocks.values())}; {problems.count} problems")
    return problems.count


def main() -> int:
    """Read the command line; 1 where a marker's file has problems."""
    parser = argparse.ArgumentParser(description="Mark news articles by hand.")
    commands = parser.add_subparsers(dest="command", required=True)
    adding = commands.add_parser("candidates", help="add marked stretches and candidate mentions (needs quoteapi)")
    adding.add_argument("articles", metavar="ARTICLES.jsonl", type=Path, help="JSON lines with id and text, gzipped if named .gz")
    adding.add_argument("output", metavar="OUT.jsonl", type=Path)
    showing = commands.add_parser("show", help="print an article as markers see it")
    showing.add_argument("candidates", metavar="CANDIDATES.jsonl", type=Path)
    showing.add_argument("id", metavar="ID")
    checking = commands.add_parser("check", help="check a marker's file and write it as JSON")
    checking.add_argument("candidates", metavar="CANDIDATES.jsonl", type=Path)
    checking.add_argument("marks", metavar="MARKS.txt", type=Path)
    checking.add_argument("-v", dest="echo", action="store_true", help="echo every span")
    given = parser.parse_args()
    if given.command == "candidates":
        write_candidates(given.articles, given.output)
        return 0
    articles = {article["id"]: article for article in read_lines(given.candidates)}
    if given.command == "show":
        if given.id not in articles:
            parser.error(f"{given.candidates} has no article {given.id}")
        print(shown(articles[given.id]))
        return 0
    return int(check(articles, given.marks, echo=given.echo) > 0)


if __name__ == "__main__":
    sys.exit(main())
