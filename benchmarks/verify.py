"""Verify: how often each kind of change to a quote gets the right status, on quotes of news articles with the articles as their sources.

    python benchmarks/verify.py [--shared ../shared] [--articles N] [--each N]

A quote of an article, changed or not, becomes a draft of one sentence with its own speaker; the article is the source. Only counts are
printed: no text of an article is stored or shown. Randomness is seeded.
"""

import argparse
import gzip
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from quoteapi.engine import QuoteEngine
from quoteapi.structs import Answer, Article, Quote
from quoteapi.verification_structs import Draft, Source, VerificationRequest, VerifiedQuote

FEWEST, MOST = 6, 60
"""Minimum and maximum words of a quote that is changed: a shorter one is hardly the same with a word changed."""
STATUSES = ("exact", "styled", "altered", "spliced", "absent")
HOLDS = frozenset({"exact", "styled"})
NEGATED = re.compile(r"\b(not|never)\s|n['’]t\b")
DIGITS = re.compile(r"\b\d+\b")
SWAPS = ("river", "always", "council", "blue", "seven", "market", "quietly", "window")
INVENTED = (
    "The {} will be painted green before the winter, whatever the neighbours say about the {}",
    "My grandmother kept bees behind the {}, and she would have laughed at this {}",
    "Nobody had counted the {} until the lighthouse keeper brought us his {}",
)
"""Sentences that are in no article."""

Change = Callable[[list[str], random.Random, Quote, list[Quote]], list[str] | None]
"""Makes changed words from a quote's words; None if it cannot."""


def untouched(words: list[str], _: random.Random, __: Quote, ___: list[Quote]) -> list[str]:
    """The words unchanged."""
    return words


def restyled(words: list[str], chance: random.Random, _: Quote, __: list[Quote]) -> list[str]:
    """Another case or a bracket at the first letter, no punctuation at the end, other apostrophes and dashes inside."""
    first = words[0][:1].swapcase() + words[0][1:] if chance.random() < 0.5 else f"[{words[0][:1].swapcase()}]{words[0][1:]}"  # noqa: PLR2004 - half of them
    return [first, *(word.replace("’", "'").replace("—", "–") for word in words[1:-1]), words[-1].rstrip(".,")]


def elided(words: list[str], chance: random.Random, _: Quote, __: list[Quote]) -> list[str]:
    """An ellipsis in place of two words."""
    at = chance.randrange(2, len(words) - 3)
    return [*words[:at], "…", *words[at + 2 :]]


def dropped(words: list[str], chance: random.Random, _: Quote, __: list[Quote]) -> list[str] | None:
    """Without a word in the middle that does not repeat its neighbour."""
    at = chance.randrange(1, len(words) - 1)
    return None if words[at] in {words[at - 1], words[at + 1]} or not words[at].isalpha() else [*words[:at], *words[at + 1 :]]


def added(words: list[str], chance: random.Random, _: Quote, __: list[Quote]) -> list[str]:
    """With another word in the middle."""
    at = chance.randrange(1, len(words) - 1)
    return [*words[:at], chance.choice(SWAPS), *words[at:]]


def swapped(words: list[str], chance: random.Random, _: Quote, __: list[Quote]) -> list[str] | None:
    """With one word replaced."""
    at = chance.randrange(len(words))
    return [*words[:at], chance.choice(SWAPS), *words[at + 1 :]] if words[at].isalpha() else None


def unnegated(words: list[str], _: random.Random, __: Quote, ___: list[Quote]) -> list[str] | None:
    """Without the first negation."""
    text = " ".join(words)
    other = NEGATED.sub("", text, count=1)
    return None if other == text else other.split()


def recounted(words: list[str], chance: random.Random, _: Quote, __: list[Quote]) -> list[str] | None:
    """With another number."""
    text = " ".join(words)
    other = DIGITS.sub(lambda number: str(int(number[0][:9]) + chance.randrange(1, 9)), text, count=1)
    return None if other == text else other.split()


