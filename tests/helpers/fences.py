"""Fenced blocks of the README and the documentation: commands, code, and their expected output.

- `bash` is run; `console` is for commands that a test cannot run (they install something, never end, or take hours);
- `python` is run, too, each block after the earlier ones on its page;
- `json`, `text` and `csv` directly after a `bash` block are its expected output: fields of `json` may be omitted, and in `text` and `csv`,
`...` stands for any text; `json` elsewhere must be valid JSON;
- all others are only displayed.
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
    """Empty if none is given; `{…}` for a MyST directive, which the documentation's build reads."""
    code: str
    line: int
    """Its line on the page, from 1."""
    follows: bool
    """Whether it directly follows another fence."""


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
