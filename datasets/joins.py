"""Two published tables laid side by side by the code of the place, whatever edition of the codes each was made with."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import polars as pl
from django.db.models import TextField
from django.db.models.functions import Cast

from .models import Resource, Version
from .selectors import crosswalk, visible_resources
from .tabular.joining import CodeJoin, TooManyPairs, join_by_code

CODE = "administrative-code"  # what a schema calls such a column
MOST_ROWS = 200_000  # of either table and of the answer: both are held in memory for a moment
MOST_TABLES = 200


class NotJoinable(ValueError):
    """`code`: no-code-column, unknown-column or too-many-rows."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Side(NamedTuple):
    """A table and its column of codes."""

    resource: Resource
    column: str

    @property
    def version(self) -> Version:
        if self.resource.current is None:
            raise NotJoinable("no-table")
        return self.resource.current


@dataclass(frozen=True, slots=True)
class Joined:
    """`right` None: the units themselves, with names and parents."""

    left: Side
    right: Side | None
    found: CodeJoin


def code_columns(resource: Resource) -> list[str]:
    """Columns of its current table that are declared as administrative codes."""
    schema: dict[str, Any] = resource.current.schema if resource.current is not None and resource.current.parquet else {}
    return [str(field["name"]) for field in schema.get("fields") or [] if field.get("kind") == CODE]


def joinable(user: Any, *, besides: Resource | None = None) -> list[Resource]:
    """Tables with a column of codes that the user sees, by their dataset's title."""
    found = visible_resources(user).exclude(current__parquet="").annotate(described=Cast("current__schema", TextField()))
    found = found.filter(described__contains=f'"{CODE}"').order_by("dataset__title", "position")
    return [one for one in found.exclude(pk=besides.pk if besides else None)[:MOST_TABLES] if code_columns(one)]


def side(resource: Resource, column: str = "") -> Side:
    """The table with `column`, or its first column of codes. NotJoinable."""
    columns = code_columns(resource)
    if not columns:
        raise NotJoinable("no-code-column")
    if column and column not in columns:
        raise NotJoinable("unknown-column")
    return Side(resource, column or columns[0])


def join(left: Side, right: Side | None) -> Joined:
    """NotJoinable where the tables or their pairs are too many; TableLost."""
    paths = [_table(left), _table(right) if right else None]
    try:
        found = join_by_code(
            paths[0] or "",
            paths[1],
            left_column=left.column,
            right_column=right.column if right else "code",
            crosswalk=crosswalk(),
            most=MOST_ROWS,
        )
    except TooManyPairs:
        raise NotJoinable("too-many-rows") from None
    return Joined(left, right, found)


@contextmanager
def as_parquet(joined: Joined) -> Iterator[Path]:
    """The joined table as a file, for as long as it is read."""
    with TemporaryDirectory(prefix="tabular-") as folder:
        path = Path(folder) / "joined.parquet"
        joined.found.frame.drop("_id", strict=False).with_row_index("_id", offset=1).with_columns(
            pl.col("_id").cast(pl.Int64)
        ).write_parquet(path)
        yield path


def _table(one: Side) -> Path:
    path = one.version.parquet_path
    if path is None:
        raise NotJoinable("no-code-column")
    if (one.version.row_count or 0) > MOST_ROWS:
        raise NotJoinable("too-many-rows")
    return path
