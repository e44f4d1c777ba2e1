"""What a living fact shows: looked up in the published version of a table, kept for as long as that version is the current one.

Another way of showing facts is one entry more in `WAYS`: its name in the editor, and what it makes of the rows that were asked for.
"""

import hashlib
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import Page

from datasets.charts.shown import problem_in_words
from datasets.models import Chart, Resource, Version
from datasets.models.identity import language_path
from datasets.tabular import Filter, QueryError, read_page
from datasets.views.columns import ColumnFact, column_facts
from datasets.views.table_preview import Cell, shown

MOST_ROWS = 20
MOST_ADDED = 50_000
MOST_EARLIER = 12  # versions looked at for a trend
Rows = list[list[Any]]
NO_COLUMN = _("The table has no column “%(name)s” any more.")


class CannotShow(Exception):
    """The rows are there but do not make this fact; the message says why."""


@dataclass(frozen=True, slots=True)
class Fact:
    """`rows` in the order of `columns`; a number is one row of one column. `problem`: why there is nothing to show, for editors."""

    resource: Resource | None
    version: Version | None = None
    columns: Sequence[ColumnFact] = ()
    rows: Sequence[Sequence[Any]] = ()
    problem: Any = ""

    @property
    def number(self) -> Any:
        return self.rows[0][0] if len(self.rows) == len(self.columns) == 1 else None

    @property
    def cells(self) -> list[list[Cell]]:
        return [[shown(cell) for cell in row] for row in self.rows]


def _one(rows: Rows, total: int) -> Rows:
    if total != 1:
        raise CannotShow(
            _("%(count)d rows have this value, one was expected. Choose the row by a column that names it.") % {"count": total}
        )
    return [rows[0][:1]]


def _sum(rows: Rows, total: int) -> Rows:
    values = [row[0] for row in rows if row[0] is not None]
    if total > MOST_ADDED or not values or not all(isinstance(value, int | float) for value in values):
        raise CannotShow(_("This column cannot be added up: it holds no numbers, or too many."))
    return [[round(sum(values), 6)]]


def _table(rows: Rows, total: int) -> Rows:
    if total > MOST_ROWS:
        raise CannotShow(_("%(count)d rows are too many for a page: choose fewer, or link to the dataset.") % {"count": total})
    return rows


WAYS: dict[str, tuple[Any, Callable[[Rows, int], Rows]]] = {
    "value": (_("the number in one row"), _one),
    "sum": (_("the sum of a column"), _sum),
    "count": (_("how many rows there are"), lambda rows, total: [[total]]),
    "table": (_("a small table"), _table),
}


def choices() -> list[tuple[str, Any]]:
    """The ways of showing facts, for the editor."""
    return [(name, label) for name, (label, _make) in WAYS.items()]


def blocks_on(page: Page, kind: str = "fact") -> Iterator[Mapping[str, Any]]:
    """The value of every living fact, or every chart, on `page`."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            for block in field.value_from_object(page):
                if block.block_type == kind:
                    yield block.value


def problems_on(page: Page) -> Iterator[tuple[str, Any]]:
    """(what, why) of each living fact and chart on `page` that readers do not see, or see outdated."""
    for value in blocks_on(page):
        if problem := look_up(value).problem:
            yield _("Living fact “%(label)s”") % {"label": value["label"]}, problem
    for value in blocks_on(page, "chart"):
        chart = Chart.objects.filter(uuid=value["chart"] or None).first()
        if problem := problem_in_words(chart.problem) if chart and chart.is_public else _("It was deleted, or is not public any more."):
            yield _("Chart “%(name)s”") % {"name": chart or "–"}, problem


def lost_column(value: Mapping[str, Any], known: Container[str]) -> str:
    """The first column that a fact needs and that is not `known`; "" where all are."""
    return next((name for name in [*value["columns"], value["where_column"]] if name and name not in known), "")


def look_up(value: Mapping[str, Any]) -> Fact:
    """The fact of a block's `value`, as the public may see it now."""
    chosen = value.get("resource")
    if chosen is None or not chosen.is_public:
        return Fact(chosen, problem=_("The data have been withdrawn."))
    resource, version = chosen, chosen.current
    if version is None or version.parquet_path is None:
        return Fact(resource, version, problem=_("The newest version is no table any more."))
    known = {column.name: column for column in column_facts(version.schema)}
    wanted = list(value["columns"])
    if gone := lost_column(value, known):
        return Fact(resource, version, problem=NO_COLUMN % {"name": gone})
    columns = [known[name] for name in (wanted if value["shown_as"] == "table" else wanted[:1])]
    try:
        return Fact(resource, version, columns, _rows(version, value, [column.name for column in columns]))
    except CannotShow as error:
        return Fact(resource, version, columns, problem=error.args[0])
    except (QueryError, OSError):
        return Fact(resource, version, columns, problem=_("The table cannot answer this now."))


@dataclass(frozen=True, slots=True)
class Trend:
    """The figure before it became what it is: `before`, as `version` at `url` had it; `shape` is that of its badge."""

    before: int | float
    version: Version
    rises: bool
    shape: str

    @property
    def url(self) -> str:
        return language_path(f"/version/{self.version.uuid}/")


def trend_of(value: Mapping[str, Any], fact: Fact) -> Trend | None:
    """The newest earlier version in which an indicator's figure was another: a version that changes nothing makes no trend."""
    if fact.version is None or fact.resource is None or not isinstance(fact.number, int | float):
        return None
    earlier = fact.resource.versions.filter(published__isnull=False, number__lt=fact.version.number).order_by("-number")
    for version in earlier[:MOST_EARLIER]:
        if version.data_file_id == fact.version.data_file_id or version.parquet_path is None:
            continue
        try:
            ((before,),) = _rows(version, value, [column.name for column in fact.columns])
        except (CannotShow, QueryError, OSError, ValueError):
            return None  # the table was another one then
        if isinstance(before, int | float) and before != fact.number:
            rises = fact.number > before
            return Trend(before, version, rises, "good" if rises == (value["better"] == "higher") else "warn")
    return None


def _rows(version: Version, value: Mapping[str, Any], columns: list[str]) -> Rows:
    """A version never changes: what it said once is kept, and the table is not asked again."""
    way, where = value["shown_as"], (value["where_column"], value["where_value"])
    key = "fact:" + hashlib.sha256(repr((str(version.uuid), way, columns, where)).encode()).hexdigest()
    if (rows := cache.get(key)) is None:
        filters = [Filter(where[0], "eq", where[1])] if where[0] else []
        page = read_page(str(version.parquet_path), columns=columns, filters=filters, limit=MOST_ADDED if way == "sum" else MOST_ROWS)
        rows = WAYS[way][1]([list(row) for row in page.rows], page.total)
        cache.set(key, rows, None)
    return rows
