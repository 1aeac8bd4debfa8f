"""The component `quoteapi_encoder`: the encoder's grammar and names in a spaCy pipeline."""

from collections.abc import Callable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc


@Language.factory(
    "quoteapi_encoder",
    assigns=["token.tag", "token.pos", "token.morph", "token.dep", "token.head", "doc.ents", "doc.sents"],
    default_config={"folder": None},
)
def make_encoder(nlp: Language, name: str, folder: str | None) -> Callable[[Doc], Doc]:  # noqa: ARG001 - the signature that spaCy calls
    """Creates the component with the encoder in a folder, or with the packaged one."""
    from quoteapi.encoder.grammar import GrammarComponent  # noqa: PLC0415 - spaCy imports this module on every start

    return GrammarComponent(None if folder is None else Path(folder))
