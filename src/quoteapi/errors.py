"""Errors: what can be wrong with an article, each with the words that the caller reads.

QuoteapiError
├── ArgumentError
├── EmptyTextError
├── ExtraMissingError
├── HtmlExtraMissingError
├── TextTooLongError
├── UnreadablePageError
├── UnsupportedIncludeError
├── UnsupportedLanguageError
└── WeightsMissingError
"""

LONGEST_QUOTED = 80
"""Characters of a caller's own words that an error quotes."""


def shortened(words: str, most: int = LONGEST_QUOTED) -> str:
    """Words that a caller chose, as an error quotes them: a long one ends in an ellipsis."""
    return words if len(words) <= most else f"{words[: most - 1]}…"


class QuoteapiError(Exception):
    """Anything that quoteapi raises on purpose."""


class ArgumentError(QuoteapiError, ValueError):
    """An argument of a call is nothing that it may be; says what it may be."""


class EmptyTextError(QuoteapiError):
    """The text is empty or holds white space alone."""

    def __init__(self) -> None:
        super().__init__("The text is empty: send an article of one character or more that is not white space.")


class ExtraMissingError(QuoteapiError):
    """A library that only some uses need is not installed.

    Args:
        need: What needs which library.
        extra: What installs it.
    """

    def __init__(self, *, need: str, extra: str) -> None:
        super().__init__(f"{need}, which is not installed: run pip install '.[{extra}]' in the checkout of quoteapi.")


class HtmlExtraMissingError(QuoteapiError):
    """The libraries that read pages are not installed."""

    def __init__(self) -> None:
        super().__init__(
            "Pages of HTML need trafilatura, which is not installed here: run pip install '.[html]' in the checkout of quoteapi,"
            " or send the bare text."
        )


class TextTooLongError(QuoteapiError):
    """The text has more characters than the setting allows."""

    def __init__(self, *, length: int, limit: int) -> None:
        super().__init__(f"The text has {length:,} characters and at most {limit:,} are read: split it, or raise QUOTEAPI_MAX_TEXT_LENGTH.")
        self.length = length
        self.limit = limit


class UnreadablePageError(QuoteapiError):
    """A page of HTML has no text that can be read; says why."""

    NO_TEXT = "The page has no main text: send the page of an article, or the article's bare text."
    TOO_DEEP = "The page's elements nest too deep to be read: send the article's bare text."
    TOO_MANY = "The page has more elements than any article's: send the article's bare text."
    TOO_MANY_ATTRIBUTES = "An element of the page has more attributes than any article's: send the article's bare text."
    TOO_MANY_QUOTES = "The page has more block quotes and q elements than any article's: send the article's bare text."
    TOO_MANY_CELLS = "The page's tables have more cells than any article's: send the article's bare text."


class UnsupportedIncludeError(QuoteapiError):
    """The caller asks for a part of the answer that the pipeline was not fitted for."""

    def __init__(self, part: str) -> None:
        super().__init__(
            f"include: {part} cannot be given: the pipeline's encoder was fitted without it. Leave it out, or use the packaged pipeline."
        )
        self.part = part


class UnsupportedLanguageError(QuoteapiError):
    """The text is in a language that is not read: its caller says so, or else it reads so.

    Args:
        language: Its tag.
        identified: Whether nobody named the language, so that it was identified.
    """

    def __init__(self, language: str, *, identified: bool = False) -> None:
        if identified:
            message = f"The text reads as “{language}”, and only English is read. Where it is English, insist on it with a language of en."
        else:
            message = f"The language “{language}” is not supported: send English text with a language of en or a tag such as en-GB."
        super().__init__(message)
        self.language = language


class WeightsMissingError(QuoteapiError):
    """The package holds no trained weights."""

    def __init__(self, folder: str) -> None:
        super().__init__(f"No trained pipeline in {folder}: install a released package, or make one with quoteapi train.")
