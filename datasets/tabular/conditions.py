"""Filters, search and sorting as SQL with bound values and quoted names."""

import math
from collections.abc import Callable, Collection, Iterable
from datetime import UTC, date, datetime, time
from typing import Any

from search.text.key import fold

from .connection import CODED, FOLDED, HASHED, ParquetTable, hash_of, identifier
from .contract import Column
from .questions import BROKEN, AnyOf, Condition, Filter, QueryError
from .scaling import compared
from .texts import MOST_FOUND

OPERATORS = ("eq", "ne", "lt", "lte", "gt", "gte", "in", "contains", "is_empty")
Sort = str | tuple[str, bool]
# No interruption ends the planning of a question: what takes seconds to plan is not asked.
MOST_WORDS = 32
MOST_CLAUSES = 200
MOST_VALUES = 20_000
_COMPARISONS = {"ne": "IS DISTINCT FROM", "lt": "<", "lte": "<=", "gt": ">", "gte": ">="}
_NUMBER_SIGNS = {"eq": "=", **_COMPARISONS}
_NUMBERED = '"_id" IN (SELECT unnest(?::INTEGER[]))'  # bound as text, which is read faster than a list
_DAY = "0123456789- (bc)infty"
_SIGNS = {  # of which values are written as text
    "integer": frozenset("0123456789-"),
    "number": frozenset("0123456789-+.einfa"),
    "boolean": frozenset("truefals"),
    "date": frozenset(_DAY),
    "datetime": frozenset(_DAY + ":."),
    "time": frozenset("0123456789:."),
}
_WORDS = {"true": True, "1": True, "yes": True, "": True, "false": False, "0": False, "no": False}


def where(table: ParquetTable, filters: Iterable[Condition], search: str | None, *, counting: bool = False) -> tuple[str, list[Any]]:
    """A WHERE clause (or nothing) and the values it binds. Raises :class:`QueryError` naming the column, or "too-long".

    ``counting``: for who counts, groups or sorts the rows. In a large table that is many times faster, but rows come in no order.
    """
    asked = _Clauses(table, counting)
    clauses, values = asked.all_of(filters)
    words = dict.fromkeys((search or "").split())
    if len(words) > MOST_WORDS or len(clauses) > MOST_CLAUSES:
        raise QueryError("too-long")
    for word in words:
        clause, bound = asked.anywhere(word)
        clauses.append(clause)
        values += bound
    if len(values) > MOST_VALUES:
        raise QueryError("too-long")
    return (" WHERE " + " AND ".join(clauses) if clauses else ""), values


def keeps_order(filters: Iterable[Condition]) -> bool:
    """Whether rows that match come in the order of the file, unsorted: "one of" may be planned as a join, which keeps none."""
    for condition in filters:
        if isinstance(condition, AnyOf):
            if not all(map(keeps_order, condition.groups)):
                return False
        elif condition.operator == "in" and isinstance(condition.value, Collection) and len(condition.value) > 1:
            return False
    return True


def asked_about(filters: Iterable[Condition], search: str | None) -> set[str | None]:
    """The columns on which it depends whether a row matches; None stands for any column."""
    asked: set[str | None] = {None} if (search or "").split() else set()
    for condition in filters:
        if isinstance(condition, AnyOf):
            asked |= asked_about([part for group in condition.groups for part in group], None)
        else:
            asked.add(None if condition.operator in ("anywhere", "nowhere") else condition.column)
    return asked


