"""Lists of content files as streams of blocks. The ids follow from the place in the file, so that all languages have the same ones."""

import json
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from .files import ContentError, Entry
from .markup import paragraphs_html, plain

_NAMESPACE = uuid.UUID("6f0b7c0e-6f0e-5d0b-9d44-6b3f2d1f2a10")


def stream(blocks: Iterable[tuple[str, Any]], *, name: str) -> str:
    """(type, value) pairs as a stream's JSON; `name` tells the streams of one page apart."""
    return json.dumps(
        [{"type": kind, "value": value, "id": _id(name, number)} for number, (kind, value) in enumerate(blocks)],
        default=str,
    )


# Lists whose blocks hold texts only: the block's type, and how each of its texts is read; None: a value that is no text.
LISTS: dict[str, tuple[str, dict[str, Callable[[str], str] | None]]] = {
    "steps": ("step", {"title": plain, "text": paragraphs_html}),
    "legal_basis": ("legal_basis", {"instrument": plain, "article": plain, "url": str, "date_checked": None, "note": paragraphs_html}),
    "questions": ("question", {"question": plain, "answer": paragraphs_html}),
}


def texts(entry: Entry, language: str, name: str) -> str:
    """The stream of one of LISTS."""
    kind, parts = LISTS[name]
    items = [
        (kind, {part: read(entry.text(item.get(part), language)) if read else item.get(part) for part, read in parts.items()})
        for item in _mappings(entry, name)
    ]
    return stream(items, name=name)


def papers(entry: Entry, language: str) -> str:
    items = [("paper", paragraphs_html(entry.text(item, language))) for item in entry.get("what_to_bring") or ()]
    return stream(items, name="what_to_bring")


def journey(entry: Entry, language: str, guides: Mapping[str, int]) -> str:
    """Steps with their answers; a guide that is not there is left out."""
    items = []
    for step in _mappings(entry, "steps"):
        name = str(step.get("name") or "")
        answers = [
            {"answer": plain(entry.text(item.get("text"), language)), "leads_to": item.get("leads_to") or ""}
            for item in step.get("answers") or ()
        ]
        value = {
            "name": name,
            "title": plain(entry.text(step.get("title"), language)),
            "text": paragraphs_html(entry.text(step.get("text"), language)),
            "answers": _listed(answers, f"{name}/answers"),
            "guides": _listed([guides[slug] for slug in step.get("guides") or () if slug in guides], f"{name}/guides"),
            "leads_to": step.get("leads_to") or "",
        }
        items.append(("step", value))
    return stream(items, name="steps")


def _listed(values: Sequence[Any], name: str) -> list[dict[str, Any]]:
    """The items of a list inside a block, with ids of their own."""
    return [{"type": "item", "value": value, "id": _id(name, number)} for number, value in enumerate(values)]


def _id(name: str, number: int) -> str:
    return str(uuid.uuid5(_NAMESPACE, f"{name}/{number}"))


def body(entry: Entry, language: str, key: str = "body", facts: Mapping[str, Any] | None = None) -> str:
    """Paragraphs, headings, callouts, living facts and charts under `key` of the file; what shows data that are not there is left out."""
    items: list[tuple[str, Any]] = []
    for item in _mappings(entry, key):
        text = entry.text(item.get("text"), language)
        match item.get("type"):
            case "paragraph":
                items.append(("paragraph", paragraphs_html(text)))
            case "heading":
                items.append(("heading", plain(text)))
            case "callout":
                items.append(("callout", {"tone": item.get("tone", "note"), "text": paragraphs_html(text)}))
            case "fact":
                if item.get("dataset") in (facts or {}):
                    items.append(("fact", _fact(entry, item, language, facts or {})))
            case "chart":
                if item.get("chart") in (facts or {}):
                    items.append(("chart", {"chart": (facts or {})[item["chart"]]}))
            case other:
                raise ContentError(
                    f"{entry.path.name}: {key} has a block of type {other!r}; paragraph, heading, callout, fact or chart are known."
                )
    return stream(items, name="body")


def indicators(entry: Entry, language: str, facts: Mapping[str, Any]) -> str:
    """Figures with a target; one whose data are not there is left out."""
    items = [
        _fact(entry, item, language, facts) | {"target": item.get("target"), "better": item.get("better") or "higher"}
        for item in _mappings(entry, "indicators")
        if item.get("dataset") in facts
    ]
    return stream([("indicator", item) for item in items], name="indicators")


def _fact(entry: Entry, item: Mapping[str, Any], language: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: item.get(name) or "" for name in ("shown_as", "where_column", "where_value")} | {
        "label": plain(entry.text(item.get("text"), language)),
        "resource": facts[item["dataset"]],
        "unit": entry.text(item.get("unit"), language),
        "columns": _listed(item["columns"], "columns"),
    }


def chosen(kind: str, keys: Sequence[int], *, name: str) -> str:
    """A stream of choosers, from the keys of the chosen records."""
    return stream([(kind, key) for key in keys], name=name)


def _mappings(entry: Entry, key: str) -> list[Mapping[str, Any]]:
    items = entry.get(key) or []
    if not isinstance(items, list) or not all(isinstance(item, Mapping) for item in items):
        raise ContentError(f"{entry.path.name}: {key} must be a list of mappings.")
    return items
