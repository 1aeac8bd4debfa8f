"""The report as one HTML file that contains its style and script, and makes no requests."""

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from markupsafe import Markup

from quoteapi.__about__ import __version__
from quoteapi.audit.report import figures
from quoteapi.audit.report.browsed import QUOTES_OF_A_VOICE, Browsed, browsed
from quoteapi.audit.report.charts import Figure, drawings
from quoteapi.audit.summaries import LOUDEST
from quoteapi.audit.tables import Tables
from quoteapi.exports.pages import STYLE, templates

_TEMPLATES = Path(__file__).parent / "templates"
_STYLE = STYLE + (_TEMPLATES / "report.css").read_text(encoding="utf-8")
_SCRIPT = (_TEMPLATES / "report.js").read_text(encoding="utf-8")


def _hashed(source: str) -> str:
    return f"'sha256-{b64encode(sha256(source.encode()).digest()).decode()}'"


_POLICY = (
    f"default-src 'none'; style-src {_hashed(_STYLE)}; script-src {_hashed(_SCRIPT)}; require-trusted-types-for 'script';"
    " base-uri 'none'; form-action 'none'"
)
"""Only our style and script are allowed, and the script cannot turn text into markup."""


def report_page(tables: Tables, *, by: Sequence[str] = (), outlet_column: str | None = None) -> bytes:
    """Returns the page, encoded as UTF-8.

    Args:
        tables: The tables of the archive.
        by: The columns that the archive is summarized by.
        outlet_column: The column with the outlet; None looks for the usual names.
    """
    heard = len(tables.appearances) > 0
    by_column = [figures.by_column(tables, number, name) for number, name in enumerate(dict.fromkeys(by))]
    shown: dict[str, Figure | None] = {
        "kinds": figures.kinds(tables) if heard else None,
        "loudest": figures.loudest(tables),
        "over_time": figures.over_time(tables),
        "newly_heard": figures.newly_heard(tables),
    }
    page = templates("quoteapi.audit.report").get_template("report.html")
    return page.render(
        policy=_POLICY,
        style=Markup(_STYLE),  # noqa: S704  our own files
        script=Markup(_SCRIPT),  # noqa: S704  the same
        version=__version__,
        tables=tables,
        summary=tables.summary.row(0, named=True) if heard else None,
        share_loudest=tables.summary[f"share_loudest_{LOUDEST}"][0] if heard else None,
        span=figures.span(tables.appearances["date"].drop_nulls().to_list()),
        figures=shown,
        by_column=[figure for figure in by_column if figure is not None],
        drawings=drawings,
        first_heard=figures.first_heard(tables),
        pronouns=figures.pronouns(tables) if heard else [],
        browsed=(found := browsed(tables, outlet_column)),
        data=Markup(found.data),  # noqa: S704  JSON without a sign that ends a script
        told_voices=_told(found),
        percent=figures.percent,
        counted=figures.counted,
        link=figures.link,
        day=figures.day,
    ).encode("utf-8", "replace")


def _told(found: Browsed) -> str:
    """Says what the table of voices contains and what it leaves out."""
    shown, whole = found.voices
    which = "People and organizations." if shown == whole else f"The {shown:,} most-heard people and organizations of {whole:,}."
    limits = []
    if found.quoted < whole:
        limits.append(f"only the {found.quoted:,} most-heard voices have their quotes here")
    if found.cut:
        limits.append(f"a voice has its latest {QUOTES_OF_A_VOICE} quotes at most")
    kept = f" To keep this file small, {' and '.join(limits)}; all are in the table “appearances”." if limits else ""
    unnamed = " Unnamed people, groups and documents are counted above, but cannot be followed from article to article."
    return f"{which} Open one for its forms of name, roles and quotes.{kept}{unnamed}"
