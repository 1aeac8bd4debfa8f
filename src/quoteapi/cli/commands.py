"""The commands; each imports what only it needs, so that help and completion stay fast and serving never loads the training code."""

import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import rich_click as click
from msgspec import UNSET
from rich.console import Console

from quoteapi.__about__ import __version__
from quoteapi.cli.batch import batch
from quoteapi.cli.files import (
    FORMAT,
    INCLUDE,
    NO_COLUMNS,
    OFFSET_UNIT,
    PAGES,
    STANDARD,
    failures_told,
    model_option,
    read_people_file,
    read_text_of,
)
from quoteapi.cli.verify import verify
from quoteapi.cli.voices import voices
from quoteapi.settings import Model, read_settings, told_settings
from quoteapi.structs import Article, Format, Include, OffsetUnit

if TYPE_CHECKING:
    from quoteapi.training import Part

_FILE = click.Path(path_type=Path, dir_okay=False, exists=True, allow_dash=True)
_FORMATS = ("json", "table", "text", "html", "csv", "jsonld", "markdown")


@click.group()
@click.version_option(__version__, prog_name="quoteapi")
def main() -> None:
    """Find out who said what in a news article."""


@main.command()
@click.option("--host", help="Address to listen on; 0.0.0.0 for all interfaces.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on; 0 takes a free one.  [default: 8000]")
@click.option("--workers", type=click.IntRange(1, 256), help="Number of worker processes.  [default: one per core]")
@model_option
def serve(host: str | None, port: int | None, workers: int | None, model: Model | None) -> None:
    """Serve the HTTP API and the page.

    Open http://127.0.0.1:8000/ in a browser, or send articles to POST /quotes. Environment variables set everything else: keys, rates,
    limits, logs. Run quoteapi settings to list them.
    """
    from quoteapi.api import create_app  # noqa: PLC0415  see the module
    from quoteapi.api.serving import serve_app  # noqa: PLC0415  see the module

    with failures_told():
        settings = read_settings(host=host, port=port, workers=workers, model=model)
        served = serve_app(create_app(settings), settings)
    sys.exit(0 if served else 1)


@main.command()
@click.argument("file", type=_FILE)
@click.option("--format", "form", type=click.Choice(_FORMATS), default="json", show_default=True, help="Output format.")
@click.option("--input", "format", type=FORMAT, help="Format of FILE.  [default: html for .html, .htm and .xhtml, else text]")
@click.option("--include", type=INCLUDE, multiple=True, help="Add a part to the answer; may be repeated.")
@click.option("--people", type=_FILE, help="Your list of people: a JSON array of objects with name, aliases, role, same_as.")
@click.option("--offset-unit", type=OFFSET_UNIT, default="codepoint", show_default=True, help="The unit of all offsets.")
@click.option("--language", help="Language of the article. Pass en to read any text as English.")
@model_option
def extract(  # noqa: PLR0913  one parameter per option
    *,
    file: Path,
    format: Format | None,  # noqa: A002  the field's name in the contract
    form: str,
    include: tuple[Include, ...],
    people: Path | None,
    offset_unit: OffsetUnit,
    language: str | None,
    model: Model | None,
) -> None:
    """Read the article in FILE (- for standard input) and print its quotes.

    Formats: json, the answer of the HTTP API; table, for the terminal; text, the article with its quotes coloured; html, a page for the
    browser; csv, for spreadsheets; jsonld, linked data; markdown, for notes. text, html and jsonld always count code points.
    """
    from quoteapi.cli.terminal import print_table, print_text  # noqa: PLC0415  see the module
    from quoteapi.default import default_engine  # noqa: PLC0415  see the module
    from quoteapi.exports import FORMS  # noqa: PLC0415  see the module

    if file == people == STANDARD:
        message = "FILE and --people cannot both be standard input."
        raise click.UsageError(message)
    with failures_told():
        given = format or ("html" if file.suffix.lower() in PAGES else "text")
        sent = read_text_of(file, given)
        unit = "codepoint" if form == "text" or (form in FORMS and FORMS[form].in_code_points) else offset_unit
        known = read_people_file(people)  # may be longer than in an HTTP request
        article = Article(
            sent,
            language=UNSET if language is None else language,
            format=given,
            offset_unit=unit,
            include=list(include),
            people=known,
        )
        with default_engine(read_settings(model=model)) as engine:
            answer = engine.extract(article)
        text = answer.text_of(sent)
        if form in FORMS:
            written = FORMS[form].write(answer, text)
            click.echo(msgspec.json.format(written, indent=2) if form in {"json", "jsonld"} else written, nl=form in {"json", "jsonld"})
            return
        console = Console(width=None if sys.stdout.isatty() else NO_COLUMNS, highlight=False)
        if form == "text":
            print_text(answer, text, console)
        else:
            print_table(answer, console)


