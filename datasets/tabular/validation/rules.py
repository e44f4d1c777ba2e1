"""For each column: where is a cell certainly clean, and what does it count as in a key?

A cell is certainly clean only where frictionless accepts its type and every constraint. A column, constraint or key without such an
expression hands the file over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl

from datasets.tabular.readings import Reading, missing_values, reading_of

from .unsupported import HandOver

# Python's and Rust's patterns mean the same over printable ASCII when nothing but these characters and escapes is used.
_PATTERN_TEXT = re.compile(r"[A-Za-z0-9 _\-\[\]{},.:/@\\+*?()^$|%;=<>!]*\Z")
_PATTERN_TRAPS = re.compile(r"\(\?|\\[^dDwWsS.\-+*?()\[\]{}|^$\\]|[*+?}]\+|\{,|\[[^\]]*\[|--|\[\^?\]")
_BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
_EXACT_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Rule:
    """``clean`` and ``missing`` are never null; ``key`` is the typed value of a clean cell, null for a missing one."""

    name: str
    clean: pl.Expr
    missing: pl.Expr
    key: pl.Expr | None


def rule_for(field: Any, column: str, *, keyed: bool) -> Rule:
    """The rule of a column. Raises :class:`HandOver` where there is none."""
    cell = pl.col(column)
    reading = reading_of(field, cell)
    if reading is None:
        raise HandOver(f"type {field.type}/{field.format}")
    if keyed and (not reading.comparable or field.type in ("datetime", "time", "geopoint")) and field.type not in ("boolean", "yearmonth"):
        raise HandOver(f"a key of type {field.type}")
    constraints = {name: value for name, value in field.constraints.items() if value is not None and name != "unique"}
    required = constraints.pop("required", False)
    accepts = reading.accepts
    if keyed:
        accepts = accepts & reading.exact
    for name, constraint in constraints.items():
        accepts = accepts & _constraint(field, cell, reading, name, constraint)
    missing = cell.is_in(missing_values(field)).fill_null(True)
    accepts = accepts.fill_null(False)
    clean = accepts & ~missing if required else accepts | missing
    key = pl.when(missing).then(None).otherwise(reading.value) if keyed else None
    return Rule(field.name, clean, missing, key)


def _constraint(field: Any, cell: pl.Expr, reading: Reading, name: str, constraint: Any) -> pl.Expr:
    if name in ("minLength", "maxLength") and field.type == "string" and isinstance(constraint, int):
        length = cell.str.len_chars()
        return length >= constraint if name == "minLength" else length <= constraint
    if name == "pattern" and field.type == "string":
        return _pattern(cell, constraint)
    if name in _BOUNDS and reading.comparable and field.type not in ("string", "any"):
        return _bound(field, reading, name, constraint)
    if name == "enum" and reading.comparable and isinstance(constraint, list):
        read = field.create_value_reader()
        values = [_operand(read(value)) for value in constraint]
        return reading.exact & reading.value.is_in(pl.Series(values, dtype=reading.dtype, strict=True).implode())
    raise HandOver(f"constraint {name} of type {field.type}")


def _pattern(cell: pl.Expr, pattern: Any) -> pl.Expr:
    if not isinstance(pattern, str) or not _PATTERN_TEXT.match(pattern) or _PATTERN_TRAPS.search(pattern):
        raise HandOver("a pattern beyond the common ground of Python and Rust")
    matches = cell.str.contains(f"^(?:^{pattern}$)") & ~cell.str.contains(r"[^ -~]")
    try:
        pl.DataFrame({"c": ["a"]}).select(pl.col("c").str.contains(f"^(?:^{pattern}$)"))
    except pl.exceptions.PolarsError as error:
        raise HandOver("a pattern that Rust refuses") from error
    return matches


def _bound(field: Any, reading: Reading, name: str, constraint: Any) -> pl.Expr:
    """Doubles keep the order of decimals but may make neighbours equal: equality counts only where both sides are exact."""
    operand = _operand(field.create_value_reader()(constraint))
    bound = pl.lit(operand, dtype=reading.dtype)
    beyond = reading.value > bound if name.endswith("inimum") else reading.value < bound
    if name.startswith("exclusive"):
        return beyond
    return beyond | (reading.exact & (reading.value == bound))


def _operand(value: Any) -> Any:
    if value is None:
        raise HandOver("a constraint that is not of its field's type")
    if isinstance(value, Decimal):
        if not value.is_finite() or len(value.as_tuple().digits) > _EXACT_DIGITS or abs(value.adjusted()) > _EXACT_DIGITS:
            raise HandOver("a constraint with more digits than a double holds")
        return float(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 2**63 - 1:
        raise HandOver("a constraint beyond 64 bits")
    return value


def key_value(value: Any, dtype: pl.DataType) -> Any:
    """A value that frictionless read, as it stands in a key column. Raises :class:`HandOver` where it would lose something."""
    if value is None:
        return None
    if dtype == pl.Float64:
        number = Decimal(value)
        exact = number.is_finite() and len(number.as_tuple().digits) <= _EXACT_DIGITS and abs(number.adjusted()) <= _EXACT_DIGITS
        if not exact:
            raise HandOver("a key with more digits than a double holds")
        return float(number) + 0.0
    if dtype == pl.Int64 and abs(value) > 2**63 - 1:
        raise HandOver("a key beyond 64 bits")
    if dtype == pl.String and isinstance(value, tuple):
        return f"{value[0]:04}-{value[1]:02}"
    return value