def spliced(words: list[str], chance: random.Random, quote: Quote, others: list[Quote]) -> list[str] | None:
    """The first half, followed by the second half of a distant quote of the same article."""
    far = [other for other in others if other.within is None and abs(other.start - quote.start) > 2 * len(quote.text) + 400]
    second = chance.choice(far).text.split() if far else []
    return [*words[: len(words) // 2], *second[len(second) // 2 :]] if len(second) >= FEWEST else None


def invented(_: list[str], chance: random.Random, __: Quote, ___: list[Quote]) -> list[str]:
    """A sentence that is in no article."""
    return chance.choice(INVENTED).format(chance.choice(SWAPS), chance.choice(SWAPS)).split()


KINDS: dict[str, tuple[Change, frozenset[str]]] = {
    "untouched": (untouched, HOLDS),
    "restyled": (restyled, HOLDS),
    "an ellipsis": (elided, HOLDS),
    "a word dropped": (dropped, frozenset({"altered"})),
    "a word added": (added, frozenset({"altered"})),
    "a word swapped": (swapped, frozenset({"altered"})),
    "a negation dropped": (unnegated, frozenset({"altered"})),
    "a number changed": (recounted, frozenset({"altered"})),
    "spliced": (spliced, frozenset({"spliced"})),
    "invented": (invented, frozenset({"absent"})),
}
"""The changes to a quote, each with the right statuses."""


class Article_(msgspec.Struct):  # noqa: N801 - an article of the shared file, not the engine's
    """The fields that are read of an article."""

    text: str


def articles(path: Path, count: int) -> Iterator[str]:
    """The texts of the first articles of a file."""
    with gzip.open(path, "rb") as lines:
        for line, _ in zip(lines, range(count), strict=False):
            yield msgspec.json.decode(line, type=Article_).text


def drafted(words: list[str], name: str) -> str:
    """A draft with one quote."""
    text = " ".join(words).replace("“", "‘").replace("”", "’").replace('"', "'")
    return f"“{text},” said {name}." if text[-1:].isalnum() else f"“{text}” said {name}."


def checked(engine: QuoteEngine, text: str, words: list[str], name: str) -> VerifiedQuote | None:
    """The result for a draft's outer quote; None if the draft has none."""
    verification = engine.verify(VerificationRequest(Draft(drafted(words, name), language="en"), [Source(text)]))
    return next(iter(verification.quotes), None)


class Kept:
    """An engine that reads each article once, because it is the source of many drafts."""

    def __init__(self, engine: QuoteEngine) -> None:
        self._extract = engine.extract
        self._answers: dict[str, Answer] = {}
        self.seconds = 0.0

    def extract(self, article: Article) -> Answer:
        """The answer, cached."""
        began = time.perf_counter()
        if article.text not in self._answers:
            self._answers[article.text] = self._extract(msgspec.structs.replace(article, language="en"))
        self.seconds += time.perf_counter() - began
        return self._answers[article.text]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared")
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--each", type=int, default=100)
    options = parser.parse_args()
    engine = QuoteEngine()
    kept = Kept(engine)
    engine.extract = kept.extract  # type: ignore[method-assign]
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    speakers: Counter[str] = Counter()
    chance = random.Random(24)  # noqa: S311 - no secret
    for text in articles(options.shared / "data" / "news" / "dev.jsonl.gz", options.articles):
        answer = kept.extract(Article(text))
        quotes = [quote for quote in answer.quotes if FEWEST <= len(quote.text.split()) <= MOST and quote.kind == "direct"]
        for quote in quotes:
            for kind, (change, _) in KINDS.items():
                words = change(quote.text.split(), chance, quote, quotes) if counts[kind].total() < options.each else None
                name = quote.speaker.name if quote.speaker is not None else "Jane Roe"
                result = checked(engine, text, words, name) if words else None
                if result is None:
                    continue
                counts[kind][result.status] += 1
                if kind == "untouched" and quote.speaker is not None:
                    speakers[result.speaker.status] += 1
        if all(counts[kind].total() >= options.each for kind in KINDS):
            break
    print(f"| {'change':<18} | quotes | right | {' | '.join(STATUSES)} |")
    print(f"|---|---|---|{'---|' * len(STATUSES)}")
    for kind, (_, right) in KINDS.items():
        total = counts[kind].total()
        share = sum(counts[kind][status] for status in right) / max(1, total)
        print(f"| {kind:<18} | {total} | {share:.3f} | {' | '.join(str(counts[kind][status]) for status in STATUSES)} |")
    print(f"\nSpeakers of untouched quotes: {dict(speakers)}")


if __name__ == "__main__":
    main()
