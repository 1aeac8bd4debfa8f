"""Reference: the OpenAPI document as a page without scripts, which loads at once; it links to the viewers that can send requests."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Request
from litestar.openapi.plugins import OpenAPIRenderPlugin
from markupsafe import Markup, escape

from quoteapi.exports.pages import templates

_CODE = re.compile(r"`([^`]*)`")
_REF = "#/components/schemas/"
_JSON = "application/json"


class ReferencePage(OpenAPIRenderPlugin):
    """The document in full, as plain HTML."""

    def __init__(self) -> None:
        super().__init__(path="/")

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """Return the page: every route with an example, every schema with its fields."""
        operations = [
            _operation(method.upper(), path, operation)
            for path, methods in openapi_schema["paths"].items()
            for method, operation in methods.items()
        ]
        schemas = {name: _schema(schema) for name, schema in openapi_schema["components"]["schemas"].items()}
        page = templates("quoteapi.api").get_template("reference.html")
        return page.render(
            info=openapi_schema["info"],
            description=_marked(openapi_schema["info"]["description"]),
            operations=sorted(operations, key=lambda operation: operation["tag"] != "quotes"),
            schemas=schemas,
            document=self.get_openapi_json_route(request),
        ).encode()


def _operation(method: str, path: str, operation: Mapping[str, Any]) -> dict[str, Any]:
    """Return a route as the template shows it."""
    content = operation.get("requestBody", {}).get("content", {})
    answers = operation["responses"].get("200", {}).get("content", {})
    return {
        "id": operation["operationId"],
        "tag": operation["tags"][0],
        "method": method,
        "path": path,
        "summary": operation["summary"],
        "description": _marked(operation["description"]),
        "sent": [(name, _type(body.get("schema", {})), _example(body)) for name, body in content.items()],
        "answered": [(name, _type(body.get("schema", {})), _example(body)) for name, body in answers.items()],
        "statuses": [(status, _marked(response["description"])) for status, response in sorted(operation["responses"].items())],
    }


def _example(body: Mapping[str, Any]) -> str | None:
    """Return the first example of a body, as it is sent."""
    value = next((example["value"] for example in body.get("examples", {}).values()), None)
    if value is None or isinstance(value, str):
        return value
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()


def _schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return a schema as a table of its fields."""
    required = set(schema.get("required", ()))
    fields = [
        (name, _type(field), name in required, _default(field), _marked(field.get("description", "")))
        for name, field in schema["properties"].items()
    ]
    return {"description": _marked(schema["description"]), "fields": fields}


def _default(field: Mapping[str, Any]) -> str | None:
    return msgspec.json.encode(field["default"]).decode() if "default" in field else None


def _type(schema: Mapping[str, Any]) -> Markup:
    """Return a type's name in JSON, the values of an enumeration, or a link to another schema."""
    if name := schema.get("$ref", "").removeprefix(_REF):
        return Markup('<a href="#{0}">{0}</a>').format(name)
    if "enum" in schema:
        return Markup(" or ").join(Markup("<code>{}</code>").format(value) for value in schema["enum"])
    if parts := schema.get("anyOf"):
        return Markup(" or ").join(_type(part) for part in parts)
    if schema.get("type") == "array":
        return Markup("array of {}").format(_type(schema.get("items", {})))
    return escape(schema.get("type", "any"))


def _marked(words: str) -> Markup:
    """Return a description as HTML, with `<code>` for text in backticks."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(words))))  # noqa: S704  the text is escaped
