"""The parts of the table explorer around the rows: a filter for each column, what holds, how to widen, what each column contains."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from datasets.tabular import Bar, ColumnStatistics, QueryError, facet_counts, read_page

from .columns import ColumnFact
from .table_preview import shown
from .table_question import RANGED, TableQuestion

FACET_VALUES = 30
SHOWN_VALUES = 8
CHART = (120, 32)  # the drawing's own units


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a column with few: `count` rows have it under the other conditions."""

    value: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Control:
    """The filter of one column in the form. `kind`: range, choice or text; the texts are what was typed, by operator."""

    column: ColumnFact
    kind: str
    has: str = ""
    equal: str = ""
    least: str = ""
    most: str = ""
    empty: str = ""
    has_empty: bool = False
    choices: Sequence[Choice] = ()
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition that holds, as words, with the address without it and, where nothing matches, the rows there would be."""

    text: str
    query_without: str
    rows_without: int | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """What a column holds. `bars`: (x, y, width, height, in words) of a chart of ranges; `values`: (value, language, count, per cent)."""

    column: ColumnFact
    statistics: ColumnStatistics
    bars: Sequence[tuple[float, float, float, float, str]] = ()
    values: Sequence[tuple[str, str, int, float]] = ()


def controls(path: Path, columns: Sequence[ColumnFact], statistics: Sequence[ColumnStatistics], question: TableQuestion) -> list[Control]:
    """A control for each column. Counts that cannot be had in time are left out: the form works without them."""
    known = {one.name: one for one in statistics}
    return [_control(path, column, known.get(column.name), question) for column in columns]


def _control(path: Path, column: ColumnFact, known: ColumnStatistics | None, question: TableQuestion) -> Control:
    def value(kind: str) -> str:
        return (question.values.get(f"{kind}.{column.name}") or [""])[0]

    choices: list[Choice] = []
    if known and known.few and known.distinct <= FACET_VALUES and (known.type == "boolean" or known.type == "text"):
        choices = _choices(path, known, question)
    kind = "range" if column.table_type in RANGED else "choice" if choices else "text"
    return Control(
        column,
        kind,
        has=value("has"),
        equal=value("is"),
        least=value("min"),
        most=value("max"),
        empty=value("empty"),
        has_empty=bool(known and known.nulls) or bool(value("empty")),
        choices=choices,
        shown=not question.columns or column.name in question.columns,
    )


def _choices(path: Path, known: ColumnStatistics, question: TableQuestion) -> list[Choice]:
    """The values with their counts under the other conditions; all of them, so that none vanishes while one chooses."""
    chosen = set(question.values.get(f"in.{known.name}", ()))
    others = question.without(f"in.{known.name}")
    counts = {bar.least: bar.count for bar in known.bars}
    if others.values:
        try:
            found = facet_counts(path, known.name, filters=others.filters, limit=FACET_VALUES + 1)
        except (QueryError, OSError):
            return []
        counts = dict.fromkeys(counts, 0) | {one.value: one.count for one in found if one.value is not None}
    return [
        Choice(text, count, text in chosen)
        for value, count in counts.items()
        if (text := str(value).lower() if value in (True, False) else str(value))
    ]


def conditions(path: Path | None, question: TableQuestion, columns: Sequence[ColumnFact]) -> list[Condition]:
    """What holds, in words. With `path`: how many rows there would be without each."""
    titles = {column.name: column.title for column in columns}
    found = []
    for parameter, values in question.values.items():
        operator, _dot, name = parameter.partition(".")
        exact = operator == "has" and values[0].startswith("=")
        words = {"column": titles.get(name, name), "value": values[0][1:] if exact else _(", ").join(values)}
        phrase = {
            "has": _("%(column)s contains “%(value)s”"),
            "is": _("%(column)s is “%(value)s”"),
            "min": _("%(column)s is at least %(value)s"),
            "max": _("%(column)s is at most %(value)s"),
            "in": _("%(column)s is one of: %(value)s"),
            "empty": _("%(column)s is not empty") if values[0] == "0" else _("%(column)s is empty"),
        }["is" if exact else operator]
        rest = question.without(parameter)
        rows = read_page(path, filters=rest.filters, limit=0).total if path else None
        found.append(Condition(phrase % words, rest.query, rows))
    return found


def profiles(columns: Sequence[ColumnFact], statistics: Sequence[ColumnStatistics]) -> list[Profile]:
    """Statistics with small charts, in the order of the columns; nothing for a table that has none yet."""
    known = {one.name: one for one in statistics}
    return [_profile(column, known[column.name]) for column in columns if column.name in known]


def _profile(column: ColumnFact, known: ColumnStatistics) -> Profile:
    largest = max((bar.count for bar in known.bars), default=0)
    if known.few and known.type in ("text", "boolean"):
        total = max(known.count, 1)
        cells = [(shown(bar.least), bar.count) for bar in known.bars[:SHOWN_VALUES]]
        values = [(cell.text, cell.language, count, round(100 * count / total, 1)) for cell, count in cells]
        return Profile(column, known, values=values)
    ranges = sorted(known.bars, key=lambda bar: bar.least) if known.few else known.bars
    return Profile(column, known, bars=[_drawn(bar, index, len(ranges), largest) for index, bar in enumerate(ranges)])


def _drawn(bar: Bar, index: int, number: int, largest: int) -> tuple[float, float, float, float, str]:
    width, height = CHART[0] / number, max(1.0, CHART[1] * bar.count / max(largest, 1)) if bar.count else 0
    span = str(bar.least) if bar.least == bar.most else f"{bar.least} – {bar.most}"
    gap = min(1.0, width / 5)
    return round(index * width, 2), round(CHART[1] - height, 2), round(width - gap, 2), round(height, 2), f"{span}: {bar.count}"
