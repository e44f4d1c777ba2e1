"""Codes of one edition in another: known pairs come out, and what is lost is said."""

import csv
import json
from pathlib import Path

import polars as pl
import pytest

from datasets.sample.build_crosswalk import build
from datasets.tabular.crosswalk import read_crosswalk
from datasets.tabular.joining import join_by_code

FILES = Path(__file__).parents[3] / "datasets" / "sample" / "files"
CROSSWALK = read_crosswalk(FILES / "administrative-codes.csv")
PAIRS = {"180208": "180601", "180203": "180602", "180206": "180603", "180202": "180604", "180205": "180605"}


def codes_of(file: str) -> list[str]:
    with (FILES / file).open(encoding="utf-8", newline="") as stream:
        return [row["commune_code"] for row in csv.DictReader(stream)]


def test_known_pairs_come_out_in_both_directions() -> None:
    there = CROSSWALK.remap([*PAIRS, "180101", "180105"], "older", "today")
    assert dict(there.mapping) == {**PAIRS, "180101": "180101"}
    assert (there.matched, there.remapped, there.dropped, there.dropped_codes) == (1, 5, 1, ("180105",))
    back = CROSSWALK.remap(PAIRS.values(), "today", "older")
    assert dict(back.mapping) == {new: old for old, new in PAIRS.items()}


@pytest.mark.parametrize(
    ("file", "counts"),
    [("flood-hazard-index.csv", (1549, 45, 39)), ("idpoor-households.csv", (1601, 45, 0)), ("vulnerability-index.csv", (1609, 42, 1))],
)
def test_the_older_tables_lose_no_commune_silently(file: str, counts: tuple[int, int, int]) -> None:
    codes = codes_of(file)
    assert CROSSWALK.edition_of(codes).edition == "older"
    found = CROSSWALK.remap(codes, "older", "today")
    assert (found.matched, found.remapped, found.dropped) == counts
    assert len(set(found.mapping.values())) == len(found.mapping)


def test_a_join_brings_both_tables_to_today_and_says_what_became_of_their_codes(tmp_path: Path) -> None:
    left, right = tmp_path / "left.parquet", tmp_path / "right.parquet"
    pl.DataFrame({"_id": [1, 2, 3, 4], "លេខកូដ": ["180208", "180101", "180105", None], "ទឹកជំនន់": [1.5, 2.0, 3.0, 4.0]}).write_parquet(left)
    pl.DataFrame({"_id": [1, 2], "code": ["180601", "180604"], "ឈ្មោះ": ["រាម", "បឹងតាព្រហ្ម"]}).write_parquet(right)
    joined = join_by_code(left, right, left_column="លេខកូដ", crosswalk=CROSSWALK)
    assert (joined.edition, joined.codes.matched, joined.codes.remapped, joined.codes.dropped_codes) == ("older", 1, 1, ("180105",))
    assert joined.unmatched == ("180101",)
    assert joined.frame.select("លេខកូដ", "unit_code", "ទឹកជំនន់", "ឈ្មោះ").rows() == [
        ("180208", "180601", 1.5, "រាម"),
        ("180101", "180101", 2.0, None),
    ]
    named = join_by_code(left, None, left_column="លេខកូដ", crosswalk=CROSSWALK).frame
    assert named["name_km"].to_list() == ["រាម", "លេខ១"]


def test_it_is_built_again_as_it_stands(tmp_path: Path) -> None:
    prism = Path(__file__).parents[4] / "shared" / "data" / "prism"
    if not prism.is_dir():
        # The build is shown to match on names with a made-up table: three codes, one of which has moved.
        prism = tmp_path / "prism"
        prism.mkdir()
        rows = [
            {"Adm3_text": code, "Adm3_Name": name} for code, name in [("180208", "Ream"), ("180101", "lek Muoy"), ("180199", "Nowhere")]
        ]
        for file, column in (("flood-hazard-index.json", "commune"), ("idpoor_2022_01_01.json", ""), ("vuln_index.json", "Adm3_text")):
            (prism / file).write_text(json.dumps({"DataList": rows if not column else [{column: "180208"}]}), encoding="utf-8")
        built = read_crosswalk(build(prism, tmp_path / "built.csv"))
        assert {code: unit.replaced_by for code, unit in built.editions["older"].items()} == {
            "180208": "180601",
            "180101": "180101",
            "180199": "",
        }
        return
    assert build(prism, tmp_path / "built.csv").read_bytes() == (FILES / "administrative-codes.csv").read_bytes()
