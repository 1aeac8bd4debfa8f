"""Training examples for the tagger of reported speech: windows of articles in wordpieces."""

from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct
from spacy.language import Language
from spacy.tokens import Doc

from quoteapi.encoder import Encoder
from quoteapi.encoder.grammar import encoded_on
from quoteapi.encoder.pieces import Ints, ended
from quoteapi.encoder.quote_pieces import quote_pieces
from quoteapi.encoder.tagging import TAGS
from quoteapi.encoder.windows import paragraph_windows
from quoteapi.findings import Chars
from quoteapi.training.polnear import Annotated, Attributed
from quoteapi.training.polnear_documents import ParsedArticle, read_articles


class Link(Struct, frozen=True):
    """A span of content, from its first token to its last, and the tokens of its sources and cues; all positions are in the window."""

    first: int
    last: int
    sources: Ints
    cues: Ints


class ReportCase(Struct, frozen=True):
    """A window with its end markers, and the links in it.

    Per wordpiece: its id, its shape, and whether it is quoted (`marked`); per token: its first wordpiece and its tag.
    """

    ids: Ints
    shapes: Ints
    marked: Ints
    firsts: Ints
    tags: Ints
    links: list[Link]


def tokens_of(stretch: Chars, case: ParsedArticle) -> list[int]:
    """The tokens of a span of the raw text, without white space, and without quotation marks and punctuation at its edges."""
    held = [i for i, (start, end) in enumerate(case.places) if start < stretch[1] and stretch[0] < end and not case.doc[i].is_space]
    return trimmed(held, case.doc)


def trimmed(held: Sequence[int], doc: Doc) -> list[int]:
    """The tokens without those at the edges that have no letter or digit; all of them if none has."""
    wordy = [k for k, i in enumerate(held) if any(character.isalnum() for character in doc[i].text)]
    return list(held[wordy[0] : wordy[-1] + 1]) if wordy else list(held)


def report_cases(nlp: Language, encoder: Encoder, found: Sequence[Annotated]) -> Iterator[ReportCase]:
    """The windows of annotated articles."""
    for case in read_articles(nlp, found):
        yield from windows_of(case, encoder)


def windows_of(case: ParsedArticle, encoder: Encoder) -> Iterator[ReportCase]:
    """The windows of an article."""
    pieces = encoded_on(case.doc, encoder).pieces
    marked = quote_pieces(case.doc, pieces, case.quotes).marked
    tags = np.zeros(len(case.doc), dtype=np.int64)
    attributions = [spans_of(attribution, case) for attribution in case.article.attributions]
    for spans in attributions:
        for part in ("cue", "source", "content"):
            for stretch in spans[part]:
                tags[stretch] = TAGS.index(f"I-{part}")
                tags[stretch[0]] = TAGS.index(f"B-{part}")
    words = np.flatnonzero(case.doc.to_array("IS_SPACE") == 0)
    for start, end in paragraph_windows(case.doc, pieces):
        own = words[(pieces.firsts[words] >= start) & (pieces.firsts[words] < end)]
        if not len(own):
            continue
        place = {int(token): k for k, token in enumerate(own)}
        yield ReportCase(
            encoder.cutter.ended(pieces.ids[start:end]),
            ended(pieces.shapes[start:end]),
            ended(marked[start:end]),
            pieces.firsts[own] - start + 1,
            repaired(tags[own]),
            [link for spans in attributions for link in links_of(spans, place)],
        )


def spans_of(attribution: Attributed, case: ParsedArticle) -> dict[str, list[list[int]]]:
    """The tokens of each span of an attribution's parts."""
    parts = {"content": attribution.content, "source": attribution.source, "cue": attribution.cue}
    return {part: [held for stretch in sorted(stretches) if (held := tokens_of(stretch, case))] for part, stretches in parts.items()}


def links_of(spans: dict[str, list[list[int]]], place: dict[int, int]) -> Iterator[Link]:
    """The links of an attribution in a window, in positions of the window."""
    sources, cues = ([place[i] for stretch in spans[part] for i in stretch if i in place] for part in ("source", "cue"))
    for stretch in spans["content"]:
        if stretch[0] in place and stretch[-1] in place:
            yield Link(place[stretch[0]], place[stretch[-1]], np.array(sources, dtype=np.int64), np.array(cues, dtype=np.int64))


def repaired(tags: Ints) -> Ints:
    """The tags of a window with a B tag at the start of every span: another span may have overwritten it."""
    found = tags.copy()
    for k, tag in enumerate(found.tolist()):
        before = TAGS[found[k - 1]] if k else "O"
        if TAGS[tag].startswith("I") and before[1:] != TAGS[tag][1:]:
            found[k] = TAGS.index(f"B{TAGS[tag][1:]}")
    return found
