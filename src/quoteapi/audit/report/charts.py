"""Charts: the figures of a report, drawn as SVG by Vega-Lite, without scripts, in colours that the page's style sets."""

import re
from typing import Any, Literal, TypeAlias

import vl_convert
from markupsafe import Markup
from msgspec import Struct

Look: TypeAlias = Literal["columns", "bars", "stacks", "shares"]
WIDE, NARROW = 1000, 320
"""Widths of a drawing in pixels, for desktops and phones; the page scales both to the space that they have."""
_ROOM = 14
"""Space before labels, in pixels, because the page's font may be wider than the one with which Vega measures."""
_FEW = 40
"""Maximum number of columns that are drawn with gaps."""
_SIZE = re.compile(r'<svg [^>]*?width="(?P<width>[\d.]+)" height="(?P<height>[\d.]+)"[^>]*>')
_ROLES = re.compile(r' role="graphics-(?:symbol|object)" aria-roledescription="[^"]*"')
"""Attributes by which Vega describes parts of a drawing; they are removed, because each drawing is one image."""
_TEXT = "system-ui, sans-serif"


class Figure(Struct, frozen=True):
    """The numbers of a chart and of the table below it.

    Args:
        key: Its id in the page.
        title: What is counted.
        told: The text alternative of the chart.
        look: The form of the chart. `columns` and `bars` have one number per row; `stacks` (vertical, numbers) and `shares` (horizontal,
            shares of the row) have several.
        head: The names of the columns, first that of the labels.
        rows: For each row a label and its numbers.
        links: The link of each row's label; empty if there are none.
    """

    key: str
    title: str
    told: str
    look: Look
    head: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    links: tuple[str, ...] = ()


def drawings(figure: Figure) -> dict[str, Markup]:
    """Draws a figure for desktops (`wide`) and phones (`narrow`)."""
    return {name: _drawn(figure, width) for name, width in (("wide", WIDE), ("narrow", NARROW))}


def _drawn(figure: Figure, width: int) -> Markup:
    drawing = vl_convert.vegalite_to_svg(_spec(figure, width), allowed_base_urls=[])
    found = _SIZE.match(drawing)
    assert found is not None  # noqa: S101  what Vega writes
    label = Markup('<svg role="img" aria-labelledby="{0}-title" aria-describedby="{0}-told" viewBox="0 0 {1} {2}">')
    return label.format(figure.key, found["width"], found["height"]) + Markup(_ROLES.sub("", drawing[found.end() :]))  # noqa: S704  Vega escapes texts


def _spec(figure: Figure, width: int) -> dict[str, Any]:
    lying = figure.look in {"bars", "shares"}
    several = figure.look in {"stacks", "shares"}
    across, up = _axes(figure, width)
    marks: dict[str, Any] = {"type": "bar", "stroke": "var(--paper)", "strokeWidth": 1 if len(figure.rows) <= _FEW or lying else 0}
    encoding = {"x": across, "y": up, "color": _colour(figure)} if several else {"x": across, "y": up, "color": {"value": "var(--k0)"}}
    if several:
        encoding["order"] = {"field": "place", "type": "quantitative"}
    layers: list[dict[str, Any]] = [{"mark": marks, "encoding": encoding}]
    if figure.look == "bars":
        layers.append(_numbers(across, up))
    size = {"height": {"step": 28}} if lying else {"height": 240}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": _values(figure)},
        "width": width,
        **size,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": {"left": _ROOM if lying else 2, "right": 12, "top": 6, "bottom": 2},
        "background": None,
        "layer": layers,
        "config": _CONFIG,
    }


_CONFIG = {
    "aria": False,
    "font": _TEXT,
    "view": {"stroke": None},
    "axis": {
        "labelColor": "var(--soft)",
        "labelFontSize": 13,
        "titleColor": "var(--soft)",
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "gridColor": "var(--line)",
        "domainColor": "var(--line)",
        "tickColor": "var(--line)",
    },
    "scale": {"bandPaddingInner": 0.25},
}


def _values(figure: Figure) -> list[dict[str, object]]:
    """Returns one row per number; labels are numbered, because two may be the same."""
    return [
        {"row": place, "place": kind, "number": number}
        for place, (_, numbers) in enumerate(figure.rows)
        for kind, number in enumerate(numbers)
    ]


def _axes(figure: Figure, width: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Returns the axes: labels stand beside horizontal bars, and below everything else."""
    lying = figure.look in {"bars", "shares"}
    names = [label for label, _ in figure.rows]
    axis: dict[str, Any] = {"title": None, "labelExpr": f"{_as_vega(names)}[datum.value]", "ticks": False, "domain": not lying}
    if lying:
        axis |= {"labelLimit": 110 if width == NARROW else 300, "labelPadding": 8, "labelColor": "var(--text)", "labelOverlap": False}
    else:
        axis |= {"labelAngle": 0, "labelOverlap": "greedy", "labelPadding": 6, "labelSeparation": 12}
    named = {"field": "row", "type": "ordinal", "sort": None, "axis": axis}
    if figure.look == "bars":
        return {"field": "number", "type": "quantitative", "axis": None}, named
    counted: dict[str, Any] = {
        "field": "number",
        "type": "quantitative",
        "stack": "normalize" if figure.look == "shares" else "zero",
        "axis": {
            "title": None,
            "domain": False,
            "ticks": False,
            "labelPadding": 6,
            **(
                {"format": "%", "values": [0, 0.25, 0.5, 0.75, 1]}
                if figure.look == "shares"
                else {"tickCount": 4, "tickMinStep": 1, "format": "~s" if width == NARROW else ",d"}
            ),
        },
    }
    return (counted, named) if lying else (named, counted)


def _colour(figure: Figure) -> dict[str, Any]:
    places = list(range(len(figure.head) - 1))
    scale = {"domain": places, "range": [f"var(--k{place})" for place in places]}
    return {"field": "place", "type": "nominal", "scale": scale, "legend": None}


def _numbers(across: dict[str, Any], up: dict[str, Any]) -> dict[str, Any]:
    """Returns the layer with a number at the end of each bar."""
    mark = {"type": "text", "align": "left", "dx": 6, "fontSize": 13, "fill": "var(--text)"}
    return {"mark": mark, "encoding": {"x": across, "y": up, "text": {"field": "number", "type": "quantitative", "format": ",d"}}}


def _as_vega(names: list[str]) -> str:
    """Returns a list of texts in Vega's expression language."""
    return "[" + ",".join(f"'{''.join(map(_as_sign, name))}'" for name in names) + "]"


def _as_sign(sign: str) -> str:
    """Returns a character, escaped as UTF-16 units if it may have a special meaning."""
    if sign == " " or (sign.isascii() and sign.isalnum()):
        return sign
    units = sign.encode("utf-16-be", "replace").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
