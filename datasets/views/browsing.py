"""Finds public datasets for the list pages: through the search engine, and from the database while that cannot answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import get_language

from datasets.models import Dataset
from datasets.selectors import visible_datasets, with_resources
from search.form_errors import too_long
from search.query import Query, SearchUnavailable
from search.selectors import search

PER_PAGE = 20
FACETS = ("organization", "topic", "format")
LONGEST_TEXT = 200
MOST_VALUES = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet, as a checkbox."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of datasets. `excerpts`: dataset uuid -> (html, language) of what matched. `degraded`: found without the search engine."""

    text: str
    chosen: Mapping[str, Sequence[str]]
    total: int
    datasets: Sequence[Dataset]
    facets: Mapping[str, Sequence[Choice]] = field(default_factory=dict)
    degraded: bool = False
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def query(self) -> str:
        """The question as an address part, without paging."""
        pairs = [("q", self.text)] if self.text else []
        return urlencode([*pairs, *((name, value) for name in FACETS for value in self.chosen[name])])


def browse(parameters: QueryDict, page: int) -> Listing:
    """Public datasets that match `q` and the chosen facet values: the newest first, or the best match where there are words."""
    typed = (parameters.get("q") or "").strip()
    text = typed[:LONGEST_TEXT]
    chosen = {name: [value for value in parameters.getlist(name) if value][:MOST_VALUES] for name in FACETS}
    try:
        listing = _from_engine(text, chosen, page)
    except SearchUnavailable:
        listing = _from_database(text, chosen, page)
    return replace(listing, errors=too_long("q-data", typed, LONGEST_TEXT))


def _from_engine(text: str, chosen: Mapping[str, Sequence[str]], page: int) -> Listing:
    filters = {"kind": ["dataset"], **{name: values for name, values in chosen.items() if values}}
    results = search(
        Query(
            text=text,
            language=get_language() or "km",
            filters=filters,
            facets=FACETS,
            sort=() if text else (("modified", True),),
            offset=(page - 1) * PER_PAGE,
            limit=PER_PAGE,
        )
    )
    uuids = [hit.extra.get("uuid", "") for hit in results.hits]
    found = {str(dataset.uuid): dataset for dataset in with_resources(visible_datasets().filter(uuid__in=uuids))}
    facets = {
        name: [Choice(value.value, value.label, value.count, value.value in chosen[name]) for value in results.facets.get(name, [])]
        for name in FACETS
    }
    return Listing(text, chosen, results.total, [found[uuid] for uuid in uuids if uuid in found], facets)


def _from_database(text: str, chosen: Mapping[str, Sequence[str]], page: int) -> Listing:
    datasets = visible_datasets().order_by("-modified", "name")
    for word in text.split():
        fields = [f"{name}_{language}" for name in ("title", "summary") for language in ("km", "en", "zh_hans")]
        anywhere = Q(name__icontains=word)
        for name in fields:
            anywhere |= Q(**{f"{name}__icontains": word})
        datasets = datasets.filter(anywhere)
    datasets = _narrowed(datasets, chosen)
    total = datasets.count()
    start = (page - 1) * PER_PAGE
    return Listing(text, chosen, total, list(with_resources(datasets)[start : start + PER_PAGE]), degraded=True)


def _narrowed(datasets: QuerySet[Dataset], chosen: Mapping[str, Sequence[str]]) -> QuerySet[Dataset]:
    paths = {"organization": "organization__name__in", "topic": "groups__name__in", "format": "resources__format__in"}
    for name, path in paths.items():
        if chosen[name]:
            datasets = datasets.filter(**{path: chosen[name]})
    return datasets.distinct()
