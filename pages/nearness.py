"""How far places are from each other, and the province they lie in, from the gazetteer and the outline that the project ships."""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import asin, cos, hypot, radians, sin, sqrt
from pathlib import Path
from typing import Any

import datasets
from pages.models.place import Place

FILES = Path(datasets.__file__).parent / "sample" / "files"
CORNER = re.compile(r"(-?\d+) (-?\d+)")
STEP = 0.004  # degrees, some 440 m: a pixel of the outline on a phone


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune whose position is known."""

    code: str
    name_km: str
    name_latin: str
    latitude: float
    longitude: float

    def name(self, language: str) -> str:
        return self.name_km if language == "km" else self.name_latin


@lru_cache(maxsize=1)
def communes() -> Mapping[str, Commune]:
    """The province's communes with a known position, by code, in the order of their codes."""
    with (FILES / "preah-sihanouk-units.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["level"] == "commune" and row["lat"]]
    return {
        row["code"]: Commune(
            row["code"],
            f"{row['unit_km']}{row['name_km']}",
            f"{row['unit_latin']} {row['name_latin']}",
            float(row["lat"]),
            float(row["long"]),
        )
        for row in rows
    }


def commune_choices(language: str) -> list[tuple[str, str]]:
    """(code, name) for a select."""
    return [(commune.code, commune.name(language)) for commune in communes().values()]


def kilometres(latitude: float, longitude: float, place: Place) -> float | None:
    """From a point to a place as the crow flies; None where the place's position is not known."""
    if place.latitude is None or place.longitude is None:
        return None
    there, here = radians(float(place.latitude)), radians(latitude)
    half_east = radians(float(place.longitude) - longitude) / 2
    return 12742 * asin(sqrt(sin((there - here) / 2) ** 2 + cos(here) * cos(there) * sin(half_east) ** 2))


def by_distance(places: Iterable[Place], latitude: float, longitude: float) -> list[Place]:
    """The places with `distance` set to kilometres, the nearest first, those without a position last."""
    found = list(places)
    for place in found:
        place.distance = kilometres(latitude, longitude, place)
    return sorted(found, key=lambda place: (place.distance is None, place.distance or 0))


def nearest_by_commune(places: Iterable[Place], language: str) -> list[tuple[Place, list[str]]]:
    """Each place that is the nearest of a commune, with these communes: read on the page, so nobody has to say where they live."""
    known = [place for place in places if place.latitude is not None]
    found: dict[Place, list[str]] = {}
    for commune in communes().values() if known else ():
        found.setdefault(by_distance(known, commune.latitude, commune.longitude)[0], []).append(commune.name(language))
    for place in known:
        place.distance = None
    return list(found.items())


@dataclass(frozen=True, slots=True)
class Outline:
    """The province as one SVG path, its box, and the way from degrees to it: a unit is `STEP` degrees of latitude."""

    path: str
    west: float
    north: float
    width: int
    height: int
    squeeze: float

    def exact(self, latitude: float, longitude: float) -> tuple[float, float]:
        return (longitude - self.west) * self.squeeze / STEP, (self.north - latitude) / STEP

    def point(self, latitude: float, longitude: float) -> tuple[int, int]:
        x, y = self.exact(latitude, longitude)
        return round(x), round(y)

    def holds(self, latitude: float, longitude: float) -> bool:
        """Whether a point lies on the land as it is drawn: from there to the east the border is crossed an odd number of times."""
        x, y = self.exact(latitude, longitude)
        sides = [side for side in _sides(self.path) if (side[1] > y) != (side[3] > y)]
        return sum(x < (x2 - x1) * (y - y1) / (y2 - y1) + x1 for x1, y1, x2, y2 in sides) % 2 == 1

    def shape(self, geometry: Mapping[str, Any]) -> tuple[str, str]:
        """(path, view box) of a GeoJSON geometry: points as circles; so much around it that the province's border or coast is seen."""
        lines = [[self.exact(y, x) for x, y, *_height in line] for line in _lines(geometry["coordinates"])]
        (west, east), (north, south) = ((min(axis), max(axis)) for axis in zip(*(corner for line in lines for corner in line), strict=True))
        x, y = (west + east) / 2, (north + south) / 2
        border = min(max(abs(int(corner[0]) - x), abs(int(corner[1]) - y)) for corner in CORNER.findall(self.path))
        size = max(4 * (east - west), 4 * (south - north), 60, 3 * border)
        if "Point" in geometry["type"]:
            dot = f"a{(r := round(size / 28, 1))} {r} 0 1 0 {2 * r:.1f} 0a{r} {r} 0 1 0-{2 * r:.1f} 0"
            paths = [f"M{east - r:.2f} {north:.2f}{dot}" for line in lines for east, north in line]
        else:
            paths = ["M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in line) + "Z" * ("Polygon" in geometry["type"]) for line in lines]
        return "".join(paths), f"{x - size / 2:.0f} {y - size / 2:.0f} {size:.0f} {size:.0f}"


def _lines(coordinates: Any) -> Iterator[Any]:
    """The lists of positions in a geometry's coordinates, whatever its depth."""
    if not isinstance(coordinates[0], list):
        yield [coordinates]
    elif not isinstance(coordinates[0][0], list):
        yield coordinates
    else:
        for part in coordinates:
            yield from _lines(part)


@lru_cache(maxsize=1)
def _sides(path: str) -> list[tuple[int, int, int, int]]:
    """The sides (x1, y1, x2, y2) of all rings of a path."""
    rings = [[(int(x), int(y)) for x, y in CORNER.findall(ring)] for ring in path.split("Z")[:-1]]
    return [(*one, *two) for ring in rings for one, two in zip(ring, ring[1:] + ring[:1], strict=True)]


def off_land(geometries: Iterable[Mapping[str, Any]]) -> int:
    """How many GeoJSON geometries have no corner on the province's land: they lie at sea or elsewhere."""
    land = outline()
    return sum(not any(land.holds(y, x) for line in _lines(one["coordinates"]) for x, y, *_height in line) for one in geometries)


@lru_cache(maxsize=1)
def outline() -> Outline:
    """The shipped outline with as many corners as a phone can show; islands smaller than a pixel are left out."""
    shape = json.loads((FILES / "preah-sihanouk-outline.geojson").read_text(encoding="utf-8"))["features"][0]["geometry"]
    rings = [part[0] for part in shape["coordinates"]]
    corners = [corner for ring in rings for corner in ring]
    west, east = min(x for x, _y in corners), max(x for x, _y in corners)
    south, north = min(y for _x, y in corners), max(y for _x, y in corners)
    drawn = Outline("", west, north, 0, 0, cos(radians((south + north) / 2)))
    paths = []
    for ring in rings:
        kept: list[tuple[int, int]] = []
        for x, y in ring:
            point = drawn.point(y, x)
            if not kept or hypot(point[0] - kept[-1][0], point[1] - kept[-1][1]) >= 2:
                kept.append(point)
        if len(kept) > 3:
            paths.append("M" + "L".join(f"{x} {y}" for x, y in kept) + "Z")
    width, height = drawn.point(south, east)
    return Outline("".join(paths), west, north, width, height, drawn.squeeze)


@dataclass(frozen=True, slots=True)
class PlaceMap:
    """Places on the outline: `box` is the viewBox around all of them, `dots` are (place, x, y), `radius` makes a dot fit for a thumb."""

    path: str
    box: str
    dots: list[tuple[Place, float, float]]
    radius: float


def place_map(places: Iterable[Place]) -> PlaceMap | None:
    """The places whose position is known, with at least some 18 km around them so that the coast is recognised; None without any."""
    shape = outline()
    found = [(place, *shape.exact(float(place.latitude), float(place.longitude))) for place in places if place.latitude is not None]
    if not found:
        return None
    xs, ys = [x for _place, x, _y in found], [y for _place, _x, y in found]
    side = max(max(xs) - min(xs), max(ys) - min(ys)) * 1.3 + 40
    west, north = (max(xs) + min(xs) - side) / 2, (max(ys) + min(ys) - side) / 2
    dots = [(place, round(x, 1), round(y, 1)) for place, x, y in found]
    return PlaceMap(shape.path, f"{west:.1f} {north:.1f} {side:.1f} {side:.1f}", dots, round(side / 28, 1))
