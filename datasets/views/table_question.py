"""What a reader asks of a table, as an address: `?has.name_km=ក្រុង&min.population=100&sort=-population&page=2`.

`has.COLUMN` contains, `is.COLUMN` equals, `min.COLUMN` and `max.COLUMN` a range (both ends included); several are ANDed. The same
address parameters work for the preview and for every export, so that what is seen is what is downloaded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import QueryDict

from datasets.tabular import Column, Filter

OPERATORS = {"has": "contains", "is": "eq", "min": "gte", "max": "lte"}
RANGED = frozenset({"integer", "number", "date", "datetime", "time"})
KHMER_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")
LONGEST_VALUE = 200


@dataclass(frozen=True, slots=True)
class TableQuestion:
    """`values`: parameter -> text, as typed; `filters`, `sort`: the same for the table; `unknown`: parameters that name no column."""

    values: Mapping[str, str] = field(default_factory=dict)
    filters: Sequence[Filter] = ()
    sort: Sequence[str] = ()
    unknown: Sequence[str] = ()

    @property
    def query(self) -> str:
        """The question as the part of an address after `?`, without paging; the same question always gives the same text."""
        pairs = sorted(self.values.items())
        return urlencode([*pairs, *(("sort", name) for name in self.sort)])

    def without(self, parameter: str) -> str:
        """The address part with one condition taken away."""
        rest = {name: value for name, value in self.values.items() if name != parameter}
        return TableQuestion(values=rest, sort=self.sort).query

    def sorted_by(self, column: str) -> str:
        """The address part that sorts by `column`: upwards, and downwards when it already is."""
        order = f"-{column}" if list(self.sort) == [column] else column
        return TableQuestion(values=self.values, sort=[order]).query


def read_question(parameters: QueryDict, columns: Sequence[Column]) -> TableQuestion:
    """The question in an address. Nothing is refused here: what names no column comes back in `unknown`, bad values fail in the table."""
    types = {column.name: column.type for column in columns}
    values: dict[str, str] = {}
    filters: list[Filter] = []
    unknown: list[str] = []
    for parameter in sorted(parameters):
        kind, dot, column = parameter.partition(".")
        if kind not in OPERATORS or not dot:
            continue
        value = (parameters.get(parameter) or "").strip()[:LONGEST_VALUE]
        if not value:
            continue
        if column not in types:
            unknown.append(column)
            continue
        values[parameter] = value
        filters.append(Filter(column, OPERATORS[kind], value.translate(KHMER_DIGITS) if types[column] in RANGED else value))
    sort = [name for name in parameters.getlist("sort") if name][:1]
    unknown += [name.removeprefix("-") for name in sort if name.removeprefix("-") not in types]
    sort = [name for name in sort if name.removeprefix("-") in types]
    return TableQuestion(values, filters, sort, unknown)
