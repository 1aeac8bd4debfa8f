"""Tables: an archive's voices, quotes, appearances and summaries, as Polars frames.

`tables_of` is the entry point for reports: it turns rows into all tables.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import blake2b
from itertools import combinations
from typing import Any

import polars as pl
from msgspec import Struct
from msgspec.structs import replace

from quoteapi.audit.joining import join
from quoteapi.audit.naming import person_of
from quoteapi.audit.records import Gathered, Reading, Row, gather
from quoteapi.audit.repeats import LONG, SHORTEST, Wordings, find_repeats, normalised
from quoteapi.audit.structs import VOICED, Doubt, Joined, Sighting
from quoteapi.audit.summaries import PERIOD, Every, summary, with_period
from quoteapi.errors import ArgumentError
from quoteapi.speakers.person_names import PersonName

FEW_ARTICLES = 20
"""Maximum number of articles with a full name that counts as company: whoever speaks in more identifies no namesake."""
_ROLE: dict[str, pl.DataType | type[pl.DataType]] = {
    "text": pl.String,
    "status": pl.String,
    "first": pl.String,
    "last": pl.String,
    "articles": pl.Int64,
}
_VOICES: dict[str, pl.DataType | type[pl.DataType]] = {
    "voice": pl.String,
    "name": pl.String,
    "type": pl.String,
    "same_as": pl.String,
    "pronoun": pl.String,
    "forms": pl.List(pl.String),
}


class Tables(Struct, frozen=True):
    """All tables of an archive; docs/voices.md has their columns.

    Args:
        voices: One row per voice, the one with the most appearances first.
        quotes: One row per quote, in its longest form.
        appearances: One row per quote in an article, with the carried columns.
        together: One row per pair of people or organizations that speak in the same articles.
        doubtful: One row per join that was not made.
        summary: A single row for the archive.
        summaries: By a column (`by_outlet`), over time (`over_time`), and both (`by_outlet_over_time`).
        left_out: Number of quotes in no table because nobody said them.
        undated: Number of articles whose date cannot be read, and one such date.
        engines: The versions of quoteapi that wrote the answers; empty if only rows were read.
    """

    voices: pl.DataFrame
    quotes: pl.DataFrame
    appearances: pl.DataFrame
    together: pl.DataFrame
    doubtful: pl.DataFrame
    summary: pl.DataFrame
    summaries: Mapping[str, pl.DataFrame]
    left_out: int
    undated: tuple[int, str | None]
    engines: tuple[str, ...] = ()

    def named(self) -> dict[str, pl.DataFrame]:
        """Returns the tables by file name, without suffix."""
        own = ("voices", "quotes", "appearances", "together", "doubtful", "summary")
        return {name: getattr(self, name) for name in own} | dict(self.summaries)


def tables_of(
    rows: Iterable[Row],
    *,
    reading: Reading | None = None,
    by: Sequence[str] = (),
    every: Every = "month",
    join_with: Callable[[Iterable[Sighting]], Joined] = join,
) -> Tables:
    """Builds all tables from rows.

    Args:
        rows: Rows of quotes or speakers, or answers, as `quoteapi batch` writes them.
        reading: How to read the rows.
        by: Carried columns, each of which gets a summary.
        every: The length of a period in the summaries over time, which exist if any article has a date.
        join_with: The function that joins sightings into voices.

    Raises:
        ArgumentError: A row is not in a format of `quoteapi batch`, two articles have the same id, or a column in `by` does not exist.
    """
    return tables_from(gather(rows, reading), by=by, every=every, join_with=join_with)


def tables_from(
    gathered: Gathered, *, by: Sequence[str] = (), every: Every = "month", join_with: Callable[[Iterable[Sighting]], Joined] = join
) -> Tables:
    """Builds all tables from gathered rows; see `tables_of`.

    Raises:
        ArgumentError: A column in `by` does not exist.
    """
    for name in by:
        if name not in gathered.carried:
            message = f"No column is named {name}. There are: {', '.join(gathered.carried) or 'none besides those of quoteapi'}."
            raise ArgumentError(message)
    wordings, quotes = _worded(gathered)
    joined = join_with(_with_context(gathered.sightings, wordings, quotes))
    appearances = _appearances(gathered, wordings, quotes, joined)
    public = appearances.drop("pronoun", "longest")
    return Tables(
        _voices(joined, appearances),
        _quotes(appearances),
        public,
        _together(appearances),
        _doubtful(joined.doubts),
        summary(appearances),
        _summaries(appearances, by, every),
        gathered.left_out,
        gathered.undated,
        gathered.engines,
    )


def _worded(gathered: Gathered) -> tuple[Wordings, pl.DataFrame]:
    """Returns the wordings, and the quotes with the `number` of theirs; null for indirect speech and quotes within quotes."""
    speaking = pl.DataFrame(
        {
            "article": [one.article for one in gathered.sightings],
            "speaker": [one.speaker for one in gathered.sightings],
            "who": _numbers(gathered.sightings),
        },
        schema={"article": pl.String, "speaker": pl.String, "who": pl.Int64},
    )
    quotes = gathered.quotes.select("article", "quote_id", "speaker", "kind", "within", normalised(pl.col("text")).alias("wording"))
    spoken = (pl.col("kind") != "indirect") & pl.col("within").is_null() & (pl.col("wording") != "")
    quotes = quotes.with_columns(pl.when(spoken).then(pl.col("wording")))
    quotes = quotes.join(speaking, on=["article", "speaker"], how="left", maintain_order="left")
    each = quotes.drop_nulls("wording").group_by("wording").agg(
        pl.col("who").drop_nulls().n_unique().alias("count"), pl.col("who").drop_nulls().first().alias("first")
    ).sort("wording")  # fmt: skip
    who = each.select(pl.when(pl.col("count") > 1).then(-1).otherwise(pl.col("first")).fill_null(0)).to_series()
    wordings = find_repeats(each["wording"], who.to_list())
    numbered = pl.DataFrame({"wording": each["wording"], "number": range(len(each))}, schema={"wording": pl.String, "number": pl.Int64})
    return wordings, quotes.join(numbered, on="wording", how="left", maintain_order="left").drop("wording", "who", "kind", "within")


def _numbers(sightings: Sequence[Sighting]) -> list[int | None]:
    """Numbers the family names of persons and the names of organizations; None for other speakers."""
    known: dict[str, int] = {}
    numbers: list[int | None] = []
    for one in sightings:
        if one.type not in VOICED:
            numbers.append(None)
            continue
        name = person_of(one.name) if one.type == "person" else None
        numbers.append(known.setdefault(name.family if name else one.name.casefold(), len(known) + 1))
    return numbers


def _with_context(sightings: Sequence[Sighting], wordings: Wordings, quotes: pl.DataFrame) -> list[Sighting]:
    """Adds to each sighting its long quotes that occur in several articles, and who speaks in its article (`company`)."""
    if not len(quotes):
        return list(sightings)
    long = wordings.words[wordings.leader] >= LONG
    leaders = pl.DataFrame({"number": range(len(long)), "leader": wordings.leader, "long": long}, schema_overrides={"number": pl.Int64})
    told = quotes.drop_nulls(["number", "speaker"]).join(leaders, on="number").filter(pl.col("long"))
    repeated = told.filter(pl.col("article").n_unique().over("leader") > 1)
    shared: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for article, speaker, leader in repeated.select("article", "speaker", "leader").iter_rows():
        shared[article, speaker].add(leader)
    names = [(one.article, " ".join(name.keys)) for one in sightings if (name := _full_name(one)) is not None]
    often = Counter(name for _, name in set(names))
    company: defaultdict[str, set[str]] = defaultdict(set)
    for article, called in names:
        if 1 < often[called] <= FEW_ARTICLES:
            company[article].add(called)
    beside = {article: frozenset(names) for article, names in company.items()}
    return [_in_context(one, shared.get((one.article, one.speaker)), beside.get(one.article)) for one in sightings]


def _full_name(sighting: Sighting) -> PersonName | None:
    name = person_of(sighting.name) if sighting.type == "person" else None
    return name if name is not None and len(name.keys) > 1 else None


def _in_context(sighting: Sighting, shared: set[int] | None, company: frozenset[str] | None) -> Sighting:
    return replace(sighting, shared=frozenset(shared or ()), company=company or frozenset()) if shared or company else sighting


def _appearances(gathered: Gathered, wordings: Wordings, quotes: pl.DataFrame, joined: Joined) -> pl.DataFrame:
    """Returns one row per quote in an article, with its voice and the key of the quote."""
    seen = [(article, speaker, voice) for voice in joined.voices for article, speaker in voice.sightings]
    voices = pl.DataFrame(
        {
            "article": [article for article, _, _ in seen],
            "speaker": [speaker for _, speaker, _ in seen],
            "voice": [voice.key for _, _, voice in seen],
            "name": [voice.name for _, _, voice in seen],
            "pronoun": [voice.pronoun for _, _, voice in seen],
            "_type": [voice.type for _, _, voice in seen],
        },
        schema=dict.fromkeys(("article", "speaker", "voice", "name", "pronoun", "_type"), pl.String),
    )
    frame = gathered.quotes.with_columns(quotes["number"]).join(voices, on=["article", "speaker"], how="left", maintain_order="left")
    longest = wordings.leader
    leaders = pl.DataFrame(
        {"number": range(len(longest)), "leader": longest, "length": wordings.words[longest]},
        schema={"number": pl.Int64, "leader": pl.Int64, "length": pl.Int64},
    )
    frame = frame.join(leaders, on="number", how="left", maintain_order="left")
    only = pl.col("voice").drop_nulls().n_unique().over("leader") == 1
    said_by = pl.col("voice").fill_null(pl.when(only).then(pl.col("voice").drop_nulls().first().over("leader")))
    by_words = pl.col("length") >= LONG
    by_voice = (pl.col("length") >= SHORTEST) & said_by.is_not_null()
    identity = (
        pl.when(by_words).then(pl.format("w{}", "leader"))
        .when(by_voice).then(pl.format("v{}\n{}", "leader", said_by))
        .otherwise(pl.format("o{}\n{}", "article", "quote_id"))
    )  # fmt: skip
    frame = frame.with_columns(identity.alias("quote"))
    keys = {one: _key(one, wordings) for one in frame["quote"].unique().to_list()}
    ids = pl.DataFrame({"quote": list(keys), "_key": list(keys.values())}, schema={"quote": pl.String, "_key": pl.String})
    frame = frame.join(ids, on="quote", how="left", maintain_order="left")
    return frame.select(
        pl.col("_key").alias("quote"),
        "quote_id",
        "article",
        "date",
        "kind",
        "text",
        pl.col("text").str.count_matches(r"\S+").cast(pl.Int64).alias("words"),
        "confidence",
        "voice",
        "name",
        pl.col("_type").fill_null(pl.col("type")).alias("type"),
        "pronoun",
        (pl.col("number") == pl.col("leader")).fill_null(value=True).alias("longest"),
        *gathered.carried,
    )


def _key(identity: str, wordings: Wordings) -> str:
    """Returns a quote's key: a hash of its words, of words and voice for a short quote, or of article and id for one never joined."""
    number, _, voice = identity[1:].partition("\n")
    words = identity if identity[0] == "o" else f"{wordings.texts[int(number)]}\n{voice}"
    return f"quote/{blake2b(words.encode(), digest_size=8).hexdigest()}"


