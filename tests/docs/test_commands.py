"""Everything that the README and the documentation give to type is typed here, and what they say comes out has to come out."""

import contextlib
import doctest
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fences import PAGES, PRINTED, ROOT, RUN, SHOWN, Fence, fences
from serving import Server
from target import ALIKE

ADDRESS = "http://127.0.0.1:8000"
"""Where a page takes the service to run; here it is put where one does."""
PATIENCE = 1200
"""Seconds after which a command hangs."""
UNSTEADY = {"confidence", "probability"}
"""Fields that move with the weights."""
LARGE = 1_000_000
"""Bytes from which a file is not copied for a page: weights, which nothing that is typed writes to."""
TRIED = 5
"""Passages of each catalogue in a copy, but for a long run: a page has all of them tried, as tests/evaluation does."""
NO_SOURCE = shutil.ignore_patterns(".*", "__pycache__", "_build", "build", "dist", "node_modules", "*.egg-info")

pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


@pytest.fixture(scope="module")
def server(start_servers: Callable[..., Server]) -> Server:
    """The service that the commands ask."""
    server = start_servers(QUOTEAPI_QUEUE_SIZE="8")
    server.wait_until_ready()
    return server


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the checkout, as the folder in which everything runs."""
    folder = tmp_path / "quoteapi"
    shutil.copytree(ROOT, folder, ignore=NO_SOURCE, copy_function=copied)
    for catalogue in (folder / "tests" / "catalogue").glob("*.toml") if ALIKE else ():
        passages = re.split(r"^(?=\[\[passage\]\])", catalogue.read_text(encoding="utf-8"), flags=re.MULTILINE)
        catalogue.write_text("".join(passages[: TRIED + 1]), encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def copied(source: str, target: str) -> str:
    """A copy of a file, or a link to one that is large."""
    if Path(source).stat().st_size < LARGE:
        return shutil.copy2(source, target)
    Path(target).symlink_to(source)
    return target


@pages
def test_every_block_is_in_a_language_that_is_known(page: Path) -> None:
    """So that none goes untested by a misspelt name: `bsah` would never run."""
    known = {*RUN, *PRINTED, *SHOWN}
    unknown = [f"{page.name}:{fence.line} {fence.language}" for fence in fences(page) if fence.language not in known]
    assert [name for name in unknown if not name.endswith("}")] == []  # a directive is the builder's


@pages
def test_what_a_page_gives_to_type_works(page: Path, request: pytest.FixtureRequest) -> None:
    """Block by block, in its order, in a copy of the checkout; each prints what the page says."""
    blocks = [fence for fence in fences(page) if fence.language in RUN | PRINTED]
    if any(fence.language in RUN for fence in blocks):
        request.getfixturevalue("checkout")
    if any(ADDRESS in fence.code for fence in blocks if fence.language in RUN):
        url = request.getfixturevalue("server").url
        blocks = [fence._replace(code=fence.code.replace(ADDRESS, url)) if fence.language in RUN else fence for fence in blocks]
    namespace: dict[str, object] = {"__name__": "__main__"}
    printed = ""
    for before, fence in zip([None, *blocks], blocks, strict=False):
        place = f"{page.name}:{fence.line}"
        if fence.language == "bash":
            printed = typed(fence.code, place)
        elif fence.language == "python":
            run_python(fence, page, namespace)
        elif before is not None and before.language == "bash" and fence.follows:
            compare(fence, printed, place)
        elif fence.language == "json":
            assert json.loads(fence.code) is not None, place


def typed(code: str, place: str) -> str:
    """What a command prints; it has to end well."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(  # noqa: S603 - our own examples are what is tested
        ["bash", "-euo", "pipefail", "-c", code],  # noqa: S607 - bash, wherever it is
        env={**os.environ, "PATH": path},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, f"{place}\n{code}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def run_python(fence: Fence, page: Path, namespace: dict[str, object]) -> None:
    """A block runs; where comments stand behind its prints, they are what it prints."""
    printed = io.StringIO()
    program = compile("\n" * fence.line + fence.code, page, "exec")
    with contextlib.redirect_stdout(printed):
        exec(program, namespace)  # noqa: S102 - our own examples are what is tested
    if told := re.findall(r"^ *print\(.*\)  # (.+)$", fence.code, flags=re.MULTILINE):
        assert printed.getvalue().splitlines() == told, f"{page.name}:{fence.line}"


def compare(fence: Fence, printed: str, place: str) -> None:
    """What a page shows behind a command is what it prints; only how sure it is may move with the weights."""
    if fence.language == "json":
        shown = json.loads(fence.code)
        assert told_of(json.loads(printed), shown) == told_of(shown, shown), place
        return
    shown, came = ("".join(f"{line.rstrip()}\n" for line in text.strip("\n").splitlines()) for text in (fence.code, printed))
    assert doctest.OutputChecker().check_output(shown, came, doctest.ELLIPSIS), f"{place}\n{came}"


def told_of(value: Any, shown: Any) -> Any:  # noqa: ANN401 - whatever JSON has
    """What a page shows of a value: the fields that it does not show are left out, probabilities masked."""
    if isinstance(value, dict) and isinstance(shown, dict):
        return {key: "any" if key in UNSTEADY else told_of(part, shown[key]) for key, part in value.items() if key in shown}
    if isinstance(value, list) and isinstance(shown, list) and len(value) == len(shown):
        return [told_of(*pair) for pair in zip(value, shown, strict=True)]
    return value
