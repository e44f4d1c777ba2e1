"""What an editor chose to have drawn, and whether a table can give it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from importlib.metadata import version as installed
from typing import Any, Self

from datasets.models import Aggregate, Chart, ChartType, Resource, Version
from datasets.tabular import Column, Filter
from datasets.tabular.exporting import point_columns
from datasets.tabular.findings.contract import CODE

LOOK = 2  # counted up when the same figure is drawn otherwise: every picture is then made anew
MOST_SERIES = 6  # as many as the theme has colours
MOST_BARS, MOST_POINTS = 60, 1000
NUMBERS = ("integer", "number", "year")
GEOMETRY = "geometry"
OPERATORS = ("eq", "ne", "gte", "lte", "begins", "contains")


class NotDrawable(Exception):
    """The table cannot give this chart: `code` as in `shown.PROBLEMS`, with the column it is about."""

    def __init__(self, code: str, column: str = "") -> None:
        super().__init__(code, column)
        self.code, self.column = code, column


@dataclass(frozen=True, slots=True)
class Spec:
    """`x`: the column of categories (of units, on a map); `y`: columns of values, a series each; or one of them, split by `series`.

    `filters`: (column, operator, value), all must hold. `top`: as many categories at most. `shapes`: uuid of a GeoJSON resource
    with codes and areas to be shaded.
    """

    type: str
    x: str
    y: tuple[str, ...] = ()
    series: str = ""
    aggregate: str = Aggregate.SUM
    top: int = 20
    filters: tuple[tuple[str, str, str], ...] = ()
    shapes: str = ""

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Self:
        known = {field.name: given[field.name] for field in fields(cls) if field.name in given}
        return cls(**{**known, "y": tuple(known.get("y", ())), "filters": tuple(tuple(row) for row in known.get("filters", ()))})

    def as_json(self) -> dict[str, Any]:
        return dict(json.loads(json.dumps(asdict(self))))

    @property
    def conditions(self) -> list[Filter]:
        found = []
        for column, operator, value in self.filters:
            if operator == "begins":  # nothing that begins so sorts behind it
                found += [Filter(column, "gte", value), Filter(column, "lt", value + "\U0010ffff")]
            else:
                found.append(Filter(column, operator, value))
        return found


def schema_fields(schema: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {str(field["name"]): field for field in schema.get("fields") or [] if field.get("name")}


def coordinates(schema: Mapping[str, Any]) -> tuple[str, str] | None:
    """The columns of longitude and latitude."""
    return point_columns([Column(name, str(field.get("type", ""))) for name, field in schema_fields(schema).items()])


def is_code(schema: Mapping[str, Any], column: str) -> bool:
    """Whether a column holds codes of administrative units."""
    return schema_fields(schema).get(column, {}).get("kind") == CODE


def check(spec: Spec, schema: Mapping[str, Any]) -> None:
    """NotDrawable where the table has not what the chart needs."""
    known = schema_fields(schema)
    used: Sequence[str] = [spec.x, *spec.y, *([spec.series] if spec.series else []), *(row[0] for row in spec.filters)]
    for column in used:
        if column not in known:
            raise NotDrawable("missing-column", column)
    numeric = [*spec.y, *([spec.x] if spec.type == ChartType.POINT else [])]
    for column in numeric:
        if known[column].get("type") not in NUMBERS:
            raise NotDrawable("not-a-number", column)
    if (spec.aggregate != Aggregate.COUNT or spec.type == ChartType.POINT) and not spec.y:
        raise NotDrawable("no-values")
    if len(spec.y) > 1 and (spec.series or spec.type in (ChartType.BAR, ChartType.MAP, ChartType.POINT)):
        raise NotDrawable("one-value")
    if len(spec.y) > MOST_SERIES:
        raise NotDrawable("too-many-series")
    if spec.type == ChartType.MAP and not (is_code(schema, spec.x) or coordinates(schema) or GEOMETRY in known):
        raise NotDrawable("no-places", spec.x)


def picture_key(chart: Chart, version: Version) -> str:
    """Names the pictures of a chart: another version, specification, title or way of drawing gives another key."""
    shapes = Resource.objects.filter(uuid=chart.spec["shapes"]).values_list("current__uuid").first() if chart.spec.get("shapes") else None
    titles = [chart.title_km, chart.title_en, chart.title_zh_hans]  # type: ignore[attr-defined]
    parts = [str(version.uuid), version.schema, chart.spec, titles, str(shapes), LOOK, installed("vl-convert-python")]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]
