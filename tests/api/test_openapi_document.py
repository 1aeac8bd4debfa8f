"""The OpenAPI document: complete, true to the structs, and with examples that work when pasted."""

import re
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

from quoteapi.api import openapi_json
from quoteapi.api.examples import ANSWER, REQUESTS
from quoteapi.api.problem_kinds import KINDS
from quoteapi.engine import QuoteEngine
from quoteapi.errors import QuoteapiError
from quoteapi.structs import Answer, Article, LineProblem, Problem

ROOT = Path(__file__).parents[2]
DOCUMENT: dict[str, Any] = msgspec.json.decode(openapi_json())
SCHEMAS: dict[str, Any] = DOCUMENT["components"]["schemas"]
OPERATIONS = [(path, method, operation) for path, methods in DOCUMENT["paths"].items() for method, operation in methods.items()]
CONFIDENCE = r"\b(?:0\.9\d*|9\d%)"
"""How sure an answer is, in the forms that tell it."""
QUOTES = DOCUMENT["paths"]["/quotes"]["post"]
REQUEST_EXAMPLES = [
    pytest.param(media_type, example["value"], id=f"{media_type} {name}")
    for media_type, content in QUOTES["requestBody"]["content"].items()
    for name, example in content["examples"].items()
]


def test_the_file_in_the_repository_is_the_apps_document() -> None:
    """`quoteapi openapi --output openapi/openapi.json` brings it up to date."""
    assert (ROOT / "openapi" / "openapi.json").read_text(encoding="utf-8") == openapi_json()


def test_the_server_serves_the_document(client: httpx.Client) -> None:
    """As JSON and as YAML, in both spellings."""
    assert client.get("/schema/openapi.json").json() == DOCUMENT
    for path in ("/schema/openapi.yaml", "/schema/openapi.yml"):
        assert client.get(path).text.startswith("components:")


@pytest.mark.parametrize(("media_type", "value"), REQUEST_EXAMPLES)
def test_every_request_example_is_answered(client: httpx.Client, media_type: str, value: object) -> None:
    """Posted as it stands in the document."""
    content = value.encode() if isinstance(value, str) else msgspec.json.encode(value)
    response = client.post("/quotes", content=content, headers={"Content-Type": media_type})
    assert response.status_code == 200, response.text
    assert msgspec.json.decode(response.content, type=Answer).quotes


def test_the_example_answer_is_the_answer_to_the_first_example(client: httpx.Client) -> None:
    """Only the confidence may move with the weights."""
    answer = client.post("/quotes", json=REQUESTS["article"][1]).json()
    shown: dict[str, Any] = msgspec.to_builtins(ANSWER)
    for quote in (*answer["quotes"], *shown["quotes"]):
        quote["confidence"] = "any"
    assert answer == shown


def test_the_example_stream_is_answered_as_shown(client: httpx.Client) -> None:
    """Posted as it stands in the document, line by line; only the confidence may move here, too."""
    stream = DOCUMENT["paths"]["/quotes/batch"]["post"]
    media_type, content = next(iter(stream["requestBody"]["content"].items()))
    response = client.post("/quotes/batch", content=content["examples"]["lines"]["value"], headers={"Content-Type": media_type})
    shown = stream["responses"]["200"]["content"][media_type]["examples"]["lines"]["value"]
    told, expected = ([msgspec.json.decode(line) for line in lines.splitlines()] for lines in (response.text, shown))
    for quote in (*told[0]["quotes"], *expected[0]["quotes"]):
        quote["confidence"] = "any"
    assert told == expected
    assert {*told[1]} == {field.encode_name for field in msgspec.structs.fields(LineProblem)}


@pytest.mark.parametrize("media_type", [name for name in QUOTES["responses"]["200"]["content"] if name != "application/json"])
def test_the_other_forms_of_the_example_are_the_answers(client: httpx.Client, media_type: str) -> None:
    """Only the confidence may move with the weights; each request example is answered in each form."""
    (shown,) = QUOTES["responses"]["200"]["content"][media_type]["examples"].values()
    answer = client.post("/quotes", json=REQUESTS["article"][1], headers={"Accept": media_type})
    assert answer.headers["content-type"].partition(";")[0] == media_type
    written = shown["value"] if isinstance(shown["value"], str) else msgspec.json.encode(shown["value"]).decode()
    assert re.sub(CONFIDENCE, "any", answer.text) == re.sub(CONFIDENCE, "any", written)
    for _, value in REQUESTS.values():
        assert client.post("/quotes", json=value, headers={"Accept": media_type}).status_code == 200


def test_the_answers_of_other_routes_are_as_shown(client: httpx.Client) -> None:
    """Each path's own example, where a path has a placeholder."""
    for path, method, operation in OPERATIONS:
        if method == "get":
            values = {parameter["name"]: parameter["schema"]["examples"][0] for parameter in operation.get("parameters", ())}
            for media_type, content in operation["responses"]["200"]["content"].items():
                answer = client.get(path.format(**values), headers={"Accept": media_type})
                assert answer.headers["content-type"].partition(";")[0] == media_type
                for example in content.get("examples", {}).values():
                    assert answer.json() == example["value"]


def test_a_validator_accepts_it() -> None:
    """As OpenAPI 3.1, every schema in it too."""
    validate(DOCUMENT, cls=OpenAPIV31SpecValidator)


def test_every_problem_is_listed_with_its_page() -> None:
    """In the words of its tag, which both pages show."""
    (tag,) = [tag for tag in DOCUMENT["tags"] if tag["name"] == "problems"]
    assert re.findall(r"\]\((/problems/[\w-]+)\)", tag["description"]) == [kind.uri for kind in KINDS.values()]


