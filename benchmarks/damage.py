"""Damage: the cost in accuracy of text damaged by mail, scanners, old converters and careless editing, on the gold articles.

    python benchmarks/damage.py [--shared ../shared] [--only NAME ...]

Each kind of damage is applied to every article, the offsets of the answer are mapped back to the undamaged article, and the project's own
evaluation scores them. Writes benchmarks/results/damage.md; with --only it prints the new mistakes instead. Randomness is seeded by
article.
"""

import argparse
import random
import re
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import msgspec
import pyphen
from msgspec.structs import replace

from quoteapi.engine import QuoteEngine
from quoteapi.evaluation.evaluate import compare
from quoteapi.evaluation.gold import GoldArticle, ResultAnswer, ResultSpan, read_gold
from quoteapi.evaluation.report import Report
from quoteapi.structs import Article

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "benchmarks" / "results" / "damage.md"
GOLD_FILES = ("data/gold/wikinews-dev.jsonl", "data/gold/polnear-dev.jsonl")

Edit: TypeAlias = tuple[int, int, str]
"""A half-open range of code points of the article, and its replacement."""
Damage: TypeAlias = Callable[[str, random.Random], list[Edit]]
"""The edits to a text, in reading order and without overlap."""

HYPHENATION = pyphen.Pyphen(lang="en_US")
DOUBLE = {"“": '"', "”": '"', "‘": "'", "’": "'"}
LIGATURES = {"ffi": "ﬃ", "ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ"}
RUNNING_HEAD = "THE KELBY HERALD      Wednesday"
LINES_A_PAGE = 40
BOILERPLATE = ("Advertisement", "Share this article", "Read more: Ten beaches for a rainy day", "Sign up for our newsletter")


def lines_of(text: str) -> Iterator[re.Match[str]]:
    """The lines that are not blank."""
    return re.finditer(r"[^\n]*\S[^\n]*", text)


def each(pattern: str, new: Callable[[re.Match[str]], str], text: str) -> list[Edit]:
    """An edit for each match."""
    return [(*found.span(), new(found)) for found in re.finditer(pattern, text)]


def wrapped(text: str, width: int, between: str, *, prefix: str = "", indent: str = "") -> list[Edit]:
    """Lines of at most `width` columns.

    Args:
        text: The article, one paragraph per line.
        width: Maximum number of columns.
        between: The separator of paragraphs; with a hyphen in front, words are also hyphenated at the ends of lines.
        prefix: The start of each line.
        indent: The start of the first line of each paragraph, after the prefix.
    """
    hyphens = between.startswith("-")
    between = between.removeprefix("-")
    edits: list[Edit] = []
    end = 0
    for line in lines_of(text):
        start = line.start() + len(line[0]) - len(line[0].lstrip())
        edits.append((end, start, f"{between if end else ''}{prefix}{indent}"))
        column = len(prefix) + len(indent)
        before = start
        for word in re.finditer(r"\S+", text[start : line.end()]):
            first, last = start + word.start(), start + word.end()
            if first > before and column + 1 + last - first > width:
                cut = cut_of(word[0], width - column - 1) if hyphens else 0
                if cut:
                    edits.append((first + cut, first + cut, f"-\n{prefix}"))
                    column = len(prefix) + last - first - cut
                else:
                    edits.append((before, first, f"\n{prefix}"))
                    column = len(prefix) + last - first
            else:
                column += last - first + (first > before)
            before = last
        end = before
    return edits


def cut_of(word: str, room: int) -> int:
    """The latest position at which the word can be hyphenated within `room` columns, including the hyphen; 0 if there is none."""
    letters = re.match(r"\W*([^\W\d_]+)", word)
    if letters is None or letters.end() < len(word.rstrip(".,;:!?\"'”’")):
        return 0
    return max((letters.start(1) + cut for cut in HYPHENATION.positions(letters[1]) if letters.start(1) + cut < room), default=0)


def paged(text: str, chance: random.Random) -> list[Edit]:
    """Printed pages: every `LINES_A_PAGE` lines, a number, a form feed and a running head between two lines of a paragraph."""
    edits = wrapped(text, 72, "\n\n")
    lines = 0
    number = chance.randrange(1, 30)
    for i, (start, end, new) in enumerate(edits):
        lines += 1
        if new == "\n" and lines > LINES_A_PAGE:
            edits[i] = (start, end, f"\n\n{number}\n\f{RUNNING_HEAD}\n\n")
            lines, number = 0, number + 1
    return edits


