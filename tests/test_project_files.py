"""What tools look for at the top of the tree: each file is well formed and says what the package says."""

import contextlib
import io
import json
from pathlib import Path

import pytest
import yaml

from quoteapi.__about__ import __version__

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("name", ["SECURITY.md", "CONTRIBUTING.md", "CITATION.cff", "CHANGELOG.md", "LICENSE", "universe.json"])
def test_the_usual_files_are_there(name: str) -> None:
    """And hold something."""
    assert (ROOT / name).stat().st_size > 100


def test_the_version_is_released_in_the_changelog_and_the_citation() -> None:
    """One number everywhere."""
    assert f"\n## [{__version__}] - " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))["version"] == __version__
    assert f'"version": "{__version__}"' in (ROOT / "clients" / "typescript" / "package.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted((ROOT / ".github" / "workflows").glob("*.yml")), ids=lambda path: path.name)
def test_a_workflow_may_only_read_unless_a_job_says_more(path: Path) -> None:
    """With a limit to its time."""
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    assert all(job["timeout-minutes"] <= 120 for job in workflow["jobs"].values())


def test_the_example_of_the_spacy_universe_runs() -> None:
    """It prints the quote and its speaker."""
    entry = json.loads((ROOT / "universe.json").read_text(encoding="utf-8"))
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec("\n".join(entry["code_example"]), {})  # noqa: S102  our own example is what is tested
    assert printed.getvalue().splitlines() == ["The sea wall held,", "Jane Roe"]
