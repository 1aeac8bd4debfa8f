"""The OpenAPI document: what Litestar knows of the routes, with msgspec's schemas and examples that work when pasted.

Litestar's own schemas of structs lose docstrings, the ban on unknown fields and some bounds; msgspec's are right.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

import msgspec
from litestar import Litestar
from litestar.openapi import ResponseSpec
from litestar.openapi.spec import (
    Example,
    OpenAPIHeader,
    OpenAPIMediaType,
    OpenAPIResponse,
    OpenAPIType,
    Operation,
    Reference,
    RequestBody,
    Schema,
    SecurityScheme,
)
from msgspec import Struct

from quoteapi.api.examples import (
    ANSWER,
    LINES_REQUEST,
    PAGE_REQUEST,
    REQUESTS,
    TEXT_REQUEST,
    VERIFICATIONS,
    line_problem_example,
    problem_example,
)
from quoteapi.api.problem_kinds import KINDS
from quoteapi.api.problems import MEDIA_TYPE
from quoteapi.exports import FORMS
from quoteapi.structs import NOT_BLANK, Problem

TITLE = "quoteapi"
DESCRIPTION = (
    "Who said what in a news article: every quote with exact offsets, its speaker by full name, and the speaker's role. Every error is"
    " `application/problem+json` (RFC 9457) with a stable `type`."
)
PROBLEMS = "The `type` of an error is the address of a page that explains it. These are all types:\n\n" + "\n".join(
    f"- [`{kind.uri}`]({kind.uri}) ({kind.status}): {kind.title}." for kind in KINDS.values()
)
_REF = "#/components/schemas/{name}"

SECURITY_SCHEMES = {
    "bearer": SecurityScheme(type="http", scheme="bearer", description="An API key, if the operator has set any."),
    "key": SecurityScheme(type="apiKey", name="X-API-Key", security_scheme_in="header", description="The same key in a header of its own."),
}
SECURITY: list[dict[str, list[str]]] = [{}, {"bearer": []}, {"key": []}]
"""Security requirement of protected routes: nothing if no keys are set, or a key in either header."""


def _header(kind: OpenAPIType, description: str) -> OpenAPIHeader:
    return OpenAPIHeader(description=description, schema=Schema(type=kind))


_RETRY_AFTER = {"Retry-After": _header(OpenAPIType.INTEGER, "Seconds after which to send the request again.")}
_RATE = {
    "RateLimit-Policy": _header(OpenAPIType.STRING, "Requests per minute that a caller may send (`q`), if the operator has set a rate."),
    "RateLimit": _header(OpenAPIType.STRING, "Requests left (`r`), and seconds until the limit resets (`t`)."),
}
_FORMS = {
    "jsonld": (OpenAPIType.OBJECT, "A W3C Web Annotation page with one schema.org `Quotation` per annotation; offsets count code points."),
    "csv": (OpenAPIType.STRING, "One row per quote below a header row; offsets in `offset_unit`."),
    "markdown": (OpenAPIType.STRING, "The quotes, grouped by speaker."),
    "html": (OpenAPIType.STRING, "A standalone page: the article with each quote in its speaker's colour."),
}
"""The schema type and description of the other forms of an answer, by name."""
_HEADERS = {
    "401": {"WWW-Authenticate": _header(OpenAPIType.STRING, "How to send a key.")},
    "429": _RETRY_AFTER,
    "503": _RETRY_AFTER,
}
"""Response headers of problems, by status."""


@dataclass
class DescribedOperation(Operation):
    """A route whose problems have one example per kind."""

    def __post_init__(self) -> None:
        """Complete the description that Litestar has of the route."""
        _complete_problems(self)


@dataclass
class PageOperation(DescribedOperation):
    """A route that can also answer with an HTML page."""

    def __post_init__(self) -> None:
        """Complete the description that Litestar has of the route."""
        super().__post_init__()
        page = OpenAPIMediaType(schema=Schema(type=OpenAPIType.STRING, description="The same as an HTML page."))
        responses = cast("dict[str, OpenAPIResponse]", self.responses)
        cast("dict[str, OpenAPIMediaType]", responses["200"].content)["text/html"] = page


@dataclass
class QuotesOperation(Operation):
    """`POST /quotes`, whose handler reads the body itself, so that Litestar cannot describe it."""

    def __post_init__(self) -> None:
        """Complete the description that Litestar has of the route."""
        _complete_problems(self)
        responses = cast("dict[str, OpenAPIResponse]", self.responses)
        timing = _header(OpenAPIType.STRING, "Milliseconds spent in the queue and in each stage of the engine.")
        responses["200"].headers = {"Server-Timing": timing}
        cast("dict[str, OpenAPIMediaType]", responses["200"].content).update(_other_forms())
        for response in responses.values():
            response.headers = {**(response.headers or {}), **_RATE}
        self.request_body = RequestBody(
            required=True,
            description="The article: JSON with options, plain text, or an HTML page.",
            content={
                "application/json": OpenAPIMediaType(
                    schema=Reference(ref=_REF.format(name="Article")),
                    examples={name: Example(summary=summary, value=value) for name, (summary, value) in REQUESTS.items()},
                ),
                "text/plain": OpenAPIMediaType(
                    schema=Schema(type=OpenAPIType.STRING, min_length=1, pattern=NOT_BLANK, description="The article, in UTF-8."),
                    examples={"article": Example(summary="An article", value=TEXT_REQUEST)},
                ),
                "text/html": OpenAPIMediaType(
                    schema=Schema(
                        type=OpenAPIType.STRING,
                        min_length=1,
                        pattern=NOT_BLANK,
                        description="The article's page, in the charset that the header or the page declares.",
                    ),
                    examples={"page": Example(summary="A page", value=PAGE_REQUEST)},
                ),
            },
        )


@dataclass
class VerifyOperation(Operation):
    """`POST /verify`, whose handler also leaves the body to the workers."""

    def __post_init__(self) -> None:
        """Complete the description that Litestar has of the route."""
        _complete_problems(self)
        responses = cast("dict[str, OpenAPIResponse]", self.responses)
        responses["200"].headers = {"Server-Timing": _header(OpenAPIType.STRING, "Milliseconds spent in the queue.")}
        for response in responses.values():
            response.headers = {**(response.headers or {}), **_RATE}
        self.request_body = RequestBody(
            required=True,
            description="The draft and its sources.",
            content={
                "application/json": OpenAPIMediaType(
                    schema=Reference(ref=_REF.format(name="VerificationRequest")),
                    examples={name: Example(summary=summary, value=value) for name, (summary, value) in VERIFICATIONS.items()},
                ),
            },
        )


@dataclass
class StreamOperation(Operation):
    """`POST /quotes/batch`: JSON lines, which OpenAPI 3.1 can only describe as text."""

    def __post_init__(self) -> None:
        """Complete the description that Litestar has of the route."""
        _complete_problems(self)
        responses = cast("dict[str, OpenAPIResponse]", self.responses)
        answers = _lines("One `Answer` or `LineProblem` per line.", "Answers", [ANSWER, line_problem_example()])
        responses["200"] = OpenAPIResponse(description="One line per article, in order, as soon as it is ready.", content=answers)
        for response in responses.values():
            response.headers = {**(response.headers or {}), **_RATE}
        articles = _lines("One `Article` per line, in UTF-8.", "Articles, one of them empty", [*LINES_REQUEST])
        self.request_body = RequestBody(required=True, description="The articles.", content=articles)


@dataclass
class MetricsOperation(Operation):
    """`GET /metrics`, whose answer is not JSON."""

    def __post_init__(self) -> None:
        """Complete the description that Litestar has of the route."""
        _complete_problems(self)
        text = OpenAPIMediaType(schema=Schema(type=OpenAPIType.STRING, description="Prometheus's text format."))
        cast("dict[str, OpenAPIResponse]", self.responses)["200"] = OpenAPIResponse(
            description="The figures so far.", content={"text/plain": text}
        )


def documented(answer: Struct, description: str) -> ResponseSpec:
    """Document the answer of a handler that returns bytes, by an example."""
    return ResponseSpec(
        data_container=type(answer), description=description, generate_examples=False, examples=[Example(summary=description, value=answer)]
    )


def documented_problems(*statuses: int) -> dict[int, ResponseSpec]:
    """Document the problems that a route answers with, by status."""
    return {
        status: ResponseSpec(
            data_container=Problem,
            description=" ".join(f"{kind.title}." for kind in KINDS.values() if kind.status == status),
            media_type=MEDIA_TYPE,
            generate_examples=False,
        )
        for status in statuses
    }


def describe_structs(app: Litestar, structs: Iterable[type[Struct]]) -> None:
    """Replace Litestar's schemas in the application's document with msgspec's, of these structs and of those in them."""
    _, schemas = msgspec.json.schema_components(structs, ref_template=_REF)
    app.openapi_schema.components.schemas = cast("dict[str, Schema]", dict(sorted(schemas.items())))


