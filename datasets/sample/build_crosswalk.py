"""Builds the crosswalk of administrative codes: `python -m datasets.sample.build_crosswalk PRISM_FOLDER`.

PRISM_FOLDER holds WFP PRISM's Cambodian tables (see `convert_prism`); today's units are the sample's own gazetteer files. One row for
each code of each edition. `replaced_by` is a proposal and `confirmed` is false until an editor says otherwise. An older code
keeps its number where today's list has it too; else it is matched with the one commune of its province that has the same Latin name and
a code that the table with names does not know. No file says since when a code holds, so `valid_from` and `valid_until` are empty.
"""

import csv
import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

FILES = Path(__file__).parent / "files"
TARGET = FILES / "administrative-codes.csv"
COLUMNS = [
    "edition",
    "level",
    "code",
    "parent_code",
    "name_km",
    "name_latin",
    "replaced_by",
    "matched_on",
    "confirmed",
    "found_in",
    "valid_from",
    "valid_until",
]
OLDER_TABLES = {"flood-hazard-index.json": "commune", "idpoor_2022_01_01.json": "Adm3_text", "vuln_index.json": "Adm3_text"}


def build(prism: Path, target: Path = TARGET) -> Path:
    """Writes the crosswalk (UTF-8, commas, LF) and returns its path. KeyError where upstream has lost a column."""
    today = {row["code"]: row for name in ("provinces-districts-communes.csv", "villages.csv") for row in _rows(FILES / name)}
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, restval="", extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(_older(prism, today))
        writer.writerows({**row, "edition": "today", "found_in": "pumi"} for row in today.values())
    return target


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def plain(name: str) -> str:
    """A Latin name without case, spaces and signs."""
    return re.sub(r"[^a-z]", "", name.lower())


def _older(prism: Path, today: Mapping[str, Mapping[str, str]]) -> Iterator[dict[str, str]]:
    found: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for file, column in OLDER_TABLES.items():
        for row in json.loads((prism / file).read_text(encoding="utf-8"))["DataList"]:
            found.setdefault(row[column], []).append(file)
            if "Adm3_Name" in row:
                names[row[column]] = row["Adm3_Name"]
    new: dict[tuple[str, str], list[str]] = {}
    for code, unit in today.items():
        if unit["level"] == "commune" and code not in names:
            new.setdefault((code[:2], plain(unit["name_latin"])), []).append(code)
    for code, files in sorted(found.items()):
        name = names.get(code, "")
        candidates = [code] if code in today else new.get((code[:2], plain(name)), [])
        other = today[candidates[0]] if len(candidates) == 1 else None
        same_name = other is not None and name != "" and plain(name) == plain(other["name_latin"])
        matched_on = "" if other is None else ("code and name" if same_name else "code") if code in today else "name"
        yield {
            "edition": "older",
            "level": "commune",
            "code": code,
            "parent_code": code[:4],
            "name_km": other["name_km"] if other else "",
            "name_latin": name or (other["name_latin"] if other else ""),
            "replaced_by": other["code"] if other else "",
            "matched_on": matched_on,
            "confirmed": "false",
            "found_in": " ".join(files),
        }


if __name__ == "__main__":
    print(build(Path(sys.argv[1])))
