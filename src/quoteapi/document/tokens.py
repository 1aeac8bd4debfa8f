"""Tokenization: the tokenizer that a pipeline is loaded into, and one for hostile texts.

spaCy's tokenizer takes time quadratic in the length of a run without white space, because it scans the run once for each mark in it
(200,000 opening marks would take hours). So runs are cut before.
"""

import re
from collections.abc import Callable

from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]  # compiled, without types
from spacy.tokens import Doc
from spacy.vocab import Vocab

LONGEST_RUN = 400
"""Length in characters from which a run is cut: longer than any word or address that a page intends to be read."""
PIECE = 100
RUN = re.compile(rf"(?<!\S)\S{{{LONGEST_RUN},}}+")
WITHOUT_RULES = "quoteapi.WithoutRules.v1"
"""The name of `without_rules` in spaCy's registry of tokenizers (an entry point in pyproject.toml)."""


def without_rules() -> Callable[[Language], Tokenizer]:
    """Returns the factory of a tokenizer without rules, which are then loaded with the pipeline.

    spaCy's own factory first makes those of English, which doubles the time to load a pipeline.
    """
    return lambda nlp: Tokenizer(nlp.vocab)


class BoundedTokenizer:
    """A tokenizer that splits long runs before tokenizing; the text of the document is exactly the input all the same.

    Args:
        tokenizer: Tokenizes each piece.
        vocab: The pipeline's vocabulary.
    """

    def __init__(self, tokenizer: Callable[[str], Doc], vocab: Vocab) -> None:
        self.tokenizer = tokenizer
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Returns the tokens of a text, in linear time."""
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
