"""A plan in Elasticsearch's words."""

import math

from elasticsearch.dsl import A, Q, Search
from elasticsearch.dsl.function import SF
from elasticsearch.dsl.query import Query

from search.tree import All, And, Beside, Better, Boost, Exists, Node, Not, Or, Prefix, Range, Term, Tokens

from .base import Plan, place

PREFERRED = 0.5


def node_query(node: Node) -> Query:
    """The query for one node of a tree that `matching.lower` made."""
    if isinstance(node, Tokens):
        kind, value = ("term", "value") if len(node.tokens) == 1 else ("match_phrase", "query")
        found = {value: " ".join(node.tokens)}
        if node.flat:
            return Q("constant_score", filter=Q(kind, **{node.field: found}), boost=node.boost)
        return Q(kind, **{node.field: {**found, "boost": node.boost}})
    if isinstance(node, Better):
        return Q("bool", filter=[node_query(node.part)], should=[node_query(part) for part in node.better])
    if isinstance(node, Or):
        return Q("bool", should=[node_query(part) for part in node.parts], minimum_should_match=1) if node.parts else Q("match_none")
    if isinstance(node, Beside):
        return Q("bool", must=[node_query(node.row)], must_not=[node_query(node.whole)])
    if isinstance(node, And | Not):
        parts = node.parts if isinstance(node, And) else (node,)
        without = [node_query(part.part) for part in parts if isinstance(part, Not)]
        return Q("bool", must=[node_query(part) for part in parts if not isinstance(part, Not)] or [Q("match_all")], must_not=without)
    if isinstance(node, Boost):  # a bool's boost multiplies what is inside
        return Q("bool", must=[node_query(node.part)], boost=node.factor)
    return Q("match_all") if isinstance(node, All) else Q("constant_score", filter=_value(node))


def _value(node: Node) -> Query:
    if isinstance(node, Term):
        return Q("term", **{place(node.field): {"value": node.value}})
    if isinstance(node, Prefix):
        return Q("prefix", **{place(node.field or "body_w"): {"value": node.text}})
    if isinstance(node, Exists):
        return Q("exists", field=place(node.field))
    if isinstance(node, Range):
        bounds = {"gte" if node.include_low else "gt": node.low, "lte" if node.include_high else "lt": node.high}
        return Q("range", **{node.field: {name: bound for name, bound in bounds.items() if bound is not None}})
    raise TypeError(f"{node!r} has not been lowered.")


def elasticsearch_search(search: Search, plan: Plan) -> Search:
    """What must match, and the little that the reader's language adds."""
    better = []
    if plan.match and plan.prefer:
        better.append(Q("constant_score", filter=Q("term", **{"facets.language": plan.prefer}), boost=PREFERRED))
    found = Q(
        "bool",
        must=[node_query(plan.match) if plan.match else Q("match_all")],
        filter=[Q("terms", **{place(name): list(values)}) for name, values in plan.filters.items()],
        should=better,
    )
    if plan.match:  # as Tantivy weighs by a field: times log2(2 + signal)
        weigh = SF("field_value_factor", field="signal", modifier="log2p", factor=1.0, weight=1 / math.log10(2))
        found = Q("function_score", query=found, functions=[weigh], boost_mode="multiply")
    search = search.query(found)
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
