"""How an action's answer leaves: readable UTF-8, with the charset that CKAN's clients look for."""

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse, JsonResponse


def json_response(body: Any, status: int = 200) -> HttpResponse:
    """`body` as JSON. Caching headers and ETag come from the middleware, as for every answer under /api/."""
    return JsonResponse(
        body,
        DjangoJSONEncoder,
        safe=False,
        json_dumps_params={"ensure_ascii": False},
        status=status,
        content_type="application/json;charset=utf-8",
    )