def _lines(description: str, summary: str, lines: list[Any]) -> dict[str, OpenAPIMediaType]:
    """Describe a body of JSON lines, with an example."""
    example = "".join(f"{msgspec.json.encode(line).decode()}\n" for line in lines)
    schema = Schema(type=OpenAPIType.STRING, description=description)
    return {"application/x-ndjson": OpenAPIMediaType(schema=schema, examples={"lines": Example(summary=summary, value=example)})}


def _other_forms() -> dict[str, OpenAPIMediaType]:
    """Describe the forms of an answer other than JSON, by media type, each with the example answer."""
    content = {}
    for name, (kind, description) in _FORMS.items():
        written = FORMS[name].write(ANSWER, TEXT_REQUEST).decode()
        example = Example(summary="The same answer", value=msgspec.json.decode(written) if kind is OpenAPIType.OBJECT else written)
        content[FORMS[name].media_type] = OpenAPIMediaType(schema=Schema(type=kind, description=description), examples={"answer": example})
    return content


def _complete_problems(operation: Operation) -> None:
    """Give every problem of a route one example per kind, and drop the error response that Litestar adds in its own format."""
    responses = cast("dict[str, OpenAPIResponse]", operation.responses)
    for status, response in list(responses.items()):
        if not status.startswith("2") and MEDIA_TYPE not in (response.content or {}):
            del responses[status]
        elif problem := (response.content or {}).get(MEDIA_TYPE):
            response.headers = dict(_HEADERS[status]) if status in _HEADERS else None
            problem.examples = {
                kind.name: Example(summary=kind.title, value=problem_example(kind)) for kind in KINDS.values() if str(kind.status) == status
            }
