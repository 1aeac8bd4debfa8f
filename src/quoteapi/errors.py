"""Errors: what can be wrong with an article or a document. The caller sees the message.

QuoteapiError
├── ArgumentError
├── DocumentError
├── EmptyTextError
├── ExtraMissingError
├── HtmlExtraMissingError
├── SubtitlesError
├── TextTooLongError
├── UnreadablePageError
├── UnsupportedIncludeError
├── UnsupportedLanguageError
└── WeightsMissingError
"""

LONGEST_QUOTED = 80
"""Maximum number of characters of a caller's own words that an error quotes."""


def shortened(words: str, most: int = LONGEST_QUOTED) -> str:
    """Truncates a caller's words for an error message; a truncated string ends in an ellipsis."""
    return words if len(words) <= most else f"{words[: most - 1]}…"


class QuoteapiError(Exception):
    """The base class of all errors that quoteapi raises."""


class ArgumentError(QuoteapiError, ValueError):
    """An argument has a value that is not allowed. The message says which values are."""


class DocumentError(QuoteapiError):
    """A draft or a source cannot be read; the message names it.

    Args:
        called: How the message refers to it.
        pointer: JSON Pointer to its text in the request.
        error: What is wrong with it.
    """

    def __init__(self, called: str, pointer: str, error: QuoteapiError) -> None:
        super().__init__(f"{called}: {error}")
        self.pointer = pointer
        self.error = error


class EmptyTextError(QuoteapiError):
    """The text is empty or contains only white space."""

    def __init__(self) -> None:
        super().__init__("The text is empty: send an article that contains more than white space.")


class ExtraMissingError(QuoteapiError):
    """An optional library is not installed.

    Args:
        need: Which feature needs which library.
        extra: The extra that installs it.
    """

    def __init__(self, *, need: str, extra: str) -> None:
        super().__init__(f"{need}, which is not installed: run pip install '.[{extra}]' in the checkout of quoteapi.")


class HtmlExtraMissingError(QuoteapiError):
    """The libraries that read HTML pages are not installed."""

    def __init__(self) -> None:
        super().__init__(
            "HTML pages need trafilatura, which is not installed: run pip install '.[html]' in the checkout of quoteapi,"
            " or send plain text."
        )


class SubtitlesError(QuoteapiError):
    """Subtitles cannot be read. The message says why, and what to do."""


class TextTooLongError(QuoteapiError):
    """The text has more characters than `QUOTEAPI_MAX_TEXT_LENGTH` allows."""

    def __init__(self, *, length: int, limit: int) -> None:
        super().__init__(f"The text has {length:,} characters; at most {limit:,} are allowed. Split it, or raise QUOTEAPI_MAX_TEXT_LENGTH.")
        self.length = length
        self.limit = limit


class UnreadablePageError(QuoteapiError):
    """An HTML page has no readable text. The message says why."""

    NO_TEXT = "The page has no main text: send the page of an article, or the article as plain text."
    TOO_DEEP = "The elements of the page are nested too deep: send the article as plain text."
    TOO_MANY = "The page has too many elements: send the article as plain text."
    TOO_MANY_ATTRIBUTES = "An element of the page has too many attributes: send the article as plain text."
    TOO_MANY_QUOTES = "The page has too many blockquote and q elements: send the article as plain text."
    TOO_MANY_CELLS = "The tables of the page have too many cells: send the article as plain text."


class UnsupportedIncludeError(QuoteapiError):
    """The pipeline was trained without a part of the answer that the caller asks for."""

    def __init__(self, part: str) -> None:
        super().__init__(
            f"include: {part} is not available: this pipeline was trained without it. Remove it, or use the packaged pipeline."
        )
        self.part = part


class UnsupportedLanguageError(QuoteapiError):
    """The text is not in English, according to the caller or to language detection.

    Args:
        language: The language tag.
        identified: Whether the language was detected, because the caller did not name one.
    """

    def __init__(self, language: str, *, identified: bool = False) -> None:
        if identified:
            message = f"The text looks like “{language}”, and only English is supported. If it is English, set language to en."
        else:
            message = f"The language “{language}” is not supported: send English text, with the language en or a tag such as en-GB."
        super().__init__(message)
        self.language = language


class WeightsMissingError(QuoteapiError):
    """The package has no trained weights."""

    def __init__(self, folder: str) -> None:
        super().__init__(f"No trained pipeline in {folder}: install a released package, or train one with quoteapi train.")
