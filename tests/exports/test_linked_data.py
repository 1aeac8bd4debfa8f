"""JSON-LD, expanded with the two contexts as a reader of linked data would, without the network."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from pyld import jsonld

from quoteapi.engine import QuoteEngine
from quoteapi.exports.linked_data import ANNOTATIONS, SCHEMA_ORG, as_json_ld, text_uri
from quoteapi.structs import Answer, Article, Role

CONTEXTS = Path(__file__).parents[1] / "contexts"
FILES = {ANNOTATIONS: "anno.jsonld", SCHEMA_ORG: "schema.org.jsonld", f"{SCHEMA_ORG}/": "schema.org.jsonld"}
OA = "http://www.w3.org/ns/oa#"
SCHEMA = "http://schema.org/"
ITS = "http://www.w3.org/2005/11/its/rdf#"


def context(url: str, options: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001  the interface of PyLD
    """The context of an address, from our copy; any other address is an error."""
    document = msgspec.json.decode((CONTEXTS / FILES[url]).read_bytes())
    return {"contextUrl": None, "documentUrl": url, "document": document, "contentType": "application/ld+json"}


def expanded(answer: Answer, text: str) -> list[dict[str, Any]]:
    """The annotations, expanded."""
    written = msgspec.json.decode(as_json_ld(answer, text))
    (page,) = jsonld.expand(written, {"documentLoader": context, "base": "https://example.org/elsewhere"})
    assert page["@type"] == ["http://www.w3.org/ns/activitystreams#OrderedCollectionPage"]
    annotations: list[dict[str, Any]] = page["http://www.w3.org/ns/activitystreams#items"][0]["@list"]
    return annotations


def selectors(annotation: dict[str, Any]) -> list[tuple[int, int, str, str, str]]:
    """Each target's place and words."""
    found = []
    for target in annotation[f"{OA}hasTarget"]:
        position, words = target[f"{OA}hasSelector"]
        assert (position["@type"], words["@type"]) == ([f"{OA}TextPositionSelector"], [f"{OA}TextQuoteSelector"])
        start, end = (position[f"{OA}{name}"][0]["@value"] for name in ("start", "end"))
        found.append((start, end, *(words[f"{OA}{name}"][0]["@value"] for name in ("exact", "prefix", "suffix"))))
    return found


def keys_of(value: object) -> set[str]:
    """Every key of a value and of what is in it, contexts aside."""
    if isinstance(value, dict):
        return {key for key in value if key != "@context"} | {key for k, part in value.items() if k != "@context" for key in keys_of(part)}
    return {key for part in value for key in keys_of(part)} if isinstance(value, list) else set()


def test_no_term_is_dropped(exported: tuple[Answer, str]) -> None:
    """Each key of ours is a term of a context or one of ours, and none is guessed by a vocabulary that takes everything."""
    written = msgspec.json.decode(as_json_ld(*exported))
    own = written["@context"][1]
    known = set(own)
    for name in ("anno.jsonld", "schema.org.jsonld"):
        known |= msgspec.json.decode((CONTEXTS / name).read_bytes())["@context"].keys()
    assert keys_of(written) <= known
    meant = {"@id", "@type", "@value", "@list", "@language"}
    expansions = {key for key in keys_of(expanded(*exported)) if key not in meant}
    assert all(key.startswith((OA, SCHEMA, ITS, "urn:quoteapi:")) for key in expansions), expansions
    assert len(expansions) == len(keys_of(written) - {"id", "type", "items"})


def test_selectors_cut_the_text(exported: tuple[Answer, str]) -> None:
    """By place and by words, with what stands around them; a quote has a target a stretch."""
    answer, text = exported
    for quote, annotation in zip(answer.quotes, expanded(answer, text), strict=True):
        found = selectors(annotation)
        assert [exact for _, _, exact, _, _ in found] == [span.text for span in quote.spans]
        for start, end, exact, prefix, suffix in found:
            assert text[start:end] == exact
            assert text[:start].endswith(prefix)
            assert text[end:].startswith(suffix)
            assert text.count(prefix + exact + suffix) == 1
        sources = {target[f"{OA}hasSource"][0]["@id"] for target in annotation[f"{OA}hasTarget"]}
        assert sources == {text_uri(text)}


