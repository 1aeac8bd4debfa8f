"""Rows and sightings of invented archives, made without an engine."""

from typing import Any

from quoteapi.audit.structs import Pronoun, SeenRole, Sighting
from quoteapi.structs import SpeakerType


def said(article: str, text: str, name: str | None = "Jane Roe", role: str | None = None, **more: object) -> dict[str, Any]:
    """Returns a quote's row as `quoteapi batch --rows quotes` writes it; the ids contain the quote's text and the speaker's name."""
    speaker = None if name is None else f"{article}/s{name}"
    return {
        "article_id": article,
        "quote_id": f"{article}/q{text}",
        "kind": "direct",
        "modality": "asserted",
        "text": text,
        "speaker_id": speaker,
        "speaker": name,
        "speaker_type": None if name is None else "person",
        "speaker_role": role,
        "confidence": 0.9,
        **more,
    }


def seen(  # noqa: PLR0913  the evidence of a sighting
    article: str,
    name: str,
    *roles: str,
    kind: SpeakerType = "person",
    date: str | None = None,
    pronoun: Pronoun | None = None,
    same_as: str | None = None,
    **more: Any,  # noqa: ANN401  fields of a sighting
) -> Sighting:
    """Returns a sighting: a speaker of an article."""
    told = tuple(map(SeenRole, roles))
    return Sighting(article, f"s-{name}", kind, name, same_as, pronoun, date, told, **more)
