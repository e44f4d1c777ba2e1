"""A question to the index and its answer, the same for every engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from .tree import Node

SORTABLE = ("modified", "created", "name", "size", "title")
# Deeper than this nobody reads; both engines refuse or slow down there.
DEEPEST = 10_000


class SearchUnavailable(Exception):
    """The engine cannot answer now. The site goes on without search, and says so."""


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for.

    `text` is what a reader typed (see `reading`), `where` a tree that must match too. `filters` map a facet, "kind", "language" or
    "key" to values: values of one name are ORed, names ANDed. `sort`: (one of SORTABLE, descending) pairs; empty: by relevance. "title"
    sorts by the title in `language`. `language` is the reader's: preferred, never exclusive.
    """

    text: str = ""
    language: str = "km"
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    where: Node | None = None
    facets: Sequence[str] = ()
    facet_limit: int = 50
    sort: Sequence[tuple[str, bool]] = ()
    offset: int = 0
    limit: int = 20

    def __post_init__(self) -> None:
        unknown = [name for name, _ in self.sort if name not in SORTABLE]
        if unknown:
            raise ValueError(f"Cannot sort by {', '.join(unknown)}; use one of {', '.join(SORTABLE)}.")
        if self.offset < 0 or self.limit < 0:
            raise ValueError("offset and limit cannot be negative.")


@dataclass(frozen=True, slots=True)
class FoundValue:
    """A cell value that the question names, and where its rows are shown."""

    value: str
    url: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. `title_html` and `excerpt_html` are escaped, with <mark> around what matched; each has its own language.

    `values`: what the question names in the data itself.
    """

    key: str
    kind: str
    language: str
    title: str
    title_html: str
    excerpt_html: str
    excerpt_language: str
    url: str
    modified: datetime
    facets: Mapping[str, Sequence[str]]
    languages: Sequence[str]
    extra: Mapping[str, str]
    values: Sequence[FoundValue] = ()


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet among the matches, its words for the reader, and how many matches have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Results:
    """`total` matches and the page of them asked for. `whole` of them hold all the words, or where nothing held those, all words of
    `corrected`, what the reader may have meant; the others hold some.
    """

    total: int
    hits: list[Hit]
    facets: dict[str, list[FacetValue]]
    whole: int
    corrected: str = ""

    @property
    def relaxed(self) -> bool:
        """Nothing holds all the words; these hold some."""
        return not self.whole and self.total > 0


@dataclass(frozen=True, slots=True)
class Matches:
    """`total` matches, the keys of the page asked for, and how many have each (value, count) of the facets, most first."""

    total: int
    keys: list[str]
    facets: Mapping[str, Sequence[tuple[str, int]]]
