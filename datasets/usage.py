"""What rests on a resource elsewhere in the portal. The rooms above register themselves here, so that the arrow stays one way."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from .models import Resource, Version


class Use(NamedTuple):
    """Something that rests on data: a guide, an initiative. `language` of the title where it is not the reader's."""

    title: str
    url: str
    kind: str
    language: str = ""


Find = Callable[[Sequence[Resource]], Iterable[Use]]
Break = Callable[[Version], Iterable[tuple[str, str]]]
_finders: list[Find] = []
_breakers: list[Break] = []


def register(find: Find, broken_by: Break) -> None:
    """`find(resources)` gives what the public may see of what rests on any of them; `broken_by(version)` what this version would break,

    by name and why. Called in `AppConfig.ready()`.
    """
    _finders.append(find)
    _breakers.append(broken_by)


def uses_of(resources: Sequence[Resource]) -> list[Use]:
    """Everything that rests on these resources, each address once."""
    found = [use for find in _finders for use in find(resources)] if resources else []
    return list({use.url: use for use in found}.values())


def broken_by(version: Version) -> list[tuple[str, str]]:
    """What would stop to work if this version of a table took the place of the current one: (what, why) in the active language."""
    return [loss for find in _breakers for loss in find(version)] if version.resource.current_id else []
