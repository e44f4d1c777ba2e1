"""The process in which a stranger's SQL runs. A script of its own that imports nothing of ours: `python -I child.py FOLDER`.

Before it reads the first question it gives away for good what it does not need: writing files, opening any outside FOLDER, the network
(Landlock, where the kernel has it), more memory than a gigabyte or two. A question is a line of JSON, and so is its answer. A DuckDB, made
ready beforehand, can open the tables that its first question names and no others; it answers those after it that name just these.
"""

import contextlib
import ctypes
import json
import math
import os
import resource
import struct
import sys
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import duckdb

ADDRESS_SPACE = 3 << 30
MEMORY = "256MB"
CPU_SECONDS = 20
THREADS = 2
TYPES = {"BIGINT": "integer", "INTEGER": "integer", "HUGEINT": "integer", "BOOLEAN": "boolean", "DATE": "date", "TIME": "time"}
_SHOWN = "COLUMNS(lambda c: NOT regexp_matches(c, '^_(folded|hashed):'))"  # the others help the table explorer


def confine(folder: str) -> None:
    """Limits of the operating system, for ever."""
    for limit, value in (("AS", ADDRESS_SPACE), ("FSIZE", 0), ("CORE", 0), ("NOFILE", 64)):
        resource.setrlimit(getattr(resource, f"RLIMIT_{limit}"), (value, value))
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(444, None, 0, 1)  # landlock_create_ruleset asks for its own version
    if version < 1:
        return
    files = (1 << (13 if version < 2 else 14 if version < 3 else 15)) - 1
    ruleset = struct.pack("QQ", files, 3 if version >= 4 else 0)[: 16 if version >= 4 else 8]
    handle = libc.syscall(444, ruleset, len(ruleset), 0)
    # DuckDB looks there for how much memory and how many processors it may use.
    for readable in (folder, "/proc/meminfo", "/proc/self", "/sys/fs/cgroup"):
        with contextlib.suppress(OSError):
            opened = os.open(readable, os.O_PATH | os.O_CLOEXEC)
            read = (1 << 2) | (1 << 3 if os.path.isdir(readable) else 0)  # files, and what a folder holds
            libc.syscall(445, handle, 1, struct.pack("=Qi", read, opened), 0)
            os.close(opened)
    libc.prctl(38, 1, 0, 0, 0)  # no new privileges
    if libc.syscall(446, handle, 0):
        raise SystemExit("cannot confine")
    os.close(handle)


def ready() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:", config={"threads": THREADS, "memory_limit": MEMORY})
    for setting in (
        "autoinstall_known_extensions",
        "autoload_known_extensions",
        "allow_community_extensions",
        "python_enable_replacements",
    ):
        connection.execute(f"SET {setting} = false")
    connection.execute("SET temp_directory = ''; SET TimeZone = 'UTC'")
    return connection


def close_in(connection: duckdb.DuckDBPyConnection, tables: dict[str, str]) -> None:
    """From here on the connection can open these files, each a view of its name, and nothing else."""
    paths = {name: "'" + path.replace("'", "''") + "'" for name, path in tables.items()}
    connection.execute(f"SET allowed_paths = [{', '.join(paths.values())}]")
    connection.execute("SET enable_external_access = false; SET lock_configuration = true")
    for name, path in paths.items():
        connection.execute(f"CREATE VIEW {name} AS SELECT {_SHOWN} FROM read_parquet({path})")  # noqa: S608


def answer(connection: duckdb.DuckDBPyConnection, asked: dict[str, Any]) -> dict[str, Any]:
    statements = connection.extract_statements(asked["sql"])
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        return {"error": "not-a-select"}
    cursor = connection.execute(statements[0])
    columns: dict[str, str] = {}
    for name, kind, *_rest in cursor.description or ():
        unique = next(one for number in range(1, 10_000) if (one := name[:100] + (f"_{number}" if number > 1 else "")) not in columns)
        columns[unique] = _kind(str(kind))
    rows: list[list[Any]] = []
    size = 0
    while some := cursor.fetchmany(1000):
        for row in some:
            values = [plain(value) for value in row]
            size += sum(len(value) if isinstance(value, str) else 8 for value in values)
            if len(rows) >= asked["rows"] or size > asked["bytes"]:
                return {"columns": list(columns.items()), "rows": rows, "truncated": True}
            rows.append(values)
    return {"columns": list(columns.items()), "rows": rows, "truncated": False}


def _kind(name: str) -> str:
    if name.startswith(("DOUBLE", "FLOAT", "DECIMAL")):
        return "number"
    return "datetime" if name.startswith("TIMESTAMP") else TYPES.get(name, "text")


def plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float | Decimal):
        return float(value) if math.isfinite(value) else None
    return value.isoformat() if isinstance(value, datetime | date | time) else str(value)


def main() -> None:
    ready().execute("SELECT 1").fetchall()
    confine(sys.argv[1])
    spare: duckdb.DuckDBPyConnection | None = ready()
    kept, tables = None, None
    while line := sys.stdin.readline():
        used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        resource.setrlimit(resource.RLIMIT_CPU, (int(used) + CPU_SECONDS, resource.RLIM_INFINITY))
        asked = json.loads(line)
        try:
            if kept is None or tables != asked["tables"]:
                kept, spare, tables = spare or ready(), None, asked["tables"]
                close_in(kept, tables)
            said = answer(kept, asked)
        except (duckdb.OutOfMemoryException, MemoryError):
            said = {"error": "too-much-memory"}
        except duckdb.IOException:
            said = {"error": "failed", "message": ""}
        except duckdb.Error as error:
            said = {"error": "failed", "message": str(error).split("\n")[0][:300]}
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()
        if "error" in said:
            kept = None
        spare = spare or ready()


if __name__ == "__main__":
    main()
