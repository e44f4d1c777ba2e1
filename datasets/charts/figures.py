# ruff: noqa: S608 -- names are quoted by `identifier`, values are bound
"""The numbers of a chart: rows of a table counted together by category."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Self

from datasets.models import Aggregate, ChartType
from datasets.tabular.conditions import where
from datasets.tabular.connection import ParquetTable, identifier, open_parquet
from datasets.tabular.crosswalk import TODAY, Crosswalk

from .spec import MOST_BARS, MOST_POINTS, MOST_SERIES, NotDrawable, Spec, check, is_code, schema_fields

Labels = Mapping[str, str]  # language -> text; "" is for every language
_GROUPS = 100_000


@dataclass
class Row:
    """A category: `x` as it is in the table, its labels, a value for each series. `at`: longitude and latitude, on a map."""

    x: Any
    label: Labels
    y: list[float | None]
    at: list[float] | None = None


@dataclass
class Figure:
    """What a chart shows. `counted`: rows of the table in it; `groups`: categories there are, of which `rows` are the first.

    `codes`: what became of administrative codes ({"matched", "remapped", "dropped": [codes]}); `off_map`: [(label, why)].
    """

    series: list[Labels]
    rows: list[Row]
    counted: int
    groups: int
    codes: dict[str, Any] = field(default_factory=dict)
    off_map: list[tuple[Labels, str]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, drawn: Mapping[str, Any]) -> Self:
        rows = [Row(**row) for row in drawn["rows"]]
        return cls(drawn["series"], rows, drawn["counted"], drawn["groups"], drawn["codes"], drawn["off_map"])


@dataclass
class _Sum:
    """Sum and number of the values of one cell of the chart."""

    total: float = 0.0
    count: int = 0


def read_figure(spec: Spec, path: Path, schema: Mapping[str, Any], crosswalk: Crosswalk) -> Figure:
    """The figure of a table in Parquet. NotDrawable; QueryError for a filter that does not fit its column."""
    check(spec, schema)
    with open_parquet(path) as table:
        figure = _points(spec, table, schema) if spec.type == ChartType.POINT else _groups(spec, table, schema, crosswalk)
    if not figure.rows:
        raise NotDrawable("no-rows")
    return figure


def _points(spec: Spec, table: ParquetTable, schema: Mapping[str, Any]) -> Figure:
    clause, values = where(table, spec.conditions, None)
    columns = ", ".join(identifier(name) for name in (spec.x, spec.y[0], *([spec.series] if spec.series else [])))
    given = f"{'AND' if clause else 'WHERE'} {identifier(spec.x)} IS NOT NULL AND {identifier(spec.y[0])} IS NOT NULL"
    found = table.fetch_all(f"SELECT {columns} FROM data{clause} {given} LIMIT {MOST_POINTS}", values)
    names = sorted({str(row[2]) for row in found})[:MOST_SERIES] if spec.series else [""]
    rows = []
    for x, y, *series in found:
        place = names.index(str(series[0])) if series and str(series[0]) in names else 0 if not series else None
        if place is not None and math.isfinite(y):
            rows.append(Row(_plain(x), {"": f"{x:g}"}, [float(y) if place == index else None for index in range(len(names))]))
    total = table.fetch_all(f"SELECT count(*) FROM data{clause} {given}", values)[0][0]
    labels = [{"": name} for name in names] if spec.series else [label_of(schema, spec.y[0])]
    return Figure(labels, rows, len(rows), int(total))


def _groups(spec: Spec, table: ParquetTable, schema: Mapping[str, Any], crosswalk: Crosswalk) -> Figure:
    clause, values = where(table, spec.conditions, None)
    clause += f"{' AND' if clause else ' WHERE'} {identifier(spec.x)} IS NOT NULL"
    keys = [spec.x, *([spec.series] if spec.series else [])]
    measured = ", ".join(f"sum({identifier(name)}::DOUBLE), count({identifier(name)})" for name in spec.y)
    by = ", ".join(identifier(name) for name in keys)
    sql = f"SELECT {by}, count(*){', ' + measured if measured else ''} FROM data{clause} GROUP BY {by} LIMIT {_GROUPS}"
    found = table.fetch_all(sql, values)
    codes, today = _codes(spec, schema, crosswalk, [str(row[0]) for row in found])
    names = _series_names(spec, found)
    cells: dict[Any, list[_Sum]] = {}
    for x, *rest in found:
        series, numbers = (str(rest[0]), rest[1:]) if spec.series else ("", rest)
        if spec.series and series not in names:
            continue
        row = cells.setdefault(today.get(str(x), x), [_Sum() for _name in names])
        pairs = [(numbers[0], numbers[0])] if spec.aggregate == Aggregate.COUNT else list(zip(numbers[1::2], numbers[2::2], strict=True))
        for place, (total, count) in enumerate(pairs, names.index(series) if spec.series else 0):
            row[place].total += total or 0
            row[place].count += count
    rows = [Row(_plain(x), _label(x, schema, spec, crosswalk), [_value(spec, one) for one in row]) for x, row in cells.items()]
    if spec.type == ChartType.LINE:
        rows.sort(key=lambda row: (isinstance(row.x, str), row.x))
    else:
        rows.sort(key=lambda row: (-sum(value or 0 for value in row.y), str(row.x)))
    most = MOST_POINTS if spec.type in (ChartType.LINE, ChartType.MAP) else min(spec.top, MOST_BARS)
    _tell_apart(rows[:most])
    if spec.series:
        labels = [{"": name} for name in names]
    else:
        labels = [label_of(schema, name) for name in spec.y] if spec.aggregate != Aggregate.COUNT else [{}]
    counted = sum(row[2 if spec.series else 1] for row in found)
    return Figure(labels, rows[:most], counted, len(rows), codes)


def _codes(spec: Spec, schema: Mapping[str, Any], crosswalk: Crosswalk, given: list[str]) -> tuple[dict[str, Any], Mapping[str, str]]:
    if not is_code(schema, spec.x):
        return {}, {}
    remap = crosswalk.remap(given, crosswalk.edition_of(given).edition, TODAY)
    return {"matched": remap.matched, "remapped": remap.remapped, "dropped": list(remap.dropped_codes)}, remap.mapping


def _series_names(spec: Spec, found: list[tuple[Any, ...]]) -> list[str]:
    """The largest series, as many as there are colours."""
    if not spec.series:
        return list(spec.y) if spec.aggregate != Aggregate.COUNT else [""]
    totals: dict[str, float] = {}
    for row in found:
        totals[str(row[1])] = totals.get(str(row[1]), 0) + ((row[3] if len(row) > 3 else row[2]) or 0)
    return sorted(totals, key=lambda name: -totals[name])[:MOST_SERIES]


def _value(spec: Spec, cell: _Sum) -> float | None:
    if not cell.count:
        return None
    value = cell.total / cell.count if spec.aggregate == Aggregate.MEAN else cell.total
    return round(value, 6) if math.isfinite(value) else None


def label_of(schema: Mapping[str, Any], column: str) -> Labels:
    """The column's title in the languages it has one."""
    words = schema_fields(schema)[column]
    return {**(words.get("title_translated") or {}), "": words.get("title") or column}


_NUMBERED = {6: "សង្កាត់", 8: "ភូមិ"}


def _label(x: Any, schema: Mapping[str, Any], spec: Spec, crosswalk: Crosswalk) -> Labels:
    unit = crosswalk.editions.get(TODAY, {}).get(str(x)) if is_code(schema, spec.x) else None
    if not unit:
        return {"": str(_plain(x))}
    # A few units are called by a number alone, which beside a bar reads like a value.
    kind = _NUMBERED.get(len(unit.code), "") if unit.name_km.isdecimal() else ""
    return {"km": f"{kind} {unit.name_km}".strip(), "": unit.name_latin}


def _tell_apart(rows: list[Row]) -> None:
    """Units of the same name are told apart by their code."""
    for language in ("km", ""):
        names: dict[str, list[Row]] = {}
        for row in rows:
            if language in row.label:
                names.setdefault(row.label[language], []).append(row)
        for same in names.values():
            for row in same if len(same) > 1 else []:
                row.label = {**row.label, language: f"{row.label[language]} ({row.x})"}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value if isinstance(value, int | float | str) else str(value)
