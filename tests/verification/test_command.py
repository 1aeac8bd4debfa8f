"""The command `verify`: what it prints, and with what it exits."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hearing import ARTICLE, TRANSCRIPT
from quoteapi.cli import main

GOOD = "“We will not give up,” said Jane Roe."
BAD = "“We will give up,” said Jane Roe."


@pytest.fixture
def hearing(tmp_path: Path) -> Path:
    """A file with a transcript."""
    path = tmp_path / "hearing.txt"
    path.write_text(TRANSCRIPT, encoding="utf-8")
    return path


def run(*arguments: object, stdin: str | None = None) -> Result:
    """What the command does."""
    return CliRunner().invoke(main, ["verify", *map(str, arguments)], input=stdin, env={"COLUMNS": "500"})


def test_it_exits_well_if_every_quote_holds(hearing: Path) -> None:
    """So that it can stand in a script that publishes."""
    result = run("-", "--source", hearing, stdin=GOOD)
    (quote,) = json.loads(result.stdout)["quotes"]
    assert (result.exit_code, quote["status"], quote["source"]["id"]) == (0, "styled", str(hearing))


def test_it_exits_with_1_if_one_does_not(hearing: Path) -> None:
    """And says what differs."""
    result = run("-", "--source", hearing, stdin=f"{GOOD}\n\n{BAD}")
    assert result.exit_code == 1
    changes = [quote["changes"] for quote in json.loads(result.stdout)["quotes"]]
    assert changes[0] == []
    assert changes[1][0]["flags"] == ["negation"]


def test_it_prints_a_table(hearing: Path, tmp_path: Path) -> None:
    """Of 80 columns, with words, changes and both names, and a closing line."""
    draft = tmp_path / "draft.txt"
    others = "“It will take nine years,” said Tom Hart.\n\n“Nobody has ever seen a whale here,” he said."
    draft.write_text(f"{BAD}\n\n{others}", encoding="utf-8")
    result = run(draft, "--source", hearing, "--format", "table")
    assert result.exit_code == 1
    assert max(map(len, result.stdout.splitlines())) <= 80
    for word in ("altered", "dropped:", "negation", "absent", "different", "JANE", "1 of 3 quotes are exact or styled."):
        assert word in " ".join(result.stdout.split())
    assert "\x1b" not in result.stdout


def test_it_prints_that_there_is_nothing_to_check(hearing: Path) -> None:
    """Which holds."""
    result = run("-", "--source", hearing, "--format", "table", stdin="The tide rose.")
    assert (result.exit_code, result.stdout) == (0, "No quotes.\n")


def test_the_suffix_tells_the_format(tmp_path: Path) -> None:
    """Pages and subtitles; of standard input an option does."""
    subtitles = tmp_path / "tape.SRT"
    subtitles.write_text("1\n00:01:02,000 --> 00:01:04,500\nROE: We will not give up.\n", encoding="utf-8")
    page = tmp_path / "draft.html"
    page.write_text(f"<meta charset=utf-8><article><p>{BAD}</p></article>", encoding="utf-8")
    (quote,) = json.loads(run(page, "--source", subtitles).stdout)["quotes"]
    assert quote["source"]["time"] == {"start": 62.0, "end": 64.5}
    piped = run("-", "--source", subtitles, "--input", "html", stdin=f"<article><p>{GOOD}</p></article>")
    assert piped.exit_code == 0


def test_several_sources_are_searched(hearing: Path, tmp_path: Path) -> None:
    """One given twice is one."""
    paper = tmp_path / "paper.txt"
    paper.write_text(ARTICLE, encoding="utf-8")
    draft = "“We have no choice but to close the harbour,” said Jane Roe."
    result = run("-", "--source", hearing, "--source", paper, "--source", paper, stdin=draft)
    assert [source["id"] for source in json.loads(result.stdout)["sources"]] == [str(hearing), str(paper)]


def test_what_cannot_be_read_is_told(hearing: Path, tmp_path: Path) -> None:
    """With its name, without a traceback."""
    broken = tmp_path / "broken.vtt"
    broken.write_text("WEBVTT\n\n00:01 --> 00:02\nYes.\n", encoding="utf-8")
    result = run("-", "--source", broken, stdin=GOOD)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "broken.vtt" in result.stderr
    assert "Line 3" in result.stderr
    empty = run("-", "--source", hearing, stdin=" ")
    assert (empty.exit_code, "The draft: The text is empty" in empty.stderr) == (1, True)


def test_wrong_use_is_told(hearing: Path) -> None:
    """No source, or standard input twice."""
    assert run("-", stdin=GOOD).exit_code == 2
    assert run("-", "--source", "-", stdin=GOOD).exit_code == 2
    assert run(hearing, "--source", "missing.txt").exit_code == 2
