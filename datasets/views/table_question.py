"""What a reader asks of a table, as an address: `?has.name_km=ក្រុង&min.population=100&in.district=…&sort=-population&col=name_km`.

`has.COLUMN` contains (with `=` before the text: is exactly), `is.COLUMN` equals, `min.COLUMN` and `max.COLUMN` a range (both ends
included), `in.COLUMN` one of (several times), `empty.COLUMN` 1 or 0; all are ANDed. `col` names the columns shown. The same parameters
work for the table and for every export, so that what is seen is what is downloaded.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict

from datasets.tabular import Column, Filter
from datasets.tabular.inference import KHMER_DIGITS

OPERATORS = {"has": "contains", "is": "eq", "min": "gte", "max": "lte", "in": "in", "empty": "is_empty"}
RANGED = frozenset({"integer", "number", "date", "datetime", "time"})
LONGEST_VALUE = 200
MOST_VALUES = 50


@dataclass(frozen=True, slots=True)
class TableQuestion:
    """`values`: parameter -> texts, as typed; `columns`: those shown, () for all; `unknown`: parameters that name no column."""

    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    columns: Sequence[str] = ()
    sort: Sequence[str] = ()
    unknown: Sequence[str] = ()

    @property
    def query(self) -> str:
        """The question as the part of an address after `?`, without paging; the same question always gives the same text."""
        values = [(parameter, value) for parameter, values in sorted(self.values.items()) for value in values]
        return urlencode([*values, *(("sort", name) for name in self.sort), *(("col", name) for name in self.columns)])

    @property
    def filters(self) -> list[Filter]:
        """The conditions as the table understands them."""
        return [self._filter(parameter, values) for parameter, values in self.values.items()]

    def _filter(self, parameter: str, values: Sequence[str]) -> Filter:
        kind, _dot, column = parameter.partition(".")
        given = [value.translate(KHMER_DIGITS) for value in values] if self.types[column] in RANGED else list(values)
        if kind == "has" and given[0].startswith("=") and len(given[0]) > 1:
            return Filter(column, "eq", given[0][1:].strip())
        return Filter(column, OPERATORS[kind], given if kind == "in" else given[0])

    def without(self, parameter: str) -> Self:
        """The question with one condition taken away."""
        return replace(self, values={name: values for name, values in self.values.items() if name != parameter})

    def sorted_by(self, column: str) -> str:
        """The address part that sorts by `column`: upwards, and downwards when it already is."""
        return replace(self, sort=[f"-{column}" if list(self.sort) == [column] else column]).query


def read_question(parameters: QueryDict, columns: Sequence[Column]) -> TableQuestion:
    """The question in an address. Nothing is refused here: what names no column comes back in `unknown`, bad values fail in the table."""
    types = {column.name: column.type for column in columns}
    values: dict[str, Sequence[str]] = {}
    unknown: list[str] = []
    for parameter in sorted(parameters):
        kind, dot, column = parameter.partition(".")
        if kind not in OPERATORS or not dot:
            continue
        given = [value.strip()[:LONGEST_VALUE] for value in parameters.getlist(parameter) if value.strip()][:MOST_VALUES]
        if not given:
            continue
        if column not in types:
            unknown.append(column)
            continue
        values[parameter] = given if kind == "in" else given[-1:]
    sort = [name for name in parameters.getlist("sort") if name][:1]
    chosen = list(dict.fromkeys(name for name in parameters.getlist("col") if name))
    unknown += [name for name in [*(name.removeprefix("-") for name in sort), *chosen] if name not in types]
    return TableQuestion(
        values,
        types,
        [name for name in types if name in chosen] if not types.keys() <= set(chosen) else (),
        [name for name in sort if name.removeprefix("-") in types],
        unknown,
    )