def with_boilerplate(text: str, chance: random.Random) -> list[Edit]:
    """Boilerplate of a page after every second paragraph on average."""
    ends = [line.end() for line in lines_of(text)][1:-1]
    return [(end, end, f"\n\n{chance.choice(BOILERPLATE)}") for end in ends if chance.random() < 1 / 2]


def stripped(text: str, chance: random.Random) -> list[Edit]:
    """One closing quotation mark in five is lost."""
    closing = r"”|(?<=[\w.,!?])\"(?=\W|$)|(?<=[\w.,!?])''"
    return [edit for edit in each(closing, lambda _: "", text) if chance.random() < 1 / 5]


def misread(text: str) -> list[Edit]:
    """UTF-8 read as Windows-1252; bytes that it does not define are kept as code points."""
    return each(
        r"[^\x00-\x7f]",
        lambda found: "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in found[0].encode()),
        text,
    )


def marked_by(opening: str, closing: str) -> Damage:
    """Double quotation marks written in another way."""

    def damage(text: str, _: random.Random) -> list[Edit]:
        opens = r"“|(?<![^\s(\[—–-])\"(?=\S)|(?<![^\s(\[—–-])''(?=\w)"
        closes = "”|\"|''"
        return each(f"(?P<opens>{opens})|{closes}", lambda found: opening if found["opens"] else closing, text)

    return damage


def scanned(text: str, chance: random.Random) -> list[Edit]:
    """The output of a scanner: low quotation marks as commas, ligatures."""
    marks = marked_by(",,", '"')(text, chance)
    taken = {k for start, end, _ in marks for k in range(start, end)}
    letters = [edit for edit in each("ffi|ff|fi|fl", lambda found: LIGATURES[found[0]], text) if edit[0] not in taken]
    return sorted([*marks, *letters])


DAMAGES: dict[str, Damage] = {
    "none": lambda _text, _: [],
    "marks straightened": lambda text, _: each("[“”‘’]", lambda found: DOUBLE[found[0]], text),
    "marks as ''": marked_by("''", "''"),
    "marks as `` and ''": marked_by("``", "''"),
    "marks as << and >>": marked_by("<<", ">>"),
    "marks as „ and ‟": marked_by("„", "‟"),
    "a fifth of the closing marks lost": stripped,
    "mojibake": lambda text, _: misread(text),
    "HTML entities": lambda text, _: each(
        '["“”‘’—–&]', lambda found: {"&": "&amp;", '"': "&quot;"}.get(found[0], f"&#{ord(found[0])};"), text
    ),
    "CRLF": lambda text, _: each("\n", lambda _: "\r\n", text),
    "no blank lines": lambda text, _: each(r"\s*\n\s*", lambda _: "\n", text),
    "wrapped at 72 columns": lambda text, _: wrapped(text, 72, "\n\n"),
    "wrapped at 34 columns": lambda text, _: wrapped(text, 34, "\n\n"),
    "wrapped, no blank lines": lambda text, _: wrapped(text, 72, "\n"),
    "wrapped, first lines indented": lambda text, _: wrapped(text, 72, "\n", indent="    "),
    "wrapped, `> ` before each line": lambda text, _: wrapped(text, 72, "\n> \n", prefix="> "),
    "wrapped and hyphenated": lambda text, _: wrapped(text, 60, "-\n\n"),
    "wrapped, with page numbers and running heads": paged,
    "scanned: ,, for marks, ligatures": scanned,
    "non-breaking spaces": lambda text, chance: [
        edit for edit in each(r"(?<=\S) (?=\S)", lambda _: "\u00a0", text) if chance.random() < 1 / 5
    ],
    "soft hyphens": lambda text, _: each(r"(?<=[a-z]{4})(?=[a-z]{4})", lambda _: "\u00ad", text),
    "zero-width and bidi characters": lambda text, chance: [
        edit
        for edit in each(r"(?<=\S)(?=\s)|(?<=\s)(?=\S)", lambda _: chance.choice("\u200b\ufeff\u200e\u202a"), text)
        if chance.random() < 1 / 5
    ],
    "double spaces": lambda text, _: each(r"(?<=\S) (?=\S)", lambda _: "  ", text),
    "spaces before punctuation": lambda text, _: each(r"(?<=[a-z])(?=[,.?!;:](?:\s|[\"”’']))", lambda _: " ", text),
    "no space after a full stop": lambda text, chance: [
        edit for edit in each(r"(?<=[a-z]\.) (?=[A-Z])", lambda _: "", text) if chance.random() < 1 / 2
    ],
    "boilerplate between paragraphs": with_boilerplate,
}


