"""Formats: an answer as people and programs read it on a terminal."""

import csv
import io
from collections.abc import Mapping

import msgspec
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from quoteapi.structs import Answer, Quote, Speaker

COLUMNS = ("id", "kind", "text", "start", "end", "speaker", "type", "role", "cue", "mention", "confidence", "method")


def as_json(answer: Answer) -> str:
    """The answer as indented JSON, as the API sends it."""
    return msgspec.json.format(msgspec.json.encode(answer), indent=2).decode() + "\n"


def as_csv(answer: Answer) -> str:
    """A row a quote under a row of names; cells without a value are empty."""
    types = {speaker.id: speaker.type for speaker in answer.speakers}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_row(quote, types) for quote in answer.quotes)
    return out.getvalue()


def print_table(answer: Answer, console: Console) -> None:
    """The quotes and their speakers as tables that fit a terminal of 80 columns."""
    quotes = Table(title="Quotes", title_justify="left", expand=True, show_lines=True)
    quotes.add_column("", no_wrap=True)
    quotes.add_column("quote", ratio=3)
    quotes.add_column("speaker", ratio=2)
    quotes.add_column("sure", justify="right", no_wrap=True)
    for quote in answer.quotes:
        quotes.add_row(quote.id, Text(quote.text), _speaker(quote), f"{quote.confidence:.2f}")
    parts: list[RenderableType] = [quotes if answer.quotes else Text("No quotes.")]
    if answer.speakers:
        speakers = Table(title="Speakers", title_justify="left", expand=True)
        speakers.add_column("", no_wrap=True)
        speakers.add_column("name", ratio=2)
        speakers.add_column("type", no_wrap=True)
        speakers.add_column("role", ratio=3)
        speakers.add_column("quotes", ratio=1)
        for speaker in answer.speakers:
            speakers.add_row(*_speaker_row(speaker))
        parts.append(speakers)
    console.print(Group(*parts))


def _row(quote: Quote, types: Mapping[str, str]) -> list[object]:
    speaker = quote.speaker
    return [
        quote.id,
        quote.kind,
        quote.text,
        quote.start,
        quote.end,
        speaker.name if speaker else None,
        types.get(speaker.id) if speaker else None,
        speaker.role if speaker else None,
        quote.cue.text if quote.cue else None,
        quote.mention.text if quote.mention else None,
        quote.confidence,
        quote.evidence.method,
    ]


def _speaker(quote: Quote) -> Text:
    """Who a quote is from; its kind where it is no plain direct speech, the reason where nobody is named."""
    name = Text(quote.speaker.name if quote.speaker else f"– ({quote.evidence.method})")
    return name if quote.kind == "direct" else name + Text(f"\n{quote.kind}", style="dim")


def _speaker_row(speaker: Speaker) -> list[Text]:
    role = " ".join(speaker.role.text.split()) if speaker.role else ""
    return [Text(speaker.id), Text(speaker.name), Text(speaker.type), Text(role), Text(", ".join(speaker.quotes))]
