"""Speed: articles and words per second on one core and on all, start, memory, cost, and growth with length, next to textacy and others.

    pip install '.[bench]'
    python benchmarks/speed.py --articles ARTICLES.jsonl [--limit 100] [--repeats 5] [--price 0.05]
    git worktree add /tmp/checkout 8fce3f4 && pip install --no-deps --target /tmp/first /tmp/checkout
    python benchmarks/speed.py … --first /tmp/first --peer 'Citron=python read_with_citron.py'

The systems take turns in every repeat, so that other load on the machine affects all of them; ratios are taken within a repeat, and their
medians are to be compared. All but the batch on all cores read on one core. Writes benchmarks/results/speed.md and speed.svg. On Linux.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version
from itertools import cycle
from pathlib import Path
from statistics import median

import matplotlib as mpl
from matplotlib import pyplot as plt
from msgspec import Struct
from service import texts_of
from systems import PACKAGED, batch_memory, batch_rounds, engine_rounds, older_rounds, peer_rounds, seconds_for, start, textacy_rounds
from threadpoolctl import threadpool_limits

from quoteapi.engine import QuoteEngine
from quoteapi.quotes import find_quotes
from quoteapi.settings import Settings
from quoteapi.structs import Article

RESULTS = Path(__file__).parent / "results"
ENGINE, TEXTACY = "quoteapi, the engine", "textacy"
LENGTHS = (100, 1_000, 10_000, 100_000)
"""Words of the texts for measuring growth."""
BASE = 1_000
"""Words of the text whose time per word is the reference for the others."""
ROUNDS = 3
"""Each length's time is the best of this many: other load on the machine only adds to it."""
MILLION = 1_000_000


class Row(Struct):
    """The measurements of a system."""

    name: str
    rounds: list[float]
    first: float | None = None
    memory: float | None = None


def main() -> None:
    """Measure, print and write the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, help="JSON lines with a text each (default: the article and the passages in tests/)")
    parser.add_argument("--limit", type=int, default=100, help="articles read at most (default: %(default)s)")
    parser.add_argument("--repeats", type=int, default=5, help="rounds (default: %(default)s)")
    parser.add_argument("--price", type=float, default=0.05, help="of a core-hour, in a currency of yours (default: %(default)s)")
    parser.add_argument("--first", type=Path, help="an older installation: its engine is timed, and textacy reads with its pipeline")
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=COMMAND", help="another system: reads {text} lines, and ends")
    options = parser.parse_args()
    if options.articles is not None and not options.articles.exists():
        sys.exit(f"No articles at {options.articles}: name a file of JSON lines with a text each, or leave --articles out.")
    texts = texts_of(options.articles)[: options.limit]
    cores = Settings().worker_count

    with threadpool_limits(limits=1, user_api="blas"):  # BLAS would keep a second core busy with small products
        rows = measured(texts, options, cores)
        growth = grown(texts)
    report = "\n".join(told(rows, texts, cores, options.price, growth))
    print(report)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "speed.md").write_text(report + "\n", encoding="utf-8")
    draw(rows, texts, growth, RESULTS / "speed.svg")


def measured(texts: Sequence[str], options: argparse.Namespace, cores: int) -> list[Row]:
    """The rounds of every system, after a warm-up."""
    pipeline = PACKAGED if options.first is None else options.first / "quoteapi" / "weights" / "en_quotes"
    one, many = "quoteapi batch, one worker", f"quoteapi batch, {cores} workers"
    systems: dict[str, Callable[[], float]] = {
        ENGINE: engine_rounds(texts),
        one: batch_rounds(texts, 1),
        many: batch_rounds(texts, cores),
        TEXTACY: textacy_rounds(texts, pipeline),
    }
    if options.first is not None:
        systems["quoteapi before its encoder"] = older_rounds(texts, options.first)
        systems["textacy on the packaged pipeline"] = textacy_rounds(texts, PACKAGED)
    systems |= {name: peer_rounds(texts, command) for name, _, command in (peer.partition("=") for peer in options.peer)}
    for run in systems.values():
        run()
    rounds = [{name: run() for name, run in systems.items()} for _ in range(options.repeats)]
    rows = {name: Row(name, [seconds[name] for seconds in rounds]) for name in systems}
    rows[ENGINE].first, rows[ENGINE].memory = start("quoteapi", PACKAGED, texts[0])
    rows[TEXTACY].first, rows[TEXTACY].memory = start("textacy", pipeline, texts[0])
    rows[one].memory, rows[many].memory = batch_memory(texts, 1), batch_memory(texts, cores)
    return list(rows.values())


def grown(texts: Sequence[str]) -> list[float]:
    """The engine's microseconds per word for texts of each length, made from the articles in turn."""
    engine = QuoteEngine(max_text_length=sys.maxsize)
    times = []
    for length in LENGTHS:
        text = of_length(texts, length)
        best = min(seconds_for(lambda text: engine.extract(Article(text=text)), [text]) for _ in range(ROUNDS))
        times.append(best / length * MILLION)
    return times


