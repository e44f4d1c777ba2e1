"""A map with streets, where the operator names a server of map tiles. Without one there is nothing of it on any page."""

import os
from importlib.util import find_spec
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TILE_URL = os.environ.get("TILE_URL", "").strip()
TILE_ATTRIBUTION = os.environ.get("TILE_ATTRIBUTION", "").strip()
LEAFLET = find_spec("leaflet")  # of django-leaflet only the files of Leaflet itself are used
STATICFILES_DIRS: list[tuple[str, Path]] = []
if TILE_URL:
    if not TILE_URL.startswith(("https://", "http://")) or not all(part in TILE_URL for part in ("{z}", "{x}", "{y}")) or "{s}" in TILE_URL:
        raise ImproperlyConfigured(f"TILE_URL={TILE_URL!r}: use one server's address like https://tiles.example.org/{{z}}/{{x}}/{{y}}.png.")
    if not TILE_ATTRIBUTION:
        raise ImproperlyConfigured("TILE_ATTRIBUTION is missing: say who made the map of TILE_URL, like © OpenStreetMap contributors.")
    if LEAFLET is None or LEAFLET.origin is None:
        raise ImproperlyConfigured("TILE_URL needs the package django-leaflet: `make run` installs it.")
    STATICFILES_DIRS.append(("leaflet", Path(LEAFLET.origin).parent / "static" / "leaflet"))
