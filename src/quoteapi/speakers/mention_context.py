"""The context: an article as coreference sees it, with the position and the grammatical function of each mention."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Literal, TypeAlias

from spacy.tokens import Doc, Token

from quoteapi.encoder import Descriptions, Pointing
from quoteapi.encoder.probabilities import sum_by_key
from quoteapi.encoder.tags import ENTITIES
from quoteapi.findings import Attribution, Chars, FoundQuote, Label, Mention
from quoteapi.structs import SpeakerType
from quoteapi.text import paragraphs

Function: TypeAlias = Literal["subject", "object", "possessive", "modifier", "other"]

FUNCTIONS: dict[str, Function] = {
    **dict.fromkeys(("nsubj", "nsubj:pass", "nsubjpass", "nsubj:outer", "csubj", "expl"), "subject"),
    **dict.fromkeys(("obj", "dobj", "iobj", "dative"), "object"),
    **dict.fromkeys(("nmod:poss", "poss"), "possessive"),
    **dict.fromkeys(("compound", "nmod:desc", "nmod:unmarked", "nmod:npmod", "amod", "flat"), "modifier"),
}
"""Dependency labels (Universal Dependencies and OntoNotes), and the grammatical function of a mention that has them."""
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubjpass"})
"""Dependency labels of nouns that are the subject of a verb."""
LIKELY = 0.1
"""Minimum probability of a candidate to count as a possible source, and so as an entity even if its noun denotes a thing."""


class MentionContext:
    """A document with its quotes, mentions and attributions; paragraphs are numbered from 0.

    Args:
        doc: The article, parsed or not.
        quotes: Its quotes.
        mentions: Its mentions in reading order.
        attributions: One for each quote.
        pointing: What the encoder predicts.
    """

    def __init__(
        self,
        doc: Doc,
        quotes: Sequence[FoundQuote],
        mentions: Sequence[Mention],
        attributions: Sequence[Attribution],
        pointing: Pointing | None = None,
    ) -> None:
        self.doc = doc
        self.quotes = quotes
        self.mentions = mentions
        self.attributions = attributions
        self.pointing = pointing

    @cached_property
    def paragraphs(self) -> list[int]:
        """The paragraph number of each token."""
        return [max(0, bisect_right(self._paragraph_starts, start) - 1) for start in self.doc.to_array("IDX").tolist()]

    @cached_property
    def by_head(self) -> dict[int, int]:
        """Mentions by their head token; a name takes precedence over another mention with the same head."""
        found: dict[int, int] = {}
        for number, mention in enumerate(self.mentions):
            if mention.head not in found or mention.form == "name":
                found[mention.head] = number
        return found

    @cached_property
    def by_token(self) -> dict[int, int]:
        """Names by each of their tokens, and other mentions by their head."""
        found = dict(self.by_head)
        for number, mention in enumerate(self.mentions):
            if mention.form == "name":
                found |= dict.fromkeys((*range(mention.start, mention.end), mention.head), number)
        return found

    @cached_property
    def sourced(self) -> dict[int, list[int]]:
        """Quotes by the mention to which they are attributed."""
        found: dict[int, list[int]] = {}
        for number, attribution in enumerate(self.attributions):
            if attribution.mention is not None:
                found.setdefault(attribution.mention, []).append(number)
        return found

    @cached_property
    def labels(self) -> dict[int, Label]:
        """The mentions that are labels of turns."""
        pairs = zip(self.quotes, self.attributions, strict=True)
        return {source.mention: quote.label for quote, source in pairs if quote.label is not None and source.mention is not None}

    @cached_property
    def eligible(self) -> frozenset[int]:
        """Mentions that are likely enough to be the source of some quote."""
        candidates = {
            c.mention
            for attribution in self.attributions
            for c in attribution.candidates
            if c.mention is not None and c.probability >= LIKELY
        }
        return frozenset(candidates | self.sourced.keys())

    def antecedents_of(self, number: int) -> dict[int, float]:
        """Returns the antecedents that the encoder predicts for a mention, with their probabilities; empty if the encoder did not run."""
        return {} if self.pointing is None else self.sum_by_mention(self.pointing.antecedents(self.mentions[number].head), but=number)

    def sum_by_mention(self, probabilities: Mapping[int, float], *, but: int | None) -> dict[int, float]:
        """Sums the probabilities of tokens by the mention that each token belongs to, except for the mention `but`."""
        pairs = ((self.by_token.get(token), probability) for token, probability in probabilities.items())
        return sum_by_key((other, probability) for other, probability in pairs if other is not None and other != but)

    @property
    def descriptions(self) -> Descriptions | None:
        """The names and roles that the encoder tags; None if the encoder read nothing."""
        return None if self.pointing is None else self.pointing.descriptions

    def is_tagged(self, number: int) -> bool:
        """Whether the encoder has tagged the words of a mention: a window covered its head."""
        return self.descriptions is not None and bool(self.descriptions.read[self.mentions[number].head])

    def described_type(self, number: int) -> SpeakerType:
        """Returns the entity type that the encoder predicts for a noun phrase; the mention's own type if no window covered its head."""
        mention = self.mentions[number]
        if self.descriptions is None or not self.is_tagged(number):
            return mention.type
        kind = ENTITIES[int(self.descriptions.described[mention.head, 1:].argmax())]
        return "unnamed" if kind == "person" else kind

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [start for start, _ in self._paragraphs]

    @cached_property
    def _paragraphs(self) -> list[Chars]:
        return paragraphs(self._text)

    @cached_property
    def _text(self) -> str:
        return self.doc.text

    def text(self, number: int) -> str:
        """Returns the words of a mention."""
        mention = self.mentions[number]
        return self.doc[mention.start : mention.end].text

    def head(self, number: int) -> Token:
        """Returns the head of a mention, or for a later conjunct that of the first one, which has the grammatical function of all."""
        return self._heads[number]

    def function(self, number: int) -> Function:
        """Returns the grammatical function of a mention."""
        return self._functions[number]

    @cached_property
    def _heads(self) -> list[Token]:
        return [first_conjunct(self.doc[mention.head]) for mention in self.mentions]

    @cached_property
    def _functions(self) -> list[Function]:
        return [FUNCTIONS.get(head.dep_, "other") for head in self._heads]


def first_conjunct(token: Token) -> Token:
    """Returns the token, or the first conjunct if it is a later one."""
    while token.dep_ in {"conj", "appos"} and token.head.i < token.i:
        token = token.head
    return token
