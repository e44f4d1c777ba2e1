"""Finding datasets and resources."""

from typing import Any

from django.db.models import Q

from datasets.api.languages import source_text
from datasets.ckan.dictionaries.resource import resource_dict
from datasets.ckan.errors import ValidationError
from datasets.ckan.fields import in_languages
from datasets.ckan.package_query import PackageQuery
from datasets.ckan.registry import Parameters, User, action
from datasets.ckan.search_request import read_request
from datasets.ckan.values import natural, required, strings, text
from datasets.models import Resource
from datasets.selectors import public, visible_datasets, visible_resources

RESOURCE_FIELDS = {
    "name": in_languages("name"),
    "description": in_languages("description"),
    "url": ("link_url", "current__filename"),
    "format": ("format",),
}


@action("package_search", side_effect_free=True)
def package_search(user: User, data: Parameters) -> dict[str, Any]:
    """Find datasets.

    q: words, or Lucene clauses such as `title:water AND tags:"open data"` (default: everything). fq, fq_list: further clauses.
    sort: "score desc, metadata_modified desc" by default. rows (10, at most 1000), start.
    facet.field: a list of fields to count; facet.limit (50, -1 for all), facet.mincount (1), facet ("false": no counts).
    fl: only these fields. include_private, include_drafts: also what only you see (false).

    Clauses are field:value, field:"a phrase", field:(a OR b), field:[from TO to], with AND, OR, NOT, + and -. Fields: id, name, title,
    notes, organization, owner_org, groups, tags, res_format, res_name,
    res_description, res_url, license_id, license, isopen, author, maintainer,
    url, state, capacity, private, metadata_created, metadata_modified, and any extra as extras_<key> or <key>.
    """
    return PackageQuery(read_request(data), user).run()


@action("package_autocomplete", side_effect_free=True)
def package_autocomplete(user: User, data: Parameters) -> list[dict[str, str]]:
    """Datasets whose name or title contains q; limit (10)."""
    word = required(data, "q")
    condition = Q(name__icontains=word)
    for path in in_languages("title"):
        condition |= Q(**{f"{path}__icontains": word})
    found = []
    for dataset in visible_datasets(user).filter(public()).filter(condition).order_by("name")[: natural(data, "limit", 10, most=1000)]:
        title = source_text(dataset, "title") or dataset.name
        by_name = word.lower() in dataset.name.lower()
        found.append(
            {
                "name": dataset.name,
                "title": title,
                "match_field": "name" if by_name else "title",
                "match_displayed": dataset.name if by_name else f"{title} ({dataset.name})",
            }
        )
    return found


@action("format_autocomplete", side_effect_free=True)
def format_autocomplete(user: User, data: Parameters) -> list[str]:
    """Formats of public resources that contain q, in lower case; limit (5)."""
    word = required(data, "q")
    formats = visible_resources().filter(format__icontains=word).order_by("format").values_list("format", flat=True).distinct()
    return [name.lower() for name in formats[: natural(data, "limit", 5)]]


@action("resource_search", side_effect_free=True)
def resource_search(user: User, data: Parameters) -> dict[str, Any]:
    """Find public resources by their own fields.

    query: "field:term", or a list of those, all of which must hold; fields: name, description, url, format, hash (its beginning).
    order_by, offset, limit.
    """
    queries = strings(data, "query")
    if not queries:
        raise ValidationError({"query": "Missing value"})
    found = visible_resources()
    for query in queries:
        field, colon, term = query.partition(":")
        if not colon:
            raise ValidationError({"query": "Must be <field>:<value> pair(s)"})
        found = found.filter(_condition(field.strip(), term.strip()))
    order = {"name": "name_km", "created": "created", "format": "format"}.get(text(data, "order_by"), "pk")
    start = natural(data, "offset", 0)
    page = found.order_by(order, "pk")[start : start + natural(data, "limit", 1000, most=1000)]
    return {"count": found.count(), "results": [_without_table(resource) for resource in page]}


def _condition(field: str, term: str) -> Q:
    if field == "hash":
        return Q(current__data_file__sha256__istartswith=term)
    if field not in RESOURCE_FIELDS:
        raise ValidationError({"query": f'Field "{field[:50]}" not recognised in resource_search.'})
    found = Q()
    for path in RESOURCE_FIELDS[field]:
        found |= Q(**{f"{path}__icontains": term})
    return found


def _without_table(resource: Resource) -> dict[str, Any]:
    found = resource_dict(resource, resource.dataset, resource.position)
    del found["datastore_active"]
    return found
