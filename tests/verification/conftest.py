"""Drafts of one quote, checked against sources by the packaged engine."""

from collections.abc import Callable

import pytest

from quoteapi.engine import QuoteEngine
from quoteapi.structs import OffsetUnit
from quoteapi.verification_structs import Draft, Source, Verification, VerificationRequest, VerifiedQuote


@pytest.fixture
def verified(engine: QuoteEngine) -> Callable[..., Verification]:
    """What came of a draft; each source is a text or a `Source`."""

    def run(draft: str | Draft, *sources: str | Source, offset_unit: OffsetUnit = "codepoint") -> Verification:
        return engine.verify(
            VerificationRequest(
                Draft(draft) if isinstance(draft, str) else draft,
                [Source(source) if isinstance(source, str) else source for source in sources],
                offset_unit,
            ),
        )

    return run


@pytest.fixture
def said(verified: Callable[..., Verification]) -> Callable[..., VerifiedQuote]:
    """What came of words that a draft has Jane Roe, or somebody else, say."""

    def run(words: str, *sources: str | Source, by: str = "Jane Roe") -> VerifiedQuote:
        (quote,) = verified(f"“{words},” said {by}.", *sources).quotes
        return quote

    return run