def of_length(texts: Sequence[str], length: int) -> str:
    """`length` words of the articles' paragraphs in turn, starting at the first with a quote; the last paragraph is cut."""
    every = [paragraph for text in texts for paragraph in text.split("\n") if paragraph.strip()]
    paragraphs = []
    left = length
    quoting = next((i for i, paragraph in enumerate(every) if find_quotes(paragraph)), 0)
    for paragraph in cycle([*every[quoting:], *every[:quoting]]):
        words = paragraph.split(" ")
        paragraphs.append(" ".join(words[:left]))
        left -= len(words)
        if left <= 0:
            break
    return "\n\n".join(paragraphs)


def told(rows: Sequence[Row], texts: Sequence[str], cores: int, price: float, growth: Sequence[float]) -> list[str]:
    """The report, in Markdown."""
    words = sum(len(text.split()) for text in texts)
    by_name = {row.name: row for row in rows}
    peers, one = by_name[TEXTACY], next(row for row in rows if row.name.endswith("one worker"))
    many = next(row for row in rows if row.name.endswith(f"{cores} workers"))
    lines = [
        (
            f"Measured by `python benchmarks/speed.py`: {len(texts)} articles, {words:,} words, {len(peers.rounds)} rounds in turn; textacy"
            f" {version('textacy')}, spaCy {version('spacy')}."
        ),
        "",
        "| system | articles a second | words a second | beside textacy | first answer, s | memory at its peak, MiB |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in rows:
        seconds = median(row.rounds)
        rate = ratio(peers, row)
        first, memory = (
            "" if value is None else form(value) for form, value in (("{:.2f}".format, row.first), ("{:,.0f}".format, row.memory))
        )
        lines.append(f"| {row.name} | {len(texts) / seconds:,.1f} | {words / seconds:,.0f} | {rate:.2f} × | {first} | {memory} |")
    hours = MILLION * median(one.rounds) / len(texts) / 3600
    lines += [
        "",
        (
            f"{cores} workers read {ratio(one, many):.2f} times the words of one. A million such articles ({words / len(texts):,.0f} words"
            f" each) take {hours:,.0f} core-hours: {hours * price:,.2f} at {price:.2f} an hour."
        ),
        "",
        "| words of a text | microseconds a word | beside 1,000 words |",
        "| ---: | ---: | ---: |",
    ]
    base = growth[LENGTHS.index(BASE)]
    lines += [f"| {length:,} | {time:,.0f} | {time / base:.2f} × |" for length, time in zip(LENGTHS, growth, strict=True)]
    return lines


def ratio(slower: Row, faster: Row) -> float:
    """How many times faster one system is than another: the median over the rounds."""
    return median(one / other for one, other in zip(slower.rounds, faster.rounds, strict=True))


def draw(rows: Sequence[Row], texts: Sequence[str], growth: Sequence[float], path: Path) -> None:
    """Plot words per second by system, and the time per word by length."""
    mpl.rcParams["svg.hashsalt"] = "quoteapi"
    words = sum(len(text.split()) for text in texts)
    figure, (rates, lengths) = plt.subplots(1, 2, figsize=(9, 3.4), layout="constrained")
    rates.barh([row.name for row in rows][::-1], [words / median(row.rounds) for row in rows][::-1])
    rates.set_xlabel("words a second")
    lengths.plot(LENGTHS, growth, marker="o")
    lengths.set_xscale("log")
    lengths.set_ylim(bottom=0)
    lengths.set_xlabel("words of a text")
    lengths.set_ylabel("microseconds a word")
    figure.savefig(path, metadata={"Date": None})


if __name__ == "__main__":
    main()
