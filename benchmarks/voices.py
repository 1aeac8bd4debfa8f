"""Voices: how well namesakes are kept apart and spelling variants joined, and the time and memory that a large archive takes.

    python benchmarks/voices.py [--namesakes N] [--quotes N] [--rows FILE… | --marked FILE… --articles FILE] [--pairs FILE]

All people are invented, and the random numbers are seeded. Namesakes share a name and differ in country and office; a fifth of their
articles gives no role. Variants are one person under two spellings. The archive of N quotes is read from JSON Lines at half its size and in
full, each in a separate process, so that peak memory is measured separately.

The judged pairs were labeled by people: each line has `one` and `other` (an article id and a speaker id, as in `["a1", "s1"]`), `same`, and
`weight`, the number of pairs in the archive that it represents. The speakers come from `--rows`, as written by `quoteapi batch`, or from
annotated articles, which measures the joins alone: `corpus/voice-pairs.jsonl` has 300 pairs for `--marked` (marked-train and marked-more
with their texts) and `--articles` (their outlets and dates). `--write` writes the figures to benchmarks/results/voices.md.
"""

import argparse
import gzip
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from quoteapi.audit.files import read_rows
from quoteapi.audit.records import Reading, gather
from quoteapi.audit.tables import tables_from, tables_of
from quoteapi.knowledge import entries

if TYPE_CHECKING:
    from quoteapi.training.marked import MarkedArticle, MarkedEntity, MarkedQuote

RESULTS = Path(__file__).parent / "results" / "voices.md"
COUNTRIES = (
    ("Canada", "Canadian"), ("Kenya", "Kenyan"), ("Brazil", "Brazilian"), ("Norway", "Norwegian"), ("India", "Indian"),
    ("Peru", "Peruvian"), ("Poland", "Polish"), ("Ghana", "Ghanaian"), ("Australia", "Australian"), ("Ireland", "Irish"),
    ("Japan", "Japanese"), ("Mexico", "Mexican"),
)  # fmt: skip
OFFICES = (
    "finance minister", "sprinter", "novelist", "marine biologist", "police inspector", "ambassador", "goalkeeper", "bishop", "surgeon",
    "army general", "film director", "farmer", "supreme court judge", "newspaper editor", "banker", "senator", "school teacher",
    "jazz singer",
)  # fmt: skip
FIRST = ("John", "Maria", "David", "Anna", "Daniel", "Grace", "Peter", "Ruth", "Samuel", "Elena", "Kwame", "Ingrid", "Tomasz", "Priya")
FAMILY = ("Smith", "Garcia", "Hart", "Roe", "Solheim", "Mensah", "Lindqvist", "Kowal", "Okello", "Brandvold", "Tarrow", "Singh", "Ashdown")
SYLLABLES = ("bar", "den", "fol", "gar", "hul", "kes", "lor", "mon", "nar", "pel", "ros", "sul", "tam", "ver", "wil", "zan")
WORDS = (
    "the", "harbour", "wall", "river", "council", "budget", "storm", "winter", "market", "village", "bridge", "tide", "ferry", "engine",
    "island", "boats", "lights", "night", "people", "children", "workers", "visitors", "owners", "will", "never", "always", "often", "hold",
    "break", "rise", "fall", "open", "close", "cost", "save", "keep", "lose", "ask", "answer", "wait", "build", "repair", "carry", "watch",
    "slowly", "quickly", "again", "together", "before", "after", "under", "over", "between", "without", "many", "few", "every", "another",
)  # fmt: skip
RARE = tuple(f"{one}{two}{three}" for one in SYLLABLES for two in SYLLABLES for three in SYLLABLES)
"""Invented words: as in any language, most words are in few quotes."""
VARIANTS: tuple[tuple[str, str, str], ...] = (
    ("accents", "José Brandão Ruelas", "Jose Brandao Ruelas"),
    ("accents", "Zoë Žitková", "Zoe Zitkova"),
    ("letters", "Jörg Schröter", "Joerg Schroeter"),
    ("letters", "Mykhailo Zelenkovsky", "Mykhailo Zelenkovskyy"),
    ("letters", "Mohammed Haniff", "Mohamed Hanif"),
    ("hyphens", "Tae Won-ok", "Tae Won Ok"),
    ("hyphens", "Mary Ashdown-Tarrow", "Mary Ashdown Tarrow"),
    ("article", "Rami al-Sabbouni", "Rami Sabbouni"),
    ("capitals", "INGRID SOLHEIM", "Ingrid Solheim"),
    ("middle name", "Ingrid M. Lindqvist", "Ingrid Lindqvist"),
    ("middle name", "Grace Adwoa Okello", "Grace Okello"),
    ("pet name", "William Tarrow", "Bill Tarrow"),
    ("pet name", "Katherine Brandvold", "Kate Brandvold"),
    ("slip", "Peter Brandvold", "Peter Brandvodl"),
)
"""Kinds of variants, each with two spellings of an invented person's name."""


