"""Alignment: how much is compared, and that nobody can make it more by what they send."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from growth import STEEPEST, exponent
from quoteapi.structs import Quote
from quoteapi.verification.alignment import MAX_PLACES, MAX_WINDOWS, index_of, placements_of, shingles_of
from quoteapi.verification.comparison import Comparison
from quoteapi.verification.sources import Document
from quoteapi.verification.streams import Searched, Wanted, searched, wanted_of, words_of
from quoteapi.verification.subtitles import read_subtitles
from quoteapi.verification.tokens import tokens_of
from quoteapi.verification_structs import Verification

NUMBERED = "The {} boats of the harbour came home on day {} of the storm, and the crew of boat {} was tired. "
"""A sentence of which each copy has words of its own."""


def document(text: str) -> Document:
    """A document of plain text."""
    return Document("1", "The source", "#/sources/0/text", text, text, "text")


def no_word(_: str) -> bool:
    """No word is known."""
    return False


def prepared(quote: str, source: str) -> tuple[Wanted, Searched]:
    """A quote and a source as they are searched; no engine is needed."""
    vocabulary: dict[str, int] = {}
    draft = words_of(document(f"“{quote}”"), no_word)
    wanted = wanted_of(quoted(quote), draft, vocabulary)
    return wanted, searched([words_of(document(source), no_word)], vocabulary)


def quoted(words: str) -> Quote:
    """A quote of a draft that is nothing else."""
    from msgspec import convert  # noqa: PLC0415  a quote has many fields that nothing here looks at

    span = {"start": 1, "end": 1 + len(words), "text": words}
    return convert(
        {
            "id": "q1", "kind": "direct", "modality": "asserted", "stance": "affirms", "text": words, "start": 1, "end": 1 + len(words),
            "spans": [span], "speaker": None, "mention": None, "cue": None, "addressee": None,
            "context": {"start": 0, "end": len(words) + 2}, "within": None, "confidence": 1.0,
            "evidence": {"method": "unattributed", "chain": []},
        },
        Quote,
    )  # fmt: skip


def status(quote: str, source: str) -> str:
    """What a quote is called against one source."""
    wanted, sources = prepared(quote, source)
    index = index_of(sources.streams, (gram for _, gram in shingles_of(wanted)))
    comparison = Comparison(wanted, words_of(document(f"“{quote}”"), no_word), sources, is_whole=True)
    placements = placements_of(wanted, sources.streams, index)
    return comparison.compare(placements[0]).status if placements else "absent"


def work(quote: str, source: str) -> tuple[int, int]:
    """How many windows a quote is compared with, and the tokens of all of them."""
    wanted, sources = prepared(quote, source)
    index = index_of(sources.streams, (gram for _, gram in shingles_of(wanted)))
    seen: list[int] = []
    placements_of(wanted, sources.streams, index, on_window=seen.append)
    return len(seen), sum(seen)


def numbered(count: int) -> str:
    """A source of so many sentences."""
    return "".join(NUMBERED.format(number, 10_000 + number, 20_000 + number) for number in range(count))


def test_a_longer_source_makes_a_quote_no_more_work() -> None:
    """It looks at few windows, whose size is its own: with a source sixteen times as long at as many words, give or take the pads."""
    quote = "The 7 boats of the harbour never came home on day 10007 of the storm"
    (few, short), (many, long) = work(quote, numbered(50)), work(quote, numbered(800))
    assert 0 < few <= many <= MAX_WINDOWS
    assert long <= 2 * short


def test_the_index_notes_few_places_of_what_is_said_often() -> None:
    """However often it is."""
    wanted, sources = prepared("thank you very much", "Thank you very much. " * 5000)
    index = index_of(sources.streams, (gram for _, gram in shingles_of(wanted)))
    assert max(map(len, index.values())) == MAX_PLACES
    assert status("thank you very much", "Thank you very much. " * 5000) == "styled"


def test_a_huge_quote_is_compared_with_few_windows() -> None:
    """As any other one is; its length is the only thing that counts."""
    quote = numbered(1500).strip()
    assert work(quote, quote) == (0, 0)
    count, tokens = work(quote.replace("tired", "happy"), quote)
    assert count <= MAX_WINDOWS
    assert tokens <= 4 * MAX_WINDOWS * len(quote.split())


@pytest.mark.parametrize("source", ["a", "…", "“”", "[all of this is in brackets]", "\ufeff", "]" * 50, "¡" * 50])
def test_a_source_that_says_nothing_has_nothing(source: str) -> None:
    """It breaks nothing."""
    assert status("We will not give up", source) == "absent"


def test_a_quote_of_one_word_said_again_and_again_is_found_in_it() -> None:
    """In a source of nothing else."""
    assert status(" ".join(["yes"] * 300), " ".join(["yes"] * 3000)) in {"exact", "styled"}
    assert status(" ".join(["yes"] * 3000), " ".join(["yes"] * 300)) in {"altered", "absent", "spliced"}


@given(st.text(max_size=60), st.text(max_size=120))
@settings(max_examples=60, deadline=None)
def test_whatever_is_sent_something_comes_of_it(quote: str, source: str) -> None:
    """A text of any characters."""
    assert status(f"a{quote}", f"{source} b") in {"exact", "styled", "altered", "spliced", "absent"}


@given(st.lists(st.sampled_from(["We", "will", "not", "give", "up", "…", "[we]", ",", ".", "?", "the", "wall"]), min_size=1, max_size=14))
@settings(max_examples=60, deadline=None)
def test_words_are_always_found_in_themselves(words: list[str]) -> None:
    """Whatever is between them."""
    text = f"harbour {' '.join(words)} crane"
    assert status(text, text) in {"exact", "styled"}


@pytest.mark.parametrize(
    "piece",
    ["{", "<", "< ", "<v ", "\n", "1\n\n", "a\n\n\n", "{\\", ">", "&gt;", "-", "A ", "0:", "00:00:01,000 "],
)
def test_subtitles_are_read_in_linear_time(piece: str) -> None:
    """Also those that are made to take long."""
    head = "1\n00:00:01,000 --> 00:00:02,000\nYes "

    def reading(length: int) -> Callable[[], object]:
        text = f"{head}{piece * (length // len(piece))} no"
        return lambda: read_subtitles(text, "srt")

    assert exponent(reading) < STEEPEST


@pytest.mark.parametrize("piece", ["[", "[a", "a[b]", "a.", "1,", "'", "a'", ". ", "…", "“", "“a” ", "a\u0301", "$"])
def test_tokens_are_found_in_linear_time(piece: str) -> None:
    """In any text."""

    def reading(length: int) -> Callable[[], object]:
        text = piece * (length // len(piece))
        return lambda: tokens_of(text)

    assert exponent(reading) < STEEPEST


def test_many_quotes_are_checked_at_once(verified: Callable[..., Verification]) -> None:
    """Each against all sources."""
    draft = "\n\n".join(f"“The {number} boats of the harbour came home,” said Jane Roe." for number in range(30))
    assert {quote.status for quote in verified(draft, numbered(40), "It rained.").quotes} == {"styled"}
