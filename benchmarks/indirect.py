"""Reported speech: all attributions of PolNeAR, quoted or not, compared with the engine's answers with `include: indirect`.

    python benchmarks/indirect.py [--polnear ../shared/data/polnear/dev] [--write]

Spans are compared as in CofeNet (Wang et al. 2022): span by span, regardless of the speaker, in code points of the raw text. A content with
several spans counts once for each. Characters other than letters and digits are trimmed from both ends in gold and answer: quotation marks,
commas, full stops; a span that ends within a word is extended to its end, because some articles' annotations are off by one. Contents are
the spans of all quotes of an answer, including words that the article says were not said, because the corpus has them, too; a fragment
inside a span of an indirect quote belongs to that. Sources are the phrases that the tagger points at from a content in the answer. Exact:
the same two ends. Overlap: the shared part is at least 80% of the longer span; each span counts once. With --write, the table also goes to
benchmarks/results/indirect.md.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from spacy.tokens import Doc, Token

from quoteapi.answer import Findings, compose
from quoteapi.encoder import tag
from quoteapi.engine import QuoteEngine
from quoteapi.findings import Chars, FoundQuote
from quoteapi.quotes.reporting import is_reporting
from quoteapi.structs import Answer, Article, Quote
from quoteapi.training.polnear import Annotated, Attributed, articles, share

RESULTS = Path(__file__).parent / "results" / "indirect.md"
COFENET = {"content": "0.73", "source": "0.83"}
"""Exact span F1 as published, on PolNeAR's test articles, to two digits."""
SHARED = 0.8
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
CLAUSES = frozenset({"ccomp", "parataxis"})


class Tally(Struct):
    """Numbers of gold and predicted spans, and how many of each have a match, exact or overlapping."""

    gold: int = 0
    told: int = 0
    exact: int = 0
    gold_overlap: int = 0
    told_overlap: int = 0

    def add(self, gold: set[Chars], told: set[Chars]) -> None:
        """Count an article's spans."""
        self.gold += len(gold)
        self.told += len(told)
        self.exact += len(gold & told)
        self.gold_overlap += partners(gold, told)
        self.told_overlap += partners(told, gold)

    def row(self) -> list[str]:
        """Precision, recall and F1: exact, then overlapping."""
        pairs = ((self.exact, self.exact), (self.told_overlap, self.gold_overlap))
        return [f"{figure:.3f}" for told, gold in pairs for figure in scores(told / max(1, self.told), gold / max(1, self.gold))]


class Named(Struct):
    """Numbers of indirect quotes with a speaker: all, those in an attribution with a source, and those whose mention is in that source."""

    all: int = 0
    attributed: int = 0
    right: int = 0


def main() -> None:
    """Read every article, compare, print the table."""
    parser = argparse.ArgumentParser(description="Contents and sources of all attributions, as a Markdown table.")
    parser.add_argument("--polnear", type=Path, default=Path("../shared/data/polnear/dev"), help="a split (default: %(default)s)")
    parser.add_argument("--write", action="store_true", help=f"write {RESULTS.name}, too")
    options = parser.parse_args()
    if not options.polnear.is_dir():
        sys.exit(f"Nothing is measured: {options.polnear} is missing (see --polnear).")
    table = measured(QuoteEngine(), list(articles(options.polnear)))
    print(table)
    if options.write:
        RESULTS.write_text(table + "\n", encoding="utf8")


def measured(engine: QuoteEngine, found: Sequence[Annotated]) -> str:
    """The table for some articles."""
    systems = ("quoteapi", "rules over the parse")
    tallies = {(system, part): Tally() for system in systems for part in ("content", "source")}
    named = Named()
    for annotated in found:
        article = Article(text=annotated.text, include=["indirect", "other"])
        findings = engine.find(article)
        whole = compose(article, findings, min_confidence=0.0)
        answer = replace(whole, quotes=[quote for quote in whole.quotes if quote.kind != "other" or quote.modality != "asserted"])
        told = {"quoteapi": (contents(answer), sources(findings, answer, engine)), "rules over the parse": by_rules(findings, answer)}
        for part, index in (("content", 0), ("source", 1)):
            gold = {trimmed(annotated.text, span) for one in annotated.attributions for span in getattr(one, part)}
            for system in systems:
                tallies[system, part].add(gold, {trimmed(annotated.text, span) for span in told[system][index]})
        count_named(answer, annotated.attributions, named)
    lines = [
        "| spans | system | exact P | R | F1 | 80% P | R | F1 |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
        *(
            f"| {part} | {system} | {' | '.join(tally.row())} |"
            for (system, part), tally in sorted(tallies.items(), key=lambda one: one[0][1])
        ),
        *(f"| {part} | CofeNet, as published (test articles) | | | {figure} | | | |" for part, figure in COFENET.items()),
    ]
    gold = {part: tallies["quoteapi", part].gold for part in COFENET}
    told = [
        f"{gold['content']} stretches of content and {gold['source']} of sources in {len(found)} articles.",
        f"Of {named.all} indirect quotes with a speaker {named.attributed} stand in an attribution that has a source;",
        f"the mention is in that source for {named.right / max(1, named.attributed):.3f} of them.",
    ]
    return "\n".join([*lines, "", " ".join(told)])


