"""The portal's own records are datasets too: an app registers rows and their Table Schema, the pipeline does the rest."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """A dataset with one table. `about`: fields of the dataset as `create_dataset` takes them; `schema()`: a Table Schema, whose fields
    may have `title_translated`; `rows()`: the cells in the order of the schema's fields, sorted, and fit for everybody's eyes."""

    name: str
    about: Mapping[str, Any]
    schema: Callable[[], Mapping[str, Any]]
    rows: Callable[[], Iterable[Sequence[Any]]]


RECORDS: dict[str, OwnRecord] = {}


def register(name: str, *, about: Mapping[str, Any], schema: Callable[[], Mapping[str, Any]], rows: Callable[[], Iterable[Any]]) -> None:
    """Called in `AppConfig.ready()`; `publish_own_records` looks at it by the timetable."""
    RECORDS[name] = OwnRecord(name, about, schema, rows)
