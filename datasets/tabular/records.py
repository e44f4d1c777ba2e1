"""GeoJSON features and JSON records become a CSV file: one record a row, nested values as JSON text."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn

from . import limits
from .contract import Problem, TabularError

GEOMETRY, LONGITUDE, LATITUDE = "geometry", "longitude", "latitude"


def convert_json(path: Path, target: Path) -> str:
    """Writes the records of a JSON or GeoJSON file to ``target`` as UTF-8 CSV and returns which it was."""
    document = load_json(path)
    geographic = isinstance(document, dict) and document.get("type") in ("FeatureCollection", "Feature")
    code = "bad-geojson" if geographic else "bad-json"
    try:
        _write(_features(document) if geographic else _records(document), target, code=code)
    except RecursionError as error:
        raise TabularError(Problem(code, {"reason": "too-deep"})) from error
    return "geojson" if geographic else "json"


def load_json(path: Path) -> Any:
    """The parsed document, or ``bad-json``/``bad-geojson``/``too-big``: never RecursionError, never MemoryError by size."""
    size = path.stat().st_size
    if size > limits.MAX_JSON_BYTES:
        raise TabularError(Problem("too-big", {"limit": limits.MAX_JSON_BYTES, "actual": size, "unit": "bytes"}))
    data = path.read_bytes()
    code = "bad-geojson" if b'"FeatureCollection"' in data[:4096] else "bad-json"
    try:
        return json.loads(data, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise TabularError(Problem(code, {"reason": "syntax", "line": error.lineno, "column": error.colno}, row=error.lineno)) from error
    except (ValueError, UnicodeDecodeError) as error:
        raise TabularError(Problem(code, {"reason": "syntax", "line": None, "column": None})) from error
    except RecursionError as error:
        raise TabularError(Problem(code, {"reason": "too-deep"})) from error


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _features(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    features = [document] if document["type"] == "Feature" else document.get("features")
    if not isinstance(features, list) or any(not isinstance(feature, dict) for feature in features):
        raise TabularError(Problem("bad-geojson", {"reason": "not-a-feature-collection"}))
    if not features:
        raise TabularError(Problem("bad-geojson", {"reason": "no-features"}))
    located = any(_point(feature.get("geometry")) for feature in features)
    rows = []
    for feature in features:
        properties = feature.get("properties") or {}
        geometry = feature.get("geometry")
        if not isinstance(properties, dict) or not isinstance(geometry, dict | None):
            raise TabularError(Problem("bad-geojson", {"reason": "not-a-feature-collection"}))
        row = dict(properties)
        if "id" in feature:
            row.setdefault("id", feature["id"])
        row[_free(GEOMETRY, properties)] = geometry
        if located:
            longitude, latitude = _point(geometry) or (None, None)
            row[_free(LONGITUDE, properties)] = longitude
            row[_free(LATITUDE, properties)] = latitude
        rows.append(row)
    return rows


def _free(name: str, properties: Mapping[str, Any]) -> str:
    return f"{name}_2" if name in properties else name


def _point(geometry: Any) -> tuple[float, float] | None:
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        return None
    coordinates = geometry.get("coordinates")
    if not isinstance(coordinates, list) or len(coordinates) < 2:
        return None
    longitude, latitude = coordinates[:2]
    if any(isinstance(value, bool) or not isinstance(value, int | float) for value in (longitude, latitude)):
        return None
    return longitude, latitude


def _records(document: Any) -> list[dict[str, Any]]:
    """An array of objects, or an object with exactly one such array in it (``{"DataList": [...]}``)."""
    if isinstance(document, dict):
        lists = [value for value in document.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
        document = lists[0] if len(lists) == 1 else None
    if not isinstance(document, list) or not document:
        raise TabularError(Problem("bad-json", {"reason": "not-records"}))
    for number, record in enumerate(document, start=1):
        if not isinstance(record, dict):
            raise TabularError(Problem("bad-json", {"reason": "not-an-object"}, row=number))
    return document


def _write(rows: Iterable[Mapping[str, Any]], target: Path, *, code: str) -> None:
    rows = list(rows)
    names: dict[str, None] = {}
    for row in rows:
        names.update(dict.fromkeys(row))
        if len(names) > limits.MAX_COLUMNS:
            raise TabularError(Problem("too-wide", {"limit": limits.MAX_COLUMNS, "actual": len(names)}))
    for last in (GEOMETRY, LONGITUDE, LATITUDE) if code == "bad-geojson" else ():
        if last in names:
            names[last] = names.pop(last)
    if not names:
        raise TabularError(Problem(code, {"reason": "no-features" if code == "bad-geojson" else "not-records"}))
    with target.open("w", encoding="utf-8", newline="", errors="replace") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([_text(row.get(name)) for name in names] for row in rows)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return str(value) if isinstance(value, int) else repr(value)
