"""Placemarks of a KML or KMZ file become records: name, description, the data beside them, longitude and latitude."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError
from zipfile import is_zipfile

from . import limits
from .archives import members_of, stream_members
from .contract import Problem, TabularError

Record = dict[str, Any]


def _bad(reason: str, line: int | None = None) -> TabularError:
    return TabularError(Problem("bad-kml", {"reason": reason, "line": line}, row=line))


def read_placemarks(path: Path) -> list[Record]:
    """A record a placemark; lines and areas have no coordinates. Raises ``bad-kml``, ``zip-bomb``, ``too-big``.

    Declarations of entities and document types are refused unread: that is how a small XML file becomes a large one.
    """
    if not is_zipfile(path):
        return _read(path)
    with tempfile.TemporaryDirectory(prefix="tabular-") as directory:
        document = Path(directory) / "doc.kml"
        try:
            members = [member for member in members_of(path) if member.filename.lower().endswith(".kml")][:1]
            with document.open("wb") as file:
                for _name, chunk in stream_members(path, members):
                    file.write(chunk)
        except TabularError as error:
            raise _bad("syntax") if error.problem.code == "unreadable-xlsx" else error from error
        if not members:
            raise _bad("not-kml")
        return _read(document)


def _read(path: Path) -> list[Record]:
    from defusedxml.common import DefusedXmlException

    if (size := path.stat().st_size) > limits.MAX_JSON_BYTES:
        raise TabularError(Problem("too-big", {"limit": limits.MAX_JSON_BYTES, "actual": size, "unit": "bytes"}))
    try:
        records = list(_placemarks(path))
    except DefusedXmlException as error:
        raise _bad("entities") from error
    except (ParseError, ValueError, LookupError) as error:
        raise _bad("syntax", getattr(error, "position", (None,))[0]) from error
    if not any("longitude" in record for record in records):
        raise _bad("no-points")
    return records


def _placemarks(path: Path) -> Iterator[Record]:
    from defusedxml.ElementTree import iterparse

    for _event, element in iterparse(str(path), events=("end",), forbid_dtd=True):
        if _tag(element) == "Placemark":
            yield _record(element)
            element.clear()


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _text(element: Element) -> str:
    return "".join(element.itertext()).strip()


def _record(placemark: Element) -> Record:
    record: Record = {"name": "", "description": ""}
    point: tuple[float, float] | None = None
    for child in placemark:
        if _tag(child) in record:
            record[_tag(child)] = _text(child)
    for element in placemark.iter():
        tag = _tag(element)
        if tag in ("Data", "SimpleData") and element.get("name"):
            values = [_text(child) for child in element if _tag(child) == "value"]
            record.setdefault(str(element.get("name")), values[0] if values else _text(element))
        elif tag == "Point" and point is None:
            point = _coordinates(element)
    if point:
        record["longitude"], record["latitude"] = point
    return record


def _coordinates(point: Element) -> tuple[float, float] | None:
    """Longitude, latitude and perhaps a height, between commas."""
    text = next((_text(child) for child in point if _tag(child) == "coordinates"), "")
    try:
        longitude, latitude = (float(part) for part in text.split(",")[:2])
    except ValueError:
        return None
    return (longitude, latitude) if abs(longitude) <= 180 and abs(latitude) <= 90 else None