def answered(article: GoldArticle, damage: Damage, engine: QuoteEngine) -> ResultAnswer:
    """The answer to the damaged article, in offsets of the undamaged one."""
    edits = [edit for edit in damage(article.text, random.Random(article.id)) if edit[0] != edit[1] or edit[2]]  # noqa: S311 - nothing secret
    text = ""
    places = []
    end = 0
    for start, stop, new in edits:
        text += article.text[end:start]
        places.append((len(text), len(text) + len(new), start, stop))
        text += new
        end = stop
    answer = engine.extract(Article(text=text + article.text[end:], id=article.id, include=["other"]))

    def undamaged(span: ResultSpan) -> ResultSpan:
        return ResultSpan(place_of(span.start), place_of(span.end))

    def place_of(offset: int) -> int:
        k = bisect_right(places, offset, key=lambda place: place[0]) - 1
        if k < 0:
            return offset
        _, written_end, start, stop = places[k]
        return start if offset < written_end else stop + offset - written_end

    given = msgspec.convert(answer, ResultAnswer, from_attributes=True)
    quotes = (
        replace(quote, spans=tuple(map(undamaged, quote.spans)), mention=quote.mention and undamaged(quote.mention))
        for quote in given.quotes or ()
    )
    return replace(given, quotes=tuple(quotes))


def measured(golds: list[GoldArticle], damage: Damage, engine: QuoteEngine) -> Report:
    """The report of the engine's answers to the damaged articles."""
    return compare(golds, {gold.id: answered(gold, damage, engine) for gold in golds})


def table(reports: dict[str, Report]) -> str:
    """A Markdown row per damage, with differences in points from the undamaged articles."""
    clean = reports["none"]
    rows = ["| damage | found | exact | name | difference | role | difference |", "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"]
    for name, report in reports.items():
        found, exact, speaker, role = (
            value or 0.0 for value in (report.found, report.exact_span, report.speaker_name, report.role_overlap)
        )
        differences = [100 * (speaker - (clean.speaker_name or 0.0)), 100 * (role - (clean.role_overlap or 0.0))]
        cells = [f"{found:.3f}", f"{exact:.3f}", f"{speaker:.3f}", f"{differences[0]:+.1f}", f"{role:.3f}", f"{differences[1]:+.1f}"]
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(rows)


def main() -> None:
    """Apply each damage to every gold article, and write the table."""
    parser = argparse.ArgumentParser(description="What damage to the text costs, as a Markdown table.")
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder of data/gold (default: %(default)s)")
    parser.add_argument("--only", nargs="+", choices=list(DAMAGES), help="print the table and the new mistakes of these, write nothing")
    options = parser.parse_args()
    if missing := [path for path in GOLD_FILES if not (options.shared / path).is_file()]:
        sys.exit("Nothing is measured, because these are missing (see --shared):\n" + "\n".join(f"  {path}" for path in missing))
    golds = [article for path in GOLD_FILES for article in read_gold(options.shared / path)]
    engine = QuoteEngine()
    wanted = ["none", *options.only] if options.only else list(DAMAGES)
    reports = {name: measured(golds, DAMAGES[name], engine) for name in wanted}
    words = table(reports)
    print(words)
    if options.only:
        known = {(mistake.article, mistake.cause, " ".join(mistake.text.split())) for mistake in reports["none"].mistakes}
        for name in options.only:
            print(f"\n{name}")
            for mistake in reports[name].mistakes:
                print("  " if (mistake.article, mistake.cause, " ".join(mistake.text.split())) in known else "* ", mistake)
    else:
        REPORT.write_text(f"{words}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
