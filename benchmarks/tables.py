"""How fast a table answers: pages, filters, counts, sorting, "contains", SQL and exports.

    python benchmarks/tables.py [--rows 1000000] [--runs 5]
    python benchmarks/tables.py --size 2GB       the table of one large CSV file: time and memory

Makes a table of ten columns (codes, Khmer names, numbers, dates, notes) in our layout and prints, for each question, the first time and the
best of the runs by the clock, and the least processor time (of all threads); then exports in fresh processes with their rate and the memory
they had at most.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from validate import SCHEMA, generate, in_bytes

from datasets.tabular import Column, Filter, column_statistics, connection, facet_counts, read_page, stream_export, write_parquet
from datasets.tabular.layout import lay_out
from datasets.tabular.sql import read_statement, run

COLUMNS = {
    "_id": ("integer", "range + 1"),
    "code": ("text", "printf('%08d', (range * 7919) % 100000000)"),
    "village": ("text", "'ភូមិ' || (hash(range) % 14000)::VARCHAR || ' ស្រុក'"),
    "district": ("text", "['មិត្តភាព', 'ព្រៃនប់', 'ស្ទឹងហាវ', 'កំពង់សីលា', 'កោះរ៉ុង'][1 + (hash(range + 7) % 5)::INT]"),
    "population": ("integer", "(hash(range + 1) % 100000)::BIGINT"),
    "area": ("number", "(hash(range + 2) % 1000000) / 100.0"),
    "day": ("date", "DATE '2020-01-01' + (hash(range + 3) % 2000)::INT"),
    "water": ("boolean", "hash(range + 4) % 2 = 0"),
    "note": ("text", "'Note about household ' || (hash(range + 5) % 100000000)::VARCHAR || ' kept at the office'"),
    "longitude": ("number", "103.5 + (hash(range + 6) % 10000) / 10000.0"),
    "latitude": ("number", "10.5 + (hash(range + 8) % 10000) / 10000.0"),
}


def make(folder: Path, rows: int) -> Path:
    """The table of so many rows, in our layout."""
    raw, target = folder / "raw", folder / f"{rows}.parquet"
    forms = {"village": "village", "district": "district", "code": "NULL::VARCHAR", "note": "NULL::VARCHAR"}
    folded = ", ".join(f'{form} AS "_folded:{name}"' for name, form in forms.items())
    columns = ", ".join(f"({expression})::{_sql(kind)} AS {name}" for name, (kind, expression) in COLUMNS.items())
    with duckdb.connect() as made:
        made.execute(f"COPY (SELECT *, {folded} FROM (SELECT {columns} FROM range({rows}))) TO '{raw}' (FORMAT parquet, COMPRESSION lz4)")
    started = time.perf_counter()
    lay_out(raw, target, [Column(name, kind) for name, (kind, _expression) in COLUMNS.items()])
    raw.unlink()
    print(f"{rows:,} rows, {target.stat().st_size / 1e6:.0f} MB, laid out in {time.perf_counter() - started:.1f} s")
    return target


def _sql(kind: str) -> str:
    return {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE"}.get(kind, kind)


def measure(name: str, question: Callable[[], object], runs: int) -> None:
    times, processor = [], []
    for _run in range(runs):
        for opened in connection._open.values():
            opened.answers.clear()  # what was asked before would cost nothing
            opened.texts.rows_with.cache_clear()
        started, used = time.perf_counter(), time.process_time()
        question()
        times.append((time.perf_counter() - started) * 1000)
        processor.append((time.process_time() - used) * 1000)
    print(f"{name:<44}{times[0]:>9.1f}{min(times):>9.1f}{min(processor):>11.1f}")


def questions(table: Path, rows: int, runs: int) -> None:
    print(f"{'milliseconds':<44}{'first':>9}{'best':>9}{'processor':>11}")
    few, one = [Filter("population", "lt", 100)], [Filter("district", "eq", "ព្រៃនប់")]
    codes, digits = ["00791900", "00791901", "12345678"], [Filter("note", "contains", "777")]
    month, small = (
        [Filter("day", "gte", "2022-01-01"), Filter("day", "lt", "2022-02-01")],
        [Filter("area", "gte", "10"), Filter("area", "lt", "20")],
    )
    deep = read_page(table, sort=["-population"], limit=50).after
    statement = read_statement("SELECT district, count(*) AS n, avg(population) FROM t GROUP BY 1 ORDER BY n DESC")
    for name, question in {
        "page, first": lambda: read_page(table, limit=50),
        "page, last but one, by key": lambda: read_page(table, limit=50, after=str(rows - 100)),
        "page before that, by key": lambda: read_page(table, limit=50, before=str(rows - 100)),
        "page in the middle, by offset": lambda: read_page(table, limit=50, offset=rows // 2),
        "filter, number under 100: count and page": lambda: read_page(table, filters=few, limit=50),
        "filter, one district: count and page": lambda: read_page(table, filters=one, limit=50),
        "filter, one code: count and page": lambda: read_page(table, filters=[Filter("code", "eq", "00791900")], limit=50),
        "filter, three codes: count and page": lambda: read_page(table, filters=[Filter("code", "in", codes)], limit=50),
        "filter, one of two numbers: count and page": lambda: read_page(table, filters=[Filter("population", "in", [12, 77777])], limit=50),
        "filter, range of days: count and page": lambda: read_page(table, filters=month, limit=50),
        "filter, range of areas: count and page": lambda: read_page(table, filters=small, limit=50),
        "filter, empty note: count and page": lambda: read_page(table, filters=[Filter("note", "is_empty", True)], limit=50),
        "filter, note not empty: count and page": lambda: read_page(table, filters=[Filter("note", "is_empty", False)], limit=50),
        "facet, districts": lambda: facet_counts(table, "district"),
        "facet, districts of the filtered rows": lambda: facet_counts(table, "district", filters=few),
        "facet, 14,000 villages": lambda: facet_counts(table, "village"),
        "contains, Khmer name: count and page": lambda: read_page(table, filters=[Filter("village", "contains", "ភូមិ77")], limit=50),
        "contains, digits in a note: count and page": lambda: read_page(table, filters=digits, limit=50),
        "contains, digits in a note, of one district": lambda: read_page(table, filters=[*one, *digits], limit=50),
        "facet, districts of notes with digits": lambda: facet_counts(table, "district", filters=digits),
        "contains, a word in every note": lambda: read_page(table, filters=[Filter("note", "contains", "office")], limit=50),
        "sort by number, first page": lambda: read_page(table, sort=["-population"], limit=50),
        "sort by number, next page, by key": lambda: read_page(table, sort=["-population"], limit=50, after=deep),
        "statistics of every column": lambda: column_statistics(table),
        "SQL: count and mean by district, confined": lambda: run(statement, {"t": table}),
    }.items():
        measure(name, question, runs)
    print(f"memory of this process at most: {_memory()} MB")


def _memory() -> int:
    """The most this process ever held, in MB; getrusage would tell what its parent held."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def export(table: Path, form: str) -> None:
    """In a process of its own: prints seconds, bytes and memory."""
    before = _memory()
    started, size, first = time.perf_counter(), 0, 0.0
    for chunk in stream_export(table, form):
        first = first or time.perf_counter() - started
        size += len(chunk)
    print(f"{form:<10}{time.perf_counter() - started:>8.1f} s {size / 1e6:>8.0f} MB, first bytes after {first:.2f} s, ", end="")
    print(f"memory {_memory()} MB ({_memory() - before} MB more than before)", flush=True)


