"""Tables joined by administrative code, through the crosswalk: nothing is lost without being told."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl
import polars.selectors as cs

from .connection import HIDDEN, damaged
from .crosswalk import TODAY, Crosswalk, Remap

UNIT_CODE = "unit_code"


class TooManyPairs(ValueError):
    """A code stands so often in both tables that their pairs are more than were allowed."""


@dataclass(frozen=True, slots=True)
class CodeJoin:
    """`frame`: every row of the left table with a code, `unit_code` (today's) and the right table's columns, null where it has none.

    `edition` and `codes` tell about the left table: the edition it uses, and which of its codes were matched, remapped or dropped
    (a dropped code has no counterpart today: its rows are not in `frame`). `unmatched`: codes the right table has no row for.
    """

    frame: pl.DataFrame
    edition: str
    codes: Remap
    unmatched: tuple[str, ...]


def join_by_code(
    left: str | Path,
    right: str | Path | None,
    *,
    left_column: str,
    right_column: str = "code",
    crosswalk: Crosswalk,
    most: int | None = None,
) -> CodeJoin:
    """Joins two Parquet tables by code, both brought to today's edition. TooManyPairs: more than `most` rows would come out.

    Without `right` the units themselves are joined (name_km, name_latin, parent_code).
    Names that both tables have get the suffix `_right`. A code that is on the right more than once gives as many rows.
    """
    table, edition, codes = _brought_to_today(left, left_column, crosswalk)
    if right is None:
        units = crosswalk.editions[TODAY].values()
        other = pl.DataFrame(
            [(unit.code, unit.name_km, unit.name_latin, unit.parent_code) for unit in units],
            schema=dict.fromkeys([UNIT_CODE, "name_km", "name_latin", "parent_code"], pl.String()),
            orient="row",
        )
    else:
        other = _brought_to_today(right, right_column, crosswalk)[0].drop("_id", strict=False)
        other = other if right_column == UNIT_CODE else other.drop(right_column)
    if most is not None:
        beside = table.select(UNIT_CODE).join(other[UNIT_CODE].value_counts(), on=UNIT_CODE, how="left")["count"].fill_null(1).sum()
        if beside > most:
            raise TooManyPairs(beside)
    missing = set(table[UNIT_CODE]) - set(other[UNIT_CODE])
    frame = table.join(other, on=UNIT_CODE, how="left", maintain_order="left")
    added = [name for name in frame.columns if name not in table.columns]
    rest = [name for name in table.columns if name not in (left_column, UNIT_CODE)]
    frame = frame.select(*dict.fromkeys([left_column, UNIT_CODE, *added, *rest]))  # what was joined stands beside the code
    return CodeJoin(frame, edition, codes, tuple(sorted(missing)))


def _brought_to_today(path: str | Path, column: str, crosswalk: Crosswalk) -> tuple[pl.DataFrame, str, Remap]:
    try:
        scanned = pl.scan_parquet(path).select(~cs.starts_with(*HIDDEN)).collect()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise damaged(path) from error
    table = scanned.with_columns(pl.col(column).cast(pl.String).alias(UNIT_CODE))
    given = table[UNIT_CODE].drop_nulls().to_list()
    edition = crosswalk.edition_of(given).edition
    codes = crosswalk.remap(given, edition, TODAY)
    mapping = pl.DataFrame(
        {UNIT_CODE: list(codes.mapping), "to": list(codes.mapping.values())}, schema={UNIT_CODE: pl.String(), "to": pl.String()}
    )
    table = table.join(mapping, on=UNIT_CODE, how="inner", maintain_order="left")
    return table.with_columns(pl.col("to").alias(UNIT_CODE)).drop("to"), edition, codes
