"""frictionless's rows, with errors that are only written out where they are listed: most of them are merely counted.

frictionless's own functions run over our names for its error classes; its version is pinned, and the tests hold every report against
the original.
"""

from types import FunctionType, SimpleNamespace
from typing import Any

from frictionless import Error, Row, errors, helpers
from frictionless.resources import TableResource
from frictionless.vendors import stringcase


class Kind:
    """One of frictionless's error classes, as its rows call it."""

    def __init__(self, original: type[Error]) -> None:
        self.original = original
        self.names = {name: stringcase.snakecase(name) for name in original.metadata_ensure_profile()["properties"]}  # type: ignore[no-untyped-call]
        self.constants = {name: getattr(original, name) for name in ("type", "title", "description")}

    def __call__(self, **values: Any) -> "RowError":
        return RowError(self, values)

    def from_row(self, row: Row, **values: Any) -> "RowError":
        error: RowError = self.original.from_row.__func__(self, row, **values)  # type: ignore[attr-defined]
        return error


class RowError:
    """An error that has not been written out."""

    __slots__ = ("_kind", "_values", "type")

    def __init__(self, kind: Kind, values: dict[str, Any]) -> None:
        self._kind, self._values, self.type = kind, values, kind.original.type

    def to_descriptor(self) -> dict[str, Any]:
        """Just what frictionless's error would give, in its order."""
        kind = self._kind
        values = {**self._values, **kind.constants, "tags": list(kind.original.tags)}
        named = {name: values[key] for name, key in kind.names.items() if key in values}
        values["message"] = helpers.safe_format(kind.original.template, named)
        return {name: values[key] for name, key in kind.names.items() if key in values}


_KINDS = SimpleNamespace(**{name: Kind(one) for name, one in vars(errors).items() if isinstance(one, type) and hasattr(one, "from_row")})


def _over(function: Any, **names: Any) -> Any:
    """A function of frictionless that sees these globals instead of its own."""
    return FunctionType(
        function.__code__, {**function.__globals__, **names}, function.__name__, function.__defaults__, function.__closure__
    )


class JudgedRow(Row):
    """A row that collects :class:`RowError`."""

    _Row__process = _over(Row._Row__process, errors=_KINDS)  # type: ignore[attr-defined]


open_row_stream = _over(TableResource._TableResource__open_row_stream, errors=_KINDS, Row=JudgedRow)  # type: ignore[attr-defined]
