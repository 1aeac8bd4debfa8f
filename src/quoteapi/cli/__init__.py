"""The command line: `quoteapi` and its commands.

The installed script calls `main`; each command is a thin layer over the package, with messages and exit codes.
"""

from quoteapi.cli.commands import main

__all__ = ["main"]
