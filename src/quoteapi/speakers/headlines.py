"""Headlines: the headline at the top of a text, and where the story begins."""

from spacy.tokens import Doc, Span

from quoteapi.knowledge import entries

SHORT = 28
"""Maximum length in tokens of a first block that counts as a headline whatever punctuation it ends with."""
STOPS = frozenset(".?!")
ARTICLES = frozenset({"the", "a", "an"})


def headline_end(doc: Doc) -> int:
    """Returns the first token after the headline; 0 if the text has none.

    The headline is a first line that does not end as a sentence, or a short first block followed by an empty line, because feeds put full
    stops after headlines. A first block that reports speech is a sentence of the story instead.
    """
    block = next((token.i for token in doc if token.text.count("\n") > 1), 0)
    if 0 < block <= SHORT and not reports_speech(doc[:block]):
        return block
    end = next((token.i for token in doc if "\n" in token.text), 0)
    last = next((token for token in reversed(doc[:end]) if not token.is_quote), None)
    return 0 if last is None or last.text[-1:] in STOPS else end


def reports_speech(block: Span) -> bool:
    """Whether a block is a sentence that reports speech: a reporting verb, with quotation marks or in the past tense with an article."""
    verbs = [token for token in block if token.text in entries("reporting_forms")]
    is_past_tense = any(token.tag_ == "VBD" for token in verbs) and any(token.text in ARTICLES for token in block)
    return bool(verbs) and (is_past_tense or any(token.is_quote for token in block)) and block.text.rstrip("”\"'’")[-1:] in STOPS
