"""Reads a CKAN by its Action API: the ids of everything, then only what changed since the last complete run."""

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from datasets.views.speech import language_of

from .polite import Visitor
from .records import Batch, HarvestError, RemoteDataset, RemoteResource

ROWS = 100
OVERLAP = timedelta(hours=1)  # a portal's search lags behind its changes, and clocks differ
CODES = {"km": "km", "en": "en", "zh-hans": "zh_hans", "zh-Hans": "zh_hans", "zh_Hans": "zh_hans", "zh_CN": "zh_hans", "zh": "zh_hans"}


def read_ckan(
    visitor: Visitor, url: str, language: str, memory: Mapping[str, Any], cursor: Mapping[str, Any], known: Collection[str] = ()
) -> Iterator[Batch]:
    """Batches from `cursor` on. The order is by change, oldest first, so what changes while we read comes again at the end.

    `known`: remote ids we have; what is listed and neither known nor found is asked for by itself.
    """
    base = url.rstrip("/") + "/api/3/action/"
    since = str(memory.get("since", "*"))
    began = cursor.get("began") or (datetime.now(UTC) - OVERLAP).strftime("%Y-%m-%dT%H:%M:%SZ")
    names = _result(visitor.json(base + "package_list"))
    start, read = int(cursor.get("start", 0)), set[str]()
    while True:
        found = _result(
            visitor.json(
                base + "package_search", rows=ROWS, start=start, sort="metadata_modified asc", fq=f"metadata_modified:[{since} TO *]"
            )
        )
        packages = list(found.get("results", []))
        read |= {str(package.get("name")) for package in packages}
        datasets, failed = [], {}
        for package in packages:
            try:
                datasets.append(as_remote(package, url, language))
            except (KeyError, TypeError, AttributeError, ValueError) as error:
                failed[str(package.get("name", "?"))[:500]] = f"{type(error).__name__}: {error}"
        start += len(packages)
        more = bool(packages) and start < int(found.get("count", 0))
        if not more:  # listed, but its search does not know it yet
            new = [name for name in names if name not in known and name not in read]
            for name in new[:ROWS]:
                found_late = _result(visitor.json(base + "package_show", id=name))
                datasets.append(as_remote(found_late, url, language))
        # Everything that is listed is there, whether it changed or not; ids are not listed, so names stand for them.
        yield Batch(
            datasets,
            {"start": start, "began": began} if more else None,
            present=() if more else [str(name) for name in names],
            failed=failed,
            memory={"since": began},
        )
        if not more:
            return


def as_remote(package: Mapping[str, Any], url: str, language: str) -> RemoteDataset:
    """A package dictionary in our shape. The remote id is its name, which CKAN lists cheaply and changes rarely."""
    name = str(package["name"])
    fields: dict[str, Any] = {}
    for ours, theirs in (("title", "title"), ("notes", "notes")):
        for code, text in _languages(package.get(f"{theirs}_translated"), package.get(theirs), language).items():
            fields[f"{ours}_{code}"] = text[:300] if ours == "title" else text
    organization = package.get("organization") or {}
    fields["source_name"] = str(package.get("author") or organization.get("title") or organization.get("name") or "")[:300]
    fields["source_url"] = f"{url.rstrip('/')}/dataset/{name}"
    fields["contact_name"] = str(package.get("maintainer") or "")[:300]
    resources = [
        RemoteResource(
            remote_id=str(resource["id"]),
            url=str(resource["url"]),
            names=_languages(resource.get("name_translated"), resource.get("name"), language),
            descriptions=_languages(resource.get("description_translated"), resource.get("description"), language),
            format=str(resource.get("format") or "")[:50],
        )
        for resource in package.get("resources", [])
        if resource.get("url")
    ]
    return RemoteDataset(
        remote_id=name,
        name=name,
        page=fields["source_url"],
        fields=fields,
        licence=str(package.get("license_id") or ""),
        tags=sorted(str(tag["name"]) for tag in package.get("tags", [])),
        resources=resources,
    )


def _languages(translated: Any, plain: Any, otherwise: str) -> dict[str, str]:
    """Texts by our language codes: the map a multilingual portal gives, else the one text under the language of its letters."""
    if isinstance(translated, Mapping):
        found = {CODES[code]: str(text).strip() for code, text in translated.items() if code in CODES and text}
        if found:
            return found
    text = str(plain or "").strip()
    return {CODES[language_of(text) or otherwise]: text} if text else {}


def _result(answer: Any) -> Any:
    if not isinstance(answer, Mapping) or not answer.get("success"):
        raise HarvestError(_("The answer is not one of CKAN's Action API. Check the address and the protocol."))
    return answer["result"]
