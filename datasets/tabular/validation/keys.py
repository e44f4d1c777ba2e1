"""Which rows may repeat a key: eight bytes a row and key, whatever the key is made of.

Equal values have equal hashes, so every row with an error is among those found; a row found by chance is cleared by frictionless,
which compares the values themselves.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

Positions = np.ndarray[Any, np.dtype[np.int64]]


class Keys:
    """``groups`` are the columns of each key: the unique ones one by one, the primary key together."""

    def __init__(self, unique: Sequence[str], primary: Sequence[str]) -> None:
        self.groups = list(dict.fromkeys([*((name,) for name in unique), *([tuple(primary)] if primary else [])]))
        self._hashes: list[list[np.ndarray[Any, Any]]] = [[] for _ in self.groups]

    def add(self, frame: pl.DataFrame, position: int) -> None:
        """``frame`` has the key columns of the next rows, which begin at ``position``."""
        for group, hashes in zip(self.groups, self._hashes, strict=True):
            cells = frame.select(group)
            found = cells.hash_rows().to_numpy()
            if any(cells.get_column(name).null_count() for name in group):
                # A key of nothing repeats no other: unique ignores it, and as a primary key it is an error by itself.
                nothing = cells.select(pl.all_horizontal(pl.all().is_null())).to_series().to_numpy()
                own = pl.int_range(position, position + frame.height, eager=True).hash(seed=1).to_numpy()
                found = np.where(nothing, own, found)
            hashes.append(found)

    def repeated(self) -> Positions:
        """The positions of all rows whose key may stand in another row too, in order."""
        found: list[Positions] = [np.empty(0, np.int64)]
        for hashes in self._hashes:
            whole = np.concatenate(hashes) if hashes else np.empty(0, np.uint64)
            hashes.clear()
            ordered = np.sort(whole)
            twice = ordered[1:][ordered[1:] == ordered[:-1]]
            del ordered
            if twice.size:
                found.append(np.flatnonzero(np.isin(whole, np.unique(twice))))
        return np.unique(np.concatenate(found))
