"""Settings: what an operator may change, read once from environment variables named QUOTEAPI_…."""

import difflib
import math
import os
from collections.abc import Mapping
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from quoteapi.errors import QuoteapiError

PREFIX = "QUOTEAPI_"
MOST_WORKERS = 256
UNSET = "unset"
_BOUNDS = {"minimum": "at least", "exclusiveMinimum": "more than", "maximum": "at most"}


class SettingsError(QuoteapiError):
    """A variable that is misspelt, or whose value is out of its range."""


class Settings(Struct, frozen=True):
    """How quoteapi runs. Every field can be set by a variable of its name in capitals behind `QUOTEAPI_`."""

    host: Annotated[str, Meta(min_length=1, description="Address that the server listens on; `0.0.0.0` for every interface.")] = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65535, description="Port that the server listens on; 0 takes a free one.")] = 8000
    workers: Annotated[
        Annotated[int, Meta(ge=1, le=MOST_WORKERS)] | None,
        Meta(
            description="Processes that read articles, each with an engine of its own; as many as this process may use cores where unset."
        ),
    ] = None
    pipeline: Annotated[str | None, Meta(description="Path or name of a spaCy pipeline to read with; the packaged one where unset.")] = None
    people: Annotated[
        str | None,
        Meta(
            description=(
                "Path of a JSON file with the newsroom's own list of people, in the shape of a request's `people`; it is asked for every"
                " article, after the request's own list."
            )
        ),
    ] = None
    min_confidence: Annotated[
        float, Meta(ge=0.0, le=1.0, description="A quote whose most probable speaker is less probable than this stays unattributed.")
    ] = 0.0
    detect_language: Annotated[
        bool,
        Meta(description="Whether a text that is surely not English is refused where its caller names no language."),
    ] = True
    max_text_length: Annotated[int, Meta(ge=1, description="Characters (code points) of an article that are read at most.")] = 200_000
    max_body_size: Annotated[
        int,
        Meta(
            ge=1024,
            description=(
                "Bytes of a request body, or of a line of a batch, at most. The default holds the longest text even where every character"
                " is escaped, and a list of people."
            ),
        ),
    ] = 4 * 1024 * 1024
    queue_size: Annotated[
        Annotated[int, Meta(ge=0)] | None,
        Meta(
            description=(
                "Articles that may wait for a worker; one more is answered with a 503, or takes the place of one of a caller who has"
                " more. As many as there are workers where unset, at least two: a longer line keeps nobody busier, it only makes everybody"
                " wait."
            )
        ),
    ] = None
    time_limit: Annotated[
        float,
        Meta(
            gt=0,
            description=(
                "Seconds that reading an article may take, beside those that its length adds; then its worker is replaced, and the answer"
                " is a 504."
            ),
        ),
    ] = 30.0
    time_limit_per_thousand: Annotated[
        float, Meta(ge=0, description="Seconds that are added to `QUOTEAPI_TIME_LIMIT` for every 1,000 characters of the article.")
    ] = 1.5
    body_timeout: Annotated[
        float,
        Meta(
            gt=0,
            description=(
                "Seconds that a caller may take to send a request's body; then it is answered with a 408. Who takes less than 64 KiB of an"
                " answer that waits in as many is cut."
            ),
        ),
    ] = 30.0
    header_timeout: Annotated[
        float,
        Meta(gt=0, description="Seconds that a caller may take to send a request's first line and headers; then the connection ends."),
    ] = 10.0
    api_keys: Annotated[
        str | None,
        Meta(
            description=(
                "Path of a file with the API keys that are let in, one a line, a `name:` in front where logs shall tell who called; read"
                " again when it changes. Everybody is let in where unset."
            )
        ),
    ] = None
    rate_limit: Annotated[
        Annotated[int, Meta(ge=1)] | None,
        Meta(description="Articles that a caller (an API key's name, otherwise an address) may send a minute; no limit where unset."),
    ] = None
    streams: Annotated[
        int,
        Meta(
            ge=1,
            description=(
                "Streams of articles (`POST /quotes/batch`) that may be open; one more takes the place of an idle one, or is answered with"
                " a 503."
            ),
        ),
    ] = 16
    streams_per_caller: Annotated[
        int,
        Meta(
            ge=1,
            description="Streams that a caller (an API key's name, otherwise an address) may have open; one more is answered with a 503.",
        ),
    ] = 4
    stream_spool: Annotated[
        int,
        Meta(
            ge=1024 * 1024,
            description=(
                "Bytes of a stream's answers that are kept, from the first million on in a temporary file, while its caller sends and does"
                " not read; then no more lines are taken in."
            ),
        ),
    ] = 64 * 1024 * 1024
    forwarded_allow_ips: Annotated[
        tuple[Annotated[str, Meta(pattern=r"^(\*|[0-9A-Fa-f.:]+(/[0-9]+)?)$")], ...],
        Meta(
            description=(
                "Addresses or networks of proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed, separated by commas; `*`"
                " believes everybody."
            )
        ),
    ] = ("127.0.0.1", "::1")
    cors_origins: Annotated[
        tuple[Annotated[str, Meta(pattern=r"^(\*|https?://[^/*\s]+)$")], ...],
        Meta(
            description=(
                "Origins whose pages may call the service from a browser (`https://example.org`), separated by commas; `*` lets every"
                " page in."
            )
        ),
    ] = ()
    log_text: Annotated[
        bool, Meta(description="Whether the text of every article is logged, too; the body as it was sent where no worker read it.")
    ] = False
    telemetry: Annotated[
        bool,
        Meta(description="Whether traces are sent by OpenTelemetry, as the variables `OTEL_…` say; needs the extra `[telemetry]`."),
    ] = False
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"], Meta(description="The least severe messages that are logged, to standard error.")
    ] = "info"

    @property
    def worker_count(self) -> int:
        """Processes that read articles: the setting, or as many as this process may use cores, a container's limit counted."""
        if self.workers is not None:
            return self.workers
        import loky  # noqa: PLC0415  only where nothing is set

        return min(int(loky.cpu_count()), MOST_WORKERS)

    @property
    def waiting_places(self) -> int:
        """Articles that may wait: the setting, or as many as there are workers, at least two."""
        return max(2, self.worker_count) if self.queue_size is None else self.queue_size

    @property
    def longest_wait(self) -> float:
        """Seconds in which every accepted article is answered, even where each takes as long as it may and one is tried twice."""
        rounds = 2 + math.ceil(self.waiting_places / self.worker_count)
        return rounds * self.reading_limit(self.max_text_length)

    def reading_limit(self, characters: int) -> float:
        """Seconds that reading an article of so many characters may take; a page has at most those of the longest text."""
        return self.time_limit + self.time_limit_per_thousand * min(characters, self.max_text_length) / 1000


