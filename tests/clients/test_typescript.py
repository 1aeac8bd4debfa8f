"""The TypeScript client: its types are the document's, and it does what its own tests say against a real service."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from serving import Server

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "clients" / "typescript"
NPM = shutil.which("npm")
UNREACHED = re.compile(
    r"\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED)\b"
)
"""What npm says where it does not reach its registry."""

pytestmark = pytest.mark.skipif(NPM is None, reason="needs node and npm")


def npm(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """What npm does with this in a folder, its two streams together."""
    return subprocess.run(  # noqa: S603  npm, with arguments of this file
        [str(NPM), *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package with what it needs, beside the document."""
    root = tmp_path_factory.mktemp("typescript")
    shutil.copytree(ROOT / "openapi", root / "openapi")
    folder = shutil.copytree(SOURCE, root / "clients" / "typescript", ignore=shutil.ignore_patterns("node_modules", "dist"))
    done = npm("ci", "--ignore-scripts", "--fetch-retries=1", "--fetch-timeout=60000", folder=folder)
    if done.returncode and UNREACHED.search(done.stdout):
        pytest.skip("npm does not reach its registry")
    assert done.returncode == 0, done.stdout
    return folder


def test_the_types_are_those_of_the_document(copy: Path) -> None:
    """`npm run generate` brings them up to date, without a warning."""
    done = npm("run", "--silent", "generate", folder=copy)
    assert done.returncode == 0, done.stdout
    assert "warn" not in done.stdout.lower()
    assert (copy / "src" / "schema.ts").read_text(encoding="utf-8") == (SOURCE / "src" / "schema.ts").read_text(encoding="utf-8")


def test_the_client_compiles_and_passes_its_tests(copy: Path, server: Server) -> None:
    """Strictly typed; offsets in UTF-16 units on text with emoji and combining marks, retries, problems."""
    done = npm("test", folder=copy, QUOTEAPI_URL=server.url)
    assert done.returncode == 0, done.stdout
    assert re.search(r"^\W*fail 0$", done.stdout, flags=re.MULTILINE), done.stdout


def test_the_lock_names_no_registry() -> None:
    """Whoever installs takes the packages from the registry of their own."""
    assert '"resolved"' not in (SOURCE / "package-lock.json").read_text(encoding="utf-8")
