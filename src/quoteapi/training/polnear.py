"""PolNeAR: news articles annotated with attributions (source, cue, content) in brat's standoff format.

Newell, Margolin and Ruths (2018), "An Attribution Relations Corpus for Political News". Its text may be used for training, not
redistributed.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from quoteapi.findings import Chars

HELD_OUT_EVERY = 10
"""One training article in this many is left out of all training, for choosing temperatures and thresholds afterwards."""


class Attributed(Struct, frozen=True):
    """An attribution; each part is a list of half-open ranges in code points of the raw text."""

    content: list[Chars]
    source: list[Chars]
    cue: list[Chars]


class Annotated(Struct, frozen=True):
    """An article and its attributions."""

    name: str
    text: str
    attributions: list[Attributed]


def articles(folder: Path) -> Iterator[Annotated]:
    """The articles of a split (a folder with `text/` and `attributions/`), by name."""
    annotations = {path.stem: path for path in (folder / "attributions").iterdir()}
    for path in sorted((folder / "text").iterdir()):
        standoff = annotations.get(path.stem) or next((p for stem, p in sorted(annotations.items()) if stem.startswith(path.stem)), None)
        if standoff is not None:
            with path.open(encoding="utf8", newline="") as file:
                yield Annotated(path.stem, file.read(), list(attributions(standoff)))


def fitted_on(found: Sequence[Annotated]) -> list[Annotated]:
    """The articles that the networks are trained on."""
    return [article for i, article in enumerate(found) if i % HELD_OUT_EVERY]


def held_out(found: Sequence[Annotated]) -> list[Annotated]:
    """The articles that they do not see."""
    return list(found[::HELD_OUT_EVERY])


def attributions(path: Path) -> Iterator[Attributed]:
    """The attributions in a standoff file; wrapped lines are skipped, as the scorer does."""
    spans: dict[str, list[Chars]] = {}
    events: list[list[list[str]]] = []
    for line in path.read_text(encoding="utf8").split("\n"):
        parts = line.split("\t")
        if line.startswith("T") and len(parts) > 1:
            stretches = [stretch.split() for stretch in parts[1].split(" ", 1)[1].split(";")]
            spans[parts[0]] = [(int(start), int(end)) for start, end in stretches]
        elif line.startswith("E") and len(parts) > 1:
            events.append([argument.split(":") for argument in parts[1].split()])
    for event in events:
        roles: dict[str, list[Chars]] = {"Content": [], "Source": [], "Cue": []}
        for role, number in event:
            for name, found in roles.items():
                if role.startswith(name):
                    found.extend(spans[number])
        yield Attributed(roles["Content"], roles["Source"], roles["Cue"])


def share(stretch: Chars, others: list[Chars]) -> float:
    """The share of a span that the others cover."""
    start, end = stretch
    covered = sum(max(0, min(end, b) - max(start, a)) for a, b in others)
    return covered / max(1, end - start)
