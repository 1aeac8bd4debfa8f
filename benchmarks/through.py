"""Everything through: real articles as collected, with all optional parts requested and every offset checked.

    python benchmarks/through.py [--shared ../shared]

Reads the articles of Wikinews and PolNeAR's training texts, with their line endings, in each of the three units. The exit status is 1 if an
article has no answer, an offset does not cut the given text, an id occurs twice or quotes are out of order; prints what is wrong.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, get_args

import msgspec

from quoteapi.answer import compose
from quoteapi.document import memory_for
from quoteapi.engine import QuoteEngine
from quoteapi.errors import QuoteapiError
from quoteapi.structs import Article, Include, OffsetUnit

WIKINEWS = "data/articles/wikinews.jsonl"
POLNEAR = "data/polnear/train/text"
UNITS: tuple[OffsetUnit, ...] = get_args(get_args(OffsetUnit)[0])
ENCODINGS: dict[OffsetUnit, tuple[str, int]] = {"codepoint": ("utf-32-le", 4), "utf16": ("utf-16-le", 2), "utf8": ("utf-8", 1)}
"""The encoding of each unit, and its bytes per unit."""


def articles(shared: Path) -> Iterator[tuple[str, str]]:
    """Names and texts."""
    for line in (shared / WIKINEWS).read_bytes().splitlines():
        record = json.loads(line)
        yield f"wikinews {record['id']}", record["text"]
    for path in sorted((shared / POLNEAR).iterdir()):
        yield path.name, path.read_bytes().decode()


def all_parts(engine: QuoteEngine) -> Iterator[Include]:
    """All optional parts that the engine supports."""
    for part in get_args(get_args(Include)[0]):
        with suppress(QuoteapiError):
            engine.check(Article(text="Text.", include=[part]))
            yield part


def answers(engine: QuoteEngine, text: str, include: list[Include]) -> Iterator[tuple[OffsetUnit, dict[str, Any]]]:
    """The answer in each unit, as plain objects; the article is read once."""
    engine.check(Article(text=text, include=include))
    with memory_for(engine.nlp, text):
        found = engine.find(Article(text=text, include=include))
        for unit in UNITS:
            yield unit, msgspec.to_builtins(compose(Article(text=text, include=include, offset_unit=unit), found, min_confidence=0.0))


def cutter(text: str, unit: OffsetUnit) -> Callable[[int, int], str]:
    """Slices a text as a caller does who counts in a unit."""
    encoding, size = ENCODINGS[unit]
    encoded = text.encode(encoding, "surrogatepass")
    return lambda start, end: encoded[size * start : size * end].decode(encoding, "surrogatepass")


def spans_in(value: object) -> Iterator[dict[str, Any]]:
    """Everything in an answer that has text and offsets, except quotes, whose text is that of their spans."""
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys() and "spans" not in value and value["start"] is not None:
            yield value
        for part in value.values():
            yield from spans_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from spans_in(part)


def faults(text: str, unit: OffsetUnit, answer: dict[str, Any]) -> Iterator[str]:
    """What is wrong in an answer (plain objects)."""
    cut = cutter(text, unit)
    for span in spans_in(answer):
        if cut(span["start"], span["end"]) != span["text"]:
            yield f"{span['start']}:{span['end']} does not cut {span['text']!r}"
    quotes = answer["quotes"]
    for quote in quotes:
        spans = quote["spans"]
        edges = [edge for span in spans for edge in (span["start"], span["end"])]
        if edges != sorted(edges) or (quote["start"], quote["end"]) != (edges[0], edges[-1]):
            yield f"{quote['id']}: spans out of order"
        if quote["text"] != " ".join(span["text"] for span in spans):
            yield f"{quote['id']}: its words are not those of its spans"
        context = quote["context"]
        if not context["start"] <= quote["start"] <= quote["end"] <= context["end"]:
            yield f"{quote['id']}: outside its context"
    if (starts := [quote["start"] for quote in quotes]) != sorted(starts):
        yield "quotes out of order"
    for kind in ("quotes", "speakers"):
        ids = [one["id"] for one in answer[kind]]
        if len(set(ids)) != len(ids):
            yield f"an id stands twice among the {kind}"


def main() -> None:
    """Read every article in every unit."""
    parser = argparse.ArgumentParser(description="Every article through, every offset checked.")
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder of data/ (default: %(default)s)")
    options = parser.parse_args()
    if missing := [path for path in (WIKINEWS, POLNEAR) if not (options.shared / path).exists()]:
        sys.exit("Nothing is read, because these are missing (see --shared):\n" + "\n".join(f"  {path}" for path in missing))
    engine = QuoteEngine()
    include = list(all_parts(engine))
    read = wrong = 0
    for name, text in articles(options.shared):
        try:
            found = [f"({unit}) {fault}" for unit, answer in answers(engine, text, include) for fault in faults(text, unit, answer)]
        except Exception as error:  # noqa: BLE001 - any error is a finding
            found = [repr(error)]
        read += 1
        wrong += bool(found)
        for fault in found:
            print(f"{name}: {fault}", flush=True)
    print(f"{read:,} articles in {len(UNITS)} units, {wrong} with something wrong; asked for {', '.join(include)}")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
