"""A plan in Tantivy's words."""

from collections.abc import Iterable, Sequence
from typing import Any

import tantivy
from tantivy import FieldType, Occur, Query

from search.tree import All, And, Beside, Better, Boost, Exists, Node, Not, Or, Prefix, Range, Term, Tokens

from .base import Plan, place

PREFERRED = 0.5
FEW = 64
MOST_COUNTED = 50_000
Counted = dict[tuple[str, str], int]  # (field, token) -> in how many documents it stands


class Translator:
    """Trees into queries: only what matches, without what would merely rank it; or with scores, given what `matches`.

    What no document holds is left out: a field without the word costs its part of every document looked at.
    """

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher, counted: Counted, matches: "Translator | None" = None) -> None:
        self.schema = schema
        self._searcher = searcher
        self._counted = counted
        self.scored = matches is not None
        self._matches = matches or self
        self._made: dict[int, Query | None] = {}

    def query(self, node: Node) -> Query:
        """The query for a tree that `matching.lower` made."""
        return self._query(node) or Query.empty_query()

    def _query(self, node: Node) -> Query | None:
        if isinstance(node, Tokens):
            found = self._tokens(node)
            return found and Query.const_score_query(found, node.boost) if node.flat and self.scored else self._boosted(found, node.boost)
        if isinstance(node, Better):
            return self._better(node) if self.scored else self._once(node.part)
        if isinstance(node, Beside):
            return self._beside(node)
        if isinstance(node, Or):
            return _any(map(self._query, node.parts))
        if isinstance(node, And | Not):
            return self._all_of(node.parts if isinstance(node, And) else (node,))
        if isinstance(node, Boost):
            return self._boosted(self._query(node.part), node.factor)
        return Query.all_query() if isinstance(node, All) else self._value(node)

    def _once(self, node: Node) -> Query | None:
        """The query for a node that both translators come to, made for the first of them."""
        if id(node) not in self._made:
            self._made[id(node)] = self._query(node)
        return self._made[id(node)]

    def _boosted(self, query: Query | None, factor: float) -> Query | None:
        return query if query is None or factor == 1.0 or not self.scored else Query.boost_query(query, factor)

    def _count(self, field: str, token: str) -> int:
        count = self._counted.get((field, token))
        if count is None:
            if len(self._counted) > MOST_COUNTED:
                self._counted.clear()
            count = self._counted[field, token] = self._searcher.doc_freq(field, token)
        return count

    def _tokens(self, node: Tokens) -> Query | None:
        if not all(self._count(node.field, token) for token in node.tokens):
            return None
        if len(node.tokens) == 1:
            return Query.term_query(self.schema, node.field, node.tokens[0])
        return Query.phrase_query(self.schema, node.field, list(node.tokens))

    def _better(self, node: Better) -> Query | None:
        worth = {(part.field, part.tokens): part for part in node.better if isinstance(part, Tokens)}
        match = self._weighing(node.part, worth)
        if match is None:
            return None
        # Single words by themselves: the engine adds up words alone faster than words among phrases or what is flat.
        words = _any(self._query(part) for part in worth.values() if len(part.tokens) == 1 and not part.flat)
        flat = _any(self._query(part) for part in worth.values() if len(part.tokens) == 1 and part.flat)
        others = [flat, *(self._query(part) for part in node.better if not isinstance(part, Tokens) or len(part.tokens) > 1)]
        return Query.boolean_query([(Occur.Must, match), *((Occur.Should, query) for query in (words, *others) if query is not None)])

    def _weighing(self, node: Node, worth: dict[tuple[str, tuple[str, ...]], Tokens]) -> Query | None:
        """What must match, with no score but for what ranks higher too, which is taken out of `worth`: to look at a word once is
        cheaper. Only where it stands for itself: inside an alternative its score would be lost with the alternative.
        """
        if isinstance(node, Tokens) and len(node.tokens) == 1 and (better := worth.pop((node.field, node.tokens), None)):
            return self._query(better)
        if isinstance(node, Or) and any(isinstance(part, Tokens) for part in node.parts):
            found = [self._weighing(part, worth) if isinstance(part, Tokens) else self._unweighed(part) for part in node.parts]
            return _any(found)
        if isinstance(node, And) and not any(isinstance(part, Not) for part in node.parts):
            found = [self._weighing(part, worth) for part in node.parts]
            return None if None in found else Query.boolean_query([(Occur.Must, query) for query in found])
        return self._unweighed(node)

    def _unweighed(self, node: Node) -> Query | None:
        match = self._matches._once(node)
        return match and Query.const_score_query(match, 0.0)

    def _beside(self, node: Beside) -> Query | None:
        """The rarest pair first. Where the word is, its pairs are: a pair in no more documents than the word is nowhere beside it."""
        field = node.row.field
        rarest = min(node.row.tokens, key=lambda pair: self._count(field, pair))
        if self._count(field, rarest) <= self._count(node.whole.field, node.whole.tokens[0]):
            return None
        return self._all_of((And(Tokens(field, (rarest,)), Not(node.whole)), node.row))

    def _all_of(self, parts: Sequence[Node]) -> Query | None:
        must = [self._query(part) for part in parts if not isinstance(part, Not)] or [Query.all_query()]
        if None in must:
            return None
        without = filter(None, (self._query(part.part) for part in parts if isinstance(part, Not)))
        return Query.boolean_query([*((Occur.Must, query) for query in must), *((Occur.MustNot, query) for query in without)])

    def _prefix(self, field: str, text: str) -> Query | None:
        """The few words that begin so; of many, or where words cannot be listed, a machine that reads them all, dear to make."""
        if not field.startswith("facets."):
            words = self._searcher.terms_with_prefix(field, text, limit=FEW + 1)
            if not words:
                return None
            if len(words) <= FEW:
                return Query.term_set_query(self.schema, field, [word for word, _ in words])
        return Query.fuzzy_term_query(self.schema, field, text, distance=0, prefix=True)

    def _value(self, node: Node) -> Query | None:
        found: Query | None
        if isinstance(node, Term):
            field = place(node.field)
            if not field.startswith("facets.") and not self._count(field, node.value):
                return None
            found = Query.term_query(self.schema, field, node.value)
        elif isinstance(node, Prefix):
            found = self._prefix(place(node.field or "body_w"), node.text)
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
        return found and Query.const_score_query(found, 1.0)


def _any(queries: Iterable[Query | None]) -> Query | None:
    found = [query for query in queries if query is not None]
    if len(found) > 1:
        return Query.boolean_query([(Occur.Should, query) for query in found])
    return found[0] if found else None


def tantivy_queries(schema: tantivy.Schema, searcher: tantivy.Searcher, counted: Counted, plan: Plan) -> tuple[Query, Query]:
    """What must match, with scores and the little that the reader's language adds; and what must match alone. `counted` is filled and
    may be kept for as long as the index stays as it is.
    """
    matches = Translator(schema, searcher, counted)
    filters = [
        (Occur.Must, Query.const_score_query(Query.term_set_query(schema, place(name), list(values)), 0.0))
        for name, values in plan.filters.items()
    ]

    def whole(found: Translator) -> Query:
        clauses = [(Occur.Must, found.query(plan.match) if plan.match else Query.all_query()), *filters]
        if plan.match and plan.prefer and found.scored:
            clauses.append((Occur.Should, Query.const_score_query(Query.term_query(schema, "facets.language", plan.prefer), PREFERRED)))
        return Query.boolean_query(clauses)

    return whole(Translator(schema, searcher, counted, matches)), whole(matches)


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
