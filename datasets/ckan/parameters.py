"""From an HTTP request to one dictionary of parameters, by CKAN's order of precedence: form, query string, JSON body; then file parts."""

import json
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, QueryDict

from .errors import BadRequest

FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}


def read_parameters(request: HttpRequest, *, query: bool) -> dict[str, Any]:
    """The caller's parameters; `query` says whether the query string counts (it does for actions that change nothing).

    A key that comes once is a string, a repeated one a list. BadRequest for what cannot be read.
    """
    try:
        parameters: Any = _read(request, query)
        if not isinstance(parameters, dict):
            raise BadRequest(f"JSON Error: Request data JSON decoded to {_shown(parameters)} but it needs to be a dictionary.")
        files = request.FILES.dict()
        if getattr(request, "upload_too_large", False):  # dropped on its way in (`datasets.uploads`)
            raise RequestDataTooBig
        return {**parameters, **files}
    except RequestDataTooBig:
        raise BadRequest("Request body is too large", 413) from None
    except SuspiciousOperation:
        raise BadRequest("Request could not be read") from None


def _read(request: HttpRequest, query: bool) -> Any:
    if request.method == "POST" and request.content_type in FORMS and request.POST:
        return _legacy_json(request.POST) or flat(request.POST)
    if query and request.GET:
        return flat(request.GET)
    if request.content_type in FORMS or not request.body:
        return {}
    if request.content_type != "application/json":
        raise BadRequest(f"Unsupported media type: {request.content_type or 'none'}. Send application/json or a form.", 415)
    return _decoded(request.body)


def flat(data: QueryDict) -> dict[str, Any]:
    """A form or query string as parameters."""
    return {key: values[0] if len(values) == 1 else values for key, values in data.lists()}


def _legacy_json(data: QueryDict) -> dict[str, Any] | None:
    """`curl -d '{"id": "x"}'` without a content type arrives as one form key that is itself JSON."""
    if len(data) != 1:
        return None
    ((key, value),) = data.items()
    if value not in ("", "1") or not key.lstrip().startswith("{"):
        return None
    try:
        decoded = json.loads(key)
    except ValueError:
        return None
    return decoded if isinstance(decoded, dict) else None


def _decoded(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise BadRequest("JSON Error: Error decoding JSON data. The body is not valid JSON in UTF-8.") from None


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
