"""Runs a package_search: the engine finds words, the database does the rest, and only one page of datasets is made into dictionaries."""

from typing import Any

from django.db.models import F, Q, QuerySet

from datasets.models import Dataset
from datasets.selectors import public, visible_datasets
from search.query import DEEPEST, Query, SearchUnavailable
from search.selectors import matching_keys

from .clauses import condition, split_words
from .errors import SearchConnectionError, SearchError
from .facets import count_facets, search_facets
from .fields import SORTS, in_languages, words_in
from .flat import flat
from .lucene import QueryError
from .registry import User
from .search_request import SearchRequest
from .stored import packages

IN_DRAFTS = words_in("name", *in_languages("title"), *in_languages("summary"), *in_languages("notes"))


class PackageQuery:
    """One search for one caller."""

    def __init__(self, request: SearchRequest, user: User) -> None:
        self.request = request
        self.user = user
        self.scope = self._scope()
        self.ranked: list[int] | None = None

    def run(self) -> dict[str, Any]:
        """`package_search`'s result."""
        found = self._found()
        facets = count_facets(found, self.request.facets, limit=self.request.facet_limit, mincount=self.request.facet_mincount)
        return {
            "count": found.count(),
            "results": self._page(found) if self.request.rows else [],
            "sort": self.request.sort_text,
            "facets": facets,
            "search_facets": search_facets(facets),
        }

    def _scope(self) -> QuerySet[Dataset]:
        """What the caller asked to look through: the public's datasets, and on demand those only members see."""
        wanted = public()
        if self.request.private:
            wanted |= Q(live=True)
        if self.request.drafts:
            wanted |= Q(live=False)
        return visible_datasets(self.user).filter(wanted)

    def _found(self) -> QuerySet[Dataset]:
        words, rest = split_words(self.request.query)
        words = self.request.words or words
        try:
            found = self.scope.filter(condition(rest, self.find))
            for node in self.request.filters:
                found = found.filter(condition(node, self.find))
        except QueryError as error:
            raise SearchError(f"the query cannot be parsed: {error}") from None
        if words:
            self.ranked = self.find(words)
            found = found.filter(pk__in=self.ranked)
        return found

    def find(self, words: str) -> list[int]:
        """Keys of the datasets that hold `words`, the best first. The index holds only what is public; drafts are read in the database."""
        try:
            keys = matching_keys(Query(text=words, filters={"kind": ["dataset"]}, limit=DEEPEST))
        except SearchUnavailable:
            raise SearchConnectionError("Unable to connect to the search engine") from None
        found = [int(key.partition(":")[2]) for key in keys]
        if self.request.private or self.request.drafts:
            found += self.scope.exclude(public()).filter(IN_DRAFTS(words, True)).values_list("pk", flat=True)
        return found

    def _page(self, found: QuerySet[Dataset]) -> list[Any]:
        start, end = self.request.start, self.request.start + self.request.rows
        by_score = self.request.sort[0][0] == "score"
        if by_score and self.ranked is not None:
            wanted = set(found.values_list("pk", flat=True))
            ranked = [pk for pk in self.ranked if pk in wanted]
            keys = (ranked if self.request.sort[0][1] else ranked[::-1])[start:end]
        else:
            keys = list(found.order_by(*self._order()).values_list("pk", flat=True)[start:end])
        if self.request.fl:
            return flat(Dataset.objects.filter(pk__in=keys), keys, self.request.fl, self.user)
        return packages(self.user, keys)

    def _order(self) -> list[Any]:
        order: list[Any] = []
        for name, descending in self.request.sort:
            for path in SORTS.get(name, ()):
                order.append(F(path).desc(nulls_last=True) if descending else F(path).asc(nulls_last=True))
        return [*order, "name"]
