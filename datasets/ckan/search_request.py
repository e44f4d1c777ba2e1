"""What a package_search call asks for, read and checked before anything is searched."""

import re
from dataclasses import dataclass
from typing import Any

from .boxes import Box, read_box
from .errors import SearchError, SearchQueryError
from .lucene import Node, QueryError, parse
from .values import boolean, integer, natural, strings, text

KNOWN = {
    "q", "fq", "fq_list", "sort", "rows", "start", "facet", "facet.field", "facet.limit", "facet.mincount", "fl",
    "include_private", "include_drafts", "include_deleted", "use_default_schema", "extras",
    # Solr's own, accepted without effect: relevance is ours.
    "qf", "bf", "boost", "tie", "defType", "mm", "wt", "df",
}  # fmt: skip
MOST_ROWS = 1000
MOST_VALUES = 10_000  # of a facet
DEFAULT_SORT = "score desc, metadata_modified desc"
_SORT = re.compile(r"\s*([\w.\-]+)\s+(asc|desc)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """`query`: the tree of `q`, or None with `words` where `q` is plain words; `filters`: the trees of `fq` and `fq_list`."""

    words: str
    query: Node | None
    filters: tuple[Node, ...]
    sort: tuple[tuple[str, bool], ...]
    sort_text: str
    rows: int
    start: int
    facets: tuple[str, ...]
    facet_limit: int
    facet_mincount: int
    fl: tuple[str, ...]
    private: bool
    drafts: bool
    bbox: Box | None


def read_request(data: dict[str, Any]) -> SearchRequest:
    """The request; SearchQueryError for unknown parameters and sorts, SearchError for queries nobody can parse, ValidationError else."""
    unknown = sorted(key for key in data if key not in KNOWN and not key.startswith("ext_"))
    if unknown:
        raise SearchQueryError(f'"Invalid search parameters: {unknown}"')
    words, query = _query(text(data, "q"))
    sort_text = _sort_text(data)
    limit = integer(data, "facet.limit", 50)  # -1: all
    facets = strings(data, "facet.field") if boolean(data, "facet", True) else []
    return SearchRequest(
        words=words,
        query=query,
        filters=tuple(node for part in [*strings(data, "fq"), *strings(data, "fq_list")] if (node := _parsed(part)) is not None),
        sort=_sort(sort_text),
        sort_text=sort_text,
        rows=natural(data, "rows", 10, most=MOST_ROWS),
        start=natural(data, "start", 0),
        facets=tuple(dict.fromkeys(facets)),
        facet_limit=MOST_VALUES if limit < 0 else min(limit, MOST_VALUES),
        facet_mincount=natural(data, "facet.mincount", 1),
        fl=tuple(name for name in strings(data, "fl", split=",") if name),
        private=boolean(data, "include_private", False),
        drafts=boolean(data, "include_drafts", False),
        bbox=read_box(text(data, "ext_bbox")),
    )


def _query(q: str) -> tuple[str, Node | None]:
    """Without a colon `q` is what a person typed: where it is no query, the engine reads it as it stands."""
    try:
        return "", parse(q)
    except QueryError as error:
        if ":" in q or "{!" in q:
            raise unreadable(error) from None
        return q.strip(), None


def _parsed(query: str) -> Node | None:
    try:
        return parse(query)
    except QueryError as error:
        raise unreadable(error) from None


def unreadable(error: QueryError) -> SearchError:
    """What clients are told of a query that nobody can read."""
    return SearchError(f"the query cannot be parsed: {error}")


def _sort_text(data: dict[str, Any]) -> str:
    given = ", ".join(strings(data, "sort"))
    return DEFAULT_SORT if given in ("", "rank", "none") else given


def _sort(given: str) -> tuple[tuple[str, bool], ...]:
    found = []
    for part in given.split(","):
        match = _SORT.fullmatch(part)
        if match is None:
            raise SearchQueryError('"Invalid sort parameter"')
        found.append((match[1], match[2].lower() == "desc"))
    return tuple(found)
