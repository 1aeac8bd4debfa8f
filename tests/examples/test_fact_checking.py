"""The notebook: it runs from the first cell to the last against a real service, and its tables say what the articles say."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from serving import PATIENCE, Server

NOTEBOOK = Path(__file__).parents[2] / "examples" / "fact_checking.ipynb"
CHECK = """
assert failed == []
assert len(quotes) == 23 and quotes["speaker"].notna().all()
assert set(claims.loc["Henrik Salo"]["figures"]) == {"eight, million", "90"}
assert by_type.index[0] == "person" and abs(by_type["share"].sum() - 1) < 0.01
assert by_speaker.loc["Marta Quill", "role"] == "the city's head of transport"
assert by_role.loc["Mayor", "quotes"] == 4
assert len(doubtful) == (quotes["confidence"] < SURE).sum() and doubtful["confidence"].is_monotonic_increasing
"""


@pytest.fixture(scope="module")
def notebook() -> Any:  # noqa: ANN401  nbformat's own type has no types
    """The notebook as it is in the repository."""
    return nbformat.read(NOTEBOOK, as_version=4)


def test_it_holds_no_outputs(notebook: Any) -> None:  # noqa: ANN401  the same
    """They would be of somebody's machine; whoever opens it runs it."""
    for cell in notebook.cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
    nbformat.validate(notebook)


def test_it_runs_and_its_tables_are_right(notebook: Any, server: Server, tmp_path: Path) -> None:  # noqa: ANN401  the same
    """A last cell, the test's own, looks at what the others have left."""
    folder = shutil.copytree(NOTEBOOK.parent, tmp_path / "examples")
    tried = nbformat.v4.new_notebook(cells=[*notebook.cells, nbformat.v4.new_code_cell(CHECK)], metadata=notebook.metadata)
    nbformat.write(tried, folder / "tried.ipynb")
    program = "from nbclient.cli import main; main()"
    command = [sys.executable, "-c", program, "tried.ipynb", f"--timeout={PATIENCE:.0f}", f"--startup_timeout={PATIENCE:.0f}"]
    environment = {**os.environ, "QUOTEAPI_URL": server.url}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  nbclient
    assert done.returncode == 0, done.stderr
