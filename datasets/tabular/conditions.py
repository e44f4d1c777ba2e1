"""Filters, search and sorting as SQL with bound values and quoted names."""

import math
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from typing import Any

from search.text.key import fold

from .connection import CODED, FOLDED, HASHED, ParquetTable, hash_of, identifier
from .contract import Column
from .questions import AnyOf, Condition, Filter, QueryError
from .texts import MOST_FOUND

OPERATORS = ("eq", "ne", "lt", "lte", "gt", "gte", "in", "contains", "is_empty")
Sort = str | tuple[str, bool]
# No interruption ends the planning of a question: what takes seconds to plan is not asked.
MOST_WORDS = 32
MOST_CLAUSES = 200
MOST_VALUES = 20_000
_COMPARISONS = {"ne": "IS DISTINCT FROM", "lt": "<", "lte": "<=", "gt": ">", "gte": ">="}
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


def where(table: ParquetTable, filters: Iterable[Condition], search: str | None) -> tuple[str, list[Any]]:
    """A WHERE clause (or nothing) and the values it binds. Raises :class:`QueryError` naming the column, or "too-long"."""
    clauses, values = _all_of(table, filters)
    words = dict.fromkeys((search or "").split())
    if len(words) > MOST_WORDS or len(clauses) > MOST_CLAUSES:
        raise QueryError("too-long")
    for word in words:
        clause, bound = _anywhere(table, word)
        clauses.append(clause)
        values += bound
    if len(values) > MOST_VALUES:
        raise QueryError("too-long")
    return (" WHERE " + " AND ".join(clauses) if clauses else ""), values


def asked_about(filters: Iterable[Condition], search: str | None) -> set[str | None]:
    """The columns on which it depends whether a row matches; None stands for any column."""
    asked: set[str | None] = {None} if (search or "").split() else set()
    for condition in filters:
        if isinstance(condition, AnyOf):
            asked |= asked_about([part for group in condition.groups for part in group], None)
        else:
            asked.add(None if condition.operator in ("anywhere", "nowhere") else condition.column)
    return asked


def _all_of(table: ParquetTable, conditions: Iterable[Condition]) -> tuple[list[str], list[Any]]:
    clauses: list[str] = []
    values: list[Any] = []
    for condition in conditions:
        if isinstance(condition, AnyOf):
            groups = [_all_of(table, group) for group in condition.groups]
            clauses.append("(" + " OR ".join(["false", *(f"({' AND '.join(['true', *parts])})" for parts, _bound in groups)]) + ")")
            values += [value for _parts, bound in groups for value in bound]
        else:
            clause, bound = _condition(table, condition)
            clauses.append(clause)
            values += bound
    return clauses, values


def _anywhere(table: ParquetTable, word: str) -> tuple[str, list[Any]]:
    word = fold(word)
    found = [_contains(table, column, word) for column in table.columns if can_hold(column, word)]
    return "(" + " OR ".join(["false", *(clause for clause, _bound in found)]) + ")", [bound for _clause, bound in found]


def _contains(table: ParquetTable, column: Column, word: str) -> tuple[str, str]:
    """Whether a cell contains the folded word, never NULL, and the one value that is bound."""
    found = table.rows_with(column, word)
    if found and found.total <= MOST_FOUND:
        return _NUMBERED, str(found.numbers.tolist())
    return _coded(table, column, f"coalesce(contains({comparable(table, column, word)}, ?), false)"), word


def _coded(table: ParquetTable, column: Column, clause: str) -> str:
    """A condition on one column, where it can be answered by the column's different values instead of its rows."""
    if CODED + column.name not in table.hidden:
        return clause
    code = identifier(CODED + column.name)
    return f"{code} IN (SELECT {code} FROM {table.counted(column)} WHERE {clause})"  # noqa: S608


def can_hold(column: Column, word: str) -> bool:
    """Whether a value of the column may hold the folded word: no number need become text to look for letters in it."""
    return column.name != "_id" and (column.type not in _SIGNS or _SIGNS[column.type].issuperset(word))


def comparable(table: ParquetTable, column: Column, word: str) -> str:
    """A column's texts as search compares them with a folded word: one spelling of Khmer, no case."""
    if FOLDED + column.name in table.hidden:
        return identifier(FOLDED + column.name)
    text = identifier(column.name) if column.type == "text" else f"{identifier(column.name)}::VARCHAR"
    return text if word.lower() == word.upper() else f"lower({text})"  # small letters take half of the time


def _condition(table: ParquetTable, condition: Filter) -> tuple[str, list[Any]]:
    if condition.operator in ("anywhere", "nowhere"):
        clause, bound = _anywhere(table, str(condition.value))
        return (clause if condition.operator == "anywhere" else f"NOT {clause}"), bound
    column = table.column(condition.column)
    if condition.operator == "contains":
        if not isinstance(condition.value, str):
            raise QueryError("bad-value", column.name, expected="text")
        clause, word = _contains(table, column, fold(condition.value))
        return f"({clause})", [word]
    clause, values = _comparison(table, column, condition)
    return f"({_coded(table, column, clause)})", values


def _comparison(table: ParquetTable, column: Column, condition: Filter) -> tuple[str, list[Any]]:
    name, operator = identifier(column.name), condition.operator
    if operator in ("eq", "in"):
        given = condition.value if operator == "in" else [condition.value]
        if not isinstance(given, list | tuple | set | frozenset) or not given:
            raise QueryError("bad-value", column.name, expected="list")
        values = [typed_value(column, value) for value in given]
        marks = ", ".join("?" for _ in values)
        if HASHED + column.name in table.hidden:  # in two steps: asked in one, the database looks at the text of every row
            named = f'SELECT "_id" FROM data WHERE {identifier(HASHED + column.name)} IN ({marks}) LIMIT ?'  # noqa: S608
            rows = table.fetch_all(named, [*map(hash_of, values), MOST_FOUND])
            if len(rows) < MOST_FOUND:
                return f"{_NUMBERED} AND {name} IN ({marks})", [str([number for (number,) in rows]), *values]
        return f"{name} IN ({marks})", values
    if operator in _COMPARISONS:
        return f"{name} {_COMPARISONS[operator]} ?", [typed_value(column, condition.value)]
    if operator == "is_empty":
        wanted = _WORDS.get(str(True if condition.value is None else condition.value).lower())
        if wanted is None:
            raise QueryError("bad-value", column.name, expected="boolean")
        # Blank texts come before all but control characters; comparing is faster than trimming.
        blank = f" OR ({name} < '!' AND trim({name}) = '')" if table.has_blank(column) else ""
        empty = f"({name} IS NULL{blank})"
        return (empty if wanted else f"NOT {empty}"), []
    raise QueryError("unknown-operator", column.name, operator=str(operator))


def typed_value(column: Column, value: Any) -> Any:
    """A value as the column's type; text is read as in an address line. Raises :class:`QueryError` (bad-value)."""
    if isinstance(value, str) and "\x00" in value:
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
