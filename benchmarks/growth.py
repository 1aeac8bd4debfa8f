"""Growth: how the time of the stages grows with the length of a text, on articles and on adversarial texts.

usage: python benchmarks/growth.py [--engine]

Prints a Markdown table: the seconds at the longest length, and the ratio of times at each doubling; 2 is linear, 4 quadratic. With
--engine, the whole engine reads the texts, too (minutes; it needs the packaged weights).
"""

import argparse
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from time import perf_counter

from quoteapi.quotes import find_quotes
from quoteapi.text import read

LENGTHS = (25_000, 50_000, 100_000, 200_000)
WORD_LENGTHS = (125_000, 250_000, 500_000, 1_000_000)
ROUNDS = 3
"""Each time is the best of this many: other load on the machine only adds to it."""

PARAGRAPHS = (
    "“The sea wall held through the night,” said Jane Roe, the harbour master. “We’re glad,” she added, “that it did.”\n\n"
    "The town’s pumps, bought in the ’90s, ran for 12 hours, officials said. A union called it “a matter of luck”.\n\n"
    "“I told the crews, ‘Go home,’ and they stayed.\n\n“That was all,” said John Doe, who heads the workers’ council.\n\n"
)


def repeated(piece: str) -> Callable[[int], str]:
    """Makes texts of a given length by repeating a piece."""
    return lambda length: (piece * (length // len(piece) + 1))[:length]


TEXTS: dict[str, tuple[Callable[[int], str], tuple[int, ...]]] = {
    "article": (repeated(PARAGRAPHS), LENGTHS),
    "opening marks alone": (repeated("“"), LENGTHS),
    "opening marks with a word each": (repeated("“a "), LENGTHS),
    "nested marks": (repeated("“‘"), LENGTHS),
    "nested marks with a word each": (repeated("“a ‘b "), LENGTHS),
    "straight marks among spaces": (repeated("\" ' "), LENGTHS),
    "paragraphs left open": (repeated("“a\n"), LENGTHS),
    "soft hyphens": (repeated("a\u00ad"), LENGTHS),
    "one word": (repeated("a"), WORD_LENGTHS),
}


def stages(text: str) -> None:
    """Runs the stages `text` and `quotes`."""
    find_quotes(read(text).text)


def engine() -> Callable[[str], object]:
    """The whole engine, with its pipeline loaded."""
    from quoteapi.engine import QuoteEngine  # noqa: PLC0415 -- the stages need no pipeline
    from quoteapi.structs import Article  # noqa: PLC0415 -- the same

    reader = QuoteEngine(max_text_length=max(WORD_LENGTHS))
    return lambda text: reader.extract(Article(text=text))


def seconds(job: Callable[[str], object], text: str, *, rounds: int) -> float:
    """The best time of a job on a text."""
    times = []
    for _ in range(rounds):
        start = perf_counter()
        job(text)
        times.append(perf_counter() - start)
    return min(times)


def print_table(title: str, job: Callable[[str], object], *, rounds: int) -> None:
    """Prints a row for each text as soon as it is measured."""
    job(PARAGRAPHS)
    print(f"\n| {title} | longest | seconds | ratio of each doubling |\n| --- | --- | --- | --- |")
    for name, (text, lengths) in TEXTS.items():
        times = [seconds(job, text(length), rounds=rounds) for length in lengths]
        ratios = ", ".join(f"{after / before:.1f}" for before, after in pairwise(times))
        print(f"| {name} | {lengths[-1]:,} | {times[-1]:.2f} | {ratios} |", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, prog=Path(__file__).name, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", action="store_true", help="measure the whole engine, too")
    asked = parser.parse_args()
    print_table("text and quotes", stages, rounds=ROUNDS)
    if asked.engine:
        print_table("engine", engine(), rounds=1)
