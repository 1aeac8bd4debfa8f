"""JSON-LD: each quote as a W3C Web Annotation of the article, whose body is a schema.org `Quotation`.

The standard counts a `TextPositionSelector` in code points, so this format always does. Properties that neither vocabulary defines are in
our own, `urn:quoteapi:`; the confidence is that of ITS 2.0. Reading or writing the format needs nothing from the network but the two
contexts.
"""

import base64
import hashlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import msgspec
from msgspec import UNSET

from quoteapi.structs import Answer, Quote, Role, Span, Speaker

ANNOTATIONS = "http://www.w3.org/ns/anno.jsonld"
SCHEMA_ORG = "https://schema.org"
TERMS = {
    "confidence": "http://www.w3.org/2005/11/its/rdf#taConfidence",
    "kind": "urn:quoteapi:kind",
    "method": "urn:quoteapi:method",
    "modality": "urn:quoteapi:modality",
    "stance": "urn:quoteapi:stance",
    "reason": "urn:quoteapi:reason",
}
"""The terms of an annotation that the two contexts do not define."""

_AROUND = 32
"""Code points before and after a quote, which help to find it again in an edited article."""
_TYPES: dict[str, str | list[str]] = {
    "person": "Person",
    "organization": "Organization",
    "group": ["Organization", "http://xmlns.com/foaf/0.1/Group"],
    "unnamed": "Person",
    "document": "CreativeWork",
}


def as_json_ld(answer: Answer, text: str) -> bytes:
    """The quotes as an annotation page.

    Args:
        answer: Its offsets count code points.
        text: The article that it is about.
    """
    source = text_uri(text)
    article = _article(answer, source)
    speakers = {speaker.id: _creator(speaker) for speaker in answer.speakers}
    page = {
        "@context": [ANNOTATIONS, {"@base": source, **TERMS}],
        "id": "#quotes",
        "type": "AnnotationPage",
        "items": [
            {
                "id": f"#{quote.id}-annotation",
                "type": "Annotation",
                "motivation": "identifying",
                "kind": quote.kind,
                "modality": quote.modality,
                "stance": quote.stance,
                **({} if quote.reason is UNSET else {"reason": quote.reason}),
                "confidence": quote.confidence,
                "method": quote.evidence.method,
                "body": _quotation(quote, article, speakers),
                "target": [*(_target(span, text, source) for span in quote.spans), *_element(quote, article)],
            }
            for quote in answer.quotes
        ],
    }
    return msgspec.json.encode(page)


def text_uri(text: str) -> str:
    """The URI of a text, made from its SHA-256 (RFC 6920), because offsets refer to exactly this string."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return f"ni:///sha-256;{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"


def _quotation(quote: Quote, article: Mapping[str, Any], speakers: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """What was said, and by whom."""
    quotation: dict[str, Any] = {
        "@context": SCHEMA_ORG,
        "id": f"#{quote.id}",
        "type": "Quotation",
        "text": quote.text,
        "inLanguage": article["inLanguage"],
        "isPartOf": [article] if quote.within is None else [article, f"#{quote.within}"],
    }
    if quote.speaker is not None:
        speaker = speakers[quote.speaker.id]
        quotation["isBasedOn" if speaker["type"] == _TYPES["document"] else "creator"] = speaker
    return quotation


def _article(answer: Answer, uri: str) -> dict[str, Any]:
    """The article, with the caller's id, if there is one; an id that is a web address also becomes the `url`."""
    article = {"id": uri, "type": "Article", "inLanguage": answer.language}
    if answer.id is not None:
        article["identifier"] = answer.id
        if _is_address(answer.id):
            article["url"] = answer.id
    return article


def _is_address(identity: str) -> bool:
    """Whether an id is a web address."""
    try:
        return urlsplit(identity).scheme in {"http", "https"}
    except ValueError:  # malformed, such as an unclosed bracket
        return False


def _target(span: Span, text: str, source: str) -> dict[str, Any]:
    """A span of the article, by position and by text."""
    return {
        "type": "SpecificResource",
        "source": source,
        "selector": [
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            {
                "type": "TextQuoteSelector",
                "exact": span.text,
                "prefix": text[max(0, span.start - _AROUND) : span.start],
                "suffix": text[span.end : span.end + _AROUND],
            },
        ],
    }


def _element(quote: Quote, article: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The element of the page that contains a quote, if the page has an address."""
    if not quote.path or "url" not in article:
        return []
    return [{"type": "SpecificResource", "source": article["url"], "selector": {"type": "XPathSelector", "value": quote.path}}]


def _creator(speaker: Speaker) -> dict[str, Any]:
    """The quoted person, organization or document; an unnamed one has no `name`, only the article's words as its `description`."""
    creator: dict[str, Any] = {"id": f"#{speaker.id}", "type": _TYPES[speaker.type]}
    creator["description" if speaker.type == "unnamed" else "name"] = speaker.name
    if speaker.same_as is not None:
        creator["sameAs"] = speaker.same_as
    if speaker.role is not None and speaker.type in {"person", "unnamed"}:
        creator["jobTitle"] = _job_title(speaker.role)
        if speaker.role.organization is not None:
            creator["affiliation"] = {"type": "Organization", "name": speaker.role.organization}
    return creator


def _job_title(role: Role) -> str:
    """The title if it is current; otherwise the article's own words, which say that it is not (the former mayor)."""
    return role.title if role.title is not None and role.status == "current" else " ".join(role.text.split())
