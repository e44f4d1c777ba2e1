"""A sheet of a workbook (XLSX, XLS, XLSB, ODS) becomes a CSV file whose records have the row numbers of the sheet.

calamine reads it, in a process of its own with limits on memory and time: it allocates the whole rectangle of cells in use and
copies shared strings, so that a small hostile file could ask for any amount.
"""

import csv
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from . import limits
from .archives import members_of, stream_members
from .contract import Problem, TabularError
from .headers import Area

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PARTS = ("workbook.xml", "workbook.bin", "content.xml")
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,3})([0-9]{1,7})["']""")


MERGED_ROWS = 60  # headers stand in the first rows


@dataclass(frozen=True, slots=True)
class Sheet:
    """``name`` of the sheet that was converted, ``names`` of all, ``merged`` areas near its top (None: the format does not tell)."""

    name: str
    names: tuple[str, ...]
    merged: list[Area] | None


def unreadable(reason: str, sheet: str | None = None) -> TabularError:
    return TabularError(Problem("unreadable-xlsx", {"reason": reason, "sheet": sheet}))


def convert_sheet(path: Path, sheet: str | None, target: Path) -> Sheet:
    """Writes the named (or the first filled) sheet to ``target`` as UTF-8 CSV."""
    if not _is_ole(path):
        measure_workbook(path)
    command = [
        sys.executable,
        "-m",
        f"{__package__}.spreadsheets",
        str(path.resolve()),
        str(target.resolve()),
        sheet or "",
        str(limits.SPREADSHEET_MEMORY_BYTES),
    ]
    root = Path(__file__).resolve().parents[2]
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=limits.SPREADSHEET_SECONDS, cwd=root, check=False, text=True, encoding="utf-8"
        )
    except subprocess.TimeoutExpired as error:
        raise unreadable("timeout", sheet) from error
    lines = done.stdout.splitlines()
    if done.returncode != 0 or not lines:
        raise unreadable("broken", sheet)
    answer: dict[str, Any] = json.loads(lines[-1])
    if "problem" in answer:
        raise TabularError(Problem(answer["problem"], answer["context"]))
    merged = answer["merged"]
    return Sheet(answer["sheet"], tuple(answer["sheets"]), merged and [((a, b), (c, d)) for (a, b), (c, d) in merged])


def _is_ole(path: Path) -> bool:
    """The container of XLS; a workbook with a password is one too, whatever it is called."""
    with path.open("rb") as file:
        start = file.read(1 << 20)
        if not start.startswith(OLE):
            return False
        file.seek(max(0, path.stat().st_size - (1 << 20)))
        if ENCRYPTED in start or ENCRYPTED in file.read():
            raise unreadable("encrypted")
    return True


def measure_workbook(path: Path) -> None:
    """Raises ``zip-bomb``, ``too-big`` or ``unreadable-xlsx`` before calamine sees the file."""
    members = members_of(path)
    if not any(member.filename.lower().endswith(_PARTS) for member in members):
        raise unreadable("not-a-workbook")
    name, tail = "", b""
    last_row = last_column = 0
    for member, chunk in stream_members(path, members):
        if member != name:
            name, tail, last_row, last_column = member, b"", 0, 0
        if "worksheets/" not in member.lower():
            continue
        data = tail + chunk
        for letters, digits in _REFERENCE.findall(data):
            last_row = max(last_row, int(digits))
            if letters:
                last_column = max(last_column, _column(letters))
        tail = data[-24:]
        if last_row * max(1, last_column) > limits.MAX_SHEET_CELLS:
            raise TabularError(Problem("too-big", {"limit": limits.MAX_SHEET_CELLS, "actual": last_row * last_column, "unit": "cells"}))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def cell_text(value: Any) -> str:
    """A cell as its author sees it: whole numbers without ``.0``, dates in ISO form."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        midnight = value.time() == time(0)
        return value.date().isoformat() if midnight else value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="seconds")
    if isinstance(value, timedelta):
        seconds = int(value.total_seconds())
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return str(value)


def _convert(path: Path, target: Path, wanted: str) -> dict[str, Any]:
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_path(str(path))
    names = list(workbook.sheet_names)
    if not names:
        return {"problem": "unreadable-xlsx", "context": {"reason": "no-sheet", "sheet": None}}
    if wanted and wanted not in names:
        return {"problem": "unreadable-xlsx", "context": {"reason": "no-sheet", "sheet": wanted}}
    for name in [wanted] if wanted else names:
        sheet = workbook.get_sheet_by_name(name)
        rows = sheet.to_python(skip_empty_area=False)
        width = max((index for row in rows for index, value in enumerate(row, 1) if value not in (None, "")), default=0)
        height = max((number for number, row in enumerate(rows, 1) if any(value not in (None, "") for value in row)), default=0)
        if not width:
            continue
        if width > limits.MAX_COLUMNS:
            return {"problem": "too-wide", "context": {"limit": limits.MAX_COLUMNS, "actual": width}}
        with target.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerows([cell_text(value) for value in row[:width]] for row in rows[:height])
        merged = sheet.merged_cell_ranges
        if merged is None and zipfile.is_zipfile(path):
            merged = _merged_in_ods(path, name)
        return {"sheets": names, "sheet": name, "merged": merged and [area for area in merged if area[0][0] < MERGED_ROWS]}
    return {"problem": "empty-sheet", "context": {"sheet": wanted or names[0]}}


def _merged_in_ods(path: Path, sheet: str) -> list[Area] | None:
    """The merged areas near the top of a sheet, of which calamine does not tell; None where this is no OpenDocument."""
    from defusedxml.ElementTree import iterparse

    table = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    found: list[Area] = []
    inside, row, column = False, 0, 0
    with zipfile.ZipFile(path) as archive:
        if "content.xml" not in archive.namelist():
            return None
        with archive.open("content.xml") as file:
            for event, element in iterparse(file, ("start", "end")):
                tag = element.tag.removeprefix(table)
                if event == "start":
                    inside = inside or (tag == "table" and element.get(f"{table}name") == sheet)
                    continue
                repeated, wide, high = (
                    int(element.get(f"{table}number-{name}", 1)) for name in ("columns-repeated", "columns-spanned", "rows-spanned")
                )
                if inside and tag in ("table-cell", "covered-table-cell"):
                    if wide > 1 or high > 1:
                        found.append(((row, column), (row + high - 1, column + wide - 1)))
                    column += repeated
                elif tag == "table-row":
                    row, column = row + inside * int(element.get(f"{table}number-rows-repeated", 1)), 0
                    element.clear()
                if row >= MERGED_ROWS or (inside and tag == "table"):
                    break
    return found


def _main(path: str, target: str, sheet: str, memory: str) -> int:
    import resource

    from python_calamine import PasswordError

    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.SPREADSHEET_SECONDS, limits.SPREADSHEET_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer = _convert(Path(path), Path(target), sheet)
    except PasswordError:
        answer = {"problem": "unreadable-xlsx", "context": {"reason": "encrypted", "sheet": None}}
    except BaseException:  # calamine's panics derive from BaseException; whatever it was, the file is not readable
        answer = {"problem": "unreadable-xlsx", "context": {"reason": "broken", "sheet": sheet or None}}
    sys.stdout.write("\n" + json.dumps(answer) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:5]))
