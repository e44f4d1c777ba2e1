"""Decimal numbers as whole ones: what has two decimals is compared as hundredths, which unpack several times faster than doubles."""

from fractions import Fraction
from math import floor
from typing import Any

from .connection import SCALED, ParquetTable, identifier
from .contract import Column

MOST_DECIMALS = 4
_LARGEST = 1e11  # with four decimals, what a double tells apart


def decimals_of(name: str) -> str:
    """SQL of how many decimals all values of a column have at most; NULL where that are too many or they are too large."""
    value = identifier(name)
    fitting = [f"WHEN {_misfits(value, 10**decimals)} = 0 THEN {decimals}" for decimals in range(MOST_DECIMALS + 1)]
    return f"CASE {' '.join(fitting)} END"


def _misfits(value: str, scale: int) -> str:
    # The quotient of two whole numbers is the double nearest to the decimal number: equal to it means that no more decimals were meant.
    fits = f"abs({value}) < {_LARGEST} AND round({value} * {scale}) / {scale} = {value}"
    return f"count({value}) FILTER (NOT coalesce({fits}, false))"


def scaled(name: str, decimals: int) -> str:
    """SQL of the hidden column beside it."""
    return f"round({identifier(name)} * {10**decimals})::BIGINT AS {identifier(SCALED + name)}"


def compared(table: ParquetTable, column: Column, sign: str, value: Any) -> tuple[str, list[Any]]:
    """A comparison of the column (``sign``: ``=``, ``<``, ``<=``, ``>``, ``>=``, ``IS DISTINCT FROM``) with a typed value, as SQL and
    the values it binds.
    """
    decimals = table.told(column).get("decimals")
    if decimals is None or not abs(value) < _LARGEST:
        return f"{identifier(column.name)} {sign} ?", [value]
    name, scale = identifier(SCALED + column.name), 10**decimals
    nearest = round(value * scale)
    if nearest / scale == value:
        return f"{name} {sign} ?", [nearest]
    if sign in ("=", "IS DISTINCT FROM"):  # no value of the column is this one
        return ("false" if sign == "=" else "true"), []
    return f"{name} {'>' if sign[0] == '>' else '<='} ?", [floor(Fraction(value) * scale)]
