"""Calls: what an assistant sends to a tool, which is a request of the HTTP API and the part of the result that is wanted."""

from typing import Annotated

from msgspec import Meta

from quoteapi.structs import NOT_BLANK, Article
from quoteapi.verification_structs import VerificationRequest

FirstQuote = Annotated[int, Meta(ge=1, description="Position of the first quote to return, counted from 1 in the article or draft.")]
MaxQuotes = Annotated[int, Meta(ge=1, le=200, description="Maximum number of quotes to return.")]


class ExtractCall(Article, frozen=True, kw_only=True):
    """An article to read."""

    text: Annotated[
        str,
        Meta(
            description="The article, or the source code of its page; by default up to 200,000 characters.",
            extra_json_schema={"minLength": 1, "pattern": NOT_BLANK},
        ),
    ]
    first_quote: FirstQuote = 1
    max_quotes: MaxQuotes = 40


class VerifyCall(VerificationRequest, frozen=True, kw_only=True):
    """A draft to check against its sources."""

    first_quote: FirstQuote = 1
    max_quotes: MaxQuotes = 40


Call = ExtractCall | VerifyCall
PART = frozenset({"first_quote", "max_quotes"})
"""The fields of a call that a request does not have."""
