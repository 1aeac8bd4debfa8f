"""Settings, read once from environment variables named QUOTEAPI_…."""

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
Model = Literal["small", "base"]
"""The upper layers of the encoder."""
_BOUNDS = {"minimum": "at least", "exclusiveMinimum": "more than", "maximum": "at most"}


class SettingsError(QuoteapiError):
    """A setting is misspelt, or its value is out of range."""


class Settings(Struct, frozen=True):
    """All settings. The environment variable of a field is its name in capitals after `QUOTEAPI_`."""

    host: Annotated[str, Meta(min_length=1, description="Address that the server listens on; `0.0.0.0` for all interfaces.")] = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65535, description="Port that the server listens on; 0 takes a free one.")] = 8000
    workers: Annotated[
        Annotated[int, Meta(ge=1, le=MOST_WORKERS)] | None,
        Meta(description="Number of worker processes, each with its own engine. Default: one per available core."),
    ] = None
    pipeline: Annotated[str | None, Meta(description="Path or name of a spaCy pipeline. Default: the packaged one.")] = None
    model: Annotated[
        Model,
        Meta(description="The encoder's model: `small` is faster, `base` more accurate. docs/accuracy.md compares the two."),
    ] = "small"
    people: Annotated[
        str | None,
        Meta(
            description=(
                "Path of a JSON file with your own list of people, in the format of a request's `people`. It applies to every article; the"
                " request's own list has precedence."
            )
        ),
    ] = None
    min_confidence: Annotated[
        float, Meta(ge=0.0, le=1.0, description="A quote gets no speaker if its confidence would be lower than this.")
    ] = 0.0
    detect_language: Annotated[
        bool,
        Meta(description="Whether to reject a text that is clearly not English, if the request names no language."),
    ] = True
    max_text_length: Annotated[int, Meta(ge=1, description="Maximum length of an article, in characters (code points).")] = 200_000
    max_body_size: Annotated[
        int,
        Meta(
            ge=1024,
            description=(
                "Maximum size of a request body, or of a line of a batch, in bytes. The default fits the longest article with every"
                " character escaped, plus a list of people."
            ),
        ),
    ] = 4 * 1024 * 1024
    queue_size: Annotated[
        Annotated[int, Meta(ge=0)] | None,
        Meta(
            description=(
                "Number of articles that may wait for a worker. One more is rejected with a 503, or replaces an article of a caller who"
                " has more waiting. Default: the number of workers, but at least two; a longer queue only makes everybody wait longer."
            )
        ),
    ] = None
    time_limit: Annotated[
        float,
        Meta(
            gt=0,
            description=(
                "Time limit for reading an article, in seconds, in addition to the time for its length. Past the limit, the worker is"
                " replaced and the answer is a 504."
            ),
        ),
    ] = 30.0
    time_limit_per_thousand: Annotated[
        float, Meta(ge=0, description="Seconds added to `QUOTEAPI_TIME_LIMIT` for every 1,000 characters of the article.")
    ] = 1.5
    body_timeout: Annotated[
        float,
        Meta(
            gt=0,
            description=(
                "Seconds in which a request body must arrive; otherwise the answer is a 408. A client that reads less than 64 KiB of its"
                " answer in this time is disconnected."
            ),
        ),
    ] = 30.0
    header_timeout: Annotated[
        float,
        Meta(gt=0, description="Seconds in which the request line and headers must arrive; otherwise the connection is closed."),
    ] = 10.0
    api_keys: Annotated[
        str | None,
        Meta(
            description=(
                "Path of a file with the accepted API keys, one per line, each optionally after a `name:` that appears in logs. The file is"
                " read again when it changes. Default: no key is needed."
            )
        ),
    ] = None
    rate_limit: Annotated[
        Annotated[int, Meta(ge=1)] | None,
        Meta(description="Articles per minute that a caller (the name of an API key, otherwise an address) may send. Default: no limit."),
    ] = None
    streams: Annotated[
        int,
        Meta(
            ge=1,
            description=(
                "Number of streams (`POST /quotes/batch`) that may be open. One more replaces an idle stream, or is rejected with a 503."
            ),
        ),
    ] = 16
    streams_per_caller: Annotated[
        int,
        Meta(
            ge=1,
            description="Number of streams that one caller may have open. One more is rejected with a 503.",
        ),
    ] = 4
    stream_spool: Annotated[
        int,
        Meta(
            ge=1024 * 1024,
            description=(
                "Maximum size, in bytes, of the unread answers of a stream. They are kept in memory up to one million bytes, then in a"
                " temporary file. Past this size the server reads no more lines."
            ),
        ),
    ] = 64 * 1024 * 1024
    forwarded_allow_ips: Annotated[
        tuple[Annotated[str, Meta(pattern=r"^(\*|[0-9A-Fa-f.:]+(/[0-9]+)?)$")], ...],
        Meta(
            description=(
                "Addresses or networks of proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` headers are trusted, separated by commas;"
                " `*` trusts everybody."
            )
        ),
    ] = ("127.0.0.1", "::1")
    cors_origins: Annotated[
        tuple[Annotated[str, Meta(pattern=r"^(\*|https?://[^/*\s]+)$")], ...],
        Meta(
            description=(
                "Origins whose pages may call the service from a browser, such as `https://example.org`, separated by commas; `*` allows"
                " all."
            )
        ),
    ] = ()
    log_text: Annotated[bool, Meta(description="Whether to log the text of every article; if no worker read it, the body as sent.")] = False
    telemetry: Annotated[
        bool,
        Meta(description="Whether to send OpenTelemetry traces, configured by the `OTEL_…` variables; needs the extra `[telemetry]`."),
    ] = False
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"], Meta(description="Minimum level of log messages, which go to standard error.")
    ] = "info"

    @property
    def worker_count(self) -> int:
        """Number of worker processes: the setting, or one per core that this process (or its container) may use."""
        if self.workers is not None:
            return self.workers
        import loky  # noqa: PLC0415  needed only if the number is not set

        return min(int(loky.cpu_count()), MOST_WORKERS)

    @property
    def waiting_places(self) -> int:
        """Number of articles that may wait: the setting, or the number of workers, but at least two."""
        return max(2, self.worker_count) if self.queue_size is None else self.queue_size

    @property
    def longest_wait(self) -> float:
        """Seconds within which every accepted article is answered, even if each takes its full time limit and one is tried twice."""
        rounds = 2 + math.ceil(self.waiting_places / self.worker_count)
        return rounds * self.reading_limit(self.max_text_length)

    def reading_limit(self, characters: int) -> float:
        """Time limit, in seconds, for an article with this many characters; an HTML page counts at most as the longest text."""
        return self.time_limit + self.time_limit_per_thousand * min(characters, self.max_text_length) / 1000


