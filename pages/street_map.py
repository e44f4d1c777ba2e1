"""A map with streets from the operator's tile server, offered beside our own outline and fetched only when a reader asks for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse

from pages.models.place import Place


@dataclass(frozen=True, slots=True)
class StreetMap:
    """What `streets.js` needs: the template of the tiles' addresses, who made them, and GeoJSON features to show."""

    tiles: str
    attribution: str
    features: list[dict[str, Any]]

    @property
    def host(self) -> str:
        """The server that sees which parts of the map a reader looks at."""
        return urlsplit(self.tiles).netloc


def street_map(features: list[dict[str, Any]]) -> StreetMap | None:
    """None without features or without a tile server."""
    return StreetMap(settings.TILE_URL, settings.TILE_ATTRIBUTION, features) if settings.TILE_URL and features else None


def feature(geometry: Mapping[str, Any], **properties: str) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def place_features(places: Iterable[Place]) -> list[dict[str, Any]]:
    """The places whose position is known, each with its name and address on this site."""
    return [feature(place.position, name=place.name, url=place.get_absolute_url()) for place in places if place.position]


def with_tiles(response: HttpResponse, streets: StreetMap | None) -> HttpResponse:
    """`response`, allowed to show pictures of the tile server: nothing else, and on no other page."""
    if streets:
        address = urlsplit(streets.tiles)
        response._csp_update = {"img-src": [f"{address.scheme}://{address.netloc}"]}  # type: ignore[attr-defined]
    return response
