"""What rests on a resource elsewhere in the portal. The rooms above register themselves here, so that the arrow stays one way."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from .models import Resource


class Use(NamedTuple):
    """Something that rests on data: a guide, an initiative. `language` of the title where it is not the reader's."""

    title: str
    url: str
    kind: str
    language: str = ""


Find = Callable[[Sequence[Resource]], Iterable[Use]]
_finders: list[Find] = []


def register(find: Find) -> None:
    """`find(resources)` gives what the public may see of what rests on any of them. Called in `AppConfig.ready()`."""
    _finders.append(find)


def uses_of(resources: Sequence[Resource]) -> list[Use]:
    """Everything that rests on these resources, each address once."""
    found = [use for find in _finders for use in find(resources)] if resources else []
    return list({use.url: use for use in found}.values())
