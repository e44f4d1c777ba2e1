"""GeoJSON features, placemarks and JSON records become a CSV file: one record a row, nested values as JSON text."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

from . import limits
from .contract import Problem, TabularError

GEOMETRY, LONGITUDE, LATITUDE = "geometry", "longitude", "latitude"


def convert_records(path: Path, kind: str, target: Path) -> str:
    """Writes the records of a file to ``target`` as UTF-8 CSV and returns its kind: "json" may turn out to be "geojson".

    Records one a line ("ndjson") are read twice and never held; the other kinds are read into memory.
    """
    if kind == "ndjson":
        _write(lambda: read_lines(path), target, code="bad-json")
        return kind
    if kind == "kml":
        from .kml import read_placemarks

        placemarks = read_placemarks(path)
        _write(lambda: placemarks, target, code="bad-kml")
        return kind
    document = load_json(path)
    geographic = isinstance(document, dict) and document.get("type") in ("FeatureCollection", "Feature")
    code = "bad-geojson" if geographic else "bad-json"
    try:
        records = _features(document) if geographic else _records(document)
        _write(lambda: records, target, code=code)
    except RecursionError as error:
        raise TabularError(Problem(code, {"reason": "too-deep"})) from error
    return "geojson" if geographic else "json"


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a file with one JSON object a line; blank lines are passed over. Raises ``bad-json``, ``line-too-long``."""
    with path.open("rb") as file:
        number = 0
        while line := file.readline(limits.MAX_LINE_BYTES + 1):
            number += 1
            if len(line) > limits.MAX_LINE_BYTES:
                raise TabularError(Problem("line-too-long", {"limit": limits.MAX_LINE_BYTES, "row": number}, row=number))
            if not line.strip():
                continue
            record = _parse(line.removeprefix(b"\xef\xbb\xbf").strip(), "bad-json", number)
            if not isinstance(record, dict):
                raise TabularError(Problem("bad-json", {"reason": "not-an-object", "line": number}, row=number))
            yield record


def load_json(path: Path) -> Any:
    """The parsed document, or ``bad-json``/``bad-geojson``/``too-big``: never RecursionError, never MemoryError by size."""
    size = path.stat().st_size
    if size > limits.MAX_JSON_BYTES:
        raise TabularError(Problem("too-big", {"limit": limits.MAX_JSON_BYTES, "actual": size, "unit": "bytes"}))
    data = path.read_bytes()
    code = "bad-geojson" if b'"FeatureCollection"' in data[:4096] else "bad-json"
    return _parse(data, code)


def _parse(data: bytes, code: str, line: int = 1) -> Any:
    try:
        return json.loads(data, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        row = line + error.lineno - 1
        raise TabularError(Problem(code, {"reason": "syntax", "line": row, "column": error.colno}, row=row)) from error
    except (ValueError, UnicodeDecodeError) as error:
        raise TabularError(Problem(code, {"reason": "syntax", "line": line, "column": None}, row=line)) from error
    except RecursionError as error:
        raise TabularError(Problem(code, {"reason": "too-deep", "line": line})) from error


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


def _write(read: Callable[[], Iterable[Mapping[str, Any]]], target: Path, *, code: str) -> None:
    names: dict[str, None] = {}
    for row in read():
        names.update(dict.fromkeys(row))
        if len(names) > limits.MAX_COLUMNS:
            raise TabularError(Problem("too-wide", {"limit": limits.MAX_COLUMNS, "actual": len(names)}))
    for last in (GEOMETRY, LONGITUDE, LATITUDE) if code != "bad-json" else ():
        if last in names:
            names[last] = names.pop(last)
    if not names:
        raise TabularError(Problem(code, {"reason": "no-features" if code == "bad-geojson" else "not-records"}))
    with target.open("w", encoding="utf-8", newline="", errors="replace") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([_text(row.get(name)) for name in names] for row in read())


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
