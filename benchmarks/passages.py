"""The catalogue: how many of its passages are right, construction by construction, and what is wrong in the others.

    python benchmarks/passages.py

Reads tests/catalogue/*.toml, writes the table as benchmarks/results/catalogue.md and the failures into the model card.
"""

from collections.abc import Sequence
from pathlib import Path

from quoteapi.engine import QuoteEngine
from quoteapi.evaluation import read_catalogue, try_catalogue
from quoteapi.evaluation.trials import Tried

ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT / "tests" / "catalogue"
REPORT = ROOT / "benchmarks" / "results" / "catalogue.md"
CARD = ROOT / "src" / "quoteapi" / "weights" / "MODEL_CARD.md"
MARKERS = ("<!-- catalogue -->", "<!-- /catalogue -->")


def main() -> None:
    """Try every passage, write the table and the failures."""
    engine = QuoteEngine()
    tried = [one for path in sorted(CATALOGUE.glob("*.toml")) for one in try_catalogue(read_catalogue(path), engine)]
    REPORT.write_text(f"{table(tried)}\n", encoding="utf-8")
    put(CARD, failures(tried))
    print(table(tried))


def table(tried: Sequence[Tried]) -> str:
    """Right passages and all, for each construction and together, as Markdown."""
    groups: dict[str, list[Tried]] = {"all": list(tried)}
    for one in tried:
        groups.setdefault(one.passage.construct, []).append(one)
    rows = [f"| {name} | {sum(not one.faults for one in part)} | {len(part)} |" for name, part in groups.items()]
    return "\n".join(["| construction | right | passages |", "| --- | ---: | ---: |", *rows])


def failures(tried: Sequence[Tried]) -> str:
    """What is wrong, a line a passage."""
    wrong = [f"- `{one.passage.id}`: {'; '.join(dict.fromkeys(one.faults))}" for one in tried if one.faults]
    return f"{len(tried) - len(wrong)} of {len(tried)} passages are right. The others:\n\n" + "\n".join(wrong)


def put(path: Path, words: str) -> None:
    """Replaces what stands between the markers of a file."""
    before, _, rest = path.read_text(encoding="utf8").partition(MARKERS[0])
    _, _, after = rest.partition(MARKERS[1])
    path.write_text(f"{before}{MARKERS[0]}\n{words}\n{MARKERS[1]}{after}", encoding="utf8")


if __name__ == "__main__":
    main()
