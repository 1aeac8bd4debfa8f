"""The engine: the stages in order, from an article to its answer."""

from quoteapi.structs import Answer, Article


class QuoteEngine:
    """Reads articles; owns its pipeline and is for one thread of one process.

    Args:
        pipeline: Path or name of a spaCy pipeline to read with; the packaged one where None.
        min_confidence: A quote whose most probable speaker is less probable stays unattributed.
        max_text_length: Characters that are read at most.
    """

    def __init__(self, pipeline: str | None = None, *, min_confidence: float = 0.0, max_text_length: int = 200_000) -> None:
        raise NotImplementedError

    def extract(self, article: Article) -> Answer:
        """Who said what in the article, and who they are.

        Raises:
            EmptyTextError: The text is white space alone.
            TextTooLongError: The text has more than `max_text_length` characters.
            UnsupportedLanguageError: The language is not English.
        """
        raise NotImplementedError
