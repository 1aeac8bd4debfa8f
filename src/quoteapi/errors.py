"""Errors: what can be wrong with an article, each with the words that the caller reads.

QuoteapiError
├── EmptyTextError
├── TextTooLongError
├── UnsupportedIncludeError
├── UnsupportedLanguageError
└── WeightsMissingError
"""


class QuoteapiError(Exception):
    """Anything that quoteapi raises on purpose."""


class EmptyTextError(QuoteapiError):
    """The text is empty or holds white space alone."""

    def __init__(self) -> None:
        super().__init__("The text is empty: send an article of one character or more that is not white space.")


class TextTooLongError(QuoteapiError):
    """The text has more characters than the setting allows."""

    def __init__(self, *, length: int, limit: int) -> None:
        super().__init__(f"The text has {length:,} characters and at most {limit:,} are read: split it, or raise QUOTEAPI_MAX_TEXT_LENGTH.")
        self.length = length
        self.limit = limit


class UnsupportedIncludeError(QuoteapiError):
    """The caller asks for a part of the answer that the pipeline was not fitted for."""

    def __init__(self, part: str) -> None:
        super().__init__(
            f"include: {part} cannot be given: the pipeline's encoder was fitted without it. Leave it out, or use the packaged pipeline."
        )
        self.part = part


class UnsupportedLanguageError(QuoteapiError):
    """The text is said to be in a language that is not read."""

    def __init__(self, language: str) -> None:
        super().__init__(f"The language “{language}” is not supported: send English text with a language of en or a tag such as en-GB.")
        self.language = language


class WeightsMissingError(QuoteapiError):
    """The package holds no trained weights."""

    def __init__(self, folder: str) -> None:
        super().__init__(f"No trained pipeline in {folder}: install a released package, or make one with quoteapi train.")
