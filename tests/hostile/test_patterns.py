"""Every regular expression that sees callers' text, over hostile strings that grow: none may take more than linear time.

The strings are made from each expression itself: every beginning of what it matches, and behind it its own characters over and over, one
or two in turn, or the beginnings again, so that it goes far before it fails at the end.
"""

import ast
import heapq
import importlib
import inspect
import pkgutil
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from re import _parser  # type: ignore[attr-defined]  the only reader of expressions that there is
from types import ModuleType
from typing import Any, NamedTuple

import pytest

import quoteapi
from growth import STEEPEST, exponent, seconds
from target import ALIKE

BESIDE = ("quoteapi.training", "quoteapi.evaluation", "quoteapi.cli", "quoteapi.ray", "quoteapi.client", "quoteapi.api.keys")
"""What no caller's text comes to, or only the caller's own process."""
STARTING = {"quoteapi.__main__", "quoteapi.processes.preload"}
"""What does something when it is imported."""
COMMON = " \n\ta1A.,-“"
"""Characters that every expression is tried with."""
MOST_CHARACTERS = 14
IN_TURN = 6
"""Characters that stand in turn with each other one."""
ENDS = "\x00", "a"
"""What strings end with: no class has the first but one that excludes others, and that one mostly excludes the second."""
SCREENED, WORST = (400, 2) if ALIKE else (2_000, 5)
"""Characters of every string that is tried, and how many of the slowest are then tried at growing lengths; more in a long run."""
SHORTEST, LONGEST = 2_000, 8_000
"""The lengths from which they grow: a quadratic expression takes long enough at the first one already, a linear one at none."""

METHODS = {"match", "fullmatch"}
"""What looks at one place of a text; everything else searches."""


class Expression(NamedTuple):
    """A compiled expression, and the methods by which the package uses it."""

    compiled: "re.Pattern[Any]"
    methods: frozenset[str]


def expressions() -> Iterator[tuple[str, Expression]]:
    """The expressions that the package's modules hold, in containers too, by module and name."""
    names = [module.name for module in pkgutil.walk_packages(quoteapi.__path__, "quoteapi.")]
    modules = [importlib.import_module(name) for name in names if not name.startswith(BESIDE) and name not in STARTING]
    used = uses(modules)
    for module in modules:
        for name, value in vars(module).items():
            for place, compiled in held(value, name):
                if isinstance(compiled, re.Pattern):
                    yield f"{module.__name__}:{place}", Expression(compiled, frozenset(used.get(id(compiled), {"search"})))


def held(value: object, name: str) -> Iterator[tuple[str, object]]:
    """What a name of a module stands for, and what that holds."""
    if isinstance(value, dict):
        parts: Iterable[object] = [*value.keys(), *value.values()]
    else:
        parts = value if isinstance(value, tuple | list | frozenset | set) else ()
    yield name, value
    for number, part in enumerate(parts):
        yield from held(part, f"{name}[{number}]")


def uses(modules: list[ModuleType]) -> dict[int, set[str]]:
    """The methods of each expression, by its identity, that are called somewhere in the package; `search` for one that is handed on."""
    found: dict[int, set[str]] = defaultdict(set)
    for module in modules:
        tree = ast.parse(inspect.getsource(module))
        called = {id(node.value): node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                value = vars(module).get(node.id)
                if isinstance(value, re.Pattern):
                    found[id(value)].add(called.get(id(node), "search"))
    return found


EXPRESSIONS = dict(expressions())


def one_of(items: list[Any]) -> str:
    """A character of a class."""
    negated, chosen = False, []
    for kind, value in items:
        match str(kind):
            case "NEGATE":
                negated = True
            case "LITERAL":
                chosen.append(chr(value))
            case "RANGE":
                chosen.append(chr(value[0]))
            case _:
                chosen.append({"SPACE": " ", "DIGIT": "1", "WORD": "a"}.get(str(value).removeprefix("CATEGORY_"), "."))
    if negated:
        return next(character for character in "a1 .“<\nZ~" if character not in chosen)
    return chosen[0]


def example(parsed: Any, seen: list[str]) -> str:  # noqa: ANN401  a tree of the standard library
    """Something near to what an expression matches; its characters are noted."""
    parts = []
    for kind, value in parsed:
        match str(kind):
            case "LITERAL":
                parts.append(chr(value))
            case "NOT_LITERAL" | "ANY":
                parts.append("a" if value != ord("a") else "b")
            case "IN":
                parts.append(one_of(value))
            case "BRANCH":
                branches = [example(branch, seen) for branch in value[1]]  # all of them, for their characters
                parts.append(branches[0])
            case "SUBPATTERN":
                parts.append(example(value[-1], seen))
            case "ATOMIC_GROUP":
                parts.append(example(value, seen))
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                parts.append(example(value[2], seen) * min(max(value[0], 1), 8))
            case "ASSERT" | "ASSERT_NOT":
                example(value[1], seen)
            case _:
                continue
        seen += [part for part in parts[-1:] if len(part) == 1]
    return "".join(parts)


def strings(pattern: str, flags: int) -> Iterator[tuple[str, str, str]]:
    """Hostile strings, each as a beginning, what follows it over and over, and an end."""
    seen: list[str] = []
    matched = example(_parser.parse(pattern, flags & ~re.DEBUG), seen)
    characters = list(dict.fromkeys([*seen[:MOST_CHARACTERS], *COMMON]))
    beginnings = list(dict.fromkeys(matched[: round(len(matched) * part / 8)] for part in range(9)))
    turns = [one + other for one in characters for other in characters[:IN_TURN] if other != one]
    again = [*filter(None, beginnings), *(beginning + character * 3 for beginning in beginnings for character in characters if beginning)]
    for pump in dict.fromkeys([*characters, *turns, *again]):
        for beginning in beginnings if len(pump) <= 2 else [""]:
            for end in ENDS:
                yield beginning, pump, end


@pytest.mark.parametrize("place", sorted(EXPRESSIONS))
def test_an_expression_takes_linear_time_on_hostile_text(place: str) -> None:
    """In the ways in which the package uses it."""
    compiled, methods = EXPRESSIONS[place]
    binary = isinstance(compiled.pattern, bytes)
    pattern = compiled.pattern.decode("latin-1") if binary else compiled.pattern

    def hostile(beginning: str, pump: str, end: str, length: int) -> Any:  # noqa: ANN401  text or bytes
        text = f"{beginning}{pump * (length // len(pump))}{end}"
        return text.encode() if binary else text

    def run(text: Any) -> None:  # noqa: ANN401  the same
        if methods - METHODS:
            for _ in compiled.finditer(text):
                pass
        if "match" in methods:
            compiled.match(text)
        if "fullmatch" in methods:
            compiled.fullmatch(text)

    def work(beginning: str, pump: str, end: str, length: int) -> Callable[[], object]:
        return partial(run, hostile(beginning, pump, end, length))

    tried = strings(pattern, compiled.flags & ~re.UNICODE if binary else compiled.flags)
    for made in heapq.nlargest(WORST, tried, key=lambda made: seconds(work(*made, SCREENED))):
        found = exponent(partial(work, *made), shortest=SHORTEST, longest=LONGEST)
        assert found < STEEPEST, (pattern, made, found)


def test_what_is_collected_is_what_the_package_holds() -> None:
    """Those of the request, of pages and of the engine are among them."""
    modules = {place.partition(":")[0] for place in EXPRESSIONS}
    assert {"quoteapi.request", "quoteapi.web.charsets", "quoteapi.web.markup", "quoteapi.quotes.marks", "quoteapi.text.lines"} <= modules