class _Clauses:
    """Conditions as SQL, each with the values it binds. See `where`."""

    def __init__(self, table: ParquetTable, counting: bool) -> None:
        self._table, self._counting = table, counting

    def all_of(self, conditions: Iterable[Condition]) -> tuple[list[str], list[Any]]:
        clauses: list[str] = []
        values: list[Any] = []
        for condition in conditions:
            if isinstance(condition, AnyOf):
                groups = [self.all_of(group) for group in condition.groups]
                clauses.append("(" + " OR ".join(["false", *(f"({' AND '.join(['true', *parts])})" for parts, _bound in groups)]) + ")")
                values += [value for _parts, bound in groups for value in bound]
            else:
                clause, bound = self._condition(condition)
                clauses.append(clause)
                values += bound
        return clauses, values

    def anywhere(self, word: str) -> tuple[str, list[Any]]:
        word = fold(word)
        found = [self._contains(column, word) for column in self._table.columns if can_hold(column, word)]
        return "(" + " OR ".join(["false", *(clause for clause, _bound in found)]) + ")", [bound for _clause, bound in found]

    def _condition(self, condition: Filter) -> tuple[str, list[Any]]:
        if condition.operator in ("anywhere", "nowhere"):
            clause, bound = self.anywhere(str(condition.value))
            return (clause if condition.operator == "anywhere" else f"NOT {clause}"), bound
        column = self._table.column(condition.column)
        if condition.operator == "contains":
            if not isinstance(condition.value, str) or BROKEN.search(condition.value):
                raise QueryError("bad-value", column.name, expected="text")
            clause, word = self._contains(column, fold(condition.value))
            return f"({clause})", [word]
        clause, values = self._comparison(column, condition)
        return f"({self._coded(column, clause)})", values

    def _contains(self, column: Column, word: str) -> tuple[str, str]:
        """Whether a cell contains the folded word, never NULL, and the one value that is bound."""
        found = self._table.rows_with(column, word) if self._counting else None
        if found and found.total <= MOST_FOUND:
            return _NUMBERED, str(found.numbers.tolist())
        return self._coded(column, f"coalesce(contains({comparable(self._table, column, word)}, ?), false)"), word

    def _comparison(self, column: Column, condition: Filter) -> tuple[str, list[Any]]:
        name, operator = identifier(column.name), condition.operator
        if column.type == "number" and (sign := _NUMBER_SIGNS.get(operator)):
            return compared(self._table, column, sign, typed_value(column, condition.value))
        if operator in ("eq", "in"):
            given = condition.value if operator == "in" else [condition.value]
            if not isinstance(given, list | tuple | set | frozenset) or not given:
                raise QueryError("bad-value", column.name, expected="list")
            values = [typed_value(column, value) for value in given]
            marks = ", ".join("?" for _ in values)
            return self._hashed(column, values, f"{name} IN ({marks})")
        if operator in _COMPARISONS:
            return f"{name} {_COMPARISONS[operator]} ?", [typed_value(column, condition.value)]
        if operator == "is_empty":
            wanted = _WORDS.get(str(True if condition.value is None else condition.value).lower())
            if wanted is None:
                raise QueryError("bad-value", column.name, expected="boolean")
            # Blank texts come before all but control characters; comparing is faster than trimming.
            blank = f" OR ({name} < '!' AND trim({name}) = '')" if self._table.has_blank(column) else ""
            empty = f"({name} IS NULL{blank})"
            return (empty if wanted else f"NOT {empty}"), []
        raise QueryError("unknown-operator", column.name, operator=str(operator))

    def _hashed(self, column: Column, values: list[Any], clause: str) -> tuple[str, list[Any]]:
        """\"One of", by the small numbers that stand beside codes, where there are any."""
        if HASHED + column.name not in self._table.hidden:
            return clause, values
        numbers = list(map(hash_of, values))
        named = f"{identifier(HASHED + column.name)} IN ({', '.join('?' for _ in numbers)})"
        if len(values) > 1 and self._counting:  # in two steps: asked in one, the database looks at the text of every row
            rows = self._table.fetch_all(f'SELECT min("_id", {MOST_FOUND}) FROM data WHERE {named}', numbers)[0][0] or []  # noqa: S608
            if len(rows) < MOST_FOUND:
                return f"{_NUMBERED} AND {clause}", [str(rows), *values]
        return f"{named} AND {clause}", [*numbers, *values]

    def _coded(self, column: Column, clause: str) -> str:
        """A condition on one column, where it can be answered by the column's different values instead of its rows."""
        if not self._counting or CODED + column.name not in self._table.hidden:
            return clause
        code = identifier(CODED + column.name)
        return f"{code} IN (SELECT {code} FROM {self._table.counted(column)} WHERE {clause})"  # noqa: S608


def can_hold(column: Column, word: str) -> bool:
    """Whether a value of the column may hold the folded word: no number need become text to look for letters in it."""
    return column.name != "_id" and (column.type not in _SIGNS or _SIGNS[column.type].issuperset(word))


def comparable(table: ParquetTable, column: Column, word: str) -> str:
    """A column's texts as search compares them with a folded word: one spelling of Khmer, no case."""
    if FOLDED + column.name in table.hidden:
        return identifier(FOLDED + column.name)
    text = identifier(column.name) if column.type == "text" else f"{identifier(column.name)}::VARCHAR"
    return text if word.lower() == word.upper() else f"lower({text})"  # small letters take half of the time


def typed_value(column: Column, value: Any) -> Any:
    """A value as the column's type; text is read as in an address line. Raises :class:`QueryError` (bad-value)."""
    if isinstance(value, str) and BROKEN.search(value):
        raise QueryError("bad-value", column.name, expected=column.type)
    try:
        return _PARSERS[column.type](value)
    except (ValueError, TypeError, OverflowError, KeyError) as error:
        raise QueryError("bad-value", column.name, expected=column.type) from error


def _integer(value: Any) -> int | float:
    number = float(value) if isinstance(value, str) and "." in value else int(value)
    if isinstance(value, bool) or abs(number) > 2**63 - 1 or number != number:
        raise ValueError(value)
    return number


def _number(value: Any) -> float:
    number = float(value)
    if isinstance(value, bool) or math.isnan(number):
        raise ValueError(value)
    return number


def _boolean(value: Any) -> bool:
    return {"true": True, "1": True, "false": False, "0": False}[str(value).lower()]


def _text(value: Any) -> str:
    if value is None or isinstance(value, list | tuple | dict | set):
        raise ValueError(value)
    return str(value)


def _date(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _datetime(value: Any) -> datetime:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def _time(value: Any) -> time:
    return value if isinstance(value, time) else time.fromisoformat(str(value))


_PARSERS: dict[str, Callable[[Any], Any]] = {
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "text": _text,
    "date": _date,
    "datetime": _datetime,
    "time": _time,
}
