"""A verification at a terminal, each status in a colour; in a pipe, plain text with the same content."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from quoteapi.cli.terminal import shown
from quoteapi.verification_structs import Change, Passage, Verification, VerifiedQuote

_STYLES = {"exact": "green", "styled": "green", "altered": "yellow", "spliced": "red", "absent": "red"}
_LONGEST = 300
"""Maximum characters of a passage that a table shows."""


def print_verification(verification: Verification, console: Console) -> None:
    """Print the quotes with their results as a table that fits 80 columns."""
    if not verification.quotes:
        console.print("No quotes.")
        return
    table = Table(title="Quotes", title_justify="left", expand=True, show_lines=True)
    table.add_column("", no_wrap=True)
    table.add_column("status", no_wrap=True)
    table.add_column("quote", ratio=3)
    table.add_column("source", ratio=3)
    table.add_column("speaker", ratio=2)
    for quote in verification.quotes:
        table.add_row(Text(quote.id), Text(quote.status, _STYLES[quote.status]), _quote(quote), _source(quote), _speaker(quote))
    console.print(table)
    held = sum(quote.holds for quote in verification.quotes)
    console.print(f"{held} of {len(verification.quotes)} quotes are exact or styled.")


def _quote(quote: VerifiedQuote) -> Text:
    """The quote's text, and the changes in it."""
    return Text("\n").join([shown(quote.text), *map(_change, quote.changes)])


def _change(change: Change) -> Text:
    """A change: the source's words and the draft's."""
    parts = [shown(span.text) for span in (change.source, change.draft) if span is not None]
    flags = f" ({', '.join(change.flags)})" if change.flags else ""
    return Text(f"{change.kind}: ", style="dim") + Text(" → ").join(parts) + Text(flags, style="bold")


def _source(quote: VerifiedQuote) -> Text:
    """The passages of the source; for an absent quote, the nearest passage."""
    if quote.nearest is not None:
        return Text("nearest: ", style="dim") + _passage(quote.nearest)
    return Text("\n").join(_passage(passage) for passage in quote.passages) if quote.passages else Text("–")


def _passage(passage: Passage) -> Text:
    time = "" if passage.time is None else f" {_clock(passage.time.start)}"
    words = passage.text if len(passage.text) <= _LONGEST else f"{passage.text[: _LONGEST - 1]}…"
    return shown(f"{passage.id}{time}: ", "dim") + shown(words)


def _clock(seconds: float) -> str:
    """A time as media players show it."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"


def _speaker(quote: VerifiedQuote) -> Text:
    """The speaker; both names if they differ."""
    check = quote.speaker
    names = [name for name in (check.draft, check.source) if name is not None]
    if check.status == "same":
        return shown(names[0])
    style = "red" if check.status == "different" else "dim"
    status = Text(f"{check.status}\n", style=style)
    return status + shown(f"draft: {check.draft or '–'}\nsource: {check.source or '–'}")
