"""Mark normalization: replaces «…», »…« and „…“, which models of English have seldom seen, with “…”, character by character."""

from collections.abc import Sequence

from quoteapi.findings import FoundQuote

DOUBLE = frozenset("«»‹›„‟＂〝")
SINGLE = frozenset("‚‛＇")
MARKS = DOUBLE | SINGLE | frozenset("“”‘’")


def with_curly_marks(text: str, quotes: Sequence[FoundQuote]) -> str:
    """Returns the text at the same length, with curly marks for quotes that open with rare ones; the text itself if there are none.

    Args:
        text: The normalized text.
        quotes: The quotes found in it.
    """
    turned: dict[int, str] = {}
    for quote in quotes:
        opening = text[quote.outer[0]]
        if opening not in DOUBLE | SINGLE:
            continue
        opens, closes = "“”" if opening in DOUBLE else "‘’"
        turned |= dict.fromkeys((quote.outer[0], *(start - 1 for start, _ in quote.spans)), opens)
        turned |= dict.fromkeys((quote.outer[1] - 1, *(end for _, end in quote.spans)), closes)
    if not turned:
        return text
    return "".join(turned.get(place, character) if character in MARKS else character for place, character in enumerate(text))