def seeded(seed: int) -> random.Random:
    """Returns a random number generator that gives the same numbers in every run."""
    return random.Random(seed)  # noqa: S311  not used for security


def row(article: str, number: int, text: str, name: str, role: str | None, **more: object) -> dict[str, Any]:
    """Returns the row of a quote."""
    speaker = f"{article}/s{number}"
    quote = {"article_id": article, "quote_id": f"{article}/q{number}", "kind": "direct", "modality": "asserted", "text": text}
    said_by = {"speaker_id": speaker, "speaker": name, "speaker_type": "person", "speaker_role": role, "confidence": 0.9}
    return quote | said_by | more


def sentence(chance: random.Random, length: int) -> str:
    """Returns random words."""
    return " ".join(chance.choice(WORDS) if chance.random() < 0.5 else chance.choice(RARE) for _ in range(length))  # noqa: PLR2004  half


def role_of(chance: random.Random, country: tuple[str, str], office: str, *, alone: float = 0.0) -> str:
    """Returns an office and its country in one of a reporter's phrasings; with the probability `alone`, the office alone."""
    if chance.random() < alone:
        return chance.choice((office, f"the {office}"))
    return chance.choice(
        (f"the {country[1]} {office}", f"{country[0]}’s {office}", f"a former {office} of {country[0]}", f"{country[1]} {office}")
    )


def namesakes(count: int, chance: random.Random, *, alone: bool) -> tuple[list[dict[str, Any]], dict[tuple[str, str], tuple[str, int]]]:
    """Returns rows of pairs of namesakes, and the person behind each speaker.

    Args:
        count: Number of pairs.
        chance: A seeded random number generator.
        alone: Whether all roles omit the country; otherwise the first role of each person has it, and two thirds of the others do.
    """
    rows, truth = [], {}
    for pair in range(count):
        middle = "".join(chance.choices(SYLLABLES, k=3)).title()
        name = f"{chance.choice(FIRST)} {middle}" if pair % 2 else f"{chance.choice(FIRST)} {middle} {chance.choice(FAMILY)}"
        countries, offices = chance.sample(COUNTRIES, 2), chance.sample(OFFICES, 2)
        for person in range(2):
            for number in range(chance.randint(2, 5)):
                article = f"n{pair}-{person}-{number}"
                often = 1.0 if alone else 0.0 if number == 0 else 1 / 3
                silent = number > 0 and chance.random() < 0.2  # noqa: PLR2004  a fifth
                role = None if silent else role_of(chance, countries[person], offices[person], alone=often)
                rows.append(
                    row(article, 1, sentence(chance, 9), name, role, date=f"{chance.randint(2018, 2024)}-0{chance.randint(1, 9)}-11")
                )
                truth[article, "s1"] = (name, person)
    return rows, truth


def measure_namesakes(count: int, *, alone: bool) -> list[tuple[str, str]]:
    """Measures the share of pairs that are kept apart, and how completely each person's articles are joined."""
    chance = seeded(1)
    rows, truth = namesakes(count, chance, alone=alone)
    chance.shuffle(rows)
    voice_of = voices(rows)
    persons: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    told: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    with_role = {row["article_id"] for row in rows if row["speaker_role"]}
    for (article, speaker), person in truth.items():
        persons[person].append(voice_of[article, speaker])
        if article in with_role:
            told[person].add(voice_of[article, speaker])
    names = {name for name, _ in persons}
    apart = sum(not set(persons[name, 0]) & set(persons[name, 1]) for name in names)
    pairs = sum(len(found) - 1 for found in persons.values())
    made = sum(len(found) - len(set(found)) for found in persons.values())
    return [
        ("pairs of namesakes", f"{len(names):,}"),
        ("kept apart", f"{apart / len(names):.3f}"),
        ("persons whose articles with a role are one voice", f"{sum(len(found) == 1 for found in told.values()) / len(told):.3f}"),
        ("joins made, of those that are right", f"{made / pairs:.3f}"),
    ]


def measure_variants() -> list[tuple[str, str]]:
    """Measures the share of variants that are joined, by kind, with a supporting role and without a role."""
    shares: defaultdict[tuple[str, str], list[bool]] = defaultdict(list)
    for told in ("with a role", "without a role"):
        rows = []
        for number, (_, one, other) in enumerate(VARIANTS):
            role = "chair of the Kelby Tide Board" if told == "with a role" else None
            rows += [row(f"v{number}-{i}", 1, f"It was tide {number} and wall {i}", name, role) for i, name in enumerate((one, other))]
        voice_of = voices(rows)
        for number, (kind, _, _) in enumerate(VARIANTS):
            shares[kind, told].append(voice_of[f"v{number}-0", "s1"] == voice_of[f"v{number}-1", "s1"])
    return [(f"{kind}, {told}", f"{sum(found)} of {len(found)} joined") for (kind, told), found in sorted(shares.items())]