def write(source: Path) -> None:
    """In a process of its own: the table of a CSV file."""
    started, used = time.perf_counter(), time.process_time()
    table = write_parquet(source, {"schema": SCHEMA}, source.with_suffix(".parquet"))
    seconds, used = time.perf_counter() - started, time.process_time() - used
    print(f"{table.rows:,} rows, {source.stat().st_size / 1e9:.2f} GB: table of {table.size / 1e6:.0f} MB in {seconds:.1f} s by the clock,")
    print(f"{used:.1f} s of processor time, {_memory()} MB at most")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--size", type=in_bytes, help="only the table of a CSV file of this size, as 2GB")
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--export", nargs=2, metavar=("TABLE", "FORMAT"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.export:
        export(Path(given.export[0]), given.export[1])
        return
    if given.write:
        write(given.write)
        return
    with tempfile.TemporaryDirectory() as folder:
        if given.size:
            source = Path(folder) / "rows.csv"
            generate(source, None, 0.0, given.size)
            subprocess.run([sys.executable, __file__, "--write", str(source)], check=True)
            return
        table = make(Path(folder), given.rows)
        questions(table, given.rows, given.runs)
        print("exports of every row:", flush=True)
        for form in ("csv", "ndjson", "geojson", "parquet"):
            subprocess.run([sys.executable, __file__, "--export", str(table), form], check=True)


if __name__ == "__main__":
    main()
