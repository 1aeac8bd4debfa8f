"""The command line: `quoteapi` and its commands.

`main` is what the installed script calls; each command is a thin layer over the package, with messages and exit codes for people.
"""

from quoteapi.cli.commands import main

__all__ = ["main"]
