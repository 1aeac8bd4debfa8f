"""Knowledge: what is known of the language, as word lists in files of their own.

A file holds an entry a line, lower-case unless case matters; its first lines, which begin with #, say where it comes from.
"""

from functools import cache
from importlib.resources import files


@cache
def entries(name: str) -> frozenset[str]:
    """The entries of the list `name` (a file beside this module, without its `.txt`).

    Raises:
        FileNotFoundError: There is no such list.
    """
    text = (files(__name__) / f"{name}.txt").read_text(encoding="utf8")
    return frozenset(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))
