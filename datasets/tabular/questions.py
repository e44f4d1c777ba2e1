"""What a table is asked, and what it answers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from .contract import Column

BROKEN = re.compile("[\0\ud800-\udfff]")  # what no table holds: NUL, half a surrogate pair
Operator = Literal["eq", "ne", "lt", "lte", "gt", "gte", "in", "contains", "is_empty", "anywhere", "nowhere"]


class QueryError(ValueError):
    """A question the table cannot answer: ``code`` is unknown-column, unknown-operator, bad-value, too-long, bad-paging or bad-format."""

    def __init__(self, code: str, field: str | None = None, **context: Any) -> None:
        super().__init__(code, field, context)
        self.code = code
        self.field = field
        self.context = context


class QueryTimeout(QueryError):
    """The answer took longer than allowed (code ``timeout``)."""

    def __init__(self, seconds: float) -> None:
        super().__init__("timeout", seconds=seconds)


class TooManyRows(Exception):
    """An export format that cannot hold that many rows."""

    def __init__(self, rows: int, limit: int) -> None:
        super().__init__(rows, limit)
        self.rows = rows
        self.limit = limit


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition; several are ANDed. ``value`` is a list for ``in`` and a bool for ``is_empty``."""

    column: str
    operator: Operator | str
    value: Any = None


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one group of conditions holds, and all of that group."""

    groups: Sequence[Sequence["Condition"]]


Condition: TypeAlias = Filter | AnyOf


@dataclass(frozen=True, slots=True)
class Page:
    """A slice of a table: ``rows`` in the order of ``columns``, ``total`` how many rows match the filters.

    ``before`` and ``after`` are the keys of the first and the last row, for the pages beside this one; None where there is none.
    ``ids``: each row's ``_id``, empty in a table without.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    total: int
    offset: int
    limit: int
    before: str | None = None
    after: str | None = None
    ids: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class FacetCount:
    """A value of a column and in how many rows it stands (value None: empty)."""

    value: Any
    count: int


@dataclass(frozen=True, slots=True)
class Bar:
    """How many rows have a value from ``least`` to ``most`` (both the same for a single value)."""

    least: Any
    most: Any
    count: int


@dataclass(frozen=True, slots=True)
class ColumnStatistics:
    """``count`` rows with a value, ``nulls`` without, ``distinct`` values (about, above a thousand), smallest and largest value,
    mean of numbers.

    ``bars``: the values and their counts, most frequent first, of a column with few; else twelve equal ranges of a number or date, in
    order. ``few``: the former, and they are all there. Dates are ISO text.
    """

    name: str
    type: str
    count: int
    nulls: int
    distinct: int
    minimum: Any
    maximum: Any
    mean: float | None = None
    few: bool = False
    bars: Sequence[Bar] = ()
