"""Turns WFP PRISM's JSON tables into the CSV files of the sample city: `python -m datasets.sample.convert_prism FOLDER`.

FOLDER is `frontend/public/data/cambodia` of github.com/WFP-VAM/prism-app (MIT). Values are kept as they stand, in upstream's order;
only names of columns change, and two columns are left out: `date` (upstream repeats the one IDPoor table under two dates with every
figure equal, so it says nothing) and `Adm3_NCDD` (the commune code as a number, which has lost its leading zero; `Adm3_text` has not).
"""

import csv
import json
import sys
from pathlib import Path

FILES = Path(__file__).parent / "files"
# target -> (upstream's file, {upstream's name: ours})
TABLES: dict[str, tuple[str, dict[str, str]]] = {
    "flood-hazard-index.csv": (
        "flood-hazard-index.json",
        {"commune": "commune_code", "flood_hazard_index": "flood_hazard_index"},
    ),
    "idpoor-households.csv": (
        "idpoor_2022_01_01.json",
        {
            "Adm3_text": "commune_code",
            "Adm3_Name": "commune_name_latin",
            "Total_HHs": "households",
            "Total_Poor_1_HHs": "poor_1_households",
            "Total_Poor_2_HHs": "poor_2_households",
            "Total_Poor_12_HHs": "poor_households",
            "Total_Poor_1_Persons": "poor_1_persons",
            "Total_Poor_2_Persons": "poor_2_persons",
            "Total_Poor_12_Persons": "poor_persons",
        },
    ),
    "vulnerability-index.csv": (
        "vuln_index.json",
        {"Adm3_text": "commune_code", "IndexValue": "vulnerability_index"},
    ),
}


def convert(folder: Path, target_folder: Path = FILES) -> list[Path]:
    """Writes the three CSV files (UTF-8, commas, LF) and returns their paths. KeyError where upstream has lost a column."""
    written = []
    for target, (source, columns) in TABLES.items():
        # Numbers stay the text upstream wrote: 0.0786911 must not become 0.07869110000000001.
        rows = json.loads((folder / source).read_text(encoding="utf-8"), parse_float=str, parse_int=str)["DataList"]
        path = target_folder / target
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(columns.values())
            writer.writerows([row[name] for name in columns] for row in rows)
        written.append(path)
    return written


if __name__ == "__main__":
    for path in convert(Path(sys.argv[1])):
        print(path)
