"""Which rows repeat a unique value or a primary key, over the whole file, on typed values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl


@dataclass(frozen=True, slots=True)
class Repeats:
    """Row number -> the number of the last earlier row with the same value; ``empty`` rows have a primary key of nothing."""

    unique: dict[str, dict[int, int]] = field(default_factory=dict)
    primary: dict[int, int] = field(default_factory=dict)
    empty: frozenset[int] = frozenset()

    def rows(self) -> set[int]:
        """Every row that has a key error."""
        found = set(self.primary) | self.empty
        for repeated in self.unique.values():
            found |= set(repeated)
        return found


def find_repeats(frames: Sequence[pl.DataFrame], unique: Sequence[str], primary: Sequence[str], first_row: int) -> Repeats:
    """``frames`` hold the key columns of all rows in order."""
    if not frames:
        return Repeats()
    keys = pl.concat(frames).with_row_index("row", offset=first_row)
    found = {name: _previous(keys.filter(pl.col(name).is_not_null()), [name]) for name in unique}
    if not primary:
        return Repeats(found)
    nothing = pl.all_horizontal(pl.col(name).is_null() for name in primary)
    empty = frozenset(keys.filter(nothing)["row"].to_list())
    return Repeats(found, _previous(keys.filter(~nothing) if empty else keys, list(primary)), empty)


def _previous(keys: pl.DataFrame, names: list[str]) -> dict[int, int]:
    repeated = pl.col(names[0]).is_duplicated() if len(names) == 1 else pl.struct(names).is_duplicated()
    rows = keys.select("row", *names).filter(repeated)
    if not rows.height:
        return {}
    earlier = rows.with_columns(earlier=pl.col("row").shift(1).over(names)).filter(pl.col("earlier").is_not_null())
    return dict(earlier.select("row", "earlier").iter_rows())
