"""Records: the rows of an archive as one table of quotes, and who speaks in each article.

A row is a quote or a speaker as `quoteapi batch` writes them, or a whole answer; every other column is carried.
"""

import datetime as dt
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from email.utils import parsedate_to_datetime
from hashlib import blake2b
from typing import Any, TypeAlias

import msgspec
import polars as pl
from msgspec import Struct

from quoteapi.audit.structs import Pronoun, SeenRole, Sighting
from quoteapi.batch.rows import QuoteRow
from quoteapi.errors import ArgumentError, shortened
from quoteapi.speakers import Authority
from quoteapi.structs import Answer, SpeakerType

Row: TypeAlias = Mapping[str, Any]
PRONOUNS: frozenset[str] = frozenset({"she", "he", "they"})
DATES = ("date", "published", "published_at", "pubdate")
"""Names of columns that hold the date of an article."""
OUTLETS = ("outlet", "publisher", "publication", "newspaper", "source")
"""Names of columns that say where it was published."""
ROWS_AT_ONCE = 10_000
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?![\d-])")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TYPES: frozenset[str] = frozenset({"person", "organization", "group", "unnamed", "document"})
_OWN = frozenset({*QuoteRow.__struct_fields__, "speaker_pronoun"})
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
"""The columns of the table of quotes; those that are carried come behind, all of text."""


RESERVED = frozenset({*SCHEMA, "quote", "voice", "words", "name", "period"})
"""Names of columns of our own tables; one that is carried gets `article_` in front."""


class Reading(Struct, frozen=True):
    """How rows are read.

    Args:
        date_column: The column of the date; None looks for the usual names.
        outlet_column: The column of the outlet; None looks for the usual names.
        min_confidence: Where a quote has less, its speaker counts as unknown.
        people: A list of people that names sightings which have no URI yet.
    """

    date_column: str | None = None
    outlet_column: str | None = None
    min_confidence: float = 0.0
    people: Authority | None = None


class Gathered(Struct, frozen=True):
    """What is read of an archive.

    Args:
        quotes: A row a quote; offsets are left out.
        sightings: Who speaks in each article.
        carried: The columns that are carried, in the order in which they come.
        left_out: Quotes that nobody said: words in marks that are no speech, and what was denied or might be said.
        undated: Articles whose date cannot be read, and one such date.
        engines: Versions of quoteapi that wrote the answers; rows do not tell.
    """

    quotes: pl.DataFrame
    sightings: tuple[Sighting, ...]
    carried: tuple[str, ...]
    left_out: int
    undated: tuple[int, str | None]
    engines: tuple[str, ...] = ()


class _Known:
    """What is known of a speaker of an article, from all of its rows."""

    __slots__ = ("forms", "name", "pronoun", "roles", "same_as", "type")

    def __init__(self, kind: SpeakerType, name: str) -> None:
        self.type = kind
        self.name = name
        self.same_as: str | None = None
        self.pronoun: Pronoun | None = None
        self.roles: tuple[SeenRole, ...] = ()
        self.forms: tuple[str, ...] = ()


class Gatherer:
    """Collects rows, some in memory as columns, so that a million of them take little."""

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
        """Take in a row, or an answer.

        Args:
            row: Its fields; empty ones may be None, NaN or empty texts.
            called: How an error names it.

        Raises:
            ArgumentError: It is none that `quoteapi batch` writes.
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
        """All that was taken in.

        Raises:
            ArgumentError: Two articles have one id, or no row has a column that was named.
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
        if pronoun in PRONOUNS:
            known.pronoun = msgspec.convert(pronoun, Pronoun)

    def _sightings(self, quotes: pl.DataFrame) -> Iterator[Sighting]:
        speaking = quotes.filter(pl.col("speaker").is_not_null()).select("article", "speaker").unique().sort("article", "speaker")
        for article, speaker in speaking.iter_rows():
            known = self._known.pop((article, speaker), None)
            if known is None:
                continue
            name, same_as = known.name, known.same_as
            if same_as is None and self._reading.people is not None and known.type in {"person", "organization"}:
                entries = self._reading.people.bearers([known.name])
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
    """The quotes and speakers of rows.

    Raises:
        ArgumentError: A row is none that `quoteapi batch` writes, or two articles have one id.
    """
    gatherer = Gatherer(reading or Reading())
    for number, row in enumerate(rows, start=1):
        gatherer.add(row, called=f"Row {number}")
    return gatherer.gathered()


def read_date(value: object) -> str | None:
    """A date as ISO 8601, a year or a month where no more is told: of 2026-03-01T08:00Z, 20260301, a date or the date of a feed.

    Days and months in figures alone (01/03/2026) are read as nothing: nobody knows which is which.
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
    """Mentions that are forms of the name: written with a capital, and with a word of it or, of an organization, its letters."""
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
    """A speaker's id without the article's before it."""
    return None if identity is None else identity.removeprefix(f"{article}/")


def named(row: Row, names: Iterable[str]) -> str | None:
    """The first of some names that a row has a column of, in whatever case; None without any."""
    folded = {str(name).casefold(): name for name in row}
    return next((str(folded[name]) for name in names if name in folded), None)


def _free(name: str) -> str:
    """A name of a carried column that is none of ours."""
    return f"article_{name}" if name in RESERVED else name


def _text(value: object) -> str | None:
    """A value as text; None for one that is empty or no number."""
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
    """A list, or one that stands in a cell as JSON."""
    if isinstance(value, str):
        try:
            value = msgspec.json.decode(value)
        except msgspec.DecodeError:
            return []
    return list(value) if isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping) else []
