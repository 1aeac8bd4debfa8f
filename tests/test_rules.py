"""Rules: what the stages decide has hits on real news, as `benchmarks/rules.py` counts them."""

import ast
import json

from fences import ROOT

STAGES = ROOT / "src" / "quoteapi"
HITS: dict[str, int] = json.loads((ROOT / "benchmarks" / "results" / "rules.json").read_text(encoding="utf-8"))["hits"]
KNOWN = set((ROOT / "tests" / "idle_rules.txt").read_text(encoding="utf-8").split())
"""Functions that had no hit when the list was made: layout that news seldom has, and rules to be deleted."""


def defined(key: str) -> bool:
    """Whether a function of the list is still there (`quotes.kinds:as_non_speech`, `speakers.authority:Authority.matches`)."""
    module, _, name = key.partition(":")
    path = STAGES.joinpath(*module.split(".")).with_suffix(".py")
    return path.is_file() and name.rpartition(".")[2] in {
        node.name for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)
    }


def test_every_rule_has_hits_on_real_news() -> None:
    """A rule without any is to be deleted, not listed."""
    assert {key for key, hits in HITS.items() if not hits and defined(key)} <= KNOWN


def test_the_list_of_rules_without_hits_only_shrinks() -> None:
    """What is deleted leaves it."""
    assert all(defined(key) and HITS[key] == 0 for key in KNOWN)
