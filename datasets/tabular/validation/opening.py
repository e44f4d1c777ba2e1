"""Opens the work file as frictionless would: schema, labels, and the fields expected in each row."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from frictionless import Dialect, FrictionlessException, Schema

from datasets.tabular.contract import Problem, TabularError
from datasets.tabular.workfile import WorkFile, reader_options

from .judging import JudgedTable, Record


@dataclass(frozen=True, slots=True)
class OpenTable:
    """``labels`` as they stand, ``fields`` one for each expected cell: frictionless's objects."""

    work: WorkFile
    schema: Schema
    labels: list[str]
    fields: list[Any]
    empty: bool
    name: str = "table"

    def resource(self) -> JudgedTable:
        """A fresh frictionless resource over the same records."""
        return _resource(self.work, self.schema, self.name)

    def content(self) -> Iterator[Record]:
        """The records that are data, with their numbers: header, comments and whatever else the dialect skips left out."""
        records: Iterator[Record] = _dialect(self.work).read_enumerated_content_stream(read_records(self.work))
        return records

    @property
    def first_row(self) -> int:
        """The number of the first record that is data."""
        return (self.work.header_rows or [0])[-1] + 1


def read_records(work: WorkFile) -> Iterator[list[str]]:
    """The records of the work file, as frictionless's csv parser yields them."""
    with work.path.open("r", encoding=work.encoding, newline="") as file:
        yield from csv.reader(file, **reader_options(work.csv))


def build_schema(descriptor: Mapping[str, Any]) -> Schema:
    """The Table Schema of a descriptor. Raises ``bad-descriptor`` with frictionless's notes."""
    try:
        schema = Schema.from_descriptor(dict(descriptor.get("schema") or {}))
        for field in schema.fields:
            field.create_cell_reader()  # compiles patterns and reads bounds: better now than at the first row
        return schema
    except FrictionlessException as error:
        notes = [reason.note for reason in error.reasons] or [error.error.note]
        raise TabularError(Problem("bad-descriptor", {"reason": "; ".join(notes)})) from error
    except Exception as error:  # malformed enough that frictionless's own checks break
        raise TabularError(Problem("bad-descriptor", {"reason": str(error)})) from error


def open_table(work: WorkFile, descriptor: Mapping[str, Any], *, name: str = "table") -> OpenTable:
    """Settles the header. Raises :class:`frictionless.FrictionlessException` where frictionless refuses to open the file."""
    schema = build_schema(descriptor)
    resource = _resource(work, schema, name)
    with resource:
        header = resource.header
        return OpenTable(
            work=work,
            schema=resource.schema,
            labels=list(resource.labels),
            fields=list(header.get_expected_fields()),
            empty=not (resource.labels or resource.fragment),
            name=name,
        )


def _resource(work: WorkFile, schema: Schema, name: str) -> JudgedTable:
    """Records go in as data: frictionless's csv parser would sniff the dialect again, which is slow on hostile text."""
    return JudgedTable(name=name, data=lambda: read_records(work), format="inline", dialect=_dialect(work), schema=schema)


def _dialect(work: WorkFile) -> Dialect:
    try:
        return Dialect.from_descriptor({name: value for name, value in work.dialect.items() if name != "csv"})
    except FrictionlessException as error:
        raise TabularError(Problem("bad-descriptor", {"reason": error.error.note})) from error
