"""Speed: words a second of the engine beside textacy on the same pipeline, time to load, memory.

    pip install '.[bench]'
    python benchmarks/speed.py [--articles ../shared/data/articles/wikinews.jsonl] [--limit 60] [--repeats 5] [--pipeline PATH]

One process, one article after another. The systems take turns in every repeat, so that whatever else the machine does hits all of them,
and ratios are taken inside a repeat; their median is what to compare. Loading and memory are measured in a process of their own each,
on Linux.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter

import spacy
from spacy.language import Language
from textacy.extract.triples import direct_quotations

import quoteapi
from quoteapi.engine import QuoteEngine
from quoteapi.structs import Article

ROOT = Path(__file__).parents[1]
OWN_ARTICLE = ROOT / "tests" / "articles" / "harbour.txt"
PACKAGED = Path(quoteapi.__file__).parent / "weights" / "en_quotes"

LOADERS = {
    "pipeline alone": "import spacy; began = perf_counter(); nlp = spacy.load(path); nlp(text)",
    "quoteapi": (
        "from quoteapi.engine import QuoteEngine; from quoteapi.structs import Article; began = perf_counter();"
        " engine = QuoteEngine(path); engine.extract(Article(text=text))"
    ),
    "textacy": (
        "import spacy; from textacy.extract import direct_quotations; began = perf_counter(); nlp = spacy.load(path);"
        " list(direct_quotations(nlp(text)))"
    ),
}
"""What each system does before and with its first article; imports are not timed."""


def main() -> None:
    """Measure and print one Markdown table."""
    parser = argparse.ArgumentParser(description="Speed, load time and memory beside textacy, as a Markdown table.")
    parser.add_argument("--articles", type=Path, help="JSON lines with a text each (default: the article in tests/articles, over and over)")
    parser.add_argument("--limit", type=int, default=60, help="articles read (default: %(default)s)")
    parser.add_argument("--repeats", type=int, default=5, help="rounds (default: %(default)s)")
    parser.add_argument("--pipeline", type=Path, default=PACKAGED, help="spaCy pipeline for all systems (default: the packaged one)")
    options = parser.parse_args()
    texts = read(options.articles, options.limit)
    words = sum(len(text.split()) for text in texts)

    nlp = spacy.load(options.pipeline)
    engine = QuoteEngine(str(options.pipeline))
    systems: dict[str, Callable[[str], object]] = {
        "pipeline alone": nlp,
        "quoteapi": lambda text: engine.extract(Article(text=text)),
        "textacy": lambda text: textacy_quotes(nlp, text),
    }
    seconds = timed(systems, texts, options.repeats)
    refused = sum(textacy_quotes(nlp, text) is None for text in texts)

    print(f"{len(texts)} articles, {words:,} words, {options.repeats} rounds; textacy {version('textacy')}, spaCy {version('spacy')}.")
    print(f"textacy raised on {refused} of the articles (an odd number of marks) and did nothing more for them.\n")
    print("| system | words a second, median | time / textacy's, median | first answer, s | memory at its peak, MiB |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name, rounds in seconds.items():
        ratio = median(own / other for own, other in zip(rounds, seconds["textacy"], strict=True))
        first, memory = start(name, options.pipeline, texts[0])
        print(f"| {name} | {words / median(rounds):,.0f} | {ratio:.2f} | {first:.2f} | {memory:,.0f} |")


def read(path: Path | None, limit: int) -> list[str]:
    """The articles' texts; the project's own article, `limit` times, where no file is named."""
    if path is None:
        return [OWN_ARTICLE.read_text(encoding="utf-8")] * limit
    if not path.exists():
        sys.exit(f"No articles at {path}: name a file of JSON lines with a text each, or leave --articles out.")
    with path.open(encoding="utf-8") as file:
        return [json.loads(line)["text"] for line in file if line.strip()][:limit]


def textacy_quotes(nlp: Language, text: str) -> list[object] | None:
    """What textacy finds; None where it raises because marks are not paired."""
    try:
        return list(direct_quotations(nlp(text)))
    except ValueError:
        return None


def timed(systems: dict[str, Callable[[str], object]], texts: Sequence[str], repeats: int) -> dict[str, list[float]]:
    """Seconds of every round by system; the systems alternate, and each is warm before the first round."""
    seconds: dict[str, list[float]] = {name: [] for name in systems}
    for read_one in systems.values():
        read_one(texts[0])
    for _ in range(repeats):
        for name, read_one in systems.items():
            began = perf_counter()
            for text in texts:
                read_one(text)
            seconds[name].append(perf_counter() - began)
    return seconds


def start(name: str, pipeline: Path, text: str) -> tuple[float, float]:
    """Seconds from loading to the first answer, and the process's memory at its peak in MiB, in a fresh process."""
    program = "\n".join(
        [
            "import json, re, sys; from pathlib import Path; from time import perf_counter; path, text = json.load(sys.stdin)",
            LOADERS[name],
            # The peak that getrusage tells is never below the parent's.
            r"print(perf_counter() - began, int(re.search(r'VmHWM:\s+(\d+) kB', Path('/proc/self/status').read_text())[1]) / 1024)",
        ]
    )
    given = json.dumps([str(pipeline), text])
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, input=given, check=True, capture_output=True, text=True)  # noqa: S603 - one of the programs above
    first, memory = map(float, done.stdout.split())
    return first, memory


if __name__ == "__main__":
    main()
