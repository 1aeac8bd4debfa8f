"""An article read up to its mentions, its quotes handed to the words that a test names."""

from collections.abc import Callable, Sequence

import pytest
from spacy.language import Language

from quoteapi.findings import Attribution, FoundSpeaker
from quoteapi.mentions import find_mentions
from quoteapi.speakers import Authority, join_speakers
from quoteapi.structs import Person
from reading import read_with_names

Speakers = dict[str, FoundSpeaker]
Join = Callable[..., Callable[[str], FoundSpeaker | None]]


@pytest.fixture
def join(nlp: Language) -> Join:
    """Joins the mentions of a text; `sources` are the words that its quotes are handed to, in order.

    The result gives the speaker of the mention that stands at a stretch of text, counted by the words before it: `at("she said")`.
    """

    def joined(text: str, *sources: str, people: Sequence[Person] = ()) -> Callable[[str], FoundSpeaker | None]:
        doc, quotes, pointing = read_with_names(nlp, text)
        mentions = find_mentions(doc, quotes)

        def mention_at(words: str) -> int:
            place = text.index(words)
            return next(n for n, m in enumerate(mentions) if doc[m.start].idx <= place < doc[m.end - 1].idx + len(doc[m.end - 1]))

        assert len(sources) in {0, len(quotes)}
        attributions = [
            Attribution(mention=mention_at(words) if words else None, cue=None, addressee=None, probability=1.0, method="cue")
            for words in sources or [""] * len(quotes)
        ]
        speakers = join_speakers(doc, quotes, mentions, attributions, pointing, authority=Authority(people))
        by_mention = {mention: speaker for speaker in speakers for mention in speaker.mentions}
        return lambda words: by_mention.get(mention_at(words))

    return joined
