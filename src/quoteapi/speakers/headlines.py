"""Headlines: where the story begins."""

from spacy.tokens import Doc, Span

from quoteapi.knowledge import entries

SHORT = 28
"""Tokens of a first block that is a headline whatever it ends with."""
STOPS = frozenset(".?!")
ARTICLES = frozenset({"the", "a", "an"})


def headline_end(doc: Doc) -> int:
    """The first token behind the headline; 0 where the text has none.

    The headline is a first line that does not end as a sentence, or a first short block with an empty line behind it, as feeds write
    headlines with a full stop; one in which somebody said something is a sentence of the story.
    """
    block = next((token.i for token in doc if token.text.count("\n") > 1), 0)
    if 0 < block <= SHORT and not tells(doc[:block]):
        return block
    end = next((token.i for token in doc if "\n" in token.text), 0)
    last = next((token for token in reversed(doc[:end]) if not token.is_quote), None)
    return 0 if last is None or last.text[-1:] in STOPS else end


def tells(block: Span) -> bool:
    """Whether a block ends as a sentence that reports: with words between marks, or in the past tense and with articles."""
    verbs = [token for token in block if token.text in entries("reporting_forms")]
    told = any(token.tag_ == "VBD" for token in verbs) and any(token.text in ARTICLES for token in block)
    return bool(verbs) and (told or any(token.is_quote for token in block)) and block.text.rstrip("”\"'’")[-1:] in STOPS
