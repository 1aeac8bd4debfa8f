"""Layers: which room of the package may import which, read from the source."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "quoteapi"

LAYERS = (
    {"__about__", "structs", "findings", "errors", "escapes", "shapes", "settings", "timing", "verification_structs"},
    {"client"},
    {"arguments", "odds", "text", "knowledge", "request", "web"},
    {"encoder"},
    {"document"},
    {"constructions"},
    {"quotes"},
    {"mentions"},
    {"attribution"},
    {"reports"},
    {"speakers"},
    {"roles"},
    {"answer"},
    {"component", "default", "engine", "verification"},
    {"exports"},
    {"processes"},
    {"batch"},
    {"audit"},
    {"quoteapi"},
    {"api"},
    {"mcp"},
    {"cli", "__main__"},
    {"ray"},
)
"""Each layer imports from itself and from those before it; `quoteapi` is the package's own front door."""

BESIDE = {"training", "evaluation"}
"""Rooms beside the served path: they may use it up to the engine, and the command line alone starts them."""

RANK = {room: rank for rank, layer in enumerate(LAYERS) for room in layer}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(module: Path) -> str:
    """The top-level name that a module belongs to."""
    first = module.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return "quoteapi" if first == "__init__" else first


def rooms() -> set[str]:
    """Every top-level name of the package."""
    return {room_of(module) for module in MODULES}


def imported_rooms(source: str, *, package: tuple[str, ...]) -> Iterator[str]:
    """The top-level names of quoteapi that a source imports, anywhere in it, lazily or for its types.

    Args:
        source: Of one module.
        package: The dotted parts of the package that the module stands in, for imports relative to it.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            paths = [tuple(alias.name.split(".")) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            named = (*base, *(node.module.split(".") if node.module else ()))
            paths = [(*named, alias.name) for alias in node.names]
        else:
            continue
        for path in paths:
            if path[0] == "quoteapi":
                yield path[1] if len(path) > 1 and path[1] in rooms() else "quoteapi"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import quoteapi.engine", ["engine"]),
        ("from quoteapi.structs import Span", ["structs"]),
        ("from quoteapi import errors, extract", ["errors", "quoteapi"]),
        ("from . import gold", ["evaluation"]),
        ("from ..errors import QuoteapiError", ["errors"]),
        ("def f():\n    from quoteapi.engine import QuoteEngine", ["engine"]),
        ("import spacy\nfrom pathlib import Path", []),
    ],
)
def test_every_form_of_import_is_seen(source: str, expected: list[str]) -> None:
    """A check that overlooks a form of import would guard nothing."""
    assert list(imported_rooms(source, package=("quoteapi", "evaluation"))) == expected


def test_every_room_has_its_place() -> None:
    """A new top-level module or folder is given a layer here before it is used."""
    assert rooms() <= RANK.keys() | BESIDE


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(PACKAGE)))
def test_a_module_imports_only_from_layers_before_it(module: Path) -> None:
    """Text knows nothing of quotes, the engine nothing of the API, and only the command line starts training or evaluation."""
    room = room_of(module)
    package = ("quoteapi", *module.relative_to(PACKAGE).parent.parts)
    if room in BESIDE:
        allowed = {room, *(other for other in RANK if RANK[other] <= RANK["engine"])}
    elif room == "cli":
        allowed = {*RANK, *BESIDE}
    else:
        allowed = {other for other in RANK if RANK[other] <= RANK[room]}
    assert set(imported_rooms(module.read_text(encoding="utf-8"), package=package)) <= allowed
