"""Speed: words a second of the engine beside textacy and beside an older engine, time to load, memory.

    pip install '.[bench]'
    git worktree add /tmp/checkout 8fce3f4 && pip install --no-deps --target /tmp/first /tmp/checkout
    python benchmarks/speed.py [--articles ../shared/data/articles/wikinews.jsonl] [--limit 60] [--repeats 5] [--first /tmp/first]

textacy has no pipeline of its own. With `--first`, the folder of an older installation (8fce3f4 has the last pipeline that is no
transformer), its engine is timed too, in a process of its own, and textacy reads with that pipeline; else with the packaged one. One
article after another. The systems take turns in every repeat, so that whatever else the machine does hits all of them, and ratios are taken
inside a repeat; their median is what to compare. Loading and memory are measured in a process of their own each, on Linux.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
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

OLDER = "the older engine"
OLDER_PROGRAM = """
import json, sys
from time import perf_counter
from quoteapi.engine import QuoteEngine
from quoteapi.structs import Article

engine = QuoteEngine()
texts = json.loads(sys.stdin.readline())
for _ in sys.stdin:
    began = perf_counter()
    for text in texts:
        engine.extract(Article(text=text))
    print(perf_counter() - began, flush=True)
"""
"""Reads all texts whenever a line comes in, and tells the seconds."""
LOADERS = {
    "pipeline alone": "from quoteapi.document import load_pipeline; began = perf_counter(); nlp = load_pipeline(); nlp(text)",
    "quoteapi": (
        "from quoteapi.engine import QuoteEngine; from quoteapi.structs import Article; began = perf_counter();"
        " engine = QuoteEngine(); engine.extract(Article(text=text))"
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
    parser.add_argument(
        "--first", type=Path, help="folder of an older installation: its engine is timed, and textacy reads with its pipeline"
    )
    options = parser.parse_args()
    texts = read(options.articles, options.limit)
    words = sum(len(text.split()) for text in texts)

    peer_pipeline = PACKAGED if options.first is None else options.first / "quoteapi" / "weights" / "en_quotes"
    engine = QuoteEngine()
    nlp = spacy.load(peer_pipeline)
    systems: dict[str, Callable[[], float]] = {
        "pipeline alone": partial(seconds_for, engine.nlp, texts),
        "quoteapi": partial(seconds_for, lambda text: engine.extract(Article(text=text)), texts),
        "textacy": partial(seconds_for, lambda text: textacy_quotes(nlp, text), texts),
    }
    if options.first is not None:
        systems[OLDER] = older_engine(options.first, texts)
    seconds = timed(systems, options.repeats)
    refused = sum(textacy_quotes(nlp, text) is None for text in texts)

    print(f"{len(texts)} articles, {words:,} words, {options.repeats} rounds; textacy {version('textacy')}, spaCy {version('spacy')}.")
    print(f"textacy raised on {refused} of the articles (an odd number of marks) and did nothing more for them.\n")
    print("| system | words a second, median | time / textacy's, median | first answer, s | memory at its peak, MiB |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name, rounds in seconds.items():
        ratio = median(own / other for own, other in zip(rounds, seconds["textacy"], strict=True))
        first, memory = start(name, peer_pipeline if name == "textacy" else PACKAGED, texts[0], options.first)
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


def seconds_for(read_one: Callable[[str], object], texts: Sequence[str]) -> float:
    """The seconds that reading all texts takes."""
    began = perf_counter()
    for text in texts:
        read_one(text)
    return perf_counter() - began


def older_engine(folder: Path, texts: Sequence[str]) -> Callable[[], float]:
    """What times a round of an older installation's engine, in a process of its own that waits in between."""
    command = [sys.executable, "-c", OLDER_PROGRAM]
    environment = os.environ | {"PYTHONPATH": str(folder)}
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)  # noqa: S603 - the program above
    to_child, from_child = child.stdin, child.stdout
    if to_child is None or from_child is None:
        raise RuntimeError
    to_child.write(json.dumps(list(texts)) + "\n")

    def round_of_it() -> float:
        to_child.write("\n")
        to_child.flush()
        return float(from_child.readline())

    return round_of_it


def timed(systems: dict[str, Callable[[], float]], repeats: int) -> dict[str, list[float]]:
    """Seconds of every round by system; the systems alternate, and each is warm before the first round."""
    for run in systems.values():
        run()
    rounds = [{name: run() for name, run in systems.items()} for _ in range(repeats)]
    return {name: [seconds[name] for seconds in rounds] for name in systems}


def start(name: str, pipeline: Path, text: str, older: Path | None) -> tuple[float, float]:
    """Seconds from loading to the first answer, and the process's memory at its peak in MiB, in a fresh process."""
    program = "\n".join(
        [
            "import json, re, sys; from pathlib import Path; from time import perf_counter; path, text = json.load(sys.stdin)",
            LOADERS["quoteapi" if name == OLDER else name],
            # The peak that getrusage tells is never below the parent's.
            r"print(perf_counter() - began, int(re.search(r'VmHWM:\s+(\d+) kB', Path('/proc/self/status').read_text())[1]) / 1024)",
        ]
    )
    given = json.dumps([str(pipeline), text])
    command = [sys.executable, "-c", program]
    environment = os.environ | ({"PYTHONPATH": str(older)} if name == OLDER else {})
    done = subprocess.run(command, input=given, check=True, capture_output=True, text=True, env=environment)  # noqa: S603 - one of the programs above
    first, memory = map(float, done.stdout.split())
    return first, memory


if __name__ == "__main__":
    main()
