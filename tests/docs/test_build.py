"""The documentation: it builds without a warning, loads nothing from another host, and tells of all that there is."""

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import pytest
from bs4 import BeautifulSoup

from fences import ROOT
from quoteapi.structs import Quote

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


@pytest.mark.parametrize(
    "source",
    [
        '<script src="https://example.org/a.js"></script>',
        '<link rel="stylesheet" href="//example.org/a.css">',
        '<img src="https://example.org/a.png">',
        '<p style="background: url(https://example.org/a.png)">',
        '<style>@import "https://example.org/a.css";</style>',
    ],
)
def test_every_way_to_load_from_another_host_is_seen(source: str) -> None:
    """A check that overlooks one would guard nothing; a link that a reader follows loads nothing."""
    assert foreign(loaded_by_page(f'{source}<a href="https://example.org/">Elsewhere</a>')) != []
    assert foreign(loaded_by_page('<a href="https://example.org/">Elsewhere</a><img src="a.png">')) == []


def test_no_page_loads_anything_from_another_host(built: Path) -> None:
    """Scripts, styles, fonts and images all come from the folder itself, so that it can be read on a closed network."""
    pages = {path.name: loaded_by_page(path.read_text(encoding="utf-8")) for path in built.rglob("*.html")}
    styles = {path.name: loaded_by_style(path.read_text(encoding="utf-8")) for path in built.rglob("*.css")}
    assert {name: found for name, addresses in (pages | styles).items() if (found := foreign(addresses))} == {}


def foreign(addresses: list[str]) -> list[str]:
    """Those on another host."""
    return [address for address in addresses if urlsplit(address).netloc]


def loaded_by_page(source: str) -> list[str]:
    """What a page loads by itself."""
    page = BeautifulSoup(source, "html.parser")
    addresses = [str(tag.get(LOADED[tag.name], "")) for tag in page.find_all(list(LOADED))]
    styles = [tag.get_text() for tag in page.find_all("style")] + [str(tag["style"]) for tag in page.find_all(style=True)]
    return addresses + loaded_by_style("\n".join(styles))


def loaded_by_style(sheet: str) -> list[str]:
    """What a style sheet loads."""
    return re.findall(r"""(?:url\(|@import)\s*["']?([^"')\s;]+)""", sheet)


def test_a_struct_is_shown_with_its_fields(built: Path) -> None:
    """Each with its meaning, as the OpenAPI document tells it."""
    page = BeautifulSoup((built / "python.html").read_text(encoding="utf-8"), "html.parser").get_text()
    meaning = msgspec.json.schema(Quote)["$defs"]["Quote"]["properties"]["confidence"]["description"]
    assert "msgspec.Meta" not in page
    assert meaning in page


def test_every_room_is_on_the_map() -> None:
    """Whoever wants to change something finds where it lives."""
    told = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")
    rooms = {path.name for path in (ROOT / "src" / "quoteapi").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert {room for room in rooms if not room.startswith("__") and f"`{room.removesuffix('.py')}`" not in told} == set()


@pytest.mark.parametrize("page", ["contributing.md", "decisions.md"])
def test_every_file_that_a_map_names_is_there(page: str) -> None:
    """A file that is renamed or deleted is renamed on the map, too."""
    told = re.findall(r"`(\w+(?:/\w+)+\.\w+)`", (ROOT / "docs" / page).read_text(encoding="utf-8"))
    assert told
    assert [path for path in told if not any((folder / path).exists() for folder in (ROOT, ROOT / "src" / "quoteapi"))] == []
