"""Rules: how often each function and each condition of the stages applies, on unannotated news articles.

    python benchmarks/rules.py [--shared ../shared] [--count 1000]

The stages' modules are compiled with a counter around every condition and every returned value, and read the articles. A function has a hit
if it returns a true value, a generator if it yields. Writes benchmarks/results/rules.md, the list of rules, and rules.json, which a test
reads: a rule of language without hits on real news is to be deleted. The articles are not part of this project: their texts belong to their
publishers.
"""

import argparse
import ast
import gzip
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import TypeVar

import msgspec

PACKAGE = Path(__file__).parent.parent / "src" / "quoteapi"
RESULTS = Path(__file__).parent / "results"
ARTICLES = "data/news/train.jsonl.gz"
"""Path of the articles in the shared folder."""
STAGES = ("document", "quotes", "mentions", "attribution", "speakers", "constructions", "roles", "reports")
COUNTER = "__counted__"
INDIRECT = 8
"""One article in this many is also read for reported speech, which takes five times as long as all else."""

Value = TypeVar("Value")
hits: Counter[str] = Counter()
"""How often each function and condition was true: `quotes.kinds:as_non_speech`, `quotes.kinds:as_non_speech:68:and:1`."""


def counted(key: str, value: Value) -> Value:
    """The value; if true, a hit of its function or condition is counted."""
    if isinstance(value, bool) or not hasattr(value, "__array__"):
        hits[key] += bool(value)
    else:
        hits[key] += 1
    return value


