"""The documentation page, written by the server from the OpenAPI document: no script, nobody else's server."""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from datasets.ckan.registry import find, names

from .examples import examples
from .problems import PROBLEMS
from .schema import openapi

SECTIONS = {
    "root": _("Start"),
    "datasets": _("Datasets"),
    "resources": _("Files and rows"),
    "organizations": _("Organizations, groups, licences"),
    "pages": _("Pages"),
    "search": _("Search"),
}


@dataclass(frozen=True, slots=True)
class Operation:
    method: str
    path: str
    summary: str
    description: str
    parameters: list[dict[str, Any]]
    example: dict[str, Any] | None


@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """The page for developers, in the reader's language; what the schema says stays in English."""
    context = {
        "language_urls": {code: f"/{code}/api/" for code, _name in settings.LANGUAGES},
        "site": settings.SITE_URL,
        "sections": _sections(),
        "problems": [(slug, status, meaning) for status, (slug, meaning) in PROBLEMS.items()],
        "actions": [_action(name) for name in names()],
    }
    return render(request, "portal/api/docs.html", context)


def _sections() -> list[tuple[str, Any, list[Operation]]]:
    found: dict[str, list[Operation]] = {}
    for path, operations in openapi()["paths"].items():
        for method, operation in operations.items():
            tag = (operation.get("tags") or ["root"])[0]
            summary = operation.get("summary") or operation.get("operationId", "")
            parameters = [{**parameter, "kind": _kind(parameter.get("schema", {}))} for parameter in operation.get("parameters", [])]
            found.setdefault(tag, []).append(
                Operation(method.upper(), path, summary, operation.get("description", ""), parameters, _example(operation))
            )
    order = list(SECTIONS)
    return [
        (tag, SECTIONS.get(tag, tag.capitalize()), found[tag])
        for tag in sorted(found, key=lambda tag: (order.index(tag) if tag in order else len(order), tag))
    ]


def _example(operation: dict[str, Any]) -> dict[str, Any] | None:
    found = examples().get(operation["operationId"])
    return {**found, "answer": json.dumps(found["answer"], ensure_ascii=False, indent=1)} if found else None


def _kind(schema: dict[str, Any]) -> str:
    """A parameter's type in a few words: "string (uuid)", "array", "one of name, title"."""
    if "enum" in schema:
        return "one of " + ", ".join(str(value) for value in schema["enum"])
    kind = schema.get("type", "")
    kind = " or ".join(kind) if isinstance(kind, list) else str(kind)
    return f"{kind} ({schema['format']})" if "format" in schema else kind


def _action(name: str) -> dict[str, Any]:
    action = find(name)
    help_text = (action.help if action else None) or ""
    return {"name": name, "summary": help_text.split("\n\n")[0], "safe": bool(action and action.side_effect_free)}
