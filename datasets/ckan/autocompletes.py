"""`/api/2/util/…`: what scripts written for old CKANs ask while somebody types."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from datasets.selectors import NOBODY

from .registry import find
from .responses import json_response

# address -> action, the parameter with what was typed, and the key that wraps each text of the answer (None: a bare list, "": objects)
AUTOCOMPLETES: dict[str, tuple[str, str, str | None]] = {
    "dataset/autocomplete": ("package_autocomplete", "incomplete", ""),
    "tag/autocomplete": ("tag_autocomplete", "incomplete", "Name"),
    "resource/format_autocomplete": ("format_autocomplete", "incomplete", "Format"),
    "group/autocomplete": ("group_autocomplete", "q", None),
    "organization/autocomplete": ("organization_autocomplete", "q", None),
}


def autocomplete(name: str) -> Callable[[HttpRequest], HttpResponse]:
    """The view of one of AUTOCOMPLETES. Nothing typed: nothing found."""
    action_name, parameter, wrap = AUTOCOMPLETES[name]

    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        typed, limit = request.GET.get(parameter, ""), request.GET.get("limit", "")
        action = find(action_name)
        found: list[Any] = action.run(NOBODY, {"q": typed, "limit": limit if limit.isdecimal() else ""}) if action and typed else []
        if wrap is None:
            return json_response(found)
        return json_response({"ResultSet": {"Result": [{wrap: text} for text in found] if wrap else found}})

    return view
