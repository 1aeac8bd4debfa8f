"""The spaCy component: adds quotes, speakers and roles to a `Doc`, on its own tokens.

The engine reads the text with its own pipeline, so the component works in any English pipeline, even a blank one.
"""

from typing import TYPE_CHECKING, Any

import msgspec
from spacy.language import Language
from spacy.tokens import Doc, Span

from quoteapi.settings import Model
from quoteapi.structs import Answer, Article, Quote

if TYPE_CHECKING:
    from quoteapi.engine import QuoteEngine

SPANS_KEY = "quotes"
STORED = "quoteapi"
"""Key of the answer in `doc.user_data`, as plain values, so that it survives `Doc.to_bytes` and transfer between processes."""


class QuoteComponent:
    """A spaCy component that reads the text of a document with the engine.

    Sets `doc._.quotes_answer` to the answer, whose offsets are code points of `doc.text`. `doc.spans["quotes"]` gets every span of every
    quote, with the quote's kind as label, its id as `span.id_`, and the quote as `span._.quote`. A span that starts or ends inside a token
    is extended to the whole token. A document without words has no answer (None) and no spans.
    """

    def __init__(self, engine: "QuoteEngine") -> None:
        self.engine = engine

    def __call__(self, doc: Doc) -> Doc:
        """Add the quotes to the document and return it."""
        if not doc.text.strip():
            doc.spans[SPANS_KEY] = []
            return doc
        answer = self.engine.extract(Article(text=doc.text, include=["other"]))
        doc.user_data[STORED] = msgspec.to_builtins(answer)
        doc.spans[SPANS_KEY] = [span for quote in answer.quotes for span in token_spans(doc, quote)]
        return doc


def token_spans(doc: Doc, quote: Quote) -> list[Span]:
    """Returns the spans of a quote, aligned with the document's tokens."""
    found = (
        doc.char_span(stretch.start, stretch.end, label=quote.kind, span_id=quote.id, alignment_mode="expand") for stretch in quote.spans
    )
    return [span for span in found if span is not None]


def answer_on(doc: Doc) -> Answer | None:
    """Returns the component's answer for a document; None if it did not run or the document has no words."""
    stored = doc.user_data.get(STORED)
    return None if stored is None else msgspec.convert(stored, Answer)


def quote_on(span: Span) -> Quote | None:
    """Returns the quote that a span in `doc.spans["quotes"]` belongs to; None for any other span."""
    stored: dict[str, Any] = span.doc.user_data.get(STORED) or {"quotes": []}
    return next((msgspec.convert(quote, Quote) for quote in stored["quotes"] if span.id_ == quote["id"]), None)


@Language.factory(
    "quoteapi",
    assigns=["doc.spans"],
    default_config={"pipeline": None, "model": "small", "min_confidence": 0.0, "max_text_length": 200_000},
)
def make_quoteapi(  # noqa: PLR0913, PLR0917 - one parameter per setting
    nlp: Language,  # noqa: ARG001 - the signature that spaCy calls
    name: str,  # noqa: ARG001 - the same
    pipeline: str | None,
    model: Model,
    min_confidence: float,
    max_text_length: int,
) -> QuoteComponent:
    """Creates the component `quoteapi` for `nlp.add_pipe`; its settings are those of the engine."""
    from quoteapi.engine import QuoteEngine  # noqa: PLC0415 - spaCy imports this module on every start, even if no engine is needed

    Doc.set_extension("quotes_answer", getter=answer_on, force=True)
    Span.set_extension("quote", getter=quote_on, force=True)
    return QuoteComponent(
        QuoteEngine(pipeline, model=model, min_confidence=min_confidence, max_text_length=max_text_length, detect_language=False)
    )
