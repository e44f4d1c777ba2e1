"""Validation side by side: ours and frictionless's, each in fresh processes, taking turns on the same generated files.

    python benchmarks/validate.py                                   the curve up to 1 million rows: a quarter of an hour
    python benchmarks/validate.py --rows 1000000 --bad 0 0.001      1 million rows, clean and with 0.1 % bad cells
    python benchmarks/validate.py --rows 4000000 --bad 0 --runs 1
    python benchmarks/validate.py --size 2GB                        ours alone on one large file

Each line gives the median seconds of both by the clock and of processor time, the ratio (frictionless ÷ ours), the peak memory of the
process, and whether both found the same number of errors. `--runs` is the number of turns, `--bad` the share of bad cells.
"""

import argparse
import json
import os
import platform
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import count
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
        {"name": "note", "type": "string", "constraints": {"maxLength": 60}},
    ],
    "primaryKey": ["id"],
}
LEVELS = ("low", "middle", "high")
NAMES = ["ព្រះសីហនុ", "ស្ទឹងហាវ", "ព្រៃនប់", "កំពង់សីលា", "កោះរ៉ុង"]
BAD = ["x", "18", "ព" * 61, "-1", "100.5", "31/12/2020", "២០២០", "maybe", "highest", "n" * 61]
MOST_WRONG = 20_000  # rows with every cell wrong: more takes frictionless minutes
CURVE_ROWS, CURVE_BAD = [10, 1_000, 20_000, 100_000, 1_000_000], [0.0, 0.001, 0.1, 1.0]


def generate(path: Path, rows: int | None, bad: float, size: int = 0) -> int:
    """The same file for the same arguments: ten columns, ``bad`` of the cells wrong; without ``rows`` as many as make ``size`` bytes."""
    chance = random.Random(18)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(field["name"] for field in SCHEMA["fields"]) + "\n")
        for number in count(1) if rows is None else range(1, rows + 1):
            cells = [
                str(number),
                f"{180101 + number % 600:06}",
                f"{NAMES[number % 5]} {number}",
                str(chance.randrange(5000)),
                str(chance.randrange(10000) / 100),
                f"{2015 + number % 10}-{1 + number % 12:02}-{1 + number % 28:02}",
                str(2015 + number % 10),
                "true" if number % 3 else "false",
                LEVELS[number % 3],
                f'"a note, number {number}"',
            ]
            if bad:
                cells = [BAD[index] if chance.random() < bad else cell for index, cell in enumerate(cells)]
            file.write(",".join(cells) + "\n")
            if size and number % 1000 == 0 and file.tell() >= size:
                return number
    return rows or 0


def judge(engine: str, path: Path) -> dict[str, float | str]:
    """One validation in this process; importing the libraries is not counted, for either (about 0.7 s on both sides)."""
    how = ""
    if engine == "ours":
        sys.path.insert(0, str(ROOT))  # before this folder, which has a `search` too
        import datasets.tabular.validation.vectorised  # noqa: F401
        from datasets.tabular import validate

        started, worked = time.perf_counter(), time.process_time()
        report = validate(path, {"schema": SCHEMA}, limit_errors=0)  # as frictionless below: all errors are listed
        errors, how = report.total, report.engine
    else:
        from frictionless import Dialect, Resource, Schema

        started, worked = time.perf_counter(), time.process_time()
        dialect = Dialect.from_descriptor({"headerRows": [1], "csv": {"delimiter": ","}})
        source = Resource(
            path=path.name, basepath=str(path.parent), encoding="utf-8", schema=Schema.from_descriptor(SCHEMA), dialect=dialect
        )
        errors = source.validate(limit_errors=0).stats["errors"]
    seconds, cpu = time.perf_counter() - started, time.process_time() - worked
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "cpu": cpu, "errors": errors, "megabytes": megabytes, "how": how}


def measure(engine: str, path: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--engine", engine, "--file", str(path)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def compare(path: Path, rows: int, bad: float, runs: int) -> bool:
    """Prints one line of the curve; True where both found as many errors."""
    found: dict[str, list[dict[str, float]]] = {"ours": [], "frictionless": []}
    for _ in range(runs):
        for engine, results in found.items():
            results.append(measure(engine, path))
    ours, theirs = ({key: statistics.median(one[key] for one in found[engine]) for key in ("seconds", "cpu", "errors")} for engine in found)
    memory = [max(one["megabytes"] for one in results) for results in found.values()]
    same = ours["errors"] == theirs["errors"]
    print(
        f"{rows:>10,} {bad:>6.1%} {ours['errors']:>9,.0f} | {ours['seconds']:7.2f} s {ours['cpu']:7.2f} s {memory[0]:5.0f} MB"
        f" | {theirs['seconds']:7.2f} s {theirs['cpu']:7.2f} s {memory[1]:5.0f} MB"
        f" | {theirs['seconds'] / ours['seconds']:5.1f}x {theirs['cpu'] / ours['cpu']:5.1f}x  {found['ours'][0]['how']}"
        f"{'' if same else '  THE ERRORS DIFFER'}",
        flush=True,
    )
    return same


def alone(path: Path, size: int) -> None:
    rows = generate(path, None, 0.0, size)
    found = measure("ours", path)
    print(f"{rows:,} rows, {path.stat().st_size / 1e9:.2f} GB, primary and unique key: {found['seconds']:.1f} s by the clock,")
    print(f"{found['cpu']:.1f} s of processor time, {found['megabytes']:.0f} MB at most, {found['errors']:,.0f} errors, {found['how']}")


def in_bytes(text: str) -> int:
    match = re.fullmatch(r"([0-9.]+)\s*([MG])B", text.upper())
    if not match:
        raise argparse.ArgumentTypeError("like 500MB or 2GB")
    return int(float(match[1]) * {"M": 10**6, "G": 10**9}[match[2]])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=CURVE_ROWS)
    parser.add_argument("--bad", type=float, nargs="+", default=CURVE_BAD, help="share of wrong cells")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--size", type=in_bytes, help="ours alone on a clean file of this size, as 2GB")
    parser.add_argument("--engine", choices=["ours", "frictionless"], help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.engine:
        json.dump(judge(options.engine, options.file), sys.stdout)
        return 0
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    same = True
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "rows.csv"
        if options.size:
            alone(path, options.size)
            return 0
        print(f"median of {options.runs}; ten columns, primary and unique key")
        print("      rows    bad    errors |   ours: clock, processor, peak |   frictionless: the same      |  ratio: clock, processor")
        for rows in options.rows:
            for bad in options.bad:
                if options.rows is CURVE_ROWS and rows * bad > MOST_WRONG:
                    continue
                generate(path, rows, bad)
                same &= compare(path, rows, bad, options.runs)
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
