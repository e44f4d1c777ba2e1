"""For each column: where is a cell certainly clean, and what does it count as in a key?

A cell is certainly clean only where frictionless accepts its type and every constraint.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

import polars as pl

from datasets.tabular.readings import Reading, missing_values, reading_of

from .distinct import DistinctColumn, key_number

# Python's and Rust's patterns mean the same over printable ASCII when nothing but these characters and escapes is used.
_PATTERN_TEXT = re.compile(r"[A-Za-z0-9 _\-\[\]{},.:/@\\+*?()^$|%;=<>!]*\Z")
_PATTERN_TRAPS = re.compile(r"\(\?|\\[^dDwWsS.\-+*?()\[\]{}|^$\\]|[*+?}]\+|\{,|\[[^\]]*\[|--|\[\^?\]")
_BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
_NARROW = re.compile(r"[^\\.]*\Z")  # no class of characters that grows with Unicode
_EXACT_DIGITS = 15
_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Rule:
    """``clean`` and ``missing`` are never null; ``key`` stands for the value of a clean cell, null for a missing one.

    Equal values have equal keys; ``key_value`` makes the key of a value that frictionless read.
    """

    name: str
    clean: pl.Expr
    missing: pl.Expr
    key: pl.Expr | None
    key_value: Callable[[Any], Any]


class NoExpression(Exception):
    """Columns cannot say it as Python does."""


def rule_for(field: Any, column: str, *, keyed: bool) -> Rule:
    """The rule of a column: an expression where there is one, else frictionless's own reader for each different text."""
    cell = pl.col(column)
    missing = cell.is_in(missing_values(field)).fill_null(True)
    try:
        return _expression(field, cell, missing, keyed)
    except NoExpression:
        reader = DistinctColumn(field)
        clean = cell.map_batches(reader.clean, return_dtype=pl.Boolean()).fill_null(False)
        key = cell.map_batches(reader.key, return_dtype=pl.Int64()) if keyed else None
        return Rule(field.name, clean, missing, key, key_number)


def _expression(field: Any, cell: pl.Expr, missing: pl.Expr, keyed: bool) -> Rule:
    reading = reading_of(field, cell)
    if reading is None or (keyed and not reading.comparable):
        raise NoExpression
    constraints = {name: value for name, value in field.constraints.items() if value is not None and name != "unique"}
    required = constraints.pop("required", False)
    accepts = reading.accepts
    for name, constraint in constraints.items():
        accepts = accepts & _constraint(field, cell, reading, name, constraint)
    accepts = accepts.fill_null(False)
    clean = accepts & ~missing if required else accepts | missing
    key = pl.when(missing).then(None).otherwise(reading.value) if keyed else None
    return Rule(field.name, clean, missing, key, partial(_key_value, reading.dtype))


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
        try:
            listed = pl.Series(values, dtype=reading.dtype, strict=True)
        except (TypeError, pl.exceptions.PolarsError) as error:
            raise NoExpression from error
        return reading.exact & reading.value.is_in(listed.implode())
    raise NoExpression


def _pattern(cell: pl.Expr, pattern: Any) -> pl.Expr:
    if not isinstance(pattern, str) or not _PATTERN_TEXT.match(pattern) or _PATTERN_TRAPS.search(pattern):
        raise NoExpression
    matches = cell.str.contains(f"^(?:^{pattern}$)")
    if not _NARROW.match(pattern) or "[^" in pattern:
        matches = matches & ~cell.str.contains(r"[^ -~]")
    try:
        pl.DataFrame({"c": ["a"]}).select(pl.col("c").str.contains(f"^(?:^{pattern}$)"))
    except pl.exceptions.PolarsError as error:
        raise NoExpression from error
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
        raise NoExpression
    if isinstance(value, Decimal):
        if not value.is_finite() or len(value.as_tuple().digits) > _EXACT_DIGITS or abs(value.adjusted()) > _EXACT_DIGITS:
            raise NoExpression
        return float(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise NoExpression
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > _LARGEST:
        raise NoExpression
    return value


def _key_value(dtype: pl.DataType, value: Any) -> Any:
    """What frictionless read, as it stands in a column of keys. A number too long for it equals no clean cell: anything will do."""
    if dtype == pl.Float64 and value is not None:
        return float(value) + 0.0
    return None if dtype == pl.Int64 and value is not None and abs(value) > _LARGEST else value
