"""Tokens of hostile texts: runs without white space are cut before they reach the tokenizer, which looks through a run once for each mark.

spaCy's tokenizer takes time that grows with the square of a run's length (200,000 opening marks without a space would take hours).
"""

import re
from collections.abc import Callable

from spacy.tokens import Doc
from spacy.vocab import Vocab

LONGEST_RUN = 400
"""Characters of a run that stays in one piece: longer than any word or address that a page means to be read."""
PIECE = 100
RUN = re.compile(rf"(?<!\S)\S{{{LONGEST_RUN},}}+")


class BoundedTokenizer:
    """A tokenizer that hands over long runs in pieces; the document's text is exactly the text all the same.

    Args:
        tokenizer: What tokenizes each piece.
        vocab: The pipeline's vocabulary.
    """

    def __init__(self, tokenizer: Callable[[str], Doc], vocab: Vocab) -> None:
        self.tokenizer = tokenizer
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The tokens of a text; linear in its length."""
        cuts = [cut for run in RUN.finditer(text) for cut in range(run.start(), run.end(), PIECE)]
        if not cuts:
            return self.tokenizer(text)
        words: list[str] = []
        spaces: list[bool] = []
        for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
            for token in self.tokenizer(text[start:end]):
                words.append(token.text)
                spaces.append(bool(token.whitespace_))
        return Doc(self.vocab, words=words, spaces=spaces)
