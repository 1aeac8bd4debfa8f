"""An engine that loads and answers at once, the same in every process: the article's first word is its only speaker.

It is a module of its own because worker processes import it by name.
"""

from quoteapi.errors import EmptyTextError
from quoteapi.settings import Settings
from quoteapi.structs import Answer, Article, Engine, Speaker
from quoteapi.timing import Timed


class SteadyEngine:
    """Answers with one speaker."""

    def extract_timed(self, article: Article) -> Timed:
        """The answer; an article of white space is refused."""
        if not article.text.strip():
            raise EmptyTextError
        speaker = Speaker("s1", article.text.split()[0], "person", pronoun=None, same_as=None, role=None, roles=[], mentions=[], quotes=[])
        return Timed(Answer(article.id, "en", article.offset_unit, [], [speaker], Engine("0", "steady")), stages={})


def make(_: Settings) -> SteadyEngine:
    """An engine."""
    return SteadyEngine()
