"""Join the published marks to the texts of their articles, for those who have these.

    python corpus/join.py MARKS TEXTS... --output FILE [--gold]

The corpus is published without texts. A mark says only where something stands, so it is worth nothing beside a text that differs by one
character: a text is joined only where its length in code points and its SHA-256 are those of the text that was marked.

MARKS is a file of this folder. TEXTS are files of JSON lines with `id` and `text`, other fields are passed over. Every file may be
gzipped, which its content tells; what is written is gzipped where the name ends in `.gz`. Needs nothing but Python.
"""

import argparse
import gzip
import hashlib
import json
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, NotRequired, TypedDict

GZIP_START = b"\x1f\x8b"
NOT_PUBLISHED = ("length", "sha256")
"""Fields of the published marks that the text itself makes needless."""
SPEAKER_TYPES = {"document": "unnamed"}
"""What `quoteapi evaluate` calls a type of entity, where that is something else."""


class Role(TypedDict):
    """A description of an entity; `best` is true of the one that says most about who it is."""

    start: int
    end: int
    text: str
    best: bool
    status: str


class Entity(TypedDict):
    """Who or what is named or quoted; `mentions` are half-open spans in code points."""

    type: str
    name: str
    aliases: list[str]
    mentions: list[list[int]]
    roles: list[Role]


class Quote(TypedDict):
    """A stretch between marks; whoever speaks is in `speakers`, by keys of the article's entities."""

    start: int
    end: int
    kind: str
    speakers: NotRequired[list[str]]
    mention: NotRequired[list[int] | None]
    cue: NotRequired[list[int] | None]
    continues: NotRequired[bool]
    reason: NotRequired[str | None]


class Marks(TypedDict):
    """An article of the corpus, without its text."""

    id: str
    outlet: str
    marker: str
    length: int
    sha256: str
    entities: dict[str, Entity]
    quotes: list[Quote]


class Joined(NamedTuple):
    """The texts that were found by article id, and the ids for which only another text was found."""

    texts: Mapping[str, str]
    differing: frozenset[str]


class UnreadableError(Exception):
    """A file or a line of it is not what it should be; the message says which and why."""


def read_lines(path: Path, fields: Mapping[str, type]) -> Iterator[Any]:
    """The objects of a file of JSON lines, gzipped or not.

    Args:
        path: The file; blank lines are passed over.
        fields: What every object has to have, and of which type.

    Raises:
        UnreadableError: The file cannot be read, or a line is no such object.
    """
    number = 0
    try:
        with path.open("rb") as raw:
            packed = raw.peek(len(GZIP_START)).startswith(GZIP_START)
            with gzip.open(raw) if packed else raw as file:
                for number, line in enumerate(file, start=1):  # noqa: B007  the number is told where a line cannot be read
                    if line.strip():
                        yield checked(json.loads(line), fields)
    except (OSError, EOFError, zlib.error) as error:
        message = f"{path} cannot be read: {error}"
        raise UnreadableError(message) from error
    except ValueError as error:
        message = f"{path}, line {number}: {error}"
        raise UnreadableError(message) from error


def checked(value: object, fields: Mapping[str, type]) -> object:
    """The value, if it is an object with these fields.

    Raises:
        ValueError: It is not.
    """
    if not isinstance(value, dict):
        message = "not a JSON object"
        raise ValueError(message)  # noqa: TRY004  the data is wrong, not the call
    for field, kind in fields.items():
        if not isinstance(value.get(field), kind):
            message = f"no field {field!r}, or it is of the wrong type ({kind.__name__} expected)"
            raise ValueError(message)  # noqa: TRY004  the same
    return value


def read_marks(path: Path) -> list[Marks]:
    """The articles of a file of marks, in its order."""
    return list(read_lines(path, {"id": str, "outlet": str, "length": int, "sha256": str, "entities": dict, "quotes": list}))


def is_text_of(marks: Marks, text: str) -> bool:
    """Whether this is the very text that was marked."""
    return len(text) == marks["length"] and hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() == marks["sha256"]


def find_texts(articles: Iterable[Marks], paths: Iterable[Path]) -> Joined:
    """Look for the texts of marked articles; of several texts with the same id, the one that was marked counts."""
    wanted = {article["id"]: article for article in articles}
    texts: dict[str, str] = {}
    differing = set()
    for path in paths:
        for given in read_lines(path, {"id": str, "text": str}):
            article = wanted.get(given["id"])
            if article is None:
                continue
            if is_text_of(article, given["text"]):
                texts[given["id"]] = given["text"]
            else:
                differing.add(given["id"])
    return Joined(texts, frozenset(differing - texts.keys()))


