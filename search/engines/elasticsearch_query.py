"""A plan in Elasticsearch's words."""

from collections.abc import Sequence

from elasticsearch.dsl import A, Q, Search
from elasticsearch.dsl.query import Query

from search.matching import AnyOf, Node, Phrase, Term

from .base import Plan

PREFERRED = 0.5


def node_query(node: Node) -> Query:
    """The query for one node of the tree."""
    if isinstance(node, Term):
        return Q("term", **{node.field: {"value": node.token, "boost": node.boost}})
    if isinstance(node, Phrase):
        return Q("match_phrase", **{node.field: {"query": " ".join(node.tokens), "boost": node.boost}})
    if isinstance(node, AnyOf):
        return Q("bool", should=[node_query(part) for part in node.parts], minimum_should_match=1)
    return Q("bool", must=[node_query(part) for part in node.parts], should=[node_query(part) for part in node.better])


def _any_value(name: str, values: Sequence[str]) -> Query:
    return Q("terms", **{"key" if name == "key" else f"facets.{name}": list(values)})


def elasticsearch_search(search: Search, plan: Plan) -> Search:
    """What must match, what must not, and the little that the reader's language adds."""
    without = [node_query(node) for node in plan.without]
    without += [_any_value(name, values) for name, values in plan.exclude.items() if values]
    better = []
    if plan.match and plan.prefer:
        better.append(Q("constant_score", filter=Q("term", **{"facets.language": plan.prefer}), boost=PREFERRED))
    search = search.query(
        "bool",
        must=[node_query(node) for node in (plan.match, *plan.terms) if node is not None] or [Q("match_all")],
        filter=[_any_value(name, values) for name, values in plan.filters.items()],
        must_not=without,
        should=better,
    )
    for name in plan.facets:
        counts = A(
            "terms",
            field=f"facets.{name}",
            size=max(plan.facet_limit, 1),
            shard_size=10_000,
            order=[{"_count": "desc"}, {"_key": "asc"}],
        )
        search.aggs.bucket(f"facet-{name}", counts)
    if plan.sort:
        search = search.sort(*({name: {"order": "desc" if descending else "asc"}} for name, descending in plan.sort))
    shown = ["display.key"] if plan.keys_only else ["display"]
    return search.source(shown).extra(from_=plan.offset, size=plan.limit, track_total_hits=True)
