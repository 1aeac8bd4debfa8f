"""Fenced blocks: what the README and the documentation give to type, and what they say comes out.

- `bash` is run; `console` is the same for people alone, where a test cannot run it (it installs, serves for ever, or takes hours);
- `python` is run, too, each block after those before it on its page;
- `json`, `text` and `csv` right behind a `bash` block, nothing between, is what it prints: fields of `json` may be left out, in `text` and
  `csv` `...` stands for what is; `json` elsewhere has to be JSON;
- the others are only shown.
"""

from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]

RUN = {"bash", "python"}
PRINTED = {"json", "text", "csv"}
SHOWN = {"console", "html", "ini", "javascript", "markdown", "nginx", "toml", "typescript", "xml", "yaml"}


class Fence(NamedTuple):
    """A fenced block."""

    language: str
    """Empty where none is named; `{…}` for a directive of MyST, which the build of the documentation reads."""
    code: str
    line: int
    """Where it stands on its page, from 1."""
    follows: bool
    """Whether it stands right behind another fence."""


def fences(page: Path) -> list[Fence]:
    """The fenced blocks of a page, in reading order."""
    found: list[Fence] = []
    last = None
    for token in MarkdownIt("commonmark").parse(page.read_text(encoding="utf-8")):
        if token.type == "fence":
            assert token.map is not None
            language = token.info.split()[0] if token.info.strip() else ""
            found.append(Fence(language, token.content, token.map[0] + 1, follows=last == "fence"))
        last = token.type
    return found
