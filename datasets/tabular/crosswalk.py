"""Administrative codes over time: which edition a table uses, and what each of its codes is called in another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

TODAY = "today"
COLUMNS = ("edition", "code", "name_km", "name_latin", "parent_code", "replaced_by")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of one edition; `replaced_by` is its code in today's edition, "" where none is known."""

    code: str
    name_km: str
    name_latin: str
    parent_code: str
    replaced_by: str


@dataclass(frozen=True, slots=True)
class Fit:
    """The edition in which most of the codes are known, how many distinct codes it knows, and which it does not."""

    edition: str
    known: int
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remap:
    """What became of codes. `mapping` has every code that has a counterpart; the counts are of the codes as given, repeats included.

    `matched`: the same code in both editions; `remapped`: another one; `dropped`: none is known (`dropped_codes`: those, each once).
    """

    mapping: Mapping[str, str]
    matched: int
    remapped: int
    dropped: int
    dropped_codes: tuple[str, ...]


@dataclass(frozen=True)
class Crosswalk:
    """`editions`: name -> code -> unit, the newest last. An edition that lists one level only takes the others from today's."""

    editions: Mapping[str, Mapping[str, Unit]]

    @cached_property
    def _known(self) -> dict[str, frozenset[str]]:
        today = self.editions.get(TODAY, {})
        known = {}
        for name, units in self.editions.items():
            levels = {len(code) for code in units}
            known[name] = frozenset(units) | {code for code in today if len(code) not in levels}
        return known

    def known(self, edition: str) -> frozenset[str]:
        """The codes that an edition knows."""
        return self._known[edition]

    @cached_property
    def codes(self) -> frozenset[str]:
        """Every code of every edition."""
        return frozenset().union(*self._known.values())

    @cached_property
    def _older_names(self) -> dict[str, dict[str, str]]:
        """Edition -> today's code -> the code it had there. A code that is its own successor comes before one that was replaced."""
        found: dict[str, dict[str, str]] = {}
        for name, units in self.editions.items():
            pairs = ((unit.replaced_by, unit.code) for unit in units.values() if unit.replaced_by)
            found[name] = dict(sorted(pairs, key=lambda pair: pair[0] == pair[1]))
        return found

    def edition_of(self, codes: Iterable[str]) -> Fit:
        """The edition that knows most of the distinct, non-empty `codes`; today's where several know as many."""
        distinct = {code for code in codes if code}
        counts = {name: len(distinct & known) for name, known in self._known.items()}
        edition = max(counts, key=lambda name: (counts[name], name == TODAY), default=TODAY)
        unknown = distinct - self._known.get(edition, frozenset())
        return Fit(edition, len(distinct) - len(unknown), tuple(sorted(unknown)))

    def remap(self, codes: Iterable[str], from_edition: str, to_edition: str) -> Remap:
        """What `codes` of one edition are in another. KeyError: no such edition.

        A code that only the other edition knows is taken as it is.
        """
        mapping: dict[str, str] = {}
        counts = {"matched": 0, "remapped": 0, "dropped": 0}
        dropped: dict[str, None] = {}
        source, target, older = self.editions[from_edition], self._known[to_edition], self._older_names[to_edition]
        for code in codes:
            unit = source.get(code)
            today = unit.replaced_by if unit is not None and from_edition != TODAY else code
            other = today if to_edition == TODAY else older.get(today, today)
            if from_edition == to_edition or (unit is None and code in target):
                other = code
            if not other or other not in target:
                counts["dropped"] += 1
                dropped[code] = None
                continue
            mapping[code] = other
            counts["matched" if other == code else "remapped"] += 1
        return Remap(mapping, **counts, dropped_codes=tuple(dropped))


def read_crosswalk(path: str | Path) -> Crosswalk:
    """The crosswalk in a CSV or Parquet file with (at least) the columns COLUMNS, all text."""
    scan = pl.scan_parquet(path) if Path(path).suffix == ".parquet" else pl.scan_csv(path, infer_schema=False)
    editions: dict[str, dict[str, Unit]] = {}
    for edition, *rest in scan.select(pl.col(*COLUMNS).cast(pl.String).fill_null("")).collect().iter_rows():
        editions.setdefault(edition, {})[rest[0]] = Unit(*rest)
    return Crosswalk(editions)
