"""Runs a package_search: from the search index wherever it can tell, else from the database."""

from typing import Any

from django.db.models import F, Q, QuerySet

from datasets.models import Dataset
from datasets.selectors import public, visible_datasets
from search.query import DEEPEST, Query, SearchUnavailable
from search.selectors import matches
from search.tree import And

from .boxes import inside
from .clauses import condition, split_words
from .errors import SearchConnectionError
from .facets import count_facets, search_facets
from .fields import FACETS as COUNTED
from .fields import SORTS, in_languages, with_numbers, words_in
from .flat import flat
from .index_query import FACETS, NotInIndex, sort_of, where
from .lucene import QueryError
from .registry import User
from .search_request import SearchRequest, unreadable
from .stored import packages

COUNTED_ELSEWHERE = set(COUNTED) - set(FACETS)
IN_DRAFTS = words_in("name", *in_languages("title"), *in_languages("summary"), *in_languages("notes"))


class PackageQuery:
    """One search for one caller."""

    def __init__(self, request: SearchRequest, user: User) -> None:
        self.request = request
        self.user = user
        self.ranked: list[int] | None = None
        self.scope: QuerySet[Dataset] | None = None  # None: all that is public

    def run(self) -> dict[str, Any]:
        """`package_search`'s result: from the index, or from the database where the index cannot tell."""
        try:
            count, keys, facets = self._from_index()
        except NotInIndex:
            self.scope = self._scope()
            count, keys, facets = self._from_database(self.scope)
        except QueryError as error:
            raise unreadable(error) from None
        return {
            "count": count,
            "results": self._shown(keys),
            "sort": self.request.sort_text,
            "facets": facets,
            "search_facets": search_facets(facets),
        }

    def _from_index(self) -> tuple[int, list[int], dict[str, dict[str, int]]]:
        """Total, keys of the page, facets. NotInIndex also while the engine is away and no words have to be found."""
        request = self.request
        members = (request.private or request.drafts) and self.user.is_authenticated
        if members or request.bbox or request.start + request.rows > DEEPEST or COUNTED_ELSEWHERE & set(request.facets):
            raise NotInIndex
        words, rest = split_words(request.query)
        words = request.words or words
        nodes = [where(node) for node in (rest, *request.filters) if node is not None]
        query = Query(
            text=words,
            where=And(*nodes) if nodes else None,
            filters={"kind": ["dataset"]},
            facets=[FACETS[name] for name in request.facets if name in FACETS],
            facet_limit=request.facet_limit,
            sort=sort_of(request.sort, scored=bool(words)),
            offset=request.start,
            limit=request.rows,
        )
        try:
            found = matches(query)
        except SearchUnavailable:
            if words:
                raise SearchConnectionError("Unable to connect to the search engine") from None
            raise NotInIndex from None
        least = max(request.facet_mincount, 1)
        counts = {name: dict(found.facets[FACETS[name]]) if name in FACETS else {} for name in request.facets}
        counts = {name: {value: count for value, count in values.items() if count >= least} for name, values in counts.items()}
        return found.total, [int(key.partition(":")[2]) for key in found.keys], counts

    def _from_database(self, scope: QuerySet[Dataset]) -> tuple[int, list[int], dict[str, dict[str, int]]]:
        found = self._found(scope)
        facets = count_facets(found, self.request.facets, limit=self.request.facet_limit, mincount=self.request.facet_mincount)
        return found.count(), self._page(found) if self.request.rows else [], facets

    def _shown(self, keys: list[int]) -> list[Any]:
        if self.request.fl:
            rows = visible_datasets().filter(public()) if self.scope is None else self.scope
            return flat(rows.filter(pk__in=keys), keys, self.request.fl, self.user)
        return packages(self.user, keys, only_public=self.scope is None)

    def _scope(self) -> QuerySet[Dataset]:
        """What the caller asked to look through: the public's datasets, and on demand those only members see."""
        wanted = public()
        if self.request.private:
            wanted |= Q(live=True)
        if self.request.drafts:
            wanted |= Q(live=False)
        return with_numbers(visible_datasets(self.user).filter(wanted))

    def _found(self, scope: QuerySet[Dataset]) -> QuerySet[Dataset]:
        words, rest = split_words(self.request.query)
        words = self.request.words or words
        try:
            found = scope.filter(condition(rest, self.find))
            for node in self.request.filters:
                found = found.filter(condition(node, self.find))
        except QueryError as error:
            raise unreadable(error) from None
        if self.request.bbox:
            found = found.filter(pk__in=inside(found, self.request.bbox))
        if words:
            self.ranked = self.find(words)
            found = found.filter(pk__in=self.ranked)
        return found

    def find(self, words: str) -> list[int]:
        """Keys of the datasets that hold `words`, the best first. The index holds only what is public; drafts are read in the database."""
        try:
            keys = matches(Query(text=words, filters={"kind": ["dataset"]}, limit=DEEPEST)).keys
        except SearchUnavailable:
            raise SearchConnectionError("Unable to connect to the search engine") from None
        found = [int(key.partition(":")[2]) for key in keys]
        if self.request.private or self.request.drafts:
            found += self._scope().exclude(public()).filter(IN_DRAFTS(words, True)).values_list("pk", flat=True)
        return found

    def _page(self, found: QuerySet[Dataset]) -> list[int]:
        start, end = self.request.start, self.request.start + self.request.rows
        by_score = self.request.sort[0][0] == "score"
        if by_score and self.ranked is not None:
            wanted = set(found.values_list("pk", flat=True))
            ranked = [pk for pk in self.ranked if pk in wanted]
            return (ranked if self.request.sort[0][1] else ranked[::-1])[start:end]
        return list(found.order_by(*self._order()).values_list("pk", flat=True)[start:end])

    def _order(self) -> list[Any]:
        order: list[Any] = []
        for name, descending in self.request.sort:
            for path in SORTS.get(name, ()):
                last = True if path.startswith("title") else None  # the others are never empty, and their index knows no such order
                order.append(F(path).desc(nulls_last=last) if descending else F(path).asc(nulls_last=last))
        return [*order, "name"]
