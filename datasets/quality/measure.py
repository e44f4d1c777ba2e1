# ruff: noqa: S608 -- names are quoted by `identifier`
"""What the worker counts in a table once, so that no request has to: kept as `Version.profile`."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from datasets.tabular import QueryError
from datasets.tabular.connection import ParquetTable, identifier, open_parquet
from datasets.tabular.findings import MENDS
from datasets.tabular.findings.contract import CODE, PERSONS
from datasets.vocabularies import Disaggregation

MOST_ROWS = 5_000_000  # of larger tables doubled rows are not counted
SECONDS = 60
PLACE = "place"
# How columns that break figures down are called in the portal's languages. Short words only where they stand alone.
NAMES = {
    Disaggregation.SEX: r"\bsex\b|gender|\b(fe)?males?\b|\bwom[ae]n\b|\bm[ae]n\b|\bgirls?\b|\bboys?\b|ភេទ|ស្រី|ប្រុស|នារី|性别|女|男",
    Disaggregation.AGE: r"\bages?\b|\baged\b|years? old|\bchildren\b|\belderly\b|អាយុ|កុមារ|មនុស្សចាស់|年龄|岁|儿童|老年",
    Disaggregation.DISABILITY: r"disab|impairment|ពិការ|残疾|残障",
    Disaggregation.URBAN_RURAL: r"\burban|\brural|ទីប្រជុំជន|ជនបទ|城乡|城市|农村",
    PLACE: r"\bdistrict|\bcommune|\bsangkat|\bvillage|\bkhan\b|\blat(itude)?\b|ស្រុក|ខណ្ឌ|ឃុំ|សង្កាត់|ភូមិ|县|乡|分区|村",
}


def measure(path: Path, schema: Mapping[str, Any], findings: Mapping[str, Any]) -> dict[str, Any]:
    """{"columns", "undescribed", "cells", "empty", "empty_columns": [names], "duplicates": rows or None, "known", "unknown": codes,
    "mendable": cells, "people": counts of people are there, "by": [dimensions that its columns show]}."""
    fields = schema.get("fields") or []
    with open_parquet(path, seconds=SECONDS) as table:
        counted = [one for one in table.statistics or [] if one["name"] != "_id"]
        duplicates = _duplicates(table, schema)
    editions = list(findings.get("editions", {}).values())
    return {
        "columns": len(fields),
        "undescribed": sum(not (one.get("description") or any((one.get("description_translated") or {}).values())) for one in fields),
        "cells": sum(one["count"] + one["nulls"] for one in counted),
        "empty": sum(one["nulls"] for one in counted),
        "empty_columns": [one["name"] for one in counted if one["nulls"] and not one["count"]],
        "duplicates": duplicates,
        "known": sum(edition["known"] for edition in editions),
        "unknown": sum(edition["unknown"] for edition in editions),
        "mendable": sum(one["count"] for one in findings.get("findings", ()) if one["kind"] in MENDS),
        "people": any(one.get("kind") == PERSONS for one in fields),
        "by": [str(dimension) for dimension in NAMES if any(_shows(one, dimension) for one in fields)],
    }


def _shows(field: Mapping[str, Any], dimension: str) -> bool:
    """By the column's name, its titles, or the kind its publisher gave it."""
    if dimension == PLACE and field.get("kind") == CODE:
        return True
    texts = [field.get("name", ""), field.get("title") or "", *(field.get("title_translated") or {}).values()]
    return any(re.search(NAMES[dimension], re.sub(r"[_\-.]+", " ", str(text)), re.IGNORECASE) for text in texts)


def _duplicates(table: ParquetTable, schema: Mapping[str, Any]) -> int | None:
    """Rows that stand there once more, cell for cell; None where that is not counted. A checked key has none."""
    names = [identifier(column.name) for column in table.columns if column.name != "_id"]
    if not names:
        return 0
    try:
        rows = table.fetch_all("SELECT count(*) FROM data")[0][0]
        if rows > MOST_ROWS:
            return 0 if schema.get("primaryKey") else None
        return int(rows - table.fetch_all(f"SELECT count(DISTINCT hash({', '.join(names)})) FROM data")[0][0])
    except QueryError:
        return None
