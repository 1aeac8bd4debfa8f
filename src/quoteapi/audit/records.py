"""Records: the rows of an archive as one table of quotes, and the speakers of each article.

A row is a quote or a speaker as `quoteapi batch` writes it, or a whole answer; all other columns are carried to the table.
"""

import datetime as dt
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from email.utils import parsedate_to_datetime
from hashlib import blake2b
from typing import Any, TypeAlias, get_args

import msgspec
import polars as pl
from msgspec import Struct

from quoteapi.audit.structs import VOICED, SeenRole, Sighting
from quoteapi.batch.rows import QuoteRow
from quoteapi.errors import ArgumentError, shortened
from quoteapi.speakers import Authority
from quoteapi.structs import Answer, Pronoun, SpeakerType

Row: TypeAlias = Mapping[str, Any]
DATES = ("date", "published", "published_at", "pubdate")
"""Usual names of the column with the date of an article."""
OUTLETS = ("outlet", "publisher", "publication", "newspaper", "source")
"""Usual names of the column with the outlet."""
ROWS_AT_ONCE = 10_000
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?![\d-])")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_PRONOUNS = frozenset(get_args(Pronoun))
_TYPES = frozenset(get_args(get_args(SpeakerType)[0]))
_OWN = frozenset(QuoteRow.__struct_fields__)
_OWN_OF_ANSWERS = frozenset(Answer.__struct_fields__)
_MOST_FORMS = 12
_MOST_WORDS = 6
SCHEMA = {
    "article": pl.String,
    "quote_id": pl.String,
    "speaker": pl.String,
    "type": pl.String,
    "kind": pl.String,
    "within": pl.String,
    "text": pl.String,
    "confidence": pl.Float64,
    "date": pl.String,
}
"""The columns of the table of quotes; the carried ones follow, all as text."""


RESERVED = frozenset({*SCHEMA, "quote", "voice", "words", "name", "period"})
"""Column names of our own tables; a carried column with one of these names gets the prefix `article_`."""


class Reading(Struct, frozen=True):
    """Options for reading rows.

    Args:
        date_column: The column with the date; None looks for the usual names.
        outlet_column: The column with the outlet; None looks for the usual names.
        min_confidence: The speaker of a quote with a lower confidence counts as unknown.
        people: A list of people that gives URIs to sightings without one.
    """

    date_column: str | None = None
    outlet_column: str | None = None
    min_confidence: float = 0.0
    people: Authority | None = None


class Gathered(Struct, frozen=True):
    """The data read from an archive.

    Args:
        quotes: One row per quote, without offsets.
        sightings: The speakers of each article.
        carried: The carried columns, in order of first occurrence.
        left_out: Number of quotes that nobody said: quoted words that are not speech, and denied or hypothetical statements.
        undated: Number of articles whose date cannot be read, and one such date.
        engines: The versions of quoteapi that wrote the answers; rows do not have them.
    """

    quotes: pl.DataFrame
    sightings: tuple[Sighting, ...]
    carried: tuple[str, ...]
    left_out: int
    undated: tuple[int, str | None]
    engines: tuple[str, ...] = ()


class _Known:
    """The data about one speaker of an article, collected from all its rows."""

    __slots__ = ("forms", "name", "pronoun", "roles", "same_as", "type")

    def __init__(self, kind: SpeakerType, name: str) -> None:
        self.type = kind
        self.name = name
        self.same_as: str | None = None
        self.pronoun: Pronoun | None = None
        self.roles: tuple[SeenRole, ...] = ()
        self.forms: tuple[str, ...] = ()


