"""What readers see of the index."""

from collections import OrderedDict
from dataclasses import replace

from .engines import Engine, get_engine
from .engines.base import Found, Plan
from .matching import Need, lower
from .present import hit_of, marked_words
from .query import DEEPEST, FacetValue, Matches, Query, Results
from .reading import read
from .registry import facet
from .spelling import did_you_mean
from .synonyms import thesaurus
from .tree import And, Node

SHORTEST_CORRECTED = 3
# Fewer than so many hold all the words, perhaps by chance in a long text: what holds some of them is ranked with them.
ENOUGH = 5


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


def _found(query: Query, engine: Engine, *, keys_only: bool = False) -> tuple[Found, int, str]:
    """What the engine says; how many hold all the words; the corrected words these were, if none had those typed."""
    tree = _tree(query)

    def ask(match: Node | None) -> Found:
        return engine.search(_plan(query, match, keys_only=keys_only))

    if tree is None:
        found = ask(None)
        return found, found.total, ""
    known = thesaurus()

    def holding(tree: Node, match: Node, corrected: str = "") -> tuple[Found, int, str]:
        """What holds all the words; where that is little, what holds any of them with it. Who sorts, and a program that filters, wants
        the first alone.
        """
        found = ask(match)
        whole = found.total
        if 0 < whole < ENOUGH and not (query.sort or keys_only) and (wider := lower(tree, known, "any")) != match:
            found = ask(wider)
        return found, whole, corrected

    match = lower(tree, known)
    if (first := holding(tree, match))[1]:
        return first
    # Shorter words have too many neighbours to put one in their place unasked.
    if len(query.text.strip()) >= SHORTEST_CORRECTED and not _held(query, match, engine):
        corrected = did_you_mean(query, engine=engine)
        better = _tree(replace(query, text=corrected)) if corrected else None
        if better and (second := holding(better, lower(better, known), corrected))[1]:
            return second
    found = first[0]
    needs: tuple[Need, ...] = ("any", "piece")
    for need in needs:
        before, match = match, lower(tree, known, need)
        if match != before and (found := ask(match)).total:
            break
    return found, 0, ""


def _held(query: Query, match: Node, engine: Engine) -> bool:
    """Whether any document holds all the words, if none does that the filters leave: then they are spelt right."""
    return bool(query.filters) and bool(engine.search(Plan(match=match, limit=0)).total)


def _tree(query: Query) -> Node | None:
    parts = [part for part in (read(query.text), query.where) if part is not None]
    return And(*parts) if parts else None


def search(query: Query, *, engine: Engine | None = None) -> Results:
    """The page of matches that `query` asks for. Raises SearchUnavailable.

    Facets are counted over exactly these matches. Where few documents hold all the words, those that hold some stand among them; where
    none does: what holds the words `corrected`, else what holds some of those typed (`relaxed`).
    """
    engine = engine or get_engine()
    found, whole, corrected = _found(query, engine)
    shown = replace(query, text=corrected) if corrected else query
    asked = marked_words(shown, thesaurus())
    hits = [hit_of(display, shown, engine, asked) for display in found.displays]
    return Results(found.total, hits, _labelled(found, query), whole, corrected)


def matches(query: Query) -> Matches:
    """For programs: keys and counts alone, and nothing that does not match wholly. Raises SearchUnavailable."""
    tree = _tree(query)
    found = get_engine().search(_plan(query, lower(tree, thesaurus()) if tree else None, keys_only=True))
    return Matches(found.total, [display["key"] for display in found.displays], found.facets)


def matching_keys(query: Query) -> list[str]:
    """The keys alone of what `search` would give, in its order, at most DEEPEST; where any hold all the words, only those. Raises
    SearchUnavailable.
    """
    found, _, _ = _found(query, get_engine(), keys_only=True)
    return [display["key"] for display in found.displays]