def test_numbers_are_told_with_their_units() -> None:
    """What offsets count in, the bounds of a probability, and seconds."""
    for name, schema in SCHEMAS.items():
        for field, value in schema["properties"].items():
            if name == "Time":
                assert "Seconds" in value["description"]
            elif field in {"start", "end"}:
                assert "`offset_unit`" in value["description"], f"{name}.{field}"
            elif value.get("type") == "number":
                assert "0 to 1" in value["description"], f"{name}.{field}"


def test_every_route_is_described() -> None:
    """An id of its own, a summary, a description, a tag."""
    ids = [operation["operationId"] for *_, operation in OPERATIONS]
    assert sorted(ids) == [
        "checkLive",
        "checkReady",
        "describeProblem",
        "extractQuotes",
        "extractQuotesOfMany",
        "listProblems",
        "readMetrics",
        "verifyQuotes",
    ]
    assert all(operation["summary"] and operation["description"] and operation["tags"] for *_, operation in OPERATIONS)


def test_every_schema_and_field_is_described() -> None:
    """The structs' docstrings and the fields' descriptions arrive; a reference is described where it leads."""
    assert [name for name, schema in SCHEMAS.items() if not schema.get("description")] == []
    bare = [
        f"{name}.{field}"
        for name, schema in SCHEMAS.items()
        for field, value in schema["properties"].items()
        if "description" not in value and "$ref" not in value
    ]
    assert bare == []


def test_bounds_and_the_refusal_of_unknown_fields_arrive() -> None:
    """What Litestar's own schemas lose."""
    article = SCHEMAS["Article"]
    assert (article["additionalProperties"], SCHEMAS["Person"]["additionalProperties"]) == (False, False)
    assert article["properties"]["text"]["minLength"] == 1
    assert article["properties"]["people"]["maxItems"] == 1000
    assert {"type": "string", "maxLength": 256} in article["properties"]["id"]["anyOf"]
    assert article["required"] == ["text"]
    confidence = SCHEMAS["Quote"]["properties"]["confidence"]
    assert (confidence["minimum"], confidence["maximum"]) == (0, 1)
    assert SCHEMAS["Span"]["properties"]["start"]["minimum"] == 0


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("text", ["a", " a ", "\x00", "\u200b", "\ufeff ", " ", "\n\t", "\u00a0", "\x1c\x1f", "\u2029\u3000"]),
        ("language", ["en", "EN", "en-GB", "en_US", "fr", "eng", "", "e", "xen", "de-en"]),
    ],
)
def test_patterns_tell_what_the_engine_refuses(engine: QuoteEngine, field: str, values: list[str]) -> None:
    """Text that is white space alone, tags of other languages; nothing that it reads."""
    pattern = SCHEMAS["Article"]["properties"][field]["pattern"]
    for value in values:
        try:
            engine.check(Article(**{"text": "Hi", field: value}))
        except QuoteapiError:
            assert not re.search(pattern, value), value
        else:
            assert re.search(pattern, value), value


def test_problems_are_documented_as_problems() -> None:
    """In their own media type, with an example a kind that is a problem of that status."""
    assert {"400", "401", "408", "413", "415", "422", "429", "500", "503", "504"} <= QUOTES["responses"].keys()
    for *_, operation in OPERATIONS:
        for status, response in operation["responses"].items():
            if not status.startswith("2"):
                ((media_type, content),) = response["content"].items()
                assert (media_type, content["schema"]) == ("application/problem+json", {"$ref": "#/components/schemas/Problem"})
                for name, example in content["examples"].items():
                    problem = msgspec.convert(example["value"], Problem)
                    assert (problem.type, str(problem.status)) == (f"/problems/{name}", status)


def test_keys_are_declared_where_they_may_be_asked_for() -> None:
    """Either header, or none where the operator has set no keys; health, pages and problems are for everybody."""
    assert DOCUMENT["components"]["securitySchemes"].keys() == {"bearer", "key"}
    secured = {operation["operationId"]: operation["security"] for *_, operation in OPERATIONS if "security" in operation}
    assert secured == {
        key: [{}, {"bearer": []}, {"key": []}] for key in ("extractQuotes", "extractQuotesOfMany", "readMetrics", "verifyQuotes")
    }


def test_headers_are_documented_where_they_are_sent() -> None:
    """The rate with every answer of the route that is counted, what to do next with 401, 429 and 503."""
    headers = {status: set(response.get("headers", ())) for status, response in QUOTES["responses"].items()}
    assert all({"RateLimit", "RateLimit-Policy"} <= names for names in headers.values())
    assert "Server-Timing" in headers["200"]
    assert "WWW-Authenticate" in headers["401"]
    assert "Retry-After" in headers["429"] & headers["503"]


def test_every_reference_leads_somewhere() -> None:
    """No `$ref` points at a schema that is not there."""

    def references(value: object) -> list[str]:
        if isinstance(value, dict):
            own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
            return own + [found for part in value.values() for found in references(part)]
        return [found for part in value for found in references(part)] if isinstance(value, list) else []

    assert {reference.removeprefix("#/components/schemas/") for reference in references(DOCUMENT)} <= SCHEMAS.keys()


def test_the_schema_of_a_request_is_the_structs() -> None:
    """What is documented is what is decoded."""
    assert SCHEMAS["Article"]["properties"].keys() == {field.encode_name for field in msgspec.structs.fields(Article)}
