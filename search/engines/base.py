"""What an engine does. It knows tokens and values; languages, spelling and highlights are not its business."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol

from search.prepared import LISTS, Prepared
from search.tree import Node


@dataclass(frozen=True, slots=True)
class Plan:
    """A question for an engine. `match` None: everything. `sort` empty: by score. `prefer`: the language to rank higher."""

    match: Node | None = None
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    prefer: str = ""
    facets: Sequence[str] = ()
    facet_limit: int = 50
    sort: Sequence[tuple[str, bool]] = ()
    offset: int = 0
    limit: int = 20
    keys_only: bool = False  # `displays` need hold no more than "key"


def place(name: str) -> str:
    """The index field of a value that a tree names."""
    return name if name in ("key", "name", *LISTS) or name.endswith(("_w", "_g")) else f"facets.{name}"


@dataclass(frozen=True, slots=True)
class Found:
    """`displays`: `Prepared.display` of the page asked for; `facets`: (value, count), most first, then by value."""

    total: int
    displays: list[dict[str, Any]]
    facets: dict[str, list[tuple[str, int]]]


class Build(Protocol):
    """An index in the making; it becomes the live one when the `with` block ends well, and vanishes when it does not."""

    def add(self, packed: Iterable[Any]) -> int:
        """Documents of keys not added before, each as `Engine.pack` made it; gives how many."""
        ...


class Engine(Protocol):
    """Raises `SearchUnavailable`, within two seconds or so, when it cannot do what is asked; nothing else."""

    name: str

    def usable(self) -> bool:
        """Whether the live index is there, whole as far as known, and made by today's rules. Cheap: asked several times a second."""
        ...

    def write(self, documents: Sequence[Prepared], deleted: Sequence[str]) -> dict[str, str]:
        """Add, replace and delete by key; searches see it on return. Gives key -> error for documents that it refuses."""
        ...

    @staticmethod
    def pack(prepared: Prepared) -> Any:
        """A document for `Build.add`. Apart from it because several processes can do this, and only one writes."""
        ...

    def build(self) -> AbstractContextManager[Build]:
        """A new index beside the live one."""
        ...

    def search(self, plan: Plan) -> Found:
        """The documents that match."""
        ...

    def digests(self) -> Iterator[tuple[str, str]]:
        """Key and `Prepared.digest` of all documents, in no order."""
        ...

    def values(self, key: str) -> str:
        """`Prepared.values` of a document; "" if there is no such."""
        ...

    def spelling(self, most: int) -> dict[str, int]:
        """The commonest words as people write them, and in how many documents each stands."""
        ...

    def health(self) -> dict[str, Any]:
        """`ok`, `engine` and what it says of itself; raises nothing."""
        ...

    def drop(self) -> None:
        """Forget everything."""
        ...
