"""A figure as SVG, by Vega-Lite, in the theme's colours for light and dark. Worker only: it takes 100 MB."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from datasets.models import ChartType

from .figures import Figure, Labels
from .places import Geometry, bounds

WIDTHS = {"narrow": 336, "wide": 704}  # CSS pixels: a phone's column, a desktop's measure
FONT = '"Noto Sans Khmer", "Khmer OS Content", "Khmer Sangam MN", "Leelawadee UI", system-ui, "Noto Sans SC", "PingFang SC", sans-serif'
INK, SOFT, HAIR, LINE, PAPER, MIST = "#14232b", "#44565f", "#d3dddf", "#75888f", "#fcfbf7", "#eaf1f2"
SERIES = ["#00617a", "#c8553d", "#6b8e23", "#8a5aa8", "#b8860b", "#3b6fb6"]
SHADES = ["#cfe3e7", "#9cc8d3", "#62a6b8", "#2c839a", "#00627b"]
SHAPES = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down"]
DARK = {
    **dict(zip([INK, SOFT, HAIR, LINE, PAPER, MIST], ["#edf3f3", "#b3c2c7", "#2b3c44", "#6f858e", "#0f191e", "#18262d"], strict=True)),
    **dict(zip(SERIES, ["#7fcde2", "#ff9b7a", "#a9cc66", "#c9b0f2", "#e3b94a", "#8fb8f0"], strict=True)),
    **dict(zip(SHADES, ["#1d3b46", "#28596a", "#387e93", "#56a6bc", "#80cee3"], strict=True)),
}
_DARK_RULES = "".join(f'[fill="{light}"]{{fill:{dark}}}[stroke="{light}"]{{stroke:{dark}}}' for light, dark in DARK.items())
STYLE = f"<style>@media (prefers-color-scheme:dark){{{_DARK_RULES}}}</style>"


def spoken(labels: Labels, language: str) -> str:
    """The label in a language, else the one that is for every language."""
    return labels.get(language) or labels.get("") or labels.get("en") or next(iter(labels.values()), "")


def draw(
    figure: Figure,
    *,
    kind: str,
    width: int,
    language: str,
    title: str,
    summary: str,
    axes: tuple[str, str],
    areas: Mapping[str, Geometry] | None = None,
    outline: Sequence[Geometry] = (),
) -> str:
    """The SVG. `axes`: names of the categories and of the values. No address is ever fetched: data stand in the specification."""
    import vl_convert  # not in web processes

    make = {ChartType.BAR: _bars, ChartType.STACKED: _bars, ChartType.MAP: _map}.get(ChartType(kind), _curve)
    spec: dict[str, Any] = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": None,
        "padding": 4,
        "config": _config(width),
        **make(figure, ChartType(kind), width, language, axes, areas or {}, outline),
    }
    svg = vl_convert.vegalite_to_svg(spec, vl_version="5.21", allowed_base_urls=[])
    svg = re.sub(r' d="[^"]*"', lambda path: re.sub(r"(\.\d)\d+", r"\1", path[0]), svg)  # tenths of a pixel are enough
    head = f"<title>{escape(title)}</title><desc>{escape(summary)}</desc>{STYLE}"
    return re.sub(r"(<svg [^>]*)>", lambda found: f'{found[1]} role="img" lang="{language}">{head}', svg, count=1)


def _config(width: int) -> dict[str, Any]:
    size = 14 if width > 400 else 13
    words = {"labelFontSize": size, "titleFontSize": size, "labelColor": INK, "titleColor": SOFT, "titleFontWeight": "normal"}
    return {
        "font": FONT,
        "aria": False,  # one picture with a title and a description; the table beside it has the values
        "view": {"stroke": None},
        "axis": {**words, "gridColor": HAIR, "domainColor": LINE, "tickColor": LINE, "labelLimit": width * 0.42, "titlePadding": 8},
        "legend": {**words, "orient": "top", "symbolType": "square", "labelLimit": width - 60, "columns": 1, "rowPadding": 8},
        "text": {"fontSize": size, "color": INK},
        "range": {"category": SERIES},
    }


def _rows(figure: Figure, language: str) -> list[dict[str, Any]]:
    names = [spoken(label, language) for label in figure.series]
    return [
        {"x": row.x, "label": spoken(row.label, language), "series": names[place], "place": place, "value": value}
        for row in figure.rows
        for place, value in enumerate(row.y)
        if value is not None
    ]


def _colour(figure: Figure, language: str) -> dict[str, Any]:
    names = [spoken(label, language) for label in figure.series]
    scale = {"domain": names, "range": SERIES[: len(names)]}
    legend = {"title": None} if len(names) > 1 else None
    return {"field": "series", "type": "nominal", "sort": names, "scale": scale, "legend": legend}


def _bars(figure: Figure, kind: ChartType, width: int, language: str, axes: tuple[str, str], *_map: Any) -> dict[str, Any]:
    rows = _rows(figure, language)
    order = [spoken(row.label, language) for row in figure.rows]
    share = round(width * 0.38)
    names = {"field": "label", "type": "nominal", "sort": order, "title": None}
    names["axis"] = {"minExtent": share, "maxExtent": share, "ticks": False, "domain": False, "labelPadding": 8}
    # The bars' sums stand at their ends, so that nobody has to measure along an axis.
    sums = [{"label": spoken(row.label, language), "sum": sum(value or 0 for value in row.y)} for row in figure.rows]
    most = max((row["sum"] for row in sums), default=0)
    least = min(0, *(row["sum"] for row in sums)) if sums else 0
    scale = {"domain": [least * 1.2, most * 1.2 or 1], "nice": False}
    value = {"field": "value", "type": "quantitative", "title": axes[1], "scale": scale, "axis": None}
    bar = {"mark": {"type": "bar", "stroke": PAPER, "strokeWidth": 1 if kind == ChartType.STACKED else 0, "height": {"band": 0.72}}}
    sign = {"mark": {"type": "text", "align": "left", "dx": 5, "color": INK}, "data": {"values": sums}}
    return {
        "width": width - 8,
        "height": {"step": 30},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "layer": [
            {
                **bar,
                "data": {"values": rows},
                "encoding": {"y": names, "x": value, "color": _colour(figure, language), "order": {"field": "place"}},
            },
            {**sign, "encoding": {"y": names, "x": {**value, "field": "sum"}, "text": {"field": "sum", "format": ",.3~f"}}},
        ],
    }


def _curve(figure: Figure, kind: ChartType, width: int, language: str, axes: tuple[str, str], *_map: Any) -> dict[str, Any]:
    numeric = all(isinstance(row.x, int | float) for row in figure.rows)
    dated = not numeric and all(re.fullmatch(r"\d{4}-\d\d-\d\d(T.*)?", str(row.x)) for row in figure.rows)
    x: dict[str, Any] = {"field": "x", "type": "quantitative" if numeric else "temporal" if dated else "ordinal", "title": axes[0]}
    years = numeric and kind == ChartType.LINE and all(float(row.x).is_integer() for row in figure.rows)
    x["axis"] = {"labelOverlap": True, "grid": False, "tickCount": max(2, width // 110), "labelAngle": 0}
    x["axis"] |= {"format": "d", "tickMinStep": 1} if years else {"format": "%Y-%m-%d"} if dated else {}
    x["scale"] = {"zero": False} if numeric else {}
    if not numeric and not dated:
        x |= {"field": "label", "sort": None}
    y = {"field": "value", "type": "quantitative", "title": None, "axis": {"format": ",.3~f", "tickCount": 5, "domain": False}}
    colour = _colour(figure, language)
    sign = {"field": "series", "type": "nominal", "sort": colour["sort"], "legend": colour["legend"]}
    sign["scale"] = {"domain": colour["scale"]["domain"], "range": SHAPES[: len(figure.series)]}
    mark = {"type": "point", "filled": True, "size": 45, "opacity": 0.8}
    if kind == ChartType.LINE:
        mark = {"type": "line", "strokeWidth": 2.5, "point": {"filled": True, "size": 50}}
    encoding = {"x": x, "y": y, "color": colour, "shape": sign}
    size = {"width": width - 8, "height": max(240, round(width * 0.55)), "autosize": {"type": "fit", "contains": "padding"}}
    return {**size, "title": _axis_title(axes[1], width), "data": {"values": _rows(figure, language)}, "mark": mark, "encoding": encoding}


def _axis_title(words: str, width: int) -> dict[str, Any]:
    """The name of the values above the chart: turned by ninety degrees nobody reads Khmer."""
    return {"text": words, "anchor": "start", "fontSize": 13, "fontWeight": "normal", "color": SOFT, "frame": "bounds", "limit": width - 16}


def _apart(rows: Sequence[Mapping[str, Any]], outline: Sequence[Geometry], width: int) -> list[Mapping[str, Any]]:
    """The first three rows whose names can be read: none that would be written over the name of one before it."""
    west, south, east, north = bounds(outline)
    scale = min(width / (east - west), width * 1.1 / (north - south))  # pixels a degree
    kept: list[Mapping[str, Any]] = []
    for row in rows:
        if not any(
            abs(row["long"] - other["long"]) * scale < 4.5 * (len(row["label"]) + len(other["label"]))
            and abs(row["lat"] - other["lat"]) * scale < 18
            for other in kept
        ):
            kept.append(row)
    return kept[:3]


def _map(
    figure: Figure,
    kind: ChartType,
    width: int,
    language: str,
    axes: tuple[str, str],
    areas: Mapping[str, Geometry],
    outline: Sequence[Geometry],
) -> dict[str, Any]:
    width = min(width, 560)
    land = [{"type": "Feature", "geometry": shape, "properties": {}} for shape in outline]
    base = {"mark": {"type": "geoshape", "fill": MIST, "stroke": LINE, "strokeWidth": 1}, "data": {"values": land}}
    rows = [
        {"label": spoken(row.label, language), "value": row.y[0], "long": row.at[0], "lat": row.at[1]}
        for row in figure.rows
        if row.at and row.y[0] is not None
    ]
    shaded = [
        {"type": "Feature", "geometry": areas[str(row.x)], "properties": {"value": row.y[0]}} for row in figure.rows if str(row.x) in areas
    ]
    legend = {"title": axes[1], "orient": "top", "direction": "horizontal", "format": ",.3~f", "columns": 5, "titleLimit": width - 16}
    layers: list[dict[str, Any]] = [base]
    if shaded:
        tone = {"field": "properties.value", "type": "quantitative", "scale": {"type": "quantize", "range": SHADES}, "legend": legend}
        layers.append(
            {
                "mark": {"type": "geoshape", "stroke": PAPER, "strokeWidth": 1},
                "data": {"values": shaded},
                "encoding": {"color": tone},
            }
        )
    if rows:
        place = {"longitude": {"field": "long", "type": "quantitative"}, "latitude": {"field": "lat", "type": "quantitative"}}
        size = {"field": "value", "type": "quantitative", "scale": {"range": [20, 900]}}
        size["legend"] = {**legend, "symbolType": "circle", "tickCount": 3, "symbolFillColor": SERIES[0], "symbolStrokeColor": PAPER}
        circle = {"type": "circle", "color": SERIES[0], "opacity": 0.75, "stroke": PAPER, "strokeWidth": 1}
        layers.append({"data": {"values": rows}, "mark": circle, "encoding": {**place, "size": size}})
        named = {"type": "text", "dy": -14, "stroke": PAPER, "strokeWidth": 3, "strokeJoin": "round", "fontWeight": "bold"}
        labelled = {"data": {"values": _apart(rows, outline, width)}, "encoding": {**place, "text": {"field": "label"}}}
        layers += [{**labelled, "mark": mark} for mark in (named, {"type": "text", "dy": -14, "fontWeight": "bold"})]
    # Flat: at ten degrees north nobody sees the difference, and a shape's winding does not matter.
    flat = {"type": "identity", "reflectY": True}
    return {"width": width - 8, "height": round(width * 1.1), "projection": flat, "layer": layers}
