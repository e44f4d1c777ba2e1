"""What a reader asks for, as the address of a results page or of the API says it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from .form_errors import too_long, unlisted
from .query import FacetValue, Query, Results
from .registry import facet

FACETS = ("kind", "topic", "organization", "format", "language")
SORTS: Mapping[str, tuple[tuple[str, bool], ...]] = {
    "relevance": (),
    "modified": (("modified", True),),
    "title": (("title", False),),
    "size": (("size", True),),
}
LONGEST_TEXT = 200
MOST_VALUES = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet, as a checkbox."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """One facet of the form."""

    name: str
    label: Any
    values: Sequence[Choice]


@dataclass(frozen=True, slots=True)
class Asked:
    """Words, chosen facet values and order. Unknown orders mean relevance; too many values or words are cut off."""

    text: str
    chosen: Mapping[str, Sequence[str]]
    sort: str
    errors: Mapping[str, str] = field(default_factory=dict)  # by field of the form; the question is answered all the same

    @classmethod
    def of(cls, parameters: QueryDict, *, facets: Sequence[str] = FACETS, text_field: str = "q") -> "Asked":
        """Read from an address; `text_field` is the id of the words' field, for its error."""
        chosen = {name: list(dict.fromkeys(value for value in parameters.getlist(name) if value))[:MOST_VALUES] for name in facets}
        sort = parameters.get("sort", "")
        text = " ".join(parameters.get("q", "").replace("\x00", " ").split())
        errors = too_long(text_field, text, LONGEST_TEXT) | unlisted({"sort": sort}, {"sort": SORTS})
        return cls(text[:LONGEST_TEXT], chosen, sort if sort in SORTS else "relevance", errors)

    def query(self, *, language: str, offset: int, limit: int, kind: str = "") -> Query:
        """The question for the index, for documents of one kind if it is said. Without words the newest comes first."""
        return Query(
            text=self.text,
            language=language,
            filters={name: values for name, values in (*self.chosen.items(), ("kind", [kind] if kind else ())) if values},
            facets=tuple(self.chosen),
            sort=SORTS[self.sort] or (() if self.text else SORTS["modified"]),
            offset=offset,
            limit=limit,
        )

    def address(self, *, without: tuple[str, str] | None = None, text: str | None = None) -> str:
        """The parameters, urlencoded, without page; `without`: one (facet, value) less; `text`: other words."""
        text = self.text if text is None else text
        pairs = [("q", text)] if text else []
        pairs += [(name, value) for name, values in self.chosen.items() for value in values if (name, value) != without]
        if self.sort != "relevance":
            pairs.append(("sort", self.sort))
        return urlencode(pairs)

    def choices(self, found: Results, language: str) -> list[Choices]:
        """The facets that could narrow this list, and the values chosen already even where nothing has them."""
        groups = []
        for name, chosen in self.chosen.items():
            counted = list(found.facets.get(name, []))
            missing = [value for value in chosen if value not in {value.value for value in counted}]
            labels = facet(name).labels(missing, language)
            counted += [FacetValue(value, labels[value], 0) for value in missing]
            if values := [Choice(value.value, value.label, value.count, value.value in chosen) for value in counted]:
                groups.append(Choices(name, facet(name).label, values))
        return groups
