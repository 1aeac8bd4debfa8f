"""The page at `/`: an article in, its quotes and speakers to look at; plain modules and one style sheet from this package.

Its assets lie under a path that is made from their contents, so that browsers may keep them for good and never show an old one.
"""

from hashlib import sha256
from pathlib import Path

from litestar import Response, Router, get
from litestar.datastructures import CacheControlHeader
from litestar.handlers import HTTPRouteHandler
from litestar.static_files import create_static_files_router

_FOLDER = Path(__file__).parent
_ASSETS = _FOLDER / "assets"
_YEAR = 31_536_000  # seconds
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
        " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
        " require-trusted-types-for 'script'; trusted-types 'none'"  # no string ever becomes markup
    ),
    "Cache-Control": "no-cache",
}


def page_handlers() -> list[HTTPRouteHandler | Router]:
    """What serves the page and its assets; no part of the OpenAPI document."""
    digest = sha256()
    for asset in sorted(_ASSETS.iterdir()):
        digest.update(asset.name.encode() + asset.read_bytes())
    path = f"page/{digest.hexdigest()[:16]}"
    page = (_FOLDER / "index.html").read_bytes().replace(b"{assets}", path.encode())

    @get("/", include_in_schema=False)
    async def show_page() -> Response[bytes]:
        return Response(page, media_type="text/html", headers=_HEADERS)

    kept = CacheControlHeader(max_age=_YEAR, public=True, immutable=True)
    assets = create_static_files_router(path=f"/{path}", directories=[_ASSETS], name="page", cache_control=kept, include_in_schema=False)
    return [show_page, assets]