def with_text(article: Marks, text: str) -> dict[str, object]:
    """An article as it was marked: its text behind id and outlet, no length and no hash."""
    kept = {key: value for key, value in article.items() if key not in NOT_PUBLISHED}
    return {"id": kept.pop("id"), "outlet": kept.pop("outlet"), "text": text, **kept}


def as_gold(article: Marks, text: str) -> dict[str, object]:
    """An article as `quoteapi evaluate` reads it; stretches whose marks were paired wrongly are left out."""
    quotes = sorted(article["quotes"], key=lambda quote: quote["start"])
    return {"id": article["id"], "text": text, "quotes": [gold_quote(quote, article, text) for quote in quotes if quote["kind"] != "bad"]}


def gold_quote(quote: Quote, article: Marks, text: str) -> dict[str, object]:
    """A stretch with its speaker's fullest name and roles; all of that is empty where it is nobody's speech or nobody is known.

    Several who speak together are a group without a role.
    """
    speakers = [article["entities"][key] for key in quote.get("speakers", ())] if quote["kind"] != "other" else []
    alone = speakers[0] if len(speakers) == 1 else None
    roles = alone["roles"] if alone else []
    mention = quote.get("mention") if speakers else None
    return {
        "start": quote["start"],
        "end": quote["end"],
        "kind": quote["kind"],
        "speaker": " and ".join(entity["name"] for entity in speakers) or None,
        "speaker_type": SPEAKER_TYPES.get(alone["type"], alone["type"]) if alone else "group" if speakers else None,
        "mention": text[slice(*mention)] if mention else None,
        "role": next((role["text"] for role in roles if role["best"]), None),
        "role_variants": [role["text"] for role in roles if not role["best"]],
    }


def write_lines(path: Path, articles: Iterable[Mapping[str, object]]) -> None:
    """Write an object a line; gzipped where the name ends in `.gz`, the same bytes for the same objects."""
    lines = "".join(json.dumps(article, ensure_ascii=False) + "\n" for article in articles).encode("utf-8", "surrogatepass")
    path.write_bytes(gzip.compress(lines, mtime=0) if path.suffix == ".gz" else lines)


def tell(articles: Sequence[Marks], joined: Joined) -> None:
    """Say on standard error how many articles were joined, and which have another text."""
    missing = len(articles) - len(joined.texts) - len(joined.differing)
    print(f"{len(joined.texts)} joined, {missing} missing, {len(joined.differing)} with another text", file=sys.stderr)
    for name in sorted(joined.differing):
        print(f"another text: {name}", file=sys.stderr)


def join(marks: Path, texts: Sequence[Path], output: Path, *, gold: bool) -> int:
    """Join, write and tell; the number of articles that were joined.

    Nothing is written where none was.

    Raises:
        UnreadableError: A file cannot be read or written.
    """
    articles = read_marks(marks)
    joined = find_texts(articles, texts)
    tell(articles, joined)
    form = as_gold if gold else with_text
    if joined.texts:
        try:
            write_lines(output, (form(article, joined.texts[article["id"]]) for article in articles if article["id"] in joined.texts))
        except OSError as error:
            message = f"{output} cannot be written: {error}"
            raise UnreadableError(message) from error
    return len(joined.texts)


def main() -> int:
    """Read the command line; 0 where an article was joined, 1 where none was, 2 where a file cannot be read."""
    parser = argparse.ArgumentParser(description="Join the published marks to the texts of their articles.")
    parser.add_argument("marks", metavar="MARKS", type=Path, help="marks of this folder, such as corpus/marked-dev.jsonl.gz")
    parser.add_argument("texts", metavar="TEXTS", type=Path, nargs="+", help="JSON lines with id and text, gzipped or not")
    parser.add_argument("--output", metavar="FILE", type=Path, required=True, help="where to write; gzipped if it ends in .gz")
    parser.add_argument("--gold", action="store_true", help="write gold for quoteapi evaluate, not the marks with their texts")
    given = parser.parse_args()
    try:
        count = join(given.marks, given.texts, given.output, gold=given.gold)
    except UnreadableError as error:
        print(f"join.py: {error}", file=sys.stderr)
        return 2
    if not count:
        print(f"join.py: no article was joined, so {given.output} is not written", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