def test_a_body_is_what_was_said_by_whom(exported: tuple[Answer, str]) -> None:
    """A schema.org Quotation whose creator is a Person with title, affiliation and identity."""
    answer, text = exported
    first = expanded(answer, text)[0]
    (body,) = first[f"{OA}hasBody"]
    assert body["@type"] == [f"{SCHEMA}Quotation"]
    assert body["@id"] == f"{text_uri(text)}#q1"
    assert body[f"{SCHEMA}text"] == [{"@value": "It will, take years."}]
    assert body[f"{SCHEMA}inLanguage"] == [{"@value": "en"}]
    (article,) = body[f"{SCHEMA}isPartOf"]
    assert article["@id"] == text_uri(text)
    assert article[f"{SCHEMA}url"] == [{"@id": "https://example.org/news/1"}]
    (creator,) = body[f"{SCHEMA}creator"]
    assert creator["@type"] == [f"{SCHEMA}Person"]
    assert creator[f"{SCHEMA}name"] == [{"@value": "Jane Roe"}]
    assert creator[f"{SCHEMA}jobTitle"] == [{"@value": "mayor"}]
    assert creator[f"{SCHEMA}sameAs"] == [{"@id": "https://example.org/roe"}]
    assert creator[f"{SCHEMA}affiliation"][0][f"{SCHEMA}name"] == [{"@value": "Port Ellery"}]


def test_an_annotation_says_how_sure_and_of_what_kind(exported: tuple[Answer, str]) -> None:
    """In the term of ITS 2.0 and in ours."""
    _, fragment, *_, nobodys = expanded(*exported)
    assert fragment[f"{ITS}taConfidence"] == [{"@value": 0.875}]
    assert fragment["urn:quoteapi:kind"] == [{"@value": "mixed"}]
    assert fragment["urn:quoteapi:method"] == [{"@value": "cue"}]
    assert fragment["urn:quoteapi:modality"] == [{"@value": "asserted"}]
    assert nobodys["urn:quoteapi:reason"] == [{"@value": "scare"}]
    assert "urn:quoteapi:reason" not in fragment


def test_groups_and_unnamed_sources_are_no_more_than_that(exported: tuple[Answer, str]) -> None:
    """Critics are an organization that is a group; a spokesman is a person without a name; nobody is no creator."""
    annotations = expanded(*exported)
    creators = [annotation[f"{OA}hasBody"][0].get(f"{SCHEMA}creator", [None])[0] for annotation in annotations]
    assert creators[1]["@type"] == [f"{SCHEMA}Organization", "http://xmlns.com/foaf/0.1/Group"]
    assert f"{SCHEMA}name" not in creators[4]
    assert creators[4][f"{SCHEMA}description"] == [{"@value": "a spokesman"}]
    assert creators[3] is None


def test_an_inner_quote_is_part_of_the_outer_one(exported: tuple[Answer, str]) -> None:
    """And of the article."""
    answer, text = exported
    inner = expanded(answer, text)[3][f"{OA}hasBody"][0]
    assert [part["@id"] for part in inner[f"{SCHEMA}isPartOf"]] == [text_uri(text), f"{text_uri(text)}#q3"]


@pytest.mark.parametrize(
    ("role", "title"),
    [
        (Role(text="the\nmayor of Kelby", start=None, end=None, title="mayor"), "mayor"),
        (Role(text="the former mayor", start=None, end=None, title="mayor", status="former"), "the former mayor"),
        (Role(text="a harbour\npilot", start=None, end=None), "a harbour pilot"),
    ],
)
def test_a_title_that_is_not_held_today_is_not_given_as_one(exported: tuple[Answer, str], role: Role, title: str) -> None:
    """The article's words say that it is over."""
    answer, text = exported
    speakers = [msgspec.structs.replace(answer.speakers[0], role=role), *answer.speakers[1:]]
    first = expanded(msgspec.structs.replace(answer, speakers=speakers), text)[0]
    assert first[f"{OA}hasBody"][0][f"{SCHEMA}creator"][0][f"{SCHEMA}jobTitle"] == [{"@value": title}]


@pytest.mark.parametrize("identity", ["a1", "http://[", "urn:isbn:1", ""])
def test_an_id_that_is_no_address_is_an_identifier_alone(exported: tuple[Answer, str], identity: str) -> None:
    """Also where it only looks like one."""
    answer, text = exported
    article = expanded(msgspec.structs.replace(answer, id=identity), text)[0][f"{OA}hasBody"][0][f"{SCHEMA}isPartOf"][0]
    assert article[f"{SCHEMA}identifier"] == [{"@value": identity}]
    assert f"{SCHEMA}url" not in article


def test_a_text_has_the_uri_of_its_own_hash() -> None:
    """The example of RFC 6920, and a text that cannot be encoded."""
    assert text_uri("Hello World!") == "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk"
    assert text_uri("\ud800").startswith("ni:///sha-256;")


def test_an_answer_of_the_engine_expands(engine: QuoteEngine) -> None:
    """With characters outside the basic plane before the quote."""
    text = "🚢🚢 “We sail,” said Jane Roe, the harbour master."
    (annotation,) = expanded(engine.extract(Article(text=text)), text)
    ((start, end, exact, _, _),) = selectors(annotation)
    assert text[start:end] == exact == "We sail,"
