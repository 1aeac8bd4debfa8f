"""The README: its commands are those that the checks run, its figures those that were measured, and all that it names is there."""

import re

from markdown_it import MarkdownIt

from fences import ROOT, fences

PATH = ROOT / "README.md"
README = PATH.read_text(encoding="utf-8")


def test_the_checks_run_the_commands_of_the_readme() -> None:
    """Each part of the two commands for a newcomer is a line of `.ci/run`, in the same order, so that a broken one is noticed."""
    steps = [line.replace("pip install --quiet", "pip install") for line in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()]
    commands = [fence.code.strip() for fence in fences(PATH) if fence.language == "console"]
    main_job, tests = (command.split(" && ") for command in commands)
    assert main_job[-1] in steps
    assert [step for step in steps if step in tests] == tests


def test_its_figures_are_those_that_were_measured() -> None:
    """Between its markers `benchmarks/accuracy.py` writes; they are in that script's report, too."""
    report = (ROOT / "benchmarks" / "results" / "accuracy.md").read_text(encoding="utf-8")
    block = README.partition("<!-- accuracy -->")[2].partition("<!-- /accuracy -->")[0]
    measured = re.findall(r"\d\.\d{3}", block)
    assert len(measured) == 7
    assert set(measured) <= set(re.findall(r"\d\.\d{3}", report))


def test_every_file_that_the_readme_names_is_there() -> None:
    """A link within the checkout leads to a file, and so does a path in backticks that begins with one of our folders."""
    inline = [token for block in MarkdownIt("commonmark").enable("table").parse(README) for token in block.children or ()]
    targets = [str(token.attrs.get("href") or token.attrs.get("src") or "") for token in inline if token.type in {"link_open", "image"}]
    linked = [target for target in targets if not target.startswith("http")]
    named = re.findall(r"`(?:python )?((?:src|tests|benchmarks|openapi|docs|\.ci)/[\w./-]+)`", README)
    assert {"docs/use.md", "docs/images/page-light.png", ".ci/run"} <= {*linked, *named}
    assert [path for path in (*linked, *named) if not (ROOT / path).exists()] == []
