"""The documentation: it builds without a warning, loads nothing from another host, and tells of all that there is."""

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup, Tag

from fences import ROOT

LOADED = {
    "script": "src",
    "img": "src",
    "source": "src",
    "iframe": "src",
    "embed": "src",
    "object": "data",
    "link": "href",
    "image": "href",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages as they are built."""
    folder = tmp_path_factory.mktemp("documentation")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", "-d", str(folder / "trees")]
    done = subprocess.run(  # noqa: S603 - this interpreter, fixed arguments
        [*command, str(ROOT / "docs"), str(folder / "html")],
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder / "html"


def test_every_page_is_built(built: Path) -> None:
    """A page for each file, and none without a title."""
    for source in (ROOT / "docs").glob("*.md"):
        page = BeautifulSoup((built / f"{source.stem}.html").read_text(encoding="utf-8"), "html.parser")
        assert page.h1 is not None, source.name


def test_no_page_loads_anything_from_another_host(built: Path) -> None:
    """Scripts, styles, fonts and images all come from the folder itself, so that it can be read on a closed network."""
    foreign = []
    for path in built.rglob("*.html"):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        addresses = [tag.get(LOADED[tag.name], "") for tag in page.find_all(list(LOADED)) if isinstance(tag, Tag)]
        styles = [tag.get_text() for tag in page.find_all("style")] + [str(tag["style"]) for tag in page.find_all(style=True)]
        foreign += [f"{path.name}: {address}" for address in [*addresses, *loaded_by("\n".join(styles))] if urlsplit(str(address)).netloc]
    for path in built.rglob("*.css"):
        found = loaded_by(path.read_text(encoding="utf-8"))
        foreign += [f"{path.name}: {address}" for address in found if urlsplit(address).netloc]
    assert foreign == []


def loaded_by(style: str) -> list[str]:
    """What a style sheet loads."""
    return re.findall(r"""(?:url\(|@import)\s*["']?([^"')\s;]+)""", style)


def test_a_struct_is_shown_with_its_fields(built: Path) -> None:
    """Each with its type and its meaning."""
    page = BeautifulSoup((built / "python.html").read_text(encoding="utf-8"), "html.parser").get_text()
    assert "offset_unit" in page
    assert "The probability that the speaker (or its absence) is right." in page


def test_every_room_is_on_the_map() -> None:
    """Whoever wants to change something finds where it lives."""
    told = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")
    rooms = {path.name for path in (ROOT / "src" / "quoteapi").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert {room for room in rooms if not room.startswith("__") and f"`{room.removesuffix('.py')}`" not in told} == set()