class Counting(ast.NodeTransformer):
    """Puts the counter around the conditions and returned values of a module.

    Attributes:
        functions: The module's functions, with the first lines of their docstrings.
        conditions: Its conditions.
    """

    def __init__(self, module: str) -> None:
        self.module = module
        self.functions: dict[str, str] = {}
        self.conditions: list[str] = []
        self._inside: list[str] = []

    @property
    def _key(self) -> str:
        return f"{self.module}:{'.'.join(self._inside)}"

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        """A class: its name is part of its methods' keys."""
        return self._within(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """A function or method; one that returns None is not counted."""
        self._inside.append(node.name)
        if not (isinstance(node.returns, ast.Constant) and node.returns.value is None):
            self.functions[self._key] = (ast.get_docstring(node) or "").partition("\n")[0]
        self._inside.pop()
        return self._within(node)

    def _within(self, node: ast.ClassDef | ast.FunctionDef) -> ast.AST:
        self._inside.append(node.name)
        self.generic_visit(node)
        self._inside.pop()
        return node

    def visit_Return(self, node: ast.Return) -> ast.AST:
        """The value of a return statement."""
        self.generic_visit(node)
        if node.value is not None:
            node.value = call(self._key, node.value)
        return node

    def visit_Yield(self, node: ast.Yield) -> ast.AST:
        """The value of a yield."""
        self.generic_visit(node)
        node.value = call(self._key, ast.Tuple([node.value or ast.Constant(None)], ast.Load()), first=True)
        return node

    def visit_If(self, node: ast.If) -> ast.AST:
        """The condition of a statement."""
        self.generic_visit(node)
        node.test = self._condition(node.test, "if")
        return node

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        """The condition of an expression."""
        self.generic_visit(node)
        node.test = self._condition(node.test, "if")
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        """The operands of a Boolean expression."""
        self.generic_visit(node)
        node.values = [self._condition(value, type(node.op).__name__.lower(), i) for i, value in enumerate(node.values)]
        return node

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        """The conditions of a comprehension."""
        self.generic_visit(node)
        node.ifs = [self._condition(one, "for", i) for i, one in enumerate(node.ifs)]
        return node

    def _condition(self, test: ast.expr, kind: str, number: int = 0) -> ast.expr:
        key = f"{self._key}:{test.lineno}:{test.col_offset}:{kind}:{number}"
        self.conditions.append(key)
        return call(key, test)


def call(key: str, value: ast.expr, *, first: bool = False) -> ast.expr:
    """A call of the counter; with `first`, the first item of its result."""
    made = ast.copy_location(ast.Call(ast.Name(COUNTER, ast.Load()), [ast.Constant(key), value], []), value)
    return ast.copy_location(ast.Subscript(made, ast.Constant(0), ast.Load()), value) if first else made


class CountingImporter(MetaPathFinder, Loader):
    """Imports the stages' modules with the counter in them."""

    def __init__(self) -> None:
        self.modules: dict[str, Counting] = {}

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:  # noqa: ARG002 - Python's own signature
        """The spec of a stage's module; None for all others."""
        package, _, name = fullname.partition(".")
        if package != PACKAGE.name or name.partition(".")[0] not in STAGES:
            return None
        place = PACKAGE.joinpath(*name.split("."))
        if place.is_dir():
            return spec_from_file_location(fullname, place / "__init__.py", loader=self, submodule_search_locations=[str(place)])
        return spec_from_file_location(fullname, place.with_suffix(".py"), loader=self)

    def exec_module(self, module: ModuleType) -> None:
        """Runs a module's source with the counter in it."""
        origin = str(module.__file__)
        own = self.modules[module.__name__] = Counting(module.__name__.partition(".")[2])
        tree = ast.fix_missing_locations(own.visit(ast.parse(Path(origin).read_text(encoding="utf-8"))))
        setattr(module, COUNTER, counted)
        exec(compile(tree, origin, "exec"), vars(module))  # noqa: S102 - the project's own source


class Record(msgspec.Struct, frozen=True):
    """An article in the corpus."""

    id: str
    text: str


def read_articles(path: Path, count: int) -> Iterator[Record]:
    """The first articles of a corpus, which are from as many outlets as it has."""
    with gzip.open(path, "rb") as file:
        for line in islice(file, count):
            yield msgspec.json.decode(line, type=Record)


def rows(modules: dict[str, Counting]) -> Iterator[str]:
    """The lines of the report: a table of stages, then the functions of each with their hits."""
    folders: defaultdict[str, list[Counting]] = defaultdict(list)
    for own in modules.values():
        folders[own.module.partition(".")[0]].append(own)
    yield "| stage | functions | without a hit | conditions | never true |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for folder in STAGES:
        functions = [key for own in folders[folder] for key in own.functions]
        conditions = [key for own in folders[folder] for key in own.conditions]
        idle, never = (sum(not hits[key] for key in keys) for keys in (functions, conditions))
        yield f"| `{folder}` | {len(functions)} | {idle} | {len(conditions)} | {never} |"
    yield ""
    yield "| function | what it says | hits |"
    yield "| --- | --- | ---: |"
    for folder in STAGES:
        for own in sorted(folders[folder], key=lambda own: own.module):
            yield from (f"| `{key}` | {says} | {hits[key]:,} |" for key, says in own.functions.items())


def write(modules: dict[str, Counting], count: int) -> None:
    """Writes the report and the hits."""
    head = f"Hits on {count:,} news articles, the first of `{ARTICLES}`.\n"
    (RESULTS / "rules.md").write_text("\n".join([head, *rows(modules), ""]), encoding="utf-8")
    functions = {key: hits[key] for own in modules.values() for key in own.functions}
    text = msgspec.json.format(msgspec.json.encode({"articles": count, "hits": dict(sorted(functions.items()))}), indent=1)
    (RESULTS / "rules.json").write_bytes(text + b"\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the benchmark; returns 1 if the corpus is missing."""
    parser = argparse.ArgumentParser(description="How often each rule decides on news articles.")
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="the folder of corpora")
    parser.add_argument("--count", type=int, default=1000, help="articles to read")
    given = parser.parse_args(arguments)
    corpus = given.shared / ARTICLES
    if not corpus.is_file():
        print(f"There is no {corpus}: name the folder of corpora with --shared.", file=sys.stderr)
        return 1
    importer = CountingImporter()
    sys.meta_path.insert(0, importer)
    from quoteapi.engine import QuoteEngine  # noqa: PLC0415 - imported with the counter in it
    from quoteapi.structs import Article  # noqa: PLC0415 - the same

    engine = QuoteEngine(detect_language=False)
    for number, record in enumerate(read_articles(corpus, given.count), start=1):
        engine.extract(Article(text=record.text, id=record.id, include=["other", "indirect"] if number % INDIRECT == 0 else ["other"]))
        if number % 100 == 0:
            print(f"{number} articles read", file=sys.stderr)
    write(importer.modules, given.count)
    return 0


if __name__ == "__main__":
    sys.exit(main())
