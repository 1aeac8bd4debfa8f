"""The pages at `/` (shows the quotes and speakers of an article) and `/check` (verifies the quotes of a draft against its sources).

Both use plain JavaScript modules and style sheets from this package. The path of these assets contains a hash of their contents, so that
browsers may cache them forever and never use an old version.
"""

from hashlib import sha256
from pathlib import Path

from litestar import Request, Response, Router, get
from litestar.datastructures import CacheControlHeader, State
from litestar.handlers import HTTPRouteHandler
from litestar.static_files import create_static_files_router

_FOLDER = Path(__file__).parent
_ASSETS = _FOLDER / "assets"
_PAGES = {"/": "index.html", "/check": "check.html"}
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
    """Return the handlers of the pages and their assets; they are not part of the OpenAPI document."""
    digest = sha256()
    for asset in sorted(_ASSETS.iterdir()):
        digest.update(asset.name.encode() + asset.read_bytes())
    path = f"page/{digest.hexdigest()[:16]}"
    kept = CacheControlHeader(max_age=_YEAR, public=True, immutable=True)
    assets = create_static_files_router(path=f"/{path}", directories=[_ASSETS], name="page", cache_control=kept, include_in_schema=False)
    return [*(_page_handler(address, name, path) for address, name in _PAGES.items()), assets]


def _page_handler(address: str, name: str, assets: str) -> HTTPRouteHandler:
    """Return the handler of a page, with the path of its assets filled in; its links are relative to its path without a final slash."""
    page = (_FOLDER / name).read_bytes().replace(b"{assets}", assets.encode())

    @get(address, include_in_schema=False)
    async def show_page(request: Request[None, None, State]) -> Response[bytes]:
        if address != "/" and request.scope["raw_path"].endswith(b"/"):
            return Response(b"", status_code=308, headers={"Location": f"..{address}"})
        return Response(page, media_type="text/html", headers=_HEADERS)

    return show_page