def _voices(joined: Joined, appearances: pl.DataFrame) -> pl.DataFrame:
    values: dict[str, list[Any]] = {
        "voice": [voice.key for voice in joined.voices],
        "name": [voice.name for voice in joined.voices],
        "type": [voice.type for voice in joined.voices],
        "same_as": [voice.same_as for voice in joined.voices],
        "pronoun": [voice.pronoun for voice in joined.voices],
        "forms": [list(voice.forms) for voice in joined.voices],
    }
    heard = appearances.drop_nulls("voice").group_by("voice").agg(*_counts(), pl.col("quote").n_unique().alias("quotes"))
    frame = pl.DataFrame(values, schema=_VOICES)
    frame = frame.join(_roles(joined), on="voice", how="left", maintain_order="left").join(heard, on="voice", how="left")
    columns = [*_VOICES, "roles", "articles", "quotes", "appearances", "words", "first", "last"]
    return frame.with_columns(pl.col("roles").fill_null([])).select(columns).sort("appearances", "voice", descending=[True, False])


def _roles(joined: Joined) -> pl.DataFrame:
    """Returns the roles of each voice, built from columns because a million dictionaries take much memory."""
    told = [(voice.key, role) for voice in joined.voices for role in voice.roles]
    fields: dict[str, list[Any]] = {name: [getattr(role, name) for _, role in told] for name in _ROLE}
    flat = pl.DataFrame({"voice": [key for key, _ in told], **fields}, schema={"voice": pl.String, **_ROLE})
    return flat.group_by("voice", maintain_order=True).agg(pl.struct(*_ROLE).alias("roles"))