def read_settings(environment: Mapping[str, str] | None = None, **overrides: Any) -> Settings:  # noqa: ANN401  values of any field
    """Read the settings from environment variables. An empty variable counts as unset; items of a list are separated by commas.

    Args:
        environment: The variables; None reads those of this process.
        **overrides: Fields given elsewhere, such as on the command line; None leaves the field unchanged.

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
            wrong.append(f"{variable} is not a setting" + (f"; did you mean {PREFIX}{near[0].upper()}?" if near else "."))
            continue
        listed = isinstance(value, str) and isinstance(fields[name].default, tuple)
        parts = tuple(part.strip() for part in value.split(",")) if listed else value
        try:
            given[name] = msgspec.convert(parts, fields[name].type, strict=False)
        except msgspec.ValidationError as error:
            meant = f" It holds: {fields[name].type.__metadata__[0].description}" if listed else ""  # a bare pattern says little
            wrong.append(f"{variable} is {value!r}: {error}.{meant}")
    if wrong:
        raise SettingsError("\n".join(wrong))
    return Settings(**given)


def told_settings(settings: Settings) -> list[tuple[str, str, str, str]]:
    """Returns, for each setting, its variable, its value and its default as the variable spells them, and its meaning with its range."""
    schema = msgspec.json.schema(Settings)["$defs"]["Settings"]["properties"]
    told = []
    for name, field in schema.items():
        number = field | field.get("anyOf", [{}])[0]  # an optional field has its bounds one level down
        bounds = [f"{words} {number[key]:,}" for key, words in _BOUNDS.items() if key in number]
        choices = [f"one of {', '.join(f'`{choice}`' for choice in field['enum'])}"] if "enum" in field else []
        limits = ", ".join(bounds + choices)
        meaning = f"{field['description']}{f' ({limits})' if limits else ''}"
        told.append((PREFIX + name.upper(), _spelt(getattr(settings, name)), _spelt(field["default"]), meaning))
    return told


def settings_table() -> str:
    """Returns the settings as a Markdown table, one per row, as in docs/settings.md."""
    rows = ["| variable | default | meaning |", "| --- | --- | --- |"]
    for variable, _, default, meaning in told_settings(Settings()):
        rows.append(f"| `{variable}` | {default if default == UNSET else f'`{default}`'} | {meaning} |")
    return "\n".join(rows)


def _spelt(value: object) -> str:
    """Formats a value the way its variable spells it."""
    if value is None or (isinstance(value, list | tuple) and not value):
        return UNSET
    if isinstance(value, list | tuple):
        return ",".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)
