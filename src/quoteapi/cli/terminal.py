"""Answers at a terminal, each speaker in a colour; in a pipe, plain text with the same content."""

from collections.abc import Iterator

from msgspec import UNSET
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from quoteapi.escapes import DIRECTIONS
from quoteapi.structs import Answer, Quote, Speaker

_COLOURS = ("cyan", "yellow", "green", "magenta", "blue", "red", "bright_cyan", "bright_magenta")
"""Colour names, so that the reader's own theme applies; further speakers reuse them."""
_NOBODY = "italic"
_HARMLESS: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n\r"},
    **dict.fromkeys([*range(0x7F, 0xA0), *map(ord, DIRECTIONS)], "\ufffd"),
    ord("\r"): " ",
}
"""Replacements of control and bidirectional characters by visible ones, one for one: an article must not control the terminal."""


def print_table(answer: Answer, console: Console) -> None:
    """Print the quotes and their speakers as tables that fit 80 columns."""
    styles = _styles(answer)
    quotes = Table(title="Quotes", title_justify="left", expand=True, show_lines=True)
    quotes.add_column("", no_wrap=True)
    quotes.add_column("quote", ratio=3)
    quotes.add_column("speaker", ratio=2)
    quotes.add_column("sure", justify="right", no_wrap=True)
    for quote in answer.quotes:
        quotes.add_row(quote.id, shown(quote.text), _source(quote, styles), f"{quote.confidence:.2f}")
    parts: list[RenderableType] = [quotes if answer.quotes else Text("No quotes.")]
    if answer.speakers:
        parts.append(_speakers(answer, styles))
    console.print(Group(*parts))


def print_text(answer: Answer, text: str, console: Console) -> None:
    """Print the article with its quotes in their speakers' colours, the speaker's id after each quote, and the speakers below.

    Args:
        answer: Its offsets count code points.
        text: The article that it is about.
        console: The console to print to.
    """
    styles = _styles(answer)
    article = shown(text)
    for quote in answer.quotes:  # an inner quote comes after the outer one and overrides its style
        for span in quote.spans:
            article.stylize(styles[quote.speaker.id] if quote.speaker else _NOBODY, span.start, span.end)
    wraps = console.is_terminal
    console.print(Text().join(_labelled(article, answer)), soft_wrap=not wraps)
    if answer.speakers:
        console.print("\n", _speakers(answer, styles), sep="")


def _labelled(article: Text, answer: Answer) -> Iterator[Text]:
    """The article in pieces, with the speaker's id after each quote."""
    quotes = sorted(answer.quotes, key=lambda quote: quote.end)
    *pieces, rest = article.divide([quote.end for quote in quotes])
    for quote, piece in zip(quotes, pieces, strict=True):
        yield piece
        yield Text(f" [{quote.speaker.id if quote.speaker else '–'}]", style="dim")
    yield rest


def _styles(answer: Answer) -> dict[str, str]:
    """The colour of each speaker."""
    return {speaker.id: _COLOURS[number % len(_COLOURS)] for number, speaker in enumerate(answer.speakers)}


def _speakers(answer: Answer, styles: dict[str, str]) -> Table:
    """The speakers, one row each."""
    speakers = Table(title="Speakers", title_justify="left", expand=True)
    speakers.add_column("", no_wrap=True)
    speakers.add_column("name", ratio=2)
    speakers.add_column("type", no_wrap=True)
    speakers.add_column("role", ratio=3)
    speakers.add_column("quotes", ratio=1)
    for speaker in answer.speakers:
        speakers.add_row(*_speaker_row(speaker, styles[speaker.id]))
    return speakers


def _source(quote: Quote, styles: dict[str, str]) -> Text:
    """The speaker of a quote, or why it has none; below, the kind unless it is plain direct speech."""
    name = Text(f"– ({quote.evidence.method})") if quote.speaker is None else shown(quote.speaker.name, styles[quote.speaker.id])
    reason = "" if quote.reason is UNSET else f": {quote.reason}"
    return name if quote.kind == "direct" else name + Text(f"\n{quote.kind}{reason}", style="dim")


def _speaker_row(speaker: Speaker, style: str) -> list[Text]:
    role = " ".join(speaker.role.text.split()) if speaker.role else ""
    return [Text(speaker.id), shown(speaker.name, style), Text(speaker.type), shown(role), Text(", ".join(speaker.quotes))]


def shown(words: str, style: str = "") -> Text:
    """Text of an article with control characters made harmless, at the same length."""
    return Text(words.translate(_HARMLESS), style=style)