main.add_command(batch)
main.add_command(verify)
main.add_command(voices)


@main.command()
@model_option
def mcp(model: Model | None) -> None:
    """Serve writing assistants on standard input and output (MCP).

    Offers the tools extract_quotes and verify_quotes. An assistant starts this command itself: docs/mcp.md says how to configure it. It
    needs the extra [mcp].
    """
    from quoteapi.mcp import serve as serve_assistant  # noqa: PLC0415  see the module

    with failures_told():
        serve_assistant(read_settings(model=model))


@main.command()
def settings() -> None:
    """List all settings with their values and meanings.

    A setting is an environment variable; a command-line option of the same name has precedence. Values other than the default are marked.
    """
    with failures_told():
        told = told_settings(read_settings())
    for variable, value, default, meaning in told:
        changed = "" if value == default else f"  (set; the default is {default})"
        click.echo(f"{variable}={value}{changed}\n{textwrap.indent(textwrap.fill(meaning, NO_COLUMNS - 4), ' ' * 4)}")


@main.command()
@click.argument("gold", metavar="GOLD.jsonl|CATALOGUE.toml", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option(
    "--results",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Existing answers, as batch writes them. Without it, the engine reads the texts in GOLD.",
)
@click.option("--errors", is_flag=True, help="List the errors by cause.")
@model_option
def evaluate(gold: Path, results: Path | None, errors: bool, model: Model | None) -> None:  # noqa: FBT001  a flag of the command line
    """Measure accuracy on annotated articles (.jsonl), or test a catalogue of passages (.toml)."""
    from quoteapi.engine import QuoteEngine  # noqa: PLC0415  see the module
    from quoteapi.evaluation import evaluate_file, read_catalogue, render, render_catalogue, try_catalogue  # noqa: PLC0415  the same

    with failures_told():
        settings = read_settings(model=model)
        if gold.suffix == ".toml":
            if results is not None:
                message = "--results cannot be used with a catalogue."
                raise click.UsageError(message)
            tried = try_catalogue(read_catalogue(gold), QuoteEngine(settings.pipeline, model=settings.model))
            click.echo(render_catalogue(tried, errors=errors))
            return
        report = evaluate_file(gold, results_path=results, pipeline=settings.pipeline, model=settings.model)
    click.echo(render(report, errors=errors))


@main.command()
@click.argument("data", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.argument("output", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--part",
    type=click.Choice(["all", "encoder", "marked", "reports", "base", "roles", "confidence"]),
    default="all",
    show_default=True,
    help="The part to train; all means every part except roles and confidence.",
)
@click.option("--steps", type=click.IntRange(min=1), help="Maximum number of training steps of each network, for a trial run.")
@click.option(
    "--mpnet",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Folder of MPNet's weights, from which reported speech is trained.",
)
@click.option(
    "--marked",
    "more",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    multiple=True,
    help="Annotated news, as corpus/join.py writes it: for marked and base besides DATA's, for roles and confidence instead of it.",
)
@click.option(
    "--passages",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Annotated passages for marked and base, besides the news (corpus/passages.jsonl.gz).",
)
@click.option("--polnear/--no-polnear", default=True, show_default=True, help="Whether to train on PolNeAR, which has no licence.")
def train(  # noqa: PLR0913, PLR0917 - the options of the command
    data: Path,
    output: Path,
    part: "Part",
    steps: int | None,
    mpnet: Path | None,
    more: tuple[Path, ...],
    passages: Path | None,
    polnear: bool,  # noqa: FBT001  a flag of the command line
) -> None:
    """Train the weights on the corpora in the folder DATA and write them to the folder OUTPUT."""
    try:
        from quoteapi.training import train as fit  # noqa: PLC0415  see the module
    except ModuleNotFoundError as error:
        message = f"{error.name} is missing: run pip install '.[train]' in the checkout of quoteapi."
        raise click.ClickException(message) from None
    with failures_told():
        fit(data, output, part=part, polnear=polnear, steps=steps, mpnet=mpnet, more=more, passages=passages)


@main.command()
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead of standard output.")
def openapi(output: Path | None) -> None:
    """Print the OpenAPI document of the HTTP API."""
    from quoteapi.api import openapi_json  # noqa: PLC0415  see the module

    document = openapi_json()
    if output is None:
        click.echo(document, nl=False)
        return
    with failures_told():
        output.write_text(document, encoding="utf-8")
