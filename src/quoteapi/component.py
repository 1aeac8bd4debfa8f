"""The spaCy component: quotes, speakers and roles left on anyone's `Doc`, on its own tokens."""

from spacy.language import Language
from spacy.tokens import Doc

from quoteapi.engine import QuoteEngine


class QuoteComponent:
    """Reads a document's text with the engine and leaves the quotes as a span group."""

    def __init__(self, engine: QuoteEngine) -> None:
        self.engine = engine

    def __call__(self, doc: Doc) -> Doc:
        """The same document, with what was found on it."""
        raise NotImplementedError


@Language.factory("quoteapi")
def make_quoteapi(nlp: Language, name: str) -> QuoteComponent:  # noqa: ARG001 - the signature that spaCy calls
    """The component `quoteapi` for `nlp.add_pipe`."""
    return QuoteComponent(QuoteEngine())
