"""What every standard asks of a dataset: absolute addresses, texts by language, the files the public may have."""

import re
from collections.abc import Sequence
from typing import Any

from django.conf import settings

from datasets.models import Dataset, Resource
from datasets.selectors import visible_resources
from datasets.views.addresses import original_path

BCP47 = {"zh-hans": "zh-Hans"}
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML has no way to write these


def absolute(path: str) -> str:
    """`path` at the portal's public address; an address that is absolute stays."""
    return path if "://" in path else settings.SITE_URL.rstrip("/") + path


def identifier(dataset: Dataset) -> str:
    """The persistent identifier: it holds no name and no language, and leads to the page for as long as the portal stands."""
    return absolute(f"/dataset/{dataset.uuid}")


def page_address(dataset: Dataset) -> str:
    """The page in the language of the reader's choice."""
    return absolute(f"/dataset/{dataset.name}")


def metadata_address(dataset: Dataset, ending: str) -> str:
    """The description as `ttl`, `jsonld`, `xml`, `atom`, `bib`, `ris` …"""
    return absolute(f"/dataset/{dataset.name}.{ending}")


def tag_of(language: str) -> str:
    """The language as BCP 47 writes it: km, en, zh-Hans."""
    return BCP47.get(language, language)


def texts(thing: Any, field: str) -> dict[str, str]:
    """A translated field by language tag, the empty ones left out, in the site's order."""
    values = {code: (getattr(thing, f"{field}_{code.replace('-', '_')}", None) or "").strip() for code, _name in settings.LANGUAGES}
    return {tag_of(code): text for code, text in values.items() if text}


def first(languages: dict[str, str], otherwise: str = "") -> str:
    """The text for standards that know one language only: English, which their readers expect, else the first there is."""
    return languages.get("en") or next(iter(languages.values()), otherwise)


def offered(dataset: Dataset) -> Sequence[Resource]:
    """The resources the public may have, in their order; each knows `dataset`, so that its addresses cost no query."""
    resources: Sequence[Resource] = getattr(dataset, "offered_resources", None) or list(visible_resources().filter(dataset=dataset))
    for resource in resources:
        resource.dataset = dataset
    return resources


def file_address(resource: Resource) -> str:
    """Where the newest bytes of a resource are; a link's own address."""
    return absolute(original_path(resource)) if resource.current else resource.link_url
