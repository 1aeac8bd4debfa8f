"""Pages: self-contained HTML, without scripts or external resources, in light and dark."""

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

STYLE = (Path(__file__).parent / "templates" / "style.css").read_text(encoding="utf-8")
"""The style sheet, embedded in every page."""

POLICY = (
    f"default-src 'none'; style-src 'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'; base-uri 'none';"
    " form-action 'none'"
)
"""The Content-Security-Policy of every page: it allows only the page's own style."""


@cache
def templates(package: str) -> Environment:
    """The template environment of a package, whose templates may extend `base.html`; all values are escaped.

    Args:
        package: Has a folder `templates`.
    """
    environment = Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader("quoteapi.exports")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals |= {"style": Markup(STYLE), "policy": POLICY}  # noqa: S704  our own file
    return environment
