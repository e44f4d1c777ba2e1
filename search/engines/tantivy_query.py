"""A plan in Tantivy's words."""

from collections.abc import Sequence
from typing import Any

import tantivy
from tantivy import Occur, Query

from search.matching import AnyOf, Node, Phrase, Term

from .base import Plan

PREFERRED = 0.5


def _boosted(query: Query, boost: float) -> Query:
    return query if boost == 1.0 else Query.boost_query(query, boost)


def node_query(schema: tantivy.Schema, node: Node) -> Query:
    """The query for one node of the tree."""
    if isinstance(node, Term):
        return _boosted(Query.term_query(schema, node.field, node.token), node.boost)
    if isinstance(node, Phrase):
        return _boosted(Query.phrase_query(schema, node.field, list(node.tokens)), node.boost)
    if isinstance(node, AnyOf):
        return Query.boolean_query([(Occur.Should, node_query(schema, part)) for part in node.parts])
    return Query.boolean_query(
        [(Occur.Must, node_query(schema, part)) for part in node.parts] + [(Occur.Should, node_query(schema, part)) for part in node.better]
    )


def _any_value(schema: tantivy.Schema, name: str, values: Sequence[str]) -> Query:
    field = "key" if name == "key" else f"facets.{name}"
    queries = [Query.term_query(schema, field, value) for value in values] or [Query.empty_query()]
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def tantivy_query(schema: tantivy.Schema, plan: Plan) -> Query:
    """What must match, what must not, and the little that the reader's language adds."""
    must = [node_query(schema, node) for node in (plan.match, *plan.terms) if node is not None]
    must += [Query.const_score_query(_any_value(schema, name, values), 0.0) for name, values in plan.filters.items()]
    clauses = [(Occur.Must, query) for query in must] or [(Occur.Must, Query.all_query())]
    clauses += [(Occur.MustNot, node_query(schema, node)) for node in plan.without]
    clauses += [(Occur.MustNot, _any_value(schema, name, values)) for name, values in plan.exclude.items() if values]
    if plan.match and plan.prefer:
        preferred = Query.const_score_query(Query.term_query(schema, "facets.language", plan.prefer), PREFERRED)
        clauses.append((Occur.Should, preferred))
    return Query.boolean_query(clauses)


def count_facets(searcher: tantivy.Searcher, query: Query, plan: Plan) -> dict[str, list[tuple[str, int]]]:
    """Exact counts over everything that matches."""
    if not plan.facets:
        return {}
    asked: dict[str, Any] = {
        name: {"terms": {"field": f"facets.{name}", "size": max(plan.facet_limit, 1), "segment_size": 10_000}} for name in plan.facets
    }
    counted = searcher.aggregate(query, asked)
    return {
        name: sorted(((bucket["key"], bucket["doc_count"]) for bucket in counted[name]["buckets"]), key=lambda pair: (-pair[1], pair[0]))
        for name in plan.facets
    }
