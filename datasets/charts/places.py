"""Where the rows of a map are: points of units, coordinates or shapes in the table, areas of a dataset of boundaries."""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl

from datasets.models import Version
from datasets.selectors import SHIPPED, crosswalk, public_table, visible_resources
from datasets.tabular import read_page
from datasets.tabular.connection import identifier, open_parquet
from datasets.tabular.crosswalk import TODAY
from datasets.tabular.findings.contract import CODE

from .figures import Figure, Row
from .spec import GEOMETRY, Spec, coordinates, is_code, schema_fields

POINTS, OUTLINE = "preah-sihanouk-units", "preah-sihanouk-outline"
Geometry = Mapping[str, Any]
_MARGIN = 0.15  # degrees around the outline within which a point still belongs on the map


def placed(figure: Figure, spec: Spec, version: Version) -> tuple[Figure, dict[str, Geometry]]:
    """The figure with a place for each row, and areas by `str(x)`; rows that have none go to `off_map` with the reason.

    Reasons: "no-code" (not a unit of today), "no-point" (no position is known), "outside" (beyond the outline).
    """
    schema = version.schema
    areas = _areas(spec) if spec.shapes else {}
    if is_code(schema, spec.x):
        points, lacking = _unit_points(_path(POINTS, SHIPPED / "preah-sihanouk-units.csv")), "no-point"
    else:
        points, own = _own_places(spec, version)
        areas, lacking = areas or own, "no-point"
    west, south, east, north = bounds(outline())
    kept: list[Row] = []
    for row in figure.rows:
        key = str(row.x)
        at = points.get(key)
        if key in figure.codes.get("dropped", []):
            figure.off_map.append((row.label, "no-code"))
        elif key in areas:
            kept.append(row)
        elif at is None or areas:
            figure.off_map.append((row.label, lacking))
        elif not (west - _MARGIN <= at[0] <= east + _MARGIN and south - _MARGIN <= at[1] <= north + _MARGIN):
            figure.off_map.append((row.label, "outside"))
        else:
            row.at = list(at)
            kept.append(row)
    figure.rows = kept
    return figure, {str(row.x): areas[str(row.x)] for row in kept if str(row.x) in areas}


def outline() -> list[Geometry]:
    """The shapes of the province: the published dataset of that name, else the file the project ships."""
    found = public_table(OUTLINE)
    return _shapes_of(found.data_file.absolute_path if found else SHIPPED / "preah-sihanouk-outline.geojson")


@lru_cache(maxsize=4)
def _shapes_of(path: Path) -> list[Geometry]:
    """Shapes of a GeoJSON file, drawn with two decimals fewer than a house needs: a picture of 600 pixels shows no more."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return [_rounded(feature["geometry"]) for feature in features if feature.get("geometry")]


def _rounded(geometry: Geometry) -> Geometry:
    def walk(part: Any) -> Any:
        if isinstance(part[0], int | float):
            return [round(part[0], 3), round(part[1], 3)]
        walked = [walk(one) for one in part]
        flat = isinstance(walked[0][0], int | float)
        return [one for index, one in enumerate(walked) if not flat or index == 0 or one != walked[index - 1]]

    return {"type": geometry["type"], "coordinates": walk(geometry["coordinates"])}


def bounds(shapes: Sequence[Geometry]) -> tuple[float, float, float, float]:
    def pairs(part: Any) -> Any:
        if isinstance(part[0], int | float):
            yield part
        else:
            for one in part:
                yield from pairs(one)

    found = [pair for shape in shapes for pair in pairs(shape["coordinates"])]
    return min(x for x, _y in found), min(y for _x, y in found), max(x for x, _y in found), max(y for _x, y in found)


def _path(name: str, shipped: Path) -> Path:
    found = public_table(name)
    return (found.parquet_path if found else None) or shipped


@lru_cache(maxsize=4)
def _unit_points(path: Path) -> dict[str, tuple[float, float]]:
    """Code -> longitude and latitude of the units whose point is known (columns code, lat, long)."""
    scan = pl.scan_parquet(path) if path.suffix == ".parquet" else pl.scan_csv(path, infer_schema=False)
    rows = scan.select(pl.col("code").cast(pl.String), pl.col("long", "lat").cast(pl.Float64, strict=False)).drop_nulls().collect()
    return {code: (long, lat) for code, long, lat in rows.iter_rows()}


def _own_places(spec: Spec, version: Version) -> tuple[dict[str, tuple[float, float]], dict[str, Geometry]]:
    """Points and areas that the table itself has, by the text of column `x`; of several rows the first."""
    pair = coordinates(version.schema)
    wanted = list(pair) if pair else [GEOMETRY]
    path = version.parquet_path
    if path is None:
        return {}, {}
    points: dict[str, tuple[float, float]] = {}
    areas: dict[str, Geometry] = {}
    for x, *place in read_page(path, columns=[spec.x, *wanted], filters=spec.conditions, limit=50_000).rows:
        if len(place) == 2 and None not in place:
            points.setdefault(str(x), (place[0], place[1]))
        elif len(place) == 1 and place[0]:
            geometry = json.loads(place[0])
            if geometry.get("type") == "Point":
                points.setdefault(str(x), tuple(geometry["coordinates"][:2]))
            elif geometry.get("type") in ("Polygon", "MultiPolygon"):
                areas.setdefault(str(x), _rounded(geometry))
    return points, areas


def _areas(spec: Spec) -> dict[str, Geometry]:
    """Today's code -> area, of the public GeoJSON resource the editor chose."""
    found = visible_resources().filter(uuid=spec.shapes, current__isnull=False).first()
    version = found.current if found else None
    path = version.parquet_path if version else None
    column = code_column(version.schema) if version else None
    if path is None or version is None or column is None or GEOMETRY not in schema_fields(version.schema):
        return {}
    with open_parquet(path) as table:
        table.column(GEOMETRY)
        rows = table.fetch_all(f"SELECT {identifier(column)}, {identifier(GEOMETRY)} FROM data")  # noqa: S608
    units = crosswalk()
    given = [str(code) for code, shape in rows if code and shape]
    today = units.remap(given, units.edition_of(given).edition, TODAY).mapping
    shapes = {today[str(code)]: json.loads(shape) for code, shape in rows if str(code) in today and shape}
    return {code: _rounded(shape) for code, shape in shapes.items() if shape.get("type") in ("Polygon", "MultiPolygon")}


def code_column(schema: Mapping[str, Any]) -> str | None:
    """The first column of administrative codes."""
    return next((name for name, field in schema_fields(schema).items() if field.get("kind") == CODE), None)
