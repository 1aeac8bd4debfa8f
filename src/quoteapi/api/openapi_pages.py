"""The OpenAPI pages: a plain one, Scalar and Swagger UI, with all their assets from this package."""

from html import escape
from pathlib import Path
from typing import Any

import msgspec
from litestar import Request, Response, Router
from litestar.datastructures import ResponseHeader
from litestar.exceptions import NotFoundException
from litestar.openapi.plugins import JsonRenderPlugin, OpenAPIRenderPlugin, YamlRenderPlugin
from litestar.static_files import create_static_files_router

from quoteapi.api.headers import PAGES
from quoteapi.api.openapi_reference import ReferencePage

ASSETS = f"{PAGES}/assets"
_FOLDER = Path(__file__).parent / "assets"
_SCALAR_OPTIONS = {
    "withDefaultFonts": False,
    "telemetry": False,
    "agent": {"disabled": True},
    "hideClientButton": True,  # it links to another host, and so do the developer tools
    "showDeveloperTools": "never",
}
_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self' data:;"
    " style-src 'self' 'unsafe-inline';"  # both pages set styles from their scripts
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" type="image/png" href="{assets}/favicon.png">
{head}
</head>
<body>
{body}
</body>
</html>
"""


_WAITING = f'<p>Loading, which may take some seconds. <a href="{PAGES}">The same reference without scripts</a> is there at once.</p>'
"""What a viewer's page shows until its script has rendered it."""


class ScalarPage(OpenAPIRenderPlugin):
    """The document in Scalar, without fonts and services from other hosts."""

    def __init__(self) -> None:
        super().__init__(path="/scalar")

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """Return the page; its script fetches the document."""
        options = escape(msgspec.json.encode(_SCALAR_OPTIONS).decode())
        url = self.get_openapi_json_route(request)
        body = f'<div id="reference" data-url="{url}" data-configuration="{options}">{_WAITING}</div>'
        head = _scripts("scalar", "scalar-start")
        return _PAGE.format(title=escape(openapi_schema["info"]["title"]), assets=ASSETS, head=head, body=body).encode()


class SwaggerPage(OpenAPIRenderPlugin):
    """The document in Swagger UI, without inline scripts."""

    def __init__(self) -> None:
        super().__init__(path="/swagger")

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:  # noqa: ARG002  the interface's arguments
        """Return the page; its script fetches the document."""
        head = f'<link rel="stylesheet" href="{ASSETS}/swagger-ui.css">\n{_scripts("swagger-ui-bundle", "swagger-start")}'
        title = escape(openapi_schema["info"]["title"])
        return _PAGE.format(title=title, assets=ASSETS, head=head, body=f'<div id="swagger-ui">{_WAITING}</div>').encode()


def _scripts(*names: str) -> str:
    """Return tags of deferred scripts, which run in this order once the page is parsed."""
    return "\n".join(f'<script defer src="{ASSETS}/{name}.js"></script>' for name in names)


def page_plugins() -> list[OpenAPIRenderPlugin]:
    """Return what `/schema` serves: the plain page (the default), Scalar, Swagger UI, and the document as JSON and YAML."""
    return [ReferencePage(), ScalarPage(), SwaggerPage(), JsonRenderPlugin(), YamlRenderPlugin()]


def page_router() -> Router:
    """Return the router to which Litestar adds the pages; its policy lets them load nothing from other hosts."""
    return Router(
        PAGES,
        route_handlers=[],
        include_in_schema=False,
        response_headers=[ResponseHeader(name="Content-Security-Policy", value=_POLICY)],
        after_request=_no_page_of_litestar,
    )


def asset_router() -> Router:
    """Return the router of the pages' scripts and styles."""
    return create_static_files_router(path=ASSETS, directories=[_FOLDER], name="assets", include_in_schema=False)


def _no_page_of_litestar(response: Response[Any]) -> Response[Any]:
    """Raise if Litestar answers an unknown path with a page of its own: a 404 is a problem here as elsewhere."""
    if response.status_code == NotFoundException.status_code:
        raise NotFoundException
    return response
