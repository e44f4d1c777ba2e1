"""Validation side by side: ours and frictionless's, each in fresh processes, taking turns on the same generated file.

    python benchmarks/validate.py --rows 200000 --runs 3 [--bad 0.001]

Prints the median seconds and the peak memory of both, and their ratio (frictionless ÷ ours).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SCHEMA = {
    "fields": [
        {"name": "id", "type": "integer", "constraints": {"required": True, "unique": True}},
        {"name": "commune_code", "type": "string", "constraints": {"pattern": "[0-9]{6}"}},
        {"name": "name_km", "type": "string", "constraints": {"maxLength": 60}},
        {"name": "households", "type": "integer", "constraints": {"minimum": 0}},
        {"name": "share", "type": "number", "constraints": {"minimum": 0, "maximum": 100}},
        {"name": "surveyed", "type": "date"},
        {"name": "year", "type": "year"},
        {"name": "poor", "type": "boolean"},
        {"name": "level", "type": "string", "constraints": {"enum": ["low", "middle", "high"]}},
        {"name": "note", "type": "string"},
    ],
    "primaryKey": ["id"],
}
LEVELS = ("low", "middle", "high")
NAMES = ["ព្រះសីហនុ", "ស្ទឹងហាវ", "ព្រៃនប់", "កំពង់សីលា", "កោះរ៉ុង"]


def generate(path: Path, rows: int, bad: float) -> None:
    """The same file for the same arguments: ten columns, ``bad`` of the rows with a wrong cell."""
    chance = random.Random(18)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(field["name"] for field in SCHEMA["fields"]) + "\n")
        for number in range(1, rows + 1):
            households = "many" if chance.random() < bad else str(chance.randrange(5000))
            date = f"{2015 + number % 10}-{1 + number % 12:02}-{1 + number % 28:02}"
            file.write(
                f"{number},{180101 + number % 600:06},{NAMES[number % 5]} {number},{households},{chance.randrange(10000) / 100},{date},"
                f'{2015 + number % 10},{"true" if number % 3 else "false"},{LEVELS[number % 3]},"a note, number {number}"\n'
            )


def judge(engine: str, path: Path) -> dict[str, float]:
    """One validation in this process; importing the library is not counted, for either (about 0.7 s on both sides)."""
    if engine == "ours":
        import datasets.tabular.validation.vectorised  # noqa: F401
        from datasets.tabular import validate

        started, worked = time.perf_counter(), time.process_time()
        report = validate(path, {"schema": SCHEMA})
        errors, used = report.total, report.engine
        assert used == "vectorised", report.reason
    else:
        from frictionless import Dialect, Resource, Schema

        started, worked = time.perf_counter(), time.process_time()
        dialect = Dialect.from_descriptor({"headerRows": [1], "csv": {"delimiter": ","}})
        source = Resource(
            path=path.name, basepath=str(path.parent), encoding="utf-8", schema=Schema.from_descriptor(SCHEMA), dialect=dialect
        )
        errors = source.validate(limit_errors=0).stats["errors"]
    seconds, cpu = time.perf_counter() - started, time.process_time() - worked
    return {"seconds": seconds, "cpu": cpu, "errors": errors, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def measure(engine: str, path: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--engine", engine, "--file", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    result: dict[str, float] = json.loads(done.stdout)
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--bad", type=float, default=0.0, help="share of rows with a wrong cell")
    parser.add_argument("--engine", choices=["ours", "frictionless"], help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.engine:
        json.dump(judge(options.engine, options.file), sys.stdout)
        return 0
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "rows.csv"
        generate(path, options.rows, options.bad)
        print(f"{options.rows:,} rows x 10 columns, {path.stat().st_size / 1e6:.0f} MB, {options.bad:.2%} bad; median of {options.runs}")
        print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
        found: dict[str, list[dict[str, float]]] = {"ours": [], "frictionless": []}
        for _ in range(options.runs):
            for engine, results in found.items():
                results.append(measure(engine, path))
    middle = {}
    for engine, results in found.items():
        middle[engine] = statistics.median(result["seconds"] for result in results)
        memory = max(result["megabytes"] for result in results)
        cpu = statistics.median(result["cpu"] for result in results)
        print(
            f"{engine:>13}: {middle[engine]:7.2f} s  {cpu:7.2f} s of processor time  {memory:6.0f} MB  {results[0]['errors']:,.0f} errors"
        )
    same = found["ours"][0]["errors"] == found["frictionless"][0]["errors"]
    print(f"        ratio: {middle['frictionless'] / middle['ours']:.1f}x{'' if same else '  BUT THE ERRORS DIFFER'}")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
