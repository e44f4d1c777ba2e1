"""package_revise: conditions on and changes to a nested dictionary, written as objects or flattened (`update__resources__0__name`)."""

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .errors import ValidationError
from .values import mapping, strings

Package = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Revised:
    """The changed dictionary, and which of its keys are to be answered."""

    package: Package
    filters: list[str]

    def included(self, package: Package) -> Package:
        """`package` reduced to what `include` asks for; all of it without."""
        answer = copy.deepcopy(package)
        _reduce(answer, self.filters)
        return answer


def revised(data: dict[str, Any], show: Callable[[str], Package]) -> Revised:
    """`show` gives the package to start from. ValidationError where it does not match, or a path leads nowhere."""
    match = _given(data, "match")
    wanted = match.get("id") or match.get("name")
    if not wanted:
        raise ValidationError({"match": ["Missing value"]})
    package = json.loads(json.dumps(show(str(wanted))))
    _require(package, match, "match")
    _reduce(package, strings(data, "filter", split=","))
    kept = {key: package.get(key) for key in ("id", "name")}
    package |= _given(data, "update")
    for path, value in _flattened(data, "match"):
        _require(_at(package, path[:-1], "match"), {path[-1]: value}, "match")
    for path, value in _flattened(data, "update"):
        _set(package, path, value)
    return Revised({**kept, **package}, strings(data, "include", split=","))


def _given(data: dict[str, Any], key: str) -> dict[str, Any]:
    value = mapping(data, key) or {}
    if not isinstance(value, dict):
        raise ValidationError({key: ["Not a json object"]})
    flat = {path[0]: item for path, item in _flattened(data, key) if len(path) == 1} if key == "match" else {}
    return {**value, **flat}


def _flattened(data: dict[str, Any], key: str) -> list[tuple[list[str], Any]]:
    return [(name.split("__")[1:], value) for name, value in data.items() if name.startswith(f"{key}__")]


def _require(package: Any, match: Any, path: str) -> None:
    for key, value in match.items():
        found = package.get(key) if isinstance(package, dict) else None
        if isinstance(value, dict):
            _require(found, value, f"{path}__{key}")
        elif found != value:
            raise ValidationError({"message": [{f"{path}__{key}": ["does not match"]}]})


def _at(part: Any, path: list[str], word: str) -> Any:
    for step in path:
        if isinstance(part, list):
            part = part[_index(part, step, word)]
        elif isinstance(part, dict) and step in part:
            part = part[step]
        else:
            raise ValidationError({"message": [{word: [f"{step[:50]} not found"]}]})
    return part


def _index(part: list[Any], step: str, word: str) -> int:
    """A place in a list: its number, or the beginning of an item's id."""
    if step.lstrip("-").isdigit() and -len(part) <= int(step) < len(part):
        return int(step)
    found = [place for place, item in enumerate(part) if isinstance(item, dict) and len(step) > 4 and str(item.get("id")).startswith(step)]
    if len(found) != 1:
        raise ValidationError({"message": [{word: [f"{step[:50]} not found"]}]})
    return found[0]


def _set(package: Package, path: list[str], value: Any) -> None:
    parent = _at(package, path[:-1], "update")
    if path[-1] == "extend" and isinstance(parent, list):
        parent.extend(value if isinstance(value, list) else [value])
    elif isinstance(parent, list):
        place = _index(parent, path[-1], "update")
        parent[place] = {**parent[place], **value} if isinstance(value, dict) else value
    elif isinstance(parent, dict):
        parent[path[-1]] = value
    else:
        raise ValidationError({"message": [{"update": [f"{path[-1][:50]} not found"]}]})


def _reduce(package: Package, filters: list[str]) -> None:
    """`-key` and `-resources__0` remove, `-*` all that no `+key` before it keeps."""
    kept: set[str] = set()
    for one in filter(None, filters):
        path = one.lstrip("+-").split("__")
        if not one.startswith("-"):
            kept.add(path[0])
        elif path == ["*"]:
            for key in set(package) - kept:
                del package[key]
        elif path[-1] == "*":
            part = _at(package, path[:-1], "filter")
            part.clear()
        else:
            parent = _at(package, path[:-1], "filter")
            if isinstance(parent, list):
                del parent[_index(parent, path[-1], "filter")]
            elif isinstance(parent, dict) and path[0] not in kept:
                parent.pop(path[-1], None)
