"""Sentence boundaries: where a sentence cannot begin and where it must, fixed before the parser, which decides the rest.

News breaks sentence splitters at closing marks: “Will it hold?” Roe asked. is one sentence. So a sentence begins at a paragraph, or after
a full stop, question or exclamation mark that is not followed by the quote's own attribution.
"""

import re
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Token

from quoteapi.knowledge import entries

CLOSING = frozenset("”’»›\"')]}") | {"''"}
TERMINAL = re.compile(r"(?<![.?!…:;])[.?!…:;]++['’”\"»)\]]*+$")
ABBREVIATION = re.compile(r"^(?:[A-Z]\.)+$|^[A-Z]\.$")
START, NO_START = 1, -1
"""spaCy's values of SENT_START; they are set all at once, because each single assignment scans the document."""
SHORTEST_END = 3
"""Minimum length of a word whose full stop ends a sentence; a shorter one is an abbreviation."""
ATTRIBUTION_REACH = 12
"""Number of tokens after a closing mark among which the reporting verb of the quote's attribution may stand."""


@Language.component("quoteapi_sentences", assigns=["token.is_sent_start"])
def limit_sentences(doc: Doc) -> Doc:
    """Sets `is_sent_start` to True or False where the layout and punctuation decide, and leaves it unset elsewhere."""
    previous: Token | None = None
    fresh = True
    limits: Any = np.zeros(len(doc), dtype=np.int64)
    for token in doc:
        if token.is_space:
            fresh = fresh or "\n" in token.text
            limits[token.i] = NO_START
            continue
        if fresh:
            limits[token.i] = START
        elif previous is not None and not may_start(token, previous):
            limits[token.i] = NO_START
        elif previous is not None and must_start(token, previous):
            limits[token.i] = START
        fresh = False
        previous = token
    return doc.from_array(["SENT_START"], limits.astype(np.uint64)) if len(doc) else doc


def may_start(token: Token, previous: Token) -> bool:
    """Whether a sentence may begin at this token, inside a paragraph."""
    ended = TERMINAL.search(previous.text) is not None
    if (not ended and previous.text not in CLOSING) or is_opening(previous):
        return False
    if previous.text in CLOSING:
        if token.text in CLOSING or token.is_lower:
            return False
        inside = before_marks(previous)
        return inside is not None and TERMINAL.search(inside.text) is not None and not is_attribution(token, inside)
    if closes(token):
        return False
    small = token.is_lower and token.text[0] != "@"
    return ended and not small and not ABBREVIATION.match(previous.text) and not is_abbreviated_title(previous)


def must_start(token: Token, previous: Token) -> bool:
    """Whether a sentence that may begin at this token must, whatever the encoder predicts: after a full stop that ends no abbreviation.

    That is a full stop after a lower-case word or the name of a day or a month, before a capital, an opening mark or an account handle.
    """
    closed = previous.text in CLOSING
    stop = before_marks(previous) if closed else previous
    if stop is None or stop.text != "." or stop.i == 0:
        return False
    word = before_marks(stop.nbor(-1))
    whole = word is not None and len(word) >= SHORTEST_END and word.is_alpha
    plain = word is not None and (word.is_lower or word.lower_ in entries("calendar") or token.text[0] == "@")
    if not (whole and plain):
        return False
    if is_opening(token):
        return token.i + 1 < len(token.doc) and token.nbor().text[:1].isupper()
    return not closed and (token.text[:1].isupper() or token.text[0] == "@")


def is_abbreviated_title(token: Token) -> bool:
    """Whether a word is an abbreviated title with a full stop, as before a name (Smt. Roe)."""
    word = token.lower_.rstrip(".")
    return token.is_title and token.text.endswith(".") and word in entries("title_abbreviations") | entries("courtesies") | {"dr", "prof"}


def is_opening(token: Token) -> bool:
    """Whether a mark opens: by its form, or because only its left side has a space."""
    if token.text in {"“", "‘", "«", "„", "("}:
        return True
    spaced = token.i == 0 or bool(token.nbor(-1).whitespace_) or token.nbor(-1).is_space
    return token.text in {'"', "'", "''", "``"} and spaced and not token.whitespace_


def closes(token: Token) -> bool:
    """Whether a mark closes: by its form, or because a space or the end of the text follows it."""
    if token.text in {"”", ")", "]", "}"}:
        return True
    return token.text in CLOSING and (bool(token.whitespace_) or token.i + 1 == len(token.doc) or token.nbor().is_space)


def before_marks(token: Token) -> Token | None:
    """Returns the last token before a run of closing marks."""
    for i in range(token.i, -1, -1):
        if token.doc[i].text not in CLOSING:
            return token.doc[i]
    return None


def is_attribution(token: Token, terminal: Token) -> bool:
    """Whether the words from here on attribute the quote before them: a reporting verb stands before the end of the sentence."""
    if terminal.text == ".":
        return False
    verbs = entries("reporting_forms")
    for following in token.doc[token.i : token.i + ATTRIBUTION_REACH]:
        if following.lower_ in verbs:
            return True
        if following.text in {".", "?", "!"} or "\n" in following.text or following.text in {"“", '"', "''"}:
            return False
    return False
