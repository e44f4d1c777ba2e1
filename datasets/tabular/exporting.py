"""The filtered view as a file, in bounded memory: DuckDB reads, Polars writes, a batch of rows at a time."""

import io
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

import polars as pl

from .conditions import Sort
from .contract import Column
from .dumping import read_frames
from .query import read_page
from .questions import Filter, QueryError, TooManyRows
from .records import GEOMETRY
from .workbooks import file_chunks, write_workbook

EXPORT_FORMATS: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "ndjson": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
    "geojson": "application/geo+json",
}
MAX_XLSX_ROWS = 100_000
SECONDS = 60.0  # for each step, not for the whole download
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LONGITUDE = ("longitude", "lon", "lng", "long", "រយៈបណ្តោយ", "经度")
_LATITUDE = ("latitude", "lat", "រយៈទទឹង", "纬度")
_COLLECTION = b'{"type": "FeatureCollection", "features": [\n'
Frames = Iterator[pl.DataFrame]


def export(parquet: str | os.PathLike[str], format: str, out: IO[bytes], **view: Any) -> int:
    """Writes the view to a binary stream and returns the number of bytes. Parameters and errors: see ``stream_export``."""
    return sum(out.write(chunk) for chunk in stream_export(parquet, format, **view))


def stream_export(
    parquet: str | os.PathLike[str],
    format: str,
    *,
    columns: Sequence[str] | None = None,
    filters: Iterable[Filter] = (),
    sort: Sequence[Sort] = (),
    search: str | None = None,
    labels: Mapping[str, str] | None = None,
    about: Sequence[tuple[str, str]] = (),
) -> Iterator[bytes]:
    """The view in chunks of bytes, made as they are asked for; close the iterator to stop early. A failure on the way raises: what was
    sent until then is no whole file, and a JSON text or a Parquet file shows it.

    ``columns`` None: all but ``_id``. ``labels`` renames columns in the header. CSV begins with a byte order mark, so that Excel
    shows Khmer; text that a spreadsheet would run as a formula gets a ``'`` in front in CSV and TSV. JSON is an array of objects, NDJSON
    one a line, GeoJSON a collection of features (see ``has_places``). Raises, before the first byte, :class:`QueryError` (also
    ``bad-format`` and ``no-coordinates``) and :class:`TooManyRows` (XLSX over 100,000 rows).
    """
    if format not in EXPORT_FORMATS:
        raise QueryError("bad-format", None, format=format)
    filters = list(filters)
    chosen, found = read_frames(parquet, columns=columns, filters=filters, sort=sort, search=search, ids=False, seconds=SECONDS)
    headings = _headings(chosen, labels or {})
    frames = (frame.rename(dict(zip(frame.columns, headings, strict=True))) for frame in found)
    if format == "geojson" and not has_places(chosen):
        raise QueryError("no-coordinates")
    if format == "xlsx":
        total = read_page(parquet, filters=filters, search=search, limit=0).total
        if total > MAX_XLSX_ROWS:
            raise TooManyRows(total, MAX_XLSX_ROWS)
        return write_workbook(frames, chosen, headings, about)
    return _WRITERS[format](frames, chosen, headings)


def point_columns(columns: Sequence[Column]) -> tuple[str, str] | None:
    """The names of the columns with longitude and latitude (in degrees), known by their names; None where there are none."""
    numbers = {column.name.strip().lower(): column.name for column in columns if column.type in ("integer", "number")}
    found = [next((numbers[name] for name in names if name in numbers), None) for names in (_LONGITUDE, _LATITUDE)]
    return (found[0], found[1]) if found[0] and found[1] else None


def has_places(columns: Sequence[Column]) -> bool:
    """Whether rows have a place on the map: coordinates, or a column called ``geometry``."""
    return point_columns(columns) is not None or any(column.name == GEOMETRY for column in columns)


def _headings(columns: Sequence[Column], labels: Mapping[str, str]) -> list[str]:
    """The label of each column; its name where another column has that label already."""
    taken: dict[str, None] = {}
    for column in columns:
        label = labels.get(column.name, column.name)
        taken[label if label.lower() not in {one.lower() for one in taken} else column.name] = None
    return list(taken)


def neutralise(text: str) -> str:
    """Text that a spreadsheet will not run as a formula."""
    return "'" + text if text.startswith(_FORMULA) else text


def _separated(mark: bytes, separator: str) -> Callable[[Frames, Sequence[Column], Sequence[str]], Iterator[bytes]]:
    def write(frames: Frames, columns: Sequence[Column], headings: Sequence[str]) -> Iterator[bytes]:
        head = pl.DataFrame([[neutralise(heading)] for heading in headings], orient="col")
        yield mark + _csv(head, separator)
        risky = pl.selectors.string()
        formula = risky.str.contains(f"^[{''.join(_FORMULA)}]".replace("-", r"\-"))
        for frame in frames:
            yield _csv(frame.with_columns(pl.when(formula).then(pl.format("'{}", risky)).otherwise(risky)), separator)

    return write


