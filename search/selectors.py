"""What readers see of the index."""

from collections import OrderedDict

from .engines import get_engine
from .engines.base import Found, Plan
from .matching import Node, match, match_any, match_field
from .present import hit_of
from .query import DEEPEST, FacetValue, Query, Results
from .registry import facet


def _sort_fields(query: Query) -> list[tuple[str, bool]]:
    title = f"title_{query.language.replace('-', '_')}"
    return [(title if name == "title" else name, descending) for name, descending in query.sort]


def _labelled(found: Found, query: Query) -> dict[str, list[FacetValue]]:
    facets: dict[str, list[FacetValue]] = OrderedDict()
    for name, counted in found.facets.items():
        labels = facet(name).labels([value for value, _ in counted], query.language)
        facets[name] = [FacetValue(value, labels[value], count) for value, count in counted]
    return facets


def _plan(query: Query, tree: Node | None, *, keys_only: bool = False) -> Plan:
    nodes = [(term, match_field(term)) for term in query.terms]
    return Plan(
        match=tree,
        terms=[node for term, node in nodes if node and not term.negated],
        without=[node for term, node in nodes if node and term.negated],
        filters=query.filters,
        exclude=query.exclude,
        prefer=query.language,
        facets=list(query.facets),
        facet_limit=query.facet_limit,
        sort=_sort_fields(query),
        offset=min(query.offset, DEEPEST),
        limit=min(query.limit, DEEPEST),
        keys_only=keys_only,
    )


def _found(query: Query, *, keys_only: bool = False) -> tuple[Found, bool]:
    """What the engine says, and whether it had to be content with some of the words."""
    tree = match(query.text)
    if query.text.strip() and tree is None:  # only signs that nobody can search for
        return Found(0, [], {name: [] for name in query.facets}), False
    engine = get_engine()
    found = engine.search(_plan(query, tree, keys_only=keys_only))
    if not found.total and (wider := match_any(query.text)):
        found = engine.search(_plan(query, wider, keys_only=keys_only))
        return found, bool(found.total)
    return found, False


def search(query: Query) -> Results:
    """The page of matches that `query` asks for. Raises SearchUnavailable.

    Facets are counted over exactly these matches. Where nothing holds all the words, what holds some of them (`relaxed`).
    """
    found, relaxed = _found(query)
    hits = [hit_of(display, query) for display in found.displays]
    return Results(found.total, hits, _labelled(found, query), relaxed)


def matching_keys(query: Query) -> list[str]:
    """The keys alone of what `search` would give, in its order, at most DEEPEST. Raises SearchUnavailable."""
    found, _ = _found(query, keys_only=True)
    return [display["key"] for display in found.displays]