def _quotes(appearances: pl.DataFrame) -> pl.DataFrame:
    needed = appearances.select("quote", "quote_id", "article", "text", "words", "date", "longest")
    whole = needed.sort(~pl.col("longest"), -pl.col("text").str.len_chars().cast(pl.Int64), "text", "article", "quote_id")
    often = (
        appearances.drop_nulls("voice")
        .group_by("quote", "voice", "name")
        .len()
        .sort("quote", "len", "voice", descending=[False, True, False])
    )
    said = often.group_by("quote", maintain_order=True).agg(pl.col("voice").first(), pl.col("name").first())
    counted = whole.group_by("quote", maintain_order=True).agg(
        pl.col("text").first(), *(_counts()[:2]), pl.col("words").first(), *_counts()[3:]
    )
    frame = counted.join(said, on="quote", how="left", maintain_order="left")
    columns = ["quote", "text", "voice", "name", "words", "articles", "appearances", "first", "last"]
    return frame.select(columns).sort("appearances", "quote", descending=[True, False])


def _counts() -> list[pl.Expr]:
    return [
        pl.col("article").n_unique().alias("articles"),
        pl.len().alias("appearances"),
        pl.col("words").sum(),
        pl.col("date").min().alias("first"),
        pl.col("date").max().alias("last"),
    ]


