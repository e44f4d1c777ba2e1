"""Where the rooms above make themselves known: what can be found (`register`), and how results can be narrowed (`register_facet`)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise

from .documents import Document

ValueLabel = Callable[[Sequence[str], str], Mapping[str, str]]


class Source(Protocol):
    """A kind of thing that can be found. `documents` and `pks` give only what the public may see: absent means removed from the index."""

    name: str

    def documents(self, pks: Sequence[int]) -> Iterable[Document]:
        """The documents of these rows, at most one for each; `Document.key` is `f"{name}:{pk}"`, so that a deleted row's is known."""
        ...

    def pks(self) -> Iterable[int]:
        """Every row the public may see, for a rebuild."""
        ...


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow results. `value_label(values, language)` gives the words for the values; without it a value stands for itself."""

    name: str
    label: str | Promise
    value_label: ValueLabel | None = None

    def labels(self, values: Sequence[str], language: str) -> dict[str, str]:
        """A label for each of `values`."""
        found = self.value_label(values, language) if self.value_label and values else {}
        return {value: str(found.get(value) or value) for value in values}


_sources: dict[str, Source] = {}
_facets: dict[str, Facet] = {}


def key_of(source: str, pk: int) -> str:
    """The key of a row's document."""
    return f"{source}:{pk}"


def register(source: Source) -> None:
    """Make the things of a room searchable; called once, in `AppConfig.ready()`."""
    if not source.name.isidentifier():
        raise ImproperlyConfigured(f"A search source needs an identifier as its name, not {source.name!r}.")
    if _sources.get(source.name, source) is not source:
        raise ImproperlyConfigured(f"Two search sources are called {source.name!r}.")
    _sources[source.name] = source


def register_facet(name: str, label: str | Promise, value_label: ValueLabel | None = None) -> None:
    """Offer the values of `Document.facets[name]` as a filter; a second call under the same name replaces the first."""
    _facets[name] = Facet(name, label, value_label)


def sources() -> dict[str, Source]:
    """What is registered, by name."""
    return dict(_sources)


def facet(name: str) -> Facet:
    """The facet called `name`; one that nobody registered shows its values as they are."""
    return _facets.get(name) or Facet(name, name)
