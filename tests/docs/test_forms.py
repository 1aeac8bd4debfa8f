"""The tables of forms: each example gives what its row says."""

from itertools import pairwise

import pytest

import quoteapi
from fences import ROOT

PAGE = ROOT / "docs" / "forms.md"


def rows() -> list[dict[str, str]]:
    """The rows of every table with examples, by the names of their columns."""
    found = []
    names: list[str] = []
    for above, line in pairwise(["", *PAGE.read_text(encoding="utf-8").splitlines()]):
        cells = [cell.strip().strip("`") for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if cells and not above.startswith("|"):
            names = cells
        elif "example" in names and len(cells) == len(names) and set(line) - set("| -") and cells[1]:
            found.append(dict(zip(names, cells, strict=True)))
    return found


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["example"][:40])
def test_an_example_gives_what_its_row_says(row: dict[str, str]) -> None:
    """One of its quotes has the kind, speaker, role, method, reason and modality of the row."""
    answer = quoteapi.extract(row["example"].replace("⏎", "\n\n"), include=["other"], language="en")
    told = [
        {
            "kind": quote.kind,
            "speaker": "–" if quote.speaker is None else f"{quote.speaker.name} ({quote.speaker.role})".removesuffix(" (None)"),
            "evidence.method": quote.evidence.method,
            "reason": quote.reason or None,
            "modality": quote.modality,
        }
        for quote in answer.quotes
    ]
    wanted = {name: value for name, value in row.items() if name in {"kind", "speaker", "evidence.method", "reason", "modality"}}
    assert wanted in [{name: quote[name] for name in wanted} for quote in told]


def test_there_are_examples_in_each_table() -> None:
    """A page whose tables are not found would pass unread."""
    assert {"kind", "reason", "modality"} <= {name for row in rows() for name in row}
