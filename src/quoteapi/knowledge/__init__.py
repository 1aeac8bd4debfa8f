"""Knowledge: facts about the language, as word lists in files of their own.

A file has one entry per line, lower-case unless case matters. Where entries have meanings, these follow after a tab. Its first lines,
which begin with #, say where it comes from.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@cache
def meanings(name: str) -> Mapping[str, tuple[str, ...]]:
    """Returns the entries of the list `name` (a file beside this module, without its `.txt`), each with the words after its tab.

    Raises:
        FileNotFoundError: There is no such list.
    """
    text = (files(__name__) / f"{name}.txt").read_text(encoding="utf8")
    lines = (line.partition("\t") for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return MappingProxyType({entry.strip(): tuple(words.split()) for entry, _, words in lines})


@cache
def entries(name: str) -> frozenset[str]:
    """Returns the entries of the list `name`, without their meanings.

    Raises:
        FileNotFoundError: There is no such list.
    """
    return frozenset(meanings(name))


@cache
def having(name: str, meaning: str) -> frozenset[str]:
    """Returns the entries of the list `name` that have a given meaning.

    Raises:
        FileNotFoundError: There is no such list.
    """
    return frozenset(entry for entry, found in meanings(name).items() if meaning in found)
