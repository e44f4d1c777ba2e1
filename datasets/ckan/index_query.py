"""From a query's tree to the search engine's. What the index does not hold raises NotInIndex: the database is asked then.

The index knows public datasets only, so this is for callers who look through those.
"""

from collections.abc import Callable

from datasets.models import Dataset, Licence, Organization
from datasets.selectors import as_uuid
from search import tree

from .fields import moment_of
from .formats import canonical_format
from .lucene import And, Node, Not, Or, Range, Value

NOTHING = tree.Or()
# CKAN's field -> the index's.
TEXTS = {"title": "title", "title_ngram": "title"}
VALUES = {"organization": "organization", "groups": "topic", "tags": "tag", "res_format": "format", "license_id": "licence", "name": "name"}
SAME_FOR_ALL = {
    "state": "active",
    "capacity": "public",
    "private": "false",
    "dataset_type": "dataset",
    "type": "dataset",
    "entity_type": "package",
    "site_id": "default",
    "*": "*",
}
RANGES = {"metadata_modified": "modified", "metadata_created": "created"}
SORTS = {"name": "name", "title_string": "title", "title": "title", "metadata_created": "created", "metadata_modified": "modified"}
FACETS = {name: VALUES[name] for name in ("organization", "groups", "tags", "res_format", "license_id")}


class NotInIndex(Exception):
    """The index cannot tell."""


def where(node: Node) -> tree.Node:
    """The engine's tree. NotInIndex; lucene.QueryError where a date cannot be read."""
    if isinstance(node, Not):
        return tree.Not(where(node.node))
    if isinstance(node, And | Or):
        return (tree.And if isinstance(node, And) else tree.Or)(*map(where, node.nodes))
    if isinstance(node, Range):
        return _range(node)
    return _value(node)


def _value(value: Value) -> tree.Node:
    field, text = value.field, value.text
    if field in (None, "text"):
        return tree.All() if text == "*" and not value.quoted else _text(value, None)
    if field in SAME_FOR_ALL:
        return tree.All() if text.lower() in ("*", SAME_FOR_ALL[field]) else NOTHING
    anything = text == "*" and not value.prefix
    if field in TEXTS:
        return tree.Exists(TEXTS[field]) if anything else _text(value, "title")
    if field in LOOKUPS:
        return tree.All() if anything else LOOKUPS[field](text)
    if field not in VALUES:
        raise NotInIndex
    name = VALUES[field]
    if anything:
        return tree.All() if name == "name" else tree.Exists(name)
    spellings = dict.fromkeys((text, canonical_format(text), text.upper())) if field == "res_format" else (text,)
    return tree.Or(*(tree.Prefix(one, name) if value.prefix else tree.Term(name, one) for one in spellings))


def _text(value: Value, field: tree.TextField | None) -> tree.Node:
    return (tree.Phrase if value.quoted else tree.Prefix if value.prefix else tree.Words)(value.text, field)


def _id(text: str) -> tree.Node:
    key = Dataset.objects.filter(uuid=as_uuid(text)).values_list("pk", flat=True).first() if as_uuid(text) else None
    return tree.Term("key", f"dataset:{key}")


def _owner(text: str) -> tree.Node:
    name = Organization.objects.filter(uuid=as_uuid(text)).values_list("name", flat=True).first() if as_uuid(text) else None
    return tree.Term("organization", name) if name else NOTHING


def _is_open(text: str) -> tree.Node:
    is_open = tree.Or(*(tree.Term("licence", code) for code in Licence.objects.filter(is_open=True).values_list("code", flat=True)))
    return {"true": is_open, "false": tree.Not(is_open)}.get(text.lower(), NOTHING)


LOOKUPS: dict[str, Callable[[str], tree.Node]] = {"id": _id, "owner_org": _owner, "isopen": _is_open}


def _range(node: Range) -> tree.Node:
    if node.field not in RANGES:
        raise NotInIndex
    field = RANGES[node.field]
    low, high = (None if bound == "*" else moment_of(bound) for bound in (node.low, node.high))
    if field == "created":
        return tree.Range(field, low and low.timestamp(), high and high.timestamp(), node.include_low, node.include_high)
    return tree.Range(field, low, high, node.include_low, node.include_high)


def sort_of(sort: tuple[tuple[str, bool], ...], *, scored: bool) -> tuple[tuple[str, bool], ...]:
    """The engine's order, () for relevance. NotInIndex for what it cannot sort by; as in CKAN a field nobody knows sorts nothing."""
    found: list[tuple[str, bool]] = []
    for name, descending in sort:
        if name == "score" and scored:
            if found or not descending:
                raise NotInIndex
            return ()
        if name in ("id", "organization"):
            raise NotInIndex
        if name in SORTS:
            found.append((SORTS[name], descending))
            if name == "name":
                break
    if len(found) > 1:
        raise NotInIndex  # by one field at a time, however many datasets there are
    return tuple(found) or (("name", False),)
