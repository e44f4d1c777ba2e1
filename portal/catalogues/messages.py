"""Find every translatable string of the four rooms, as `makemessages` would, in Python alone."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

ROOMS = ("portal", "pages", "datasets", "search")
# The function's name, and where its arguments are: context, singular, plural (None: it has none).
CALLS: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
_STRING = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
_CALL = re.compile(rf"\b({'|'.join(CALLS)})\(\s*({_STRING}(?:\s*,\s*{_STRING})*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Message:
    """One string to translate: its context ("" is none), its text, its plural ("" is none)."""

    context: str
    text: str
    plural: str = ""


def _message(function: str, arguments: list[str | None]) -> Message | None:
    context, text, plural = CALLS[function]
    wanted = [position for position in (context, text, plural) if position is not None]
    if any(position >= len(arguments) or arguments[position] is None for position in wanted):
        return None
    return Message(
        "" if context is None else str(arguments[context]), str(arguments[text]), "" if plural is None else str(arguments[plural])
    )


def from_python(source: str) -> Iterator[Message]:
    """Strings given literally to a gettext function; what is computed cannot be translated and is passed over."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if name in CALLS:
            values = [a.value if isinstance(a, ast.Constant) and isinstance(a.value, str) else None for a in node.args]
            if (found := _message(name, values)) and found.text:
                yield found


def from_template(source: str, origin: str = "") -> Iterator[Message]:
    """Strings of `{% translate %}`, `{% blocktranslate %}` and `_("…")`, through Django's own reading of the template."""
    for name, arguments in _CALL.findall(templatize(source, origin=origin)):
        values = ast.literal_eval(f"[{arguments}]")
        if (found := _message(name, values)) and found.text:
            yield found


def used_messages(root: Path) -> dict[Message, list[str]]:
    """Every message of the rooms under `root`, with the files (relative, sorted) that use it. Tests and migrations are left out."""
    found: dict[Message, set[str]] = {}
    for room in ROOMS:
        for path in sorted((root / room).rglob("*")):
            if "migrations" in path.parts or path.suffix not in {".py", ".html", ".txt"}:
                continue
            if path.suffix != ".py" and "templates" not in path.parts:
                continue
            source = path.read_text(encoding="utf-8")
            messages = from_python(source) if path.suffix == ".py" else from_template(source, str(path))
            for message in messages:
                found.setdefault(message, set()).add(path.relative_to(root).as_posix())
    return {message: sorted(files) for message, files in sorted(found.items(), key=lambda item: (sorted(item[1]), item[0].text))}