def _together(appearances: pl.DataFrame) -> pl.DataFrame:
    """Counts the articles of each pair of people or organizations; the one whose key sorts first comes first."""
    voiced = appearances.filter(pl.col("type").is_in(VOICED)).drop_nulls("voice")
    names = dict(voiced.select("voice", "name").unique().iter_rows())
    heard = voiced.group_by("article").agg(pl.col("voice").unique().sort())["voice"]
    pairs = Counter(pair for voices in heard for pair in combinations(voices.to_list(), 2))
    rows = sorted(((one, other, names[one], names[other], count) for (one, other), count in pairs.items()), key=lambda row: (-row[-1], row))
    schema = {"voice": pl.String, "other": pl.String, "name": pl.String, "other_name": pl.String, "articles": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _doubtful(doubts: Sequence[Doubt]) -> pl.DataFrame:
    schema = dict.fromkeys(Doubt.__struct_fields__, pl.String) | {"articles": pl.Int64}
    rows = sorted((tuple(getattr(doubt, name) for name in schema) for doubt in doubts), key=lambda row: (-row[-1], row))
    return pl.DataFrame(rows, schema=schema, orient="row")


def _summaries(appearances: pl.DataFrame, by: Sequence[str], every: Every) -> dict[str, pl.DataFrame]:
    found = {f"by_{name}": summary(appearances, [name]) for name in by}
    if appearances["date"].is_not_null().any():
        timed = with_period(appearances, every)
        found["over_time"] = summary(timed, [PERIOD])
        found |= {f"by_{name}_over_time": summary(timed, [name, PERIOD]) for name in by}
    return found
