"""Where datasets are: `ext_bbox` finds those whose extra `spatial` (GeoJSON, CKAN's custom) touches a box."""

import json
from typing import Any

from django.db.models import QuerySet

from datasets.models import Dataset

from .errors import SearchError

Box = tuple[float, float, float, float]  # west, south, east, north, in degrees


def read_box(text: str) -> Box | None:
    """`west,south,east,north`; None for nothing. SearchError for anything else."""
    if not text.strip():
        return None
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        raise SearchError("Wrong bounding box provided: give west,south,east,north in degrees") from None
    return west, south, east, north


def inside(datasets: QuerySet[Dataset], box: Box) -> list[int]:
    """Keys of the datasets that touch `box`."""
    rows = datasets.filter(extras__has_key="spatial").order_by().values_list("pk", "extras")
    return [key for key, extras in rows if _touches(extras["spatial"], box)]


def _touches(spatial: Any, box: Box) -> bool:
    try:
        points = list(_points(json.loads(spatial) if isinstance(spatial, str) else spatial))
    except (ValueError, RecursionError):
        return False
    if not points:
        return False
    across, along = [x for x, _ in points], [y for _, y in points]
    west, south, east, north = box
    return min(across) <= east and max(across) >= west and min(along) <= north and max(along) >= south


def _points(part: Any) -> Any:
    """Every position of a geometry, however deep."""
    if isinstance(part, dict):
        for value in part.values():
            yield from _points(value)
    elif isinstance(part, list):
        if len(part) >= 2 and all(isinstance(number, int | float) for number in part[:2]):
            yield part[0], part[1]
        else:
            for value in part:
                yield from _points(value)
