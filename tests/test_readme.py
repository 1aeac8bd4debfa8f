"""The README: what it tells a newcomer to type works, and what it shows is what comes out."""

import contextlib
import io
import re
import shlex
from pathlib import Path

import msgspec

from quoteapi.engine import QuoteEngine
from quoteapi.structs import Article

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The fenced blocks of a language, in reading order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, flags=re.DOTALL | re.MULTILINE)


def test_the_checks_run_the_commands_of_the_readme() -> None:
    """Each part of the two commands for a newcomer is a line of `.ci/run`, in the same order, so that a broken one is noticed."""
    steps = [line.replace("pip install --quiet", "pip install") for line in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()]
    main_job, tests = (block.strip().split(" && ") for block in blocks("sh")[:2])
    assert main_job[-1] in steps
    assert [step for step in steps if step in tests] == tests


def test_the_python_examples_print_what_they_say() -> None:
    """Every block runs after the one before; the comment behind a print is what it prints."""
    namespace: dict[str, object] = {}
    for block in blocks("python"):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(block, "README.md", "exec"), namespace)  # noqa: S102 - our own examples are what is tested
        assert printed.getvalue().splitlines() == re.findall(r"^print\(.*\)  # (.+)$", block, flags=re.MULTILINE)


def test_the_example_answer_is_the_engines() -> None:
    """The JSON shown is what the request shown is answered with; only the confidence may move with the weights."""
    (curl,) = (block for block in blocks("sh") if block.startswith("curl"))
    arguments = shlex.split(curl)
    article = msgspec.json.decode(arguments[arguments.index("-d") + 1], type=Article)
    answer = msgspec.to_builtins(QuoteEngine().extract(article))
    (shown,) = map(msgspec.json.decode, blocks("json"))
    for quote in (*answer["quotes"], *shown["quotes"]):
        quote["confidence"] = "any"
    assert answer == shown


def test_every_file_that_the_readme_names_is_there() -> None:
    """A path in backticks that begins with one of our folders exists."""
    named = re.findall(r"`(?:python )?((?:src|tests|benchmarks|openapi|\.ci)/[\w./-]+)`", README)
    assert [path for path in named if not (ROOT / path).exists()] == []
    assert ".ci/run" in named