def contents(answer: Answer) -> set[Chars]:
    """The spans of an answer's quotes, without those inside a span of an indirect quote."""
    whole = [(span.start, span.end) for quote in answer.quotes if is_report(quote) for span in quote.spans]
    rest = [(span.start, span.end) for quote in answer.quotes if not is_report(quote) and quote.within is None for span in quote.spans]
    return {*whole, *(span for span in rest if share(span, whole) < 1)}


def is_report(quote: Quote | FoundQuote) -> bool:
    """Whether a quote is reported speech, without quotation marks in the reporter's own sentence."""
    unsaid = isinstance(quote, FoundQuote) and quote.kind == "other" and quote.outer == (quote.start, quote.end)
    return quote.kind == "indirect" or unsaid


def sources(findings: Findings, answer: Answer, engine: QuoteEngine) -> set[Chars]:
    """The phrases that the tagger points at from contents that are mostly in the answer."""
    answered = [(span.start, span.end) for quote in answer.quotes for span in quote.spans]
    marked = [quote for quote in findings.quotes if not is_report(quote)]
    return {
        place(findings, link.source.start, link.source.end)
        for link in tag(findings.doc, marked, engine.encoder)
        if link.source is not None and share(place(findings, link.content.start, link.content.end), answered) > 0.5  # noqa: PLR2004 - most of it
    }


def place(findings: Findings, start: int, end: int) -> Chars:
    """The range of tokens in the raw text."""
    return findings.reading.to_source(findings.doc[start].idx, findings.doc[end - 1].idx + len(findings.doc[end - 1]))


def by_rules(findings: Findings, answer: Answer) -> tuple[set[Chars], set[Chars]]:
    """The baseline: clauses under or beside reporting verbs with their subjects, *according to*, and the answer's quotes in marks."""
    marked = replace(answer, quotes=[quote for quote in answer.quotes if quote.kind != "indirect"])
    told = [*clauses_of(findings.doc)]
    phrases = {place(findings, *source) for _, source in told if source is not None}
    reported = {place(findings, *content) for content, _ in told}
    beside = {(quote.mention.start, quote.mention.end) for quote in marked.quotes if quote.mention is not None}
    return reported | {span for span in contents(marked) if share(span, [*reported]) < 1}, phrases | beside


def clauses_of(doc: Doc) -> Iterator[tuple[Chars, Chars | None]]:
    """Contents and sources by the parse, in tokens."""
    for token in doc:
        if is_reporting(token):
            subject = next((reach(child) for child in token.children if child.dep_ in SUBJECTS), None)
            yield from ((reach(child), subject) for child in token.children if child.dep_ in CLAUSES)
        elif token.lower_ == "according":
            phrase = token.head if token.head.i > token.i else None
            if phrase is not None and phrase.head.i != phrase.i and token.i == token.sent.start:
                yield (phrase.right_edge.i + 1, token.sent.end), reach(phrase)
            elif phrase is not None and token.i > token.sent.start:
                yield (token.sent.start, token.i), reach(phrase)


def reach(token: Token) -> Chars:
    """The tokens of a token's subtree."""
    return token.left_edge.i, token.right_edge.i + 1


def count_named(answer: Answer, attributions: Sequence[Attributed], named: Named) -> None:
    """Count an answer's indirect quotes with a speaker."""
    for quote in answer.quotes:
        if quote.kind == "indirect" and quote.speaker is not None:
            named.all += 1
            holding = [one for one in attributions if one.source and covered(quote, one)]
            named.attributed += bool(holding)
            named.right += any(share((quote.mention.start, quote.mention.end), one.source) > 0 for one in holding if quote.mention)


def covered(quote: Quote, attribution: Attributed) -> bool:
    """Whether most of a quote's first span is in an attribution's content."""
    return share((quote.spans[0].start, quote.spans[0].end), attribution.content) > 0.5  # noqa: PLR2004 - most of it


def trimmed(text: str, span: Chars) -> Chars:
    """The span extended to whole words, and without other characters than letters and digits at its ends."""
    start, end = span
    while 0 < start < len(text) and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while 0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    return start, end


def partners(spans: set[Chars], others: set[Chars]) -> int:
    """How many spans share most of their characters with one of the others."""
    return sum(any(min(b, d) - max(a, c) >= SHARED * max(b - a, d - c) for c, d in others) for a, b in spans)


def scores(precision: float, recall: float) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


if __name__ == "__main__":
    main()