def read_settings(environment: Mapping[str, str] | None = None, **overrides: Any) -> Settings:  # noqa: ANN401  values of any field
    """Settings from environment variables; an empty variable counts as unset, and a list is written with commas.

    Args:
        environment: Variables to read; those of this process where None.
        **overrides: Fields given elsewhere, such as on the command line; None leaves a field alone.

    Raises:
        SettingsError: Names each variable that is misspelt or out of range.
    """
    environment = os.environ if environment is None else environment
    given: dict[str, Any] = {
        name.removeprefix(PREFIX).lower(): value for name, value in environment.items() if name.startswith(PREFIX) and value
    }
    given |= {name: value for name, value in overrides.items() if value is not None}
    fields = {field.name: field for field in msgspec.structs.fields(Settings)}
    wrong = []
    for name, value in given.items():
        variable = PREFIX + name.upper()
        if name not in fields:
            near = difflib.get_close_matches(name, fields, n=1)
            wrong.append(f"{variable} is no setting" + (f"; did you mean {PREFIX}{near[0].upper()}?" if near else "."))
            continue
        listed = isinstance(value, str) and isinstance(fields[name].default, tuple)
        parts = tuple(part.strip() for part in value.split(",")) if listed else value
        try:
            given[name] = msgspec.convert(parts, fields[name].type, strict=False)
        except msgspec.ValidationError as error:
            meant = f" It holds: {fields[name].type.__metadata__[0].description}" if listed else ""  # a pattern alone says little
            wrong.append(f"{variable} is {value!r}: {error}.{meant}")
    if wrong:
        raise SettingsError("\n".join(wrong))
    return Settings(**given)


def told_settings(settings: Settings) -> list[tuple[str, str, str, str]]:
    """Each setting's variable, its value and its default as the variable spells them, and its meaning with its range."""
    schema = msgspec.json.schema(Settings)["$defs"]["Settings"]["properties"]
    told = []
    for name, field in schema.items():
        number = field | field.get("anyOf", [{}])[0]  # a field that may be unset has its bounds one level down
        bounds = [f"{words} {number[key]:,}" for key, words in _BOUNDS.items() if key in number]
        choices = [f"one of {', '.join(f'`{choice}`' for choice in field['enum'])}"] if "enum" in field else []
        limits = ", ".join(bounds + choices)
        meaning = f"{field['description']}{f' ({limits})' if limits else ''}"
        told.append((PREFIX + name.upper(), _spelt(getattr(settings, name)), _spelt(field["default"]), meaning))
    return told


def settings_table() -> str:
    """The settings as a Markdown table, a row each, as docs/settings.md shows them."""
    rows = ["| variable | default | meaning |", "| --- | --- | --- |"]
    for variable, _, default, meaning in told_settings(Settings()):
        rows.append(f"| `{variable}` | {default if default == UNSET else f'`{default}`'} | {meaning} |")
    return "\n".join(rows)


def _spelt(value: object) -> str:
    """A value as its variable would spell it."""
    if value is None or (isinstance(value, list | tuple) and not value):
        return UNSET
    if isinstance(value, list | tuple):
        return ",".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)