class Gatherer:
    """Collects rows, and moves them to data frames in batches, so that a million need little memory."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._frames: list[pl.DataFrame] = []
        self._columns: dict[str, list[Any]] = {name: [] for name in SCHEMA}
        self._beside: list[dict[str, str | None]] = []
        self._carried: dict[str, None] = {}
        self._known: dict[tuple[str, str], _Known] = {}
        self._dates: dict[str, str | None] = {}
        self._outlets: dict[str, str] = {}
        self._left_out = 0
        self._unread: dict[str, str] = {}
        self._engines: set[str] = set()

    def add(self, row: Row, *, called: str = "A row") -> None:
        """Adds a row or an answer.

        Args:
            row: Its fields; empty ones may be None, NaN or empty texts.
            called: The row's label in error messages.

        Raises:
            ArgumentError: It is not in a format of `quoteapi batch`.
        """
        if isinstance(row.get("quotes"), list) and isinstance(row.get("speakers"), list):
            self._add_answer(row, called)
        elif "speaker_id" in row and "name" in row and "mentions" in row:
            self._add_speaker(row, called)
        elif "text" in row and "quote_id" in row:
            self._add_quote(row, called)
        else:
            names = ", ".join(shortened(str(name)) for name in list(row)[:8])
            message = f"{called} is no answer and no row that quoteapi batch writes. It has: {names or 'nothing'}."
            raise ArgumentError(message)

    def gathered(self) -> Gathered:
        """Returns the data of all rows added; call it once, at the end.

        Raises:
            ArgumentError: Two articles have the same id, or no row has the date or outlet column that was asked for.
        """
        self._flush()
        for name in (self._reading.date_column, self._reading.outlet_column):
            if name is not None and _free(name) not in self._carried:
                message = f"No column is named {name}. There are: {', '.join(self._carried) or 'none besides those of quoteapi'}."
                raise ArgumentError(message)
        schema = {**SCHEMA, **dict.fromkeys(self._carried, pl.String)}
        frames = [
            frame.select(*(pl.col(n) if n in frame.columns else pl.lit(None, kind).alias(n) for n, kind in schema.items()))
            for frame in self._frames
        ]
        quotes = pl.concat(frames) if frames else pl.DataFrame(schema=schema)
        self._frames.clear()
        quotes = quotes.unique(subset=["article", "quote_id", "text"], keep="any").sort("article", "quote_id")
        twice = quotes.filter(pl.struct("article", "quote_id").is_duplicated())
        if len(twice):
            message = (
                f"Two articles have the id “{shortened(twice['article'][0])}”: their quotes differ. Give each article an id of its own"
                " (quoteapi batch has --id-column for it)."
            )
            raise ArgumentError(message)
        wrong = next(iter(self._unread.values()), None)
        sightings, undated = tuple(self._sightings(quotes)), (len(self._unread), wrong)
        return Gathered(quotes, sightings, tuple(self._carried), self._left_out, undated, tuple(sorted(self._engines)))

    def _add_answer(self, answer: Row, called: str) -> None:
        article = _text(answer.get("id"))
        if article is None:
            article = f"answer-{blake2b(msgspec.json.encode(answer, order='sorted', enc_hook=str), digest_size=6).hexdigest()}"
        engine = answer.get("engine")
        if isinstance(engine, Mapping) and (version := _text(engine.get("version"))) is not None:
            self._engines.add(version)
        speakers = {str(one.get("id")): one for one in answer["speakers"]}
        beside = {name: value for name, value in answer.items() if name not in _OWN_OF_ANSWERS}
        self._beside_of(article, beside)
        for quote in answer["quotes"]:
            brief = quote.get("speaker") or {}
            speaker = _text(brief.get("id"))
            fields = {**quote, "quote_id": f"{article}/{quote.get('id')}", "speaker_id": speaker}
            self._take(article, fields, speakers.get(speaker or "", {}).get("type"), beside, called)
        for identity, one in speakers.items():
            known = self._know(article, identity, one.get("type"), _text(one.get("name")))
            if known is not None:
                self._tell(known, one.get("same_as"), one.get("pronoun"))
                known.roles = tuple(dict.fromkeys((*known.roles, *map(_role, one.get("roles") or []))))
                _add_forms(known, [mention.get("text") for mention in one.get("mentions") or []])

    def _add_quote(self, row: Row, called: str) -> None:
        article, speaker = self._article(row, called), _text(row.get("speaker_id"))
        beside = {name: value for name, value in row.items() if name not in _OWN}
        self._beside_of(article, beside)
        name = _text(row.get("speaker"))
        local = _within(article, speaker or (f"name:{name}" if name else None))
        self._take(article, {**row, "speaker_id": local}, row.get("speaker_type"), beside, called)
        known = self._know(article, local, row.get("speaker_type"), name) if local else None
        if known is not None:
            self._tell(known, row.get("speaker_same_as"), row.get("speaker_pronoun"))
            if (role := _text(row.get("speaker_role"))) is not None and not any(one.text == role for one in known.roles):
                known.roles = (*known.roles, SeenRole(role))
            _add_forms(known, [row.get("mention")])

    def _add_speaker(self, row: Row, called: str) -> None:
        article = self._article(row, called)
        local = _within(article, _text(row.get("speaker_id")))
        known = self._know(article, local, row.get("type"), _text(row.get("name"))) if local else None
        if known is None:
            return
        self._tell(known, row.get("same_as"), row.get("pronoun"))
        texts = [text for one in _list(row.get("roles")) if (text := _text(one)) is not None]
        main = _text(row.get("role"))
        for text in texts or ([main] if main else []):
            others = (one for one in known.roles if one.text != text)
            known.roles = (*others, _role(row, text) if text == main else SeenRole(text))
        _add_forms(known, _list(row.get("mentions")))

    def _article(self, row: Row, called: str) -> str:
        article = _text(row.get("article_id"))
        if article is None:
            message = f"{called} has no article_id: give each article an id, as in quoteapi.extract(text, id=…)."
            raise ArgumentError(message)
        return article

    def _take(self, article: str, quote: Row, kind: object, beside: Row, called: str) -> None:
        text = _text(quote.get("text"))
        if quote.get("kind") == "other" or quote.get("modality") in {"denied", "hypothetical"} or text is None:
            self._left_out += 1
            return
        confidence = _number(quote.get("confidence"), called)
        sure = quote.get("speaker_id") is not None and confidence >= self._reading.min_confidence
        values = {
            "article": article,
            "quote_id": _text(quote.get("quote_id")),
            "speaker": quote.get("speaker_id") if sure else None,
            "type": kind if sure and kind in _TYPES else None,
            "kind": _text(quote.get("kind")) or "direct",
            "within": _text(quote.get("within")),
            "text": text,
            "confidence": confidence,
            "date": self._dates.get(article),
        }
        for name, column in self._columns.items():
            column.append(values[name])
        self._beside.append({_free(name): _cell(value) for name, value in beside.items()})
        if len(self._beside) >= ROWS_AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        if not self._beside:
            return
        names = dict.fromkeys(name for row in self._beside for name in row)
        frame = pl.DataFrame(self._columns, schema=SCHEMA)
        more = [pl.Series(name, [row.get(name) for row in self._beside], dtype=pl.String) for name in names]
        self._frames.append(frame.with_columns(more))
        self._carried |= names
        self._columns = {name: [] for name in SCHEMA}
        self._beside = []

    def _beside_of(self, article: str, beside: Row) -> None:
        if article in self._dates:
            return
        wanted = self._reading.date_column
        column = named(beside, DATES) if wanted is None else wanted
        value = beside.get(column) if column else None
        date = read_date(value)
        self._dates[article] = date
        if date is None and _text(value) is not None:
            self._unread.setdefault(article, shortened(str(value)))
        outlet = self._reading.outlet_column or named(beside, OUTLETS)
        if outlet and (name := _text(beside.get(outlet))) is not None:
            self._outlets[article] = name

    def _know(self, article: str, speaker: str, kind: object, name: str | None) -> _Known | None:
        if name is None or kind not in _TYPES:
            return None
        return self._known.setdefault((article, speaker), _Known(msgspec.convert(kind, SpeakerType), name))

    @staticmethod
    def _tell(known: _Known, same_as: object, pronoun: object) -> None:
        known.same_as = known.same_as or _text(same_as)
        if pronoun in _PRONOUNS:
            known.pronoun = msgspec.convert(pronoun, Pronoun)

    def _sightings(self, quotes: pl.DataFrame) -> Iterator[Sighting]:
        speaking = quotes.filter(pl.col("speaker").is_not_null()).select("article", "speaker").unique().sort("article", "speaker")
        for article, speaker in speaking.iter_rows():
            known = self._known.pop((article, speaker), None)
            if known is None:
                continue
            name, same_as = known.name, known.same_as
            if same_as is None and self._reading.people is not None and known.type in VOICED:
                entries = self._reading.people.matches([known.name])
                if len(entries) == 1 and entries[0].same_as:
                    same_as = entries[0].same_as
            yield Sighting(
                article,
                speaker,
                known.type,
                name,
                same_as,
                known.pronoun,
                self._dates.get(article),
                known.roles,
                known.forms,
                outlet=self._outlets.get(article),
            )


def gather(rows: Iterable[Row], reading: Reading | None = None) -> Gathered:
    """Collects the quotes and speakers of rows.

    Raises:
        ArgumentError: As for `Gatherer.add` and `Gatherer.gathered`.
    """
    gatherer = Gatherer(reading or Reading())
    for number, row in enumerate(rows, start=1):
        gatherer.add(row, called=f"Row {number}")
    return gatherer.gathered()


def read_date(value: object) -> str | None:
    """Parses a date (2026-03-01T08:00Z, 20260301, a `date`, or RFC 2822 as in feeds) to ISO 8601, or to a year or month if it has no more.

    Returns None for anything else, also where day and month could be swapped (01/03/2026).
    """
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
    text = _text(value)
    if text is None:
        return None
    text = text.removesuffix(".0") if text.removesuffix(".0").isdigit() else text
    if digits := _DIGITS.fullmatch(text):
        text = "-".join(digits.groups())
    if found := _DAY.match(text):
        year, month, day = (int(part) if part else 1 for part in found.groups())
        try:
            dt.date(year, month, day)
        except ValueError:
            return None
        return found[0]
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except ValueError:
        return None


def _role(role: Row, text: str | None = None) -> SeenRole:
    return SeenRole(
        text or _text(role.get("text")) or "",
        _text(role.get("title")),
        _text(role.get("organization")),
        _text(role.get("status")) or "current",
        _text(role.get("party")),
        _text(role.get("constituency")),
    )


def _add_forms(known: _Known, texts: Iterable[object]) -> None:
    """Adds the mentions that are forms of the name: capitalized, with a word in common, or for an organization all in capitals."""
    if known.type not in {"person", "organization"}:
        return
    words = set(known.name.replace(".", "").casefold().split())
    for value in texts:
        text = _text(value)
        if text is None or len(known.forms) >= _MOST_FORMS or not text[:1].isupper():
            continue
        form = " ".join(text.replace("\u00ad", "").split())
        parts = form.replace(".", "").casefold().split()
        letters = known.type == "organization" and form.isupper() and len(form) > 1
        if len(parts) <= _MOST_WORDS and (words.intersection(parts) or letters) and form != known.name:
            known.forms = tuple(dict.fromkeys((*known.forms, form)))


def _within(article: str, identity: str | None) -> str | None:
    """Returns a speaker's id without the article's id in front of it."""
    return None if identity is None else identity.removeprefix(f"{article}/")


def named(row: Row, names: Iterable[str]) -> str | None:
    """The first of some names that a row has a column of, in whatever case; None without any."""
    folded = {str(name).casefold(): name for name in row}
    return next((str(folded[name]) for name in names if name in folded), None)


def _free(name: str) -> str:
    """Returns the name of a carried column, prefixed if one of our tables has a column of that name."""
    return f"article_{name}" if name in RESERVED else name


def _text(value: object) -> str | None:
    """Returns a value as text; None if it is empty or NaN."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value)
    return text if text.strip() else None


def _cell(value: object) -> str | None:
    return msgspec.json.encode(value, enc_hook=str).decode() if isinstance(value, list | dict | tuple) else _text(value)


def _number(value: object, called: str) -> float:
    text = _text(value)
    try:
        return 1.0 if text is None else float(text)
    except ValueError:
        message = f"{called} has the confidence “{shortened(text or '')}”, which is no number."
        raise ArgumentError(message) from None


def _list(value: object) -> list[object]:
    """Returns a list, decoded if a cell holds it as JSON; empty for other values."""
    if isinstance(value, str):
        try:
            value = msgspec.json.decode(value)
        except msgspec.DecodeError:
            return []
    return list(value) if isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping) else []
