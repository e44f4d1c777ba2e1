"""What readers see of the index."""

from collections import OrderedDict

from .engines import Engine, get_engine
from .engines.base import Found, Plan
from .matching import lower
from .present import hit_of
from .query import DEEPEST, FacetValue, Matches, Query, Results
from .reading import read
from .registry import facet
from .tree import And, Node


def _sort_fields(query: Query) -> list[tuple[str, bool]]:
    title = f"title_{query.language.replace('-', '_')}"
    return [(title if name == "title" else name, descending) for name, descending in query.sort]


def _labelled(found: Found, query: Query) -> dict[str, list[FacetValue]]:
    facets: dict[str, list[FacetValue]] = OrderedDict()
    for name, counted in found.facets.items():
        labels = facet(name).labels([value for value, _ in counted], query.language)
        facets[name] = [FacetValue(value, labels[value], count) for value, count in counted]
    return facets


def _plan(query: Query, match: Node | None, *, keys_only: bool = False) -> Plan:
    return Plan(
        match=match,
        filters=query.filters,
        prefer=query.language,
        facets=list(query.facets),
        facet_limit=query.facet_limit,
        sort=_sort_fields(query),
        offset=min(query.offset, DEEPEST),
        limit=min(query.limit, DEEPEST),
        keys_only=keys_only,
    )


def _found(query: Query, engine: Engine, *, keys_only: bool = False) -> tuple[Found, bool]:
    """What the engine says, and whether it had to be content with some of the words."""
    parts = [part for part in (read(query.text), query.where) if part is not None]
    tree = And(*parts) if parts else None
    match = lower(tree) if tree else None
    found = engine.search(_plan(query, match, keys_only=keys_only))
    if not found.total and tree and (wider := lower(tree, any_of=True)) != match:
        found = engine.search(_plan(query, wider, keys_only=keys_only))
        return found, bool(found.total)
    return found, False


def search(query: Query, *, engine: Engine | None = None) -> Results:
    """The page of matches that `query` asks for. Raises SearchUnavailable.

    Facets are counted over exactly these matches. Where nothing holds all the words, what holds some of them (`relaxed`).
    """
    found, relaxed = _found(query, engine or get_engine())
    hits = [hit_of(display, query) for display in found.displays]
    return Results(found.total, hits, _labelled(found, query), relaxed)


def matches(query: Query) -> Matches:
    """For programs: keys and counts alone, and nothing that does not match wholly. Raises SearchUnavailable."""
    parts = [part for part in (read(query.text), query.where) if part is not None]
    found = get_engine().search(_plan(query, lower(And(*parts)) if parts else None, keys_only=True))
    return Matches(found.total, [display["key"] for display in found.displays], found.facets)


def matching_keys(query: Query) -> list[str]:
    """The keys alone of what `search` would give, in its order, at most DEEPEST. Raises SearchUnavailable."""
    found, _ = _found(query, get_engine(), keys_only=True)
    return [display["key"] for display in found.displays]
