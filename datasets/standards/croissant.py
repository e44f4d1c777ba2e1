"""A dataset in Croissant 1.0 (MLCommons): what machine-learning tools load with `mlcroissant`."""

from typing import Any

from datasets.models import Dataset, Resource, Version

from .facts import file_address, first, identifier, offered, page_address, texts

_TERMS = (
    "citeAs column extract field fileProperty fileObject fileSet format includes isLiveDataset jsonPath key md5 parentField path"
    " recordSet references regex repeated replace separator source subField transform"
)
# The context of the specification, section "Appendix 1: JSON-LD context".
CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "sc": "https://schema.org/",
    **{term: f"cr:{term}" for term in _TERMS.split()},
}
TYPES = {
    "integer": "sc:Integer",
    "year": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "datetime": "sc:DateTime",
}


def as_croissant(dataset: Dataset) -> dict[str, Any]:
    """The JSON-LD. Columns are described for comma-separated UTF-8 files, which is what Croissant's readers open."""
    resources = [resource for resource in offered(dataset) if resource.current]
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": dataset.name,
        "alternateName": list(texts(dataset, "title").values()),
        "description": first(texts(dataset, "summary")) or first(texts(dataset, "notes"), dataset.name),
        "url": page_address(dataset),
        "license": dataset.licence.url or dataset.licence.code if dataset.licence else "",
        "citeAs": identifier(dataset),
        "datePublished": (dataset.first_published_at or dataset.created).date().isoformat(),
        "dateModified": dataset.modified.date().isoformat(),
        "keywords": [tag.name for tag in dataset.tags.all()],
        "creator": {"@type": "sc:Organization", "name": first(texts(dataset.organization, "title"), dataset.organization.name)},
        "version": f"1.0.{max((resource.current.number for resource in resources if resource.current), default=0)}",
        "distribution": [_file(resource, resource.current) for resource in resources if resource.current],
        "recordSet": [_records(resource, resource.current) for resource in resources if resource.current and _is_plain(resource.current)],
    }
    return {key: value for key, value in found.items() if value not in ("", [])}


def _file(resource: Resource, version: Version) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": str(resource.uuid),
        "name": version.filename,
        "contentUrl": file_address(resource),
        "contentSize": f"{version.data_file.size} B",
        "encodingFormat": version.data_file.media_type.partition(";")[0] or "application/octet-stream",
        "sha256": version.data_file.sha256,
    }


def _is_plain(version: Version) -> bool:
    csv = version.dialect.get("csv", {})
    utf8 = str(version.dialect.get("encoding", "")).lower().replace("_", "-") in {"utf-8", "utf-8-sig"}
    first_row = version.dialect.get("header", True) and version.dialect.get("headerRows", [1]) == [1]
    return version.is_table and version.dialect.get("kind") == "csv" and csv.get("delimiter", ",") == "," and utf8 and bool(first_row)


def _records(resource: Resource, version: Version) -> dict[str, Any]:
    key = f"{resource.uuid}/records"
    fields = []
    for field in version.schema.get("fields", []):
        described = first(field.get("description_translated") or {}) or first(field.get("title_translated") or {}) or field["name"]
        source = {"fileObject": {"@id": str(resource.uuid)}, "extract": {"column": field["name"]}}
        fields.append(
            {
                "@type": "cr:Field",
                "@id": f"{key}/{field['name']}",
                "name": field["name"],
                "description": described,
                "dataType": TYPES.get(field.get("type", ""), "sc:Text"),
                "source": source,
            }
        )
    return {"@type": "cr:RecordSet", "@id": key, "name": first(texts(resource, "name"), version.filename), "field": fields}