def voices(rows: Iterable[dict[str, Any]]) -> dict[tuple[str, str], str]:
    """Returns the voice of each speaker of each article."""
    tables = tables_of(rows)
    return {
        (article, quote.rpartition("/q")[2] and f"s{quote.rpartition('/q')[2]}"): voice
        for article, quote, voice in tables.appearances.select("article", "quote_id", "voice").iter_rows()
    }


def archive(count: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    """Yields the rows of an archive, in which some people speak often and a tenth of the quotes are wire copy of another one."""
    people = max(20, count // 8)
    families = sorted(entries("common_surnames"))
    kept: list[tuple[str, str, str]] = []
    present = [0]
    for number in range(count):
        article, place = divmod(number, 5)
        if kept and place and chance.random() < 0.1:  # noqa: PLR2004  a tenth
            text, name, role = chance.choice(kept)
        else:
            if place == 0:
                present = [int(people * chance.random() ** 3) for _ in range(chance.choice((1, 2, 2, 3)))]
            who = chance.choice(present)
            same = seeded(who)
            family = same.choice(families).title() if same.random() < 0.3 else "".join(same.choices(SYLLABLES, k=3)).title()  # noqa: PLR2004  three tenths
            name = f"{same.choice(FIRST)} {family}"
            role = role_of(chance, same.choice(COUNTRIES), same.choice(OFFICES))
            text = sentence(chance, chance.randint(5, 40))
            if len(kept) < 2000:  # noqa: PLR2004  enough to copy from
                kept.append((text, name, role))
        date = f"{2015 + article % 10}-{article % 12 + 1:02}-15"
        shown = None if chance.random() < 0.3 else role  # noqa: PLR2004  three tenths have none
        speaker = f"a{article}/s-{name}"
        yield row(f"a{article}", place, text, name, shown, speaker_id=speaker, outlet=f"Outlet {article % 40}", date=date)


def measure_archive(count: int) -> list[tuple[str, str]]:
    """Measures the CPU seconds and peak memory of an archive, at half and at full size."""
    figures = []
    for size in (count // 2, count):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "rows.jsonl"
            with path.open("wb") as file:
                encoder = msgspec.json.Encoder()
                for one in archive(size, seeded(2)):
                    file.write(encoder.encode(one) + b"\n")
            done = subprocess.run([sys.executable, __file__, "--read", str(path)], check=True, capture_output=True, text=True)  # noqa: S603  this script
        figure = json.loads(done.stdout)
        told = f"{figure['seconds']:.1f} s of one core, {figure['memory'] / 2**20:.0f} MiB"
        figures.append((f"{size:,} quotes", f"{told}, {figure['voices']:,} voices of {figure['speakers']:,} speakers"))
    return figures


def read_archive(path: str) -> dict[str, float]:
    """Measures the CPU seconds and peak memory (bytes) of reading an archive and building all tables."""
    began = time.process_time()
    gathered = gather((row for _, row in read_rows(path)), Reading())
    tables = tables_from(gathered, by=["outlet"], every="year")
    seconds = time.process_time() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {"seconds": seconds, "memory": memory, "voices": len(tables.voices), "speakers": len(gathered.sightings)}


def rows_of_marks(marked: Sequence[Path], articles: Path) -> Iterator[dict[str, Any]]:
    """Yields the answers that a perfect engine would give for annotated articles, with the outlet and date of each.

    Articles that are not in `articles` are left out.
    """
    from quoteapi.training.marked import read_marked  # noqa: PLC0415  loads spaCy, which would count as the archive's memory

    known: dict[str, dict[str, str]] = {}
    with gzip.open(articles, "rb") as file:
        for line in file:
            one = msgspec.json.decode(line)
            known[one["id"]] = {"outlet": one["outlet"], "date": one["date"]}
    for article in chain.from_iterable(map(read_marked, marked)):
        if article.id not in known:
            continue
        said: dict[str, list[MarkedQuote]] = {}
        for quote in article.quotes:
            for key in quote.speakers[:1]:
                said.setdefault(key, []).append(quote)
        ids = {key: f"s{number}" for number, key in enumerate(said, start=1)}
        quotes = sorted(((quote, key) for key, own in said.items() for quote in own), key=lambda pair: pair[0].start)
        numbered = [(f"q{number}", quote, key) for number, (quote, key) in enumerate(quotes, start=1)]
        yield {
            "id": article.id,
            "quotes": [_marked_quote(article, name, quote, ids[key]) for name, quote, key in numbered],
            "speakers": [_marked_speaker(article, article.entities[key], ids[key]) for key in said],
            "engine": {"version": "annotated", "pipeline": "annotated"},
            **known[article.id],
        }


def _marked_quote(article: "MarkedArticle", name: str, quote: "MarkedQuote", speaker: str) -> dict[str, Any]:
    """Returns an annotated quote in the form of an answer."""
    text = article.text[quote.start : quote.end]
    return {
        "id": name,
        "kind": quote.kind,
        "modality": "asserted",
        "stance": "affirms",
        "text": text,
        "within": None,
        "confidence": 1.0,
        "start": quote.start,
        "end": quote.end,
        "spans": [{"start": quote.start, "end": quote.end, "text": text}],
        "speaker": {"id": speaker},
    }


def _marked_speaker(article: "MarkedArticle", entity: "MarkedEntity", name: str) -> dict[str, Any]:
    """Returns an annotated entity as a speaker in the form of an answer."""
    from quoteapi.answer.pronoun import FORMS  # noqa: PLC0415  see rows_of_marks

    words = Counter(FORMS.get(article.text[start:end].lower()) for start, end in entity.mentions)
    pronoun = max(("she", "he"), key=lambda one: words[one])
    return {
        "id": name,
        "name": entity.name,
        "type": entity.type,
        "same_as": None,
        "pronoun": pronoun if words[pronoun] else None,
        "roles": [{"text": role.text, "status": role.status} for role in entity.roles],
        "mentions": [{"start": start, "end": end, "text": article.text[start:end]} for start, end in entity.mentions],
    }


def measure_pairs(rows: Iterable[dict[str, Any]], pairs: Path) -> list[tuple[str, str]]:
    """Measures weighted precision and recall on judged pairs, for voices and for a baseline that joins equal names."""
    from quoteapi.speakers.person_names import folded  # noqa: PLC0415  see rows_of_marks

    gathered = gather(rows)
    joined = tables_from(gathered)
    names = {(one.article, one.speaker): folded(one.name) for one in gathered.sightings}
    quotes = gathered.quotes.select("article", "quote_id", "speaker").join(joined.appearances, on=["article", "quote_id"])
    voices = {(article, speaker): voice for article, speaker, voice in quotes.select("article", "speaker", "voice").iter_rows() if speaker}
    judged = [msgspec.json.decode(line) for line in pairs.read_bytes().splitlines() if line.strip()]
    known = [(tuple(pair["one"]), tuple(pair["other"]), pair) for pair in judged]
    known = [(one, other, pair) for one, other, pair in known if one in voices and other in voices]
    figures = [
        (
            "judged pairs",
            f"{len(judged):,}, of which {len(known):,} have both speakers, {sum(pair['same'] for *_, pair in known):,} of them one person",
        )
    ]
    for title, told in (("voices", voices), ("equal names", names)):
        made = [(told[one] == told[other], pair["same"], pair["weight"]) for one, other, pair in known]
        right = sum(weight for join, same, weight in made if join and same)
        joins, truths = sum(weight for join, _, weight in made if join), sum(weight for _, same, weight in made if same)
        figures.append((title, f"precision {right / joins:.3f} ({sum(join for join, *_ in made)} joins), recall {right / truths:.3f}"))
    return figures


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--namesakes", type=int, default=300, help="pairs of namesakes")
    parser.add_argument("--quotes", type=int, default=20_000, help="quotes of the archive")
    parser.add_argument("--rows", nargs="+", default=[], help="rows or answers of quoteapi batch, for --pairs")
    parser.add_argument("--marked", nargs="+", type=Path, default=[], help="annotated articles with texts, in the place of --rows")
    parser.add_argument("--articles", type=Path, help="their outlets and dates, gzipped JSON lines")
    parser.add_argument("--pairs", type=Path, help="judged pairs, JSON lines")
    parser.add_argument("--write", action="store_true", help="write benchmarks/results/voices.md")
    parser.add_argument("--read", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.read:
        print(json.dumps(read_archive(asked.read)))
        return
    parts = {
        "Namesakes of other country and office": measure_namesakes(asked.namesakes, alone=False),
        "Namesakes of another office, no country told": measure_namesakes(asked.namesakes, alone=True),
        "Variants": measure_variants(),
        "Archive": measure_archive(asked.quotes),
    }
    if asked.pairs:
        rows = (row for file in asked.rows for _, row in read_rows(file))
        parts["Judged pairs"] = measure_pairs(rows_of_marks(asked.marked, asked.articles) if asked.marked else rows, asked.pairs)
    lines = [
        "# Voices",
        "",
        "`python benchmarks/voices.py` joins the speakers of invented archives ([what it does](../../docs/voices.md)).",
    ]
    for title, figures in parts.items():
        lines += ["", f"## {title}", "", "| | |", "| --- | --- |", *(f"| {name} | {figure} |" for name, figure in figures)]
    print("\n".join(lines))
    if asked.write:
        RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