def _csv(frame: pl.DataFrame, separator: str) -> bytes:
    out = io.BytesIO()
    frame.write_csv(
        out,
        include_header=False,
        separator=separator,
        line_terminator="\r\n",
        datetime_format="%Y-%m-%dT%H:%M:%S%.f",
        time_format="%H:%M:%S%.f",
    )
    return out.getvalue()


def _ndjson(frames: Frames, columns: Sequence[Column] = (), headings: Sequence[str] = ()) -> Iterator[bytes]:
    for frame in frames:
        out = io.BytesIO()
        frame.with_columns(_as_json(name, dtype) for name, dtype in frame.schema.items()).write_ndjson(out)
        yield out.getvalue()


def _as_json(name: str, dtype: pl.DataType) -> pl.Expr:
    value = pl.col(name)
    if dtype == pl.Datetime:
        return value.dt.to_string("%Y-%m-%dT%H:%M:%S%.f")
    if dtype == pl.Time:
        return value.dt.to_string("%H:%M:%S%.f")
    return pl.when(value.is_finite()).then(value) if dtype == pl.Float64 else value


def _array(lines: Iterator[bytes], start: bytes, end: bytes) -> Iterator[bytes]:
    """Objects a line each as one JSON text, which is closed only when the last one was written."""
    separator = start
    for some in lines:
        if some:
            yield separator + some.rstrip(b"\n").replace(b"\n", b",\n")
            separator = b",\n"
    yield (start if separator == start else b"\n") + end


def _json(frames: Frames, columns: Sequence[Column], headings: Sequence[str]) -> Iterator[bytes]:
    return _array(_ndjson(frames), b"[\n", b"]\n")


def _geojson(frames: Frames, columns: Sequence[Column], headings: Sequence[str]) -> Iterator[bytes]:
    named = dict(zip((column.name for column in columns), headings, strict=True))
    if GEOMETRY in named:
        return _array(_shapes(frames, named[GEOMETRY]), _COLLECTION, b"]}\n")
    longitude, latitude = (pl.col(named[name]).cast(pl.Float64) for name in point_columns(columns) or ())
    somewhere = longitude.is_between(-180, 180) & latitude.is_between(-90, 90)
    point = pl.struct(pl.lit("Point").alias("type"), pl.concat_list(longitude, latitude).alias("coordinates"))

    def features() -> Frames:
        for frame in frames:
            readable = frame.with_columns(_as_json(name, dtype) for name, dtype in frame.schema.items())
            feature = [
                pl.lit("Feature").alias("type"),
                pl.when(somewhere).then(point).alias("geometry"),
                pl.struct(pl.all()).alias("properties"),
            ]
            yield readable.select(feature)

    return _array(_ndjson(features()), _COLLECTION, b"]}\n")


def _shapes(frames: Frames, geometry: str) -> Iterator[bytes]:
    """Features by the GeoJSON that stands in a column; a cell that holds none gives a feature without a place."""
    for frame in frames:
        lines = b"".join(_ndjson(iter([frame.drop(geometry)]))).split(b"\n")[:-1] or [b"{}"] * frame.height
        for text, line in zip(frame[geometry].cast(pl.String), lines, strict=True):
            yield b'{"type":"Feature","geometry":' + _geometry(text) + b',"properties":' + line + b"}\n"


def _geometry(text: str | None) -> bytes:
    try:
        found = json.loads(text or "null")
        written = json.dumps(found, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    except (ValueError, RecursionError):
        return b"null"
    shape = isinstance(found, dict) and isinstance(found.get("type"), str) and ("coordinates" in found or "geometries" in found)
    return written.encode() if shape else b"null"


def _parquet(frames: Frames, columns: Sequence[Column], headings: Sequence[str]) -> Iterator[bytes]:
    from polars.io.plugins import register_io_source

    first = next(frames)
    failures: list[BaseException] = []

    def source(with_columns: Any, predicate: Any, n_rows: Any, batch_size: Any) -> Frames:
        try:
            yield first
            yield from frames
        except BaseException as error:
            failures.append(error)
            raise

    with tempfile.TemporaryDirectory(prefix="tabular-") as directory:
        path = Path(directory) / "export.parquet"
        try:
            lazy = register_io_source(source, schema=first.schema, is_pure=False)
            lazy.sink_parquet(path, compression="zstd", maintain_order=True)
        except pl.exceptions.PolarsError:
            raise (failures or [QueryError("too-much-memory")])[0] from None
        yield from file_chunks(path.open("rb"))


_WRITERS: dict[str, Callable[[Frames, Sequence[Column], Sequence[str]], Iterator[bytes]]] = {
    "csv": _separated(b"\xef\xbb\xbf", ","),
    "tsv": _separated(b"", "\t"),
    "json": _json,
    "ndjson": _ndjson,
    "parquet": _parquet,
    "geojson": _geojson,
}
