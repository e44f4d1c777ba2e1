"""schema.org `Dataset`, which web search engines read inside the page (Google's dataset structured data guidelines)."""

from typing import Any

from datasets.models import Dataset, Resource

from .facts import absolute, file_address, identifier, offered, page_address, tag_of, texts


def as_schema_org(dataset: Dataset, language: str) -> dict[str, Any]:
    """The dataset as JSON-LD, its texts in `language` where there is one."""
    titles = texts(dataset, "title")
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": identifier(dataset),
        "identifier": identifier(dataset),
        "url": page_address(dataset),
        "name": _choose(titles, language) or dataset.name,
        "alternateName": [text for code, text in titles.items() if code != tag_of(language)],
        "description": (_choose(texts(dataset, "summary"), language) or _choose(texts(dataset, "notes"), language))[:500],
        "inLanguage": list(titles),
        "datePublished": (dataset.first_published_at or dataset.created).date().isoformat(),
        "dateModified": dataset.modified.date().isoformat(),
        "keywords": [tag.name for tag in dataset.tags.all()],
        "license": dataset.licence.url if dataset.licence else "",
        "isAccessibleForFree": True,
        "creator": {
            "@type": "Organization",
            "name": _choose(texts(dataset.organization, "title"), language) or dataset.organization.name,
            "url": absolute(f"/organization/{dataset.organization.name}"),
        },
        "isBasedOn": dataset.source_url,
        "temporalCoverage": _period(dataset),
        "spatialCoverage": _choose(texts(dataset, "spatial_text"), language),
        "includedInDataCatalog": {"@type": "DataCatalog", "url": absolute("/")},
        "distribution": [_download(resource) for resource in offered(dataset)],
    }
    return {key: value for key, value in found.items() if value not in ("", [], None)}


def _download(resource: Resource) -> dict[str, Any]:
    found: dict[str, Any] = {"@type": "DataDownload", "contentUrl": file_address(resource), "encodingFormat": resource.format}
    if version := resource.current:
        found["encodingFormat"] = version.data_file.media_type.partition(";")[0] or resource.format
        found["contentSize"] = f"{version.data_file.size} B"
        found["sha256"] = version.data_file.sha256
    return found


def _choose(languages: dict[str, str], language: str) -> str:
    return languages.get(tag_of(language)) or next(iter(languages.values()), "")


def _period(dataset: Dataset) -> str:
    start, end = dataset.coverage_start, dataset.coverage_end
    return f"{start or '..'}/{end or '..'}" if start or end else ""
