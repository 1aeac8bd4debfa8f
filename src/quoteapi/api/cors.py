"""CORS: which origins' pages may call the service from a browser; none where no setting names one."""

from litestar.config.cors import CORSConfig

from quoteapi.settings import Settings

EXPOSED = ["Retry-After", "RateLimit", "RateLimit-Policy", "Server-Timing", "X-Request-ID"]
"""What a page's script may read of an answer, beside what every script may."""


def cors_config(settings: Settings) -> CORSConfig | None:
    """What Litestar is told of the origins; None where there are none. Keys travel in headers, cookies never."""
    if not settings.cors_origins:
        return None
    return CORSConfig(
        allow_origins=list(settings.cors_origins),
        allow_methods=["GET", "POST"],
        allow_headers=["Authorization", "Content-Type", "X-API-Key", "X-Request-ID"],
        expose_headers=EXPOSED,
    )
