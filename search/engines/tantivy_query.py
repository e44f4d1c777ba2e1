"""A plan in Tantivy's words."""

from collections.abc import Sequence
from typing import Any

import tantivy
from tantivy import FieldType, Occur, Query

from search.tree import All, And, Beside, Better, Boost, Exists, Node, Not, Or, Prefix, Range, Term, Tokens

from .base import Plan, place

PREFERRED = 0.5


class Translator:
    """Trees into queries: only what matches, without what would merely rank it; or with scores, given what `matches`."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher, matches: "Translator | None" = None) -> None:
        self.schema = schema
        self._searcher = searcher
        self.scored = matches is not None
        self._matches = matches or self
        self._made: dict[int, Query] = {}

    def query(self, node: Node) -> Query:
        """The query for one node of a tree that `matching.lower` made."""
        if isinstance(node, Tokens):
            return self._boosted(self._tokens(node), node.boost)
        if isinstance(node, Better):
            match = self._matches.once(node.part)
            if not self.scored:
                return match
            return Query.boolean_query(
                [(Occur.Must, Query.const_score_query(match, 0.0)), *((Occur.Should, self.query(part)) for part in node.better)]
            )
        if isinstance(node, Beside):
            return self._beside(node)
        if isinstance(node, Or):
            return Query.boolean_query([(Occur.Should, self.query(part)) for part in node.parts]) if node.parts else Query.empty_query()
        if isinstance(node, And | Not):
            return self._all_of(node.parts if isinstance(node, And) else (node,))
        if isinstance(node, Boost):
            return self._boosted(self.query(node.part), node.factor)
        return Query.all_query() if isinstance(node, All) else self._value(node)

    def once(self, node: Node) -> Query:
        """The query for a node that both translators come to, made for the first of them."""
        if id(node) not in self._made:
            self._made[id(node)] = self.query(node)
        return self._made[id(node)]

    def _boosted(self, query: Query, factor: float) -> Query:
        return query if factor == 1.0 or not self.scored else Query.boost_query(query, factor)

    def _tokens(self, node: Tokens) -> Query:
        if len(node.tokens) == 1:
            return Query.term_query(self.schema, node.field, node.tokens[0])
        return Query.phrase_query(self.schema, node.field, list(node.tokens))

    def _beside(self, node: Beside) -> Query:
        """The rarest pair first. Where the word is, its pairs are: a pair in no more documents than the word is nowhere beside it."""
        field, count = node.row.field, self._searcher.doc_freq
        rarest = min(node.row.tokens, key=lambda pair: count(field, pair))
        if count(field, rarest) <= count(node.whole.field, node.whole.tokens[0]):
            return Query.empty_query()
        return self._all_of((And(Tokens(field, (rarest,)), Not(node.whole)), node.row))

    def _all_of(self, parts: Sequence[Node]) -> Query:
        clauses = [(Occur.MustNot, self.query(part.part)) if isinstance(part, Not) else (Occur.Must, self.query(part)) for part in parts]
        if all(isinstance(part, Not) for part in parts):
            clauses.append((Occur.Must, Query.all_query()))
        return Query.boolean_query(clauses)

    def _value(self, node: Node) -> Query:
        if isinstance(node, Term):
            found = Query.term_query(self.schema, place(node.field), node.value)
        elif isinstance(node, Prefix):
            found = Query.fuzzy_term_query(self.schema, place(node.field or "body_w"), node.text, distance=0, prefix=True)
        elif isinstance(node, Exists):
            found = Query.exists_query(place(node.field))
        elif isinstance(node, Range):
            kind = FieldType.Date if node.field == "modified" else FieldType.Float
            low, high = (bound if kind == FieldType.Date or bound is None else float(bound) for bound in (node.low, node.high))
            if low is None and high is None:
                return Query.all_query()
            found = Query.range_query(self.schema, node.field, kind, low, high, node.include_low, node.include_high)
        else:
            raise TypeError(f"{node!r} has not been lowered.")
        return Query.const_score_query(found, 1.0)


def tantivy_queries(schema: tantivy.Schema, searcher: tantivy.Searcher, plan: Plan) -> tuple[Query, Query]:
    """What must match, with scores and the little that the reader's language adds; and what must match alone."""
    matches = Translator(schema, searcher)
    filters = [
        (Occur.Must, Query.const_score_query(Query.term_set_query(schema, place(name), list(values)), 0.0))
        for name, values in plan.filters.items()
    ]

    def whole(found: Translator) -> Query:
        clauses = [(Occur.Must, found.query(plan.match) if plan.match else Query.all_query()), *filters]
        if plan.match and plan.prefer and found.scored:
            clauses.append((Occur.Should, Query.const_score_query(Query.term_query(schema, "facets.language", plan.prefer), PREFERRED)))
        return Query.boolean_query(clauses)

    return whole(Translator(schema, searcher, matches)), whole(matches)


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
