"""The catalogues: how many of their passages are right, by construction, and what is wrong in the others.

    python benchmarks/passages.py

Reads tests/catalogue/*.toml, writes the tables as benchmarks/results/catalogue.md and the failures as failures.md beside it.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from quoteapi.engine import QuoteEngine
from quoteapi.evaluation import read_catalogue, try_catalogue
from quoteapi.evaluation.catalogue_faults import PassageResult

ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT / "tests" / "catalogue"
RESULTS = ROOT / "benchmarks" / "results"


def main() -> None:
    """Try every passage, write the tables and the failures."""
    engine = QuoteEngine()
    tried = {path.stem: try_catalogue(read_catalogue(path), engine) for path in sorted(CATALOGUE.glob("*.toml"))}
    tables = "\n\n".join(table(name, part) for name, part in tried.items())
    (RESULTS / "catalogue.md").write_text(f"{tables}\n", encoding="utf-8")
    (RESULTS / "failures.md").write_text(f"{failures(tried)}\n", encoding="utf-8")
    print(tables)


def table(name: str, tried: Sequence[PassageResult]) -> str:
    """The numbers of right and of all passages of a catalogue, in total and by construction, as Markdown."""
    groups: dict[str, list[PassageResult]] = {"all": list(tried)}
    for one in tried:
        groups.setdefault(one.passage.construct, []).append(one)
    rows = [f"| {group} | {sum(not one.faults for one in part)} | {len(part)} |" for group, part in groups.items()]
    return "\n".join([f"| {name} | right | passages |", "| --- | ---: | ---: |", *rows])


def failures(catalogues: Mapping[str, Sequence[PassageResult]]) -> str:
    """What is wrong in each catalogue, one line per passage."""
    return "\n\n".join(f"In {name}, {wrong(tried)}" for name, tried in catalogues.items())


def wrong(tried: Sequence[PassageResult]) -> str:
    """What is wrong in a catalogue, after its number of right passages."""
    lines = [f"- `{one.passage.id}`: {'; '.join(dict.fromkeys(one.faults))}" for one in tried if one.faults]
    return "\n\n".join([f"{len(tried) - len(lines)} of {len(tried)} passages are right.", *(["\n".join(lines)] if lines else [])])


if __name__ == "__main__":
    main()
