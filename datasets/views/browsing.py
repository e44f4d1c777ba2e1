"""Finds public datasets for the list pages: through the search engine, and from the database while that cannot answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import get_language

from datasets.models import Dataset
from datasets.selectors import visible_datasets, with_resources
from search.asked import Asked, Choices
from search.query import SearchUnavailable
from search.selectors import search

PER_PAGE = 20
FACETS = ("organization", "topic", "format")


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of datasets. `degraded`: found without the search engine."""

    asked: Asked
    total: int
    datasets: Sequence[Dataset]
    facets: Sequence[Choices] = ()
    degraded: bool = False


def browse(parameters: QueryDict, page: int) -> Listing:
    """Public datasets that match `q` and the chosen facet values: the newest first, or the best match where there are words."""
    asked = Asked.of(parameters, facets=FACETS, text_field="q-data")
    try:
        return _from_engine(asked, page)
    except SearchUnavailable:
        return _from_database(asked, page)


def _from_engine(asked: Asked, page: int) -> Listing:
    language = get_language() or "km"
    results = search(asked.query(language=language, offset=(page - 1) * PER_PAGE, limit=PER_PAGE, kind="dataset"))
    uuids = [hit.extra.get("uuid", "") for hit in results.hits]
    found = {str(dataset.uuid): dataset for dataset in with_resources(visible_datasets().filter(uuid__in=uuids))}
    return Listing(asked, results.total, [found[uuid] for uuid in uuids if uuid in found], asked.choices(results, language))


def _from_database(asked: Asked, page: int) -> Listing:
    datasets = visible_datasets().order_by("-modified", "name")
    for word in asked.text.split():
        fields = [f"{name}_{language}" for name in ("title", "summary") for language in ("km", "en", "zh_hans")]
        anywhere = Q(name__icontains=word)
        for name in fields:
            anywhere |= Q(**{f"{name}__icontains": word})
        datasets = datasets.filter(anywhere)
    datasets = _narrowed(datasets, asked.chosen)
    total = datasets.count()
    start = (page - 1) * PER_PAGE
    return Listing(asked, total, list(with_resources(datasets)[start : start + PER_PAGE]), degraded=True)


def _narrowed(datasets: QuerySet[Dataset], chosen: Mapping[str, Sequence[str]]) -> QuerySet[Dataset]:
    paths = {"organization": "organization__name__in", "topic": "groups__name__in", "format": "resources__format__in"}
    for name, path in paths.items():
        if chosen[name]:
            datasets = datasets.filter(**{path: chosen[name]})
    return datasets.distinct()
