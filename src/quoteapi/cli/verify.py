"""The command `verify`: checks a draft's quotes against its sources, for people and for publishing scripts."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import msgspec
import rich_click as click
from msgspec import UNSET
from rich.console import Console

from quoteapi.cli.files import NO_COLUMNS, OFFSET_UNIT, PAGES, STANDARD, failures_told, model_option, read_text_of
from quoteapi.escapes import escaped
from quoteapi.settings import Model, read_settings
from quoteapi.structs import OffsetUnit
from quoteapi.verification_structs import MAX_SOURCES, DocumentFormat, Draft, Source, VerificationRequest

if TYPE_CHECKING:
    from quoteapi.verification_structs import Verification

_FILE = click.Path(path_type=Path, dir_okay=False, exists=True, allow_dash=True)
_DOCUMENT = click.Choice(get_args(get_args(DocumentFormat)[0]))


@click.command()
@click.argument("draft", type=_FILE)
@click.option("--source", "sources", type=_FILE, multiple=True, required=True, help="A source; repeat the option for more of them.")
@click.option("--format", "form", type=click.Choice(["json", "table"]), default="json", show_default=True, help="Output format.")
@click.option("--input", "standard", type=_DOCUMENT, default="text", show_default=True, help="Format of standard input.")
@click.option("--offset-unit", type=OFFSET_UNIT, default="codepoint", show_default=True, help="The unit of all offsets.")
@click.option("--language", help="Language of the draft. Pass en to read any text as English.")
@model_option
def verify(  # noqa: PLR0913  one parameter per option
    *,
    draft: Path,
    sources: tuple[Path, ...],
    form: str,
    standard: DocumentFormat,
    offset_unit: OffsetUnit,
    language: str | None,
    model: Model | None,
) -> None:
    """Check the quotes in DRAFT (- for standard input) against the sources that they come from.

    The suffix of a file sets its format: .html, .htm and .xhtml are pages, .srt and .vtt subtitles, all others plain text. A source is
    called by its path.

    Exit codes: 0 every quote is exact or styled, 1 some quote is not or a file cannot be read, 2 wrong usage.
    """
    from quoteapi.cli.verification_table import print_verification  # noqa: PLC0415  help stays fast
    from quoteapi.default import default_engine  # noqa: PLC0415  the same

    if [draft, *sources].count(STANDARD) > 1:
        message = "Only one of DRAFT and --source can be standard input."
        raise click.UsageError(message)
    paths = list(dict.fromkeys(sources))
    if len(paths) > MAX_SOURCES:
        message = f"At most {MAX_SOURCES} sources can be given."
        raise click.UsageError(message)
    with failures_told():
        kind = format_of(draft, standard)
        request = VerificationRequest(
            Draft(read_text_of(draft, kind), kind, UNSET if language is None else language),
            [Source(read_text_of(path, format_of(path, standard)), escaped(str(path)), format_of(path, standard)) for path in paths],
            offset_unit,
        )
        with default_engine(read_settings(model=model)) as engine:
            verification: Verification = engine.verify(request)
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(verification), indent=2))
    else:
        print_verification(verification, Console(width=None if sys.stdout.isatty() else NO_COLUMNS, highlight=False))
    sys.exit(0 if verification.holds else 1)


def format_of(path: Path, standard: DocumentFormat) -> DocumentFormat:
    """The format of a file, from its suffix; for standard input, the given one."""
    if path == STANDARD:
        return standard
    match path.suffix.lower():
        case suffix if suffix in PAGES:
            return "html"
        case ".srt":
            return "srt"
        case ".vtt":
            return "vtt"
        case _:
            return "text"
