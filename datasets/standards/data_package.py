"""A dataset as a Frictionless Data Package, version 2: `frictionless validate ADDRESS` opens and checks it."""

import re
from typing import Any

from datasets.models import Dataset, Resource
from datasets.views.addresses import version_path

from .facts import absolute, file_address, first, identifier, offered, page_address, texts

PROFILE = "https://datapackage.org/profiles/2.0/"
FORMATS = {"CSV": "csv", "TSV": "tsv", "XLSX": "xlsx", "GeoJSON": "geojson", "JSON": "json", "ODS": "ods", "XLS": "xls"}


def as_data_package(dataset: Dataset) -> dict[str, Any]:
    """The descriptor; each table is named by the permanent address of its version, so that the checksum stays true."""
    found: dict[str, Any] = {
        "$schema": f"{PROFILE}datapackage.json",
        "name": dataset.name,
        "id": identifier(dataset),
        "title": first(texts(dataset, "title"), dataset.name),
        "title_translated": texts(dataset, "title"),
        "description": first(texts(dataset, "notes")) or first(texts(dataset, "summary")),
        "homepage": page_address(dataset),
        "created": dataset.created.isoformat(timespec="seconds"),
        "keywords": [tag.name for tag in dataset.tags.all()],
        "contributors": [{"title": first(texts(dataset.organization, "title"), dataset.organization.name), "roles": ["publisher"]}],
    }
    if dataset.licence and re.fullmatch(r"[\w.+-]+", dataset.licence.code):
        licence = {"name": dataset.licence.code, "title": first(texts(dataset.licence, "title"), dataset.licence.code)}
        found["licenses"] = [licence | ({"path": dataset.licence.url} if dataset.licence.url else {})]
    if dataset.source_name or dataset.source_url:
        source = {"title": dataset.source_name or dataset.source_url}
        found["sources"] = [source | ({"path": dataset.source_url} if dataset.source_url else {})]
    if dataset.is_sample:
        found["is_sample"] = True
    found["resources"] = [_resource(resource, number) for number, resource in enumerate(offered(dataset), 1)]
    return {key: value for key, value in found.items() if value not in ("", [], {})}


def _resource(resource: Resource, number: int) -> dict[str, Any]:
    version = resource.current
    titles = texts(resource, "name")
    found: dict[str, Any] = {
        "name": f"{_slug(first(titles)) or 'resource'}-{number}",
        "title": first(titles),
        "title_translated": titles,
        "description": first(texts(resource, "description")),
        "path": absolute(version_path(version)) if version else file_address(resource),
        "format": FORMATS.get(resource.format, resource.format.lower()),
    }
    if version:
        found |= {
            "$schema": f"{PROFILE}dataresource.json",
            "mediatype": version.data_file.media_type.partition(";")[0],
            "bytes": version.data_file.size,
            "hash": f"sha256:{version.data_file.sha256}",
        }
        if version.is_table:
            found |= {"type": "table", "schema": version.schema, "encoding": version.dialect.get("encoding", "")}
            found["dialect"] = _dialect(version.dialect)
    return {key: value for key, value in found.items() if value not in ("", [], {})}


def _dialect(ours: dict[str, Any]) -> dict[str, Any]:
    """The standard's flat properties; what frictionless-py knows by its own nested names stays beside them."""
    found = {key: ours[key] for key in ("header", "headerRows", "csv", "excel", "commentChar") if key in ours}
    found |= {key: value for key, value in ours.get("csv", {}).items() if key in ("delimiter", "quoteChar", "doubleQuote", "escapeChar")}
    if sheet := ours.get("excel", {}).get("sheet"):
        found["sheetName" if isinstance(sheet, str) else "sheetNumber"] = sheet
    return found


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60]
