"""How a column of text is read as its type, many cells at a time.

The rule that everything rests on: where ``accepts`` is true, frictionless reads the cell without a type error and ``value`` is the
value it reads. Where it is false or null nothing is known, and frictionless's own reader decides.
"""

import re
from dataclasses import dataclass
from typing import Any

import polars as pl

_DATE_FORMATS = {"%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y/%m/%d", "%Y%m%d"}
_DATETIME = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?"
    r"(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9])?$"
)
_SETTINGS = {"group_char", "decimal_char", "bare_number"}


@dataclass(frozen=True, slots=True)
class Reading:
    """``accepts``: certainly of the type; ``value``: what it is then; ``exact``: where ``value`` is equal, not only close."""

    accepts: pl.Expr
    value: pl.Expr
    dtype: pl.DataType
    exact: pl.Expr
    comparable: bool = True


def missing_values(field: Any) -> list[str]:
    """The texts that mean "no value" in this column."""
    if field.has_defined("missing_values") or not field.schema:
        return [str(value) for value in field.missing_values]
    return [str(value) for value in field.schema.missing_values]


def reading_of(field: Any, cell: pl.Expr) -> Reading | None:
    """The reading of a column, or None where its type, format or settings have none."""
    reader = _READERS.get(field.type)
    if reader is None or (field.format != "default" and field.type != "date"):
        return None
    reading: Reading | None = reader(field, cell)
    return reading


def _text(field: Any, cell: pl.Expr) -> Reading:
    return Reading(pl.lit(True), cell, pl.String(), pl.lit(True))


def _integer(field: Any, cell: pl.Expr) -> Reading:
    value = _bare(field, cell).cast(pl.Int64, strict=False)
    # Python refuses whole numbers of more than 4,300 digits, were they zeros.
    return Reading(value.is_not_null() & (cell.str.len_bytes() < 4_000) & _plain(field, cell), value, pl.Int64(), pl.lit(True))


def _number(field: Any, cell: pl.Expr) -> Reading | None:
    """Exact: fifteen digits survive a double, but an exponent can make a number so small that it becomes zero."""
    text, allowed = _bare(field, cell), _plain(field, cell)
    if _SETTINGS & set(field.list_defined()):
        if len(field.group_char) > 1 or len(field.decimal_char) != 1:
            return None
        if field.group_char:
            text = text.str.replace_all(field.group_char, "", literal=True)
        if field.decimal_char != ".":
            allowed = allowed & ~text.str.contains(".", literal=True)
            text = text.str.replace_all(field.decimal_char, ".", literal=True)
    value = text.cast(pl.Float64, strict=False)
    exact = pl.lit(True) if field.float_number else (text.str.len_bytes() <= 15) & ~text.str.contains("[eE]")
    return Reading(value.is_finite() & allowed, value + 0.0, pl.Float64(), exact)


def _bare(field: Any, cell: pl.Expr) -> pl.Expr:
    """The cell without what stands around the number, where the field says that something may."""
    return cell if field.bare_number else cell.str.replace(r"^[^-\d]+", "").str.replace(r"\D+$", "")


def _plain(field: Any, cell: pl.Expr) -> pl.Expr:
    """Rust and Python need not know the same digits of other scripts."""
    return pl.lit(True) if field.bare_number else ~cell.str.contains(r"[\p{N}--0-9]")


def _boolean(field: Any, cell: pl.Expr) -> Reading:
    meaning = dict.fromkeys(field.true_values, True) | dict.fromkeys(field.false_values, False)
    true = [word for word, value in meaning.items() if value]
    return Reading(cell.is_in(list(meaning)), cell.is_in(true), pl.Boolean(), pl.lit(True), comparable=False)


def _date(field: Any, cell: pl.Expr) -> Reading | None:
    form = "%Y-%m-%d" if field.format == "default" else field.format
    if form != "%Y-%m-%d" and form not in _DATE_FORMATS:
        return None
    shape = "^" + re.escape(form).replace("%d", "[0-9]{2}").replace("%m", "[0-9]{2}").replace("%Y", "[0-9]{4}") + "$"
    value = cell.str.to_date(form, strict=False)
    accepts = cell.str.contains(shape) & value.is_not_null() & (value.dt.year() >= 1)
    return Reading(accepts, value, pl.Date(), pl.lit(True))


def _datetime(field: Any, cell: pl.Expr) -> Reading:
    """Times with an offset are kept as UTC; a column mixes naive and aware times only by mistake, so there is no comparing."""
    day = cell.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
    accepts = cell.str.contains(_DATETIME) & ~cell.str.starts_with("0000") & day.is_not_null()
    naive = cell.str.contains(r"[0-9]$") & ~cell.str.contains(r"[+-][0-9]{2}:[0-9]{2}$")
    local = cell.str.replace(" ", "T").str.to_datetime("%Y-%m-%dT%H:%M:%S%.f", strict=False, time_unit="us")
    return Reading(accepts, local, pl.Datetime("us"), naive, comparable=False)


def _time(field: Any, cell: pl.Expr) -> Reading:
    accepts = cell.str.contains(r"^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$")
    return Reading(accepts, cell.str.to_time("%H:%M:%S", strict=False), pl.Time(), pl.lit(True), comparable=False)


def _year(field: Any, cell: pl.Expr) -> Reading:
    value = cell.cast(pl.Int64, strict=False)
    return Reading((cell.str.len_bytes() == 4) & (value >= 0), value, pl.Int64(), pl.lit(True))


def _yearmonth(field: Any, cell: pl.Expr) -> Reading:
    return Reading(cell.str.contains(r"^[0-9]{4}-(0[1-9]|1[0-2])$"), cell, pl.String(), pl.lit(True), comparable=False)


def _geopoint(field: Any, cell: pl.Expr) -> Reading:
    accepts = cell.str.contains(r"^-?[0-9]{1,2}(\.[0-9]{1,12})?, ?-?([0-8]?[0-9])(\.[0-9]{1,12})?$")
    return Reading(accepts, cell, pl.String(), pl.lit(False), comparable=False)


_READERS = {
    "string": _text,
    "any": _text,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "datetime": _datetime,
    "time": _time,
    "year": _year,
    "yearmonth": _yearmonth,
    "geopoint": _geopoint,
}
