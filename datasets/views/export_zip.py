"""The table as one archive that explains itself: data, dictionary, licence and citation, written while it is sent."""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from datasets.models import Resource, Version
from datasets.tabular.exporting import neutralise, stream_export

from .citation import citation
from .columns import ColumnFact
from .export_about import about_rows


def stream_zip(resource: Resource, version: Version, columns: Sequence[ColumnFact], view: dict[str, Any]) -> Iterator[bytes]:
    """`data.csv` (the view), `columns.csv` (the dictionary of its columns), `README.txt` (source, licence, citation, in three languages).

    The list of contents stands at the end of an archive: one that was cut off does not open.
    """
    data = stream_export(version.parquet_path, "csv", **view)  # what is wrong is said before the first byte
    return _written(resource, version, columns, view, data)


def _written(
    resource: Resource, version: Version, columns: Sequence[ColumnFact], view: dict[str, Any], data: Iterator[bytes]
) -> Iterator[bytes]:
    out = _Pipe()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        texts = {"README.txt": _readme(resource, version), "columns.csv": _dictionary(columns, view.get("columns"))}
        for name, text in texts.items():
            archive.writestr(name, "\ufeff" + text)
        with archive.open("data.csv", "w", force_zip64=True) as member:
            for chunk in data:
                member.write(chunk)
                yield out.taken()
    yield out.taken()


class _Pipe(io.RawIOBase):
    """Takes what the archive writes and hands it on."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.parts.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        found, self.parts = b"".join(self.parts), []
        return found


def _readme(resource: Resource, version: Version) -> str:
    lines = [f"{what}: {value}" if value else what for what, value in about_rows(resource, version)]
    return "\r\n".join([*lines, "", citation(resource.dataset, resource), ""])


def _dictionary(columns: Sequence[ColumnFact], chosen: Sequence[str] | None) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["column", "type", "title", "description", "rules"])
    for column in columns:
        if not chosen or column.name in chosen:
            facts = [column.name, column.type, column.label, column.description, "; ".join(column.rules)]
            writer.writerow([neutralise(fact) for fact in facts])
    return out.getvalue()
