"""Labels as mentions: the label of each turn names a speaker, whatever its capitals look like."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from quoteapi.findings import FoundQuote, LabelSort, Mention
from quoteapi.structs import SpeakerType

TYPES: dict[LabelSort, SpeakerType] = {"name": "person", "body": "organization"}


def labelled(doc: Doc, quotes: Sequence[FoundQuote]) -> Iterator[Mention]:
    """Yields the mention for each turn's label, in reading order; none for a label of an unidentified speaker."""
    for quote in quotes:
        if quote.label is None or quote.label.sort == "unknown":
            continue
        words = doc.char_span(*quote.label.chars, alignment_mode="expand")
        if words is not None:
            type_ = TYPES.get(quote.label.sort)
            yield Mention(words.start, words.end, words.end - 1, "name" if type_ else "noun", type_ or "unnamed")


def with_labels(doc: Doc, quotes: Sequence[FoundQuote], mentions: Sequence[Mention]) -> list[Mention]:
    """Replaces the mentions that overlap a label by the label's own, in no particular order."""
    labels = list(labelled(doc, quotes))
    taken = {i for mention in labels for i in range(mention.start, mention.end)}
    return [*labels, *(m for m in mentions if m.head not in taken and taken.isdisjoint(range(m.start, m.end)))]
