"""The question in the address of `/rows/`: `columns`, `sort` and `column__operator=value`."""

import math
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from rest_framework.request import Request

from datasets.tabular import Filter

OPERATORS = ("eq", "ne", "lt", "lte", "gt", "gte", "in", "contains", "is_empty")
RESERVED = {"columns", "sort", "q", "limit", "offset", "after", "before", "facet", "groupby", "aggregate"}


def read_columns(request: Request) -> list[str] | None:
    """The columns asked for; None for all."""
    return _names(request, "columns") or None


def read_sort(request: Request) -> list[str]:
    return _names(request, "sort")


def read_groups(request: Request) -> list[str] | None:
    """The columns to group by; None where single rows are wanted, none of them where everything is added up."""
    return _names(request, "groupby") if "groupby" in request.query_params or "aggregate" in request.query_params else None


def read_filters(request: Request) -> list[Filter]:
    """One filter a parameter. A column that is called like one of ours is reached with an operator: `limit__eq=5`."""
    found = []
    for key, values in request.query_params.lists():
        if key in RESERVED:
            continue
        column, _mark, operator = key.rpartition("__")
        if operator not in OPERATORS or not column:
            column, operator = key, "eq"
        if operator == "in":
            found.append(Filter(column, "in", [part for value in values for part in value.split(",")]))
        else:
            found += [Filter(column, operator, value) for value in values]
    return found


def read_aggregates(request: Request) -> list[tuple[str, str | None]]:
    """`count,sum:population` as (function, column); counting alone where nothing is said."""
    pairs = [part.partition(":") for part in _names(request, "aggregate")]
    return [(function.strip(), column.strip() or None) for function, _colon, column in pairs] or [("count", None)]


def json_row(names: Sequence[str], row: Sequence[Any]) -> dict[str, Any]:
    """A row as an object."""
    return {name: json_value(value) for name, value in zip(names, row, strict=True)}


def json_value(value: Any, timespec: str = "auto") -> Any:
    """A cell as JSON can carry it: times as text (down to `timespec`), no NaN."""
    if isinstance(value, datetime):
        return value.isoformat(timespec=timespec)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _names(request: Request, name: str) -> list[str]:
    return [part.strip() for part in request.query_params.get(name, "").split(",") if part.strip()]
