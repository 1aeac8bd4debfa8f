"""The spaCy component: quotes, speakers and roles left on anyone's `Doc`, on its own tokens.

The engine reads the document's text with its own pipeline, so the component works in any English pipeline, a blank one too.
"""

from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc, Span

from quoteapi.structs import Article, Quote

if TYPE_CHECKING:
    from quoteapi.engine import QuoteEngine

SPANS_KEY = "quotes"


class QuoteComponent:
    """Reads a document's text with the engine.

    Leaves the answer as `doc._.quotes_answer`, its offsets in code points of `doc.text`, and each stretch of a quote in
    `doc.spans["quotes"]`: labelled with its kind, its quote's id as `span.id_`, its quote as `span._.quote`. A stretch that begins or
    ends inside a token takes the whole token in.
    """

    def __init__(self, engine: "QuoteEngine") -> None:
        self.engine = engine

    def __call__(self, doc: Doc) -> Doc:
        """The same document, with what was found on it."""
        if not doc.text.strip():
            doc.spans[SPANS_KEY] = []
            return doc
        answer = self.engine.extract(Article(text=doc.text, include=["other"]))
        doc._.quotes_answer = answer
        doc.spans[SPANS_KEY] = [span for quote in answer.quotes for span in token_spans(doc, quote)]
        return doc


def token_spans(doc: Doc, quote: Quote) -> list[Span]:
    """The stretches of a quote on the document's tokens."""
    spans = []
    for stretch in quote.spans:
        span = doc.char_span(stretch.start, stretch.end, label=quote.kind, span_id=quote.id, alignment_mode="expand")
        if span is not None:
            span._.quote = quote
            spans.append(span)
    return spans


@Language.factory("quoteapi", assigns=["doc.spans"], default_config={"pipeline": None, "min_confidence": 0.0, "max_text_length": 200_000})
def make_quoteapi(
    nlp: Language,  # noqa: ARG001 - the signature that spaCy calls
    name: str,  # noqa: ARG001 - the same
    pipeline: str | None,
    min_confidence: float,
    max_text_length: int,
) -> QuoteComponent:
    """The component `quoteapi` for `nlp.add_pipe`; its settings are the engine's."""
    from quoteapi.engine import QuoteEngine  # noqa: PLC0415 - spaCy imports this module whenever it starts, engine wanted or not

    if not Doc.has_extension("quotes_answer"):
        Doc.set_extension("quotes_answer", default=None)
        Span.set_extension("quote", default=None)
    return QuoteComponent(QuoteEngine(pipeline, min_confidence=min_confidence, max_text_length=max_text_length))
