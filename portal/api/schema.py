"""The OpenAPI document of our own routes, generated once a process: it changes only with the code."""

from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from typing import Any

from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from datasets.api.fields import Sparse

PREFIX = "/api/v1/"
PROBLEM = {
    "type": "object",
    "description": "RFC 9457 problem details.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "examples": ["/api/v1/docs/#problem-not-found"]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "In the language asked for."},
        "errors": {"type": "object", "description": "Field name to messages, where fields were wrong."},
    },
}


def only_ours(endpoints: list[tuple[str, str, str, Any]]) -> list[tuple[str, str, str, Any]]:
    """drf-spectacular's preprocessing hook: /api/v1/ and nothing a library brings along."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith(PREFIX)]


def with_problems(result: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
    """drf-spectacular's postprocessing hook: every operation says how it fails."""
    result.setdefault("components", {}).setdefault("schemas", {})["Problem"] = deepcopy(PROBLEM)
    answer = {
        "description": "What went wrong.",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for serializer in _subclasses(Sparse):  # with `fields` any of theirs may be left out
        result["components"]["schemas"].get(serializer.__name__.removesuffix("Serializer"), {}).pop("required", None)
    either = result["components"]["schemas"].get("PagesOrPage", {})
    if "oneOf" in either:  # nothing in their schemas tells a list from a page
        either["anyOf"] = either.pop("oneOf")
    for operations in result["paths"].values():
        for operation in operations.values():
            operation["responses"]["default"] = answer
    return result


def _subclasses(kind: type) -> Iterator[type]:
    for found in kind.__subclasses__():
        yield found
        yield from _subclasses(found)


@cache
def openapi() -> dict[str, Any]:
    """The OpenAPI 3.1 document. Callers must not change it."""
    with translation.override("en"):  # one document for everybody: not in the language of whoever happens to ask first
        document: dict[str, Any] = SchemaGenerator(api_version="1").get_schema(request=None, public=True)
    return document


class SchemaView(APIView):
    """This document."""

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        return Response(openapi(), content_type="application/vnd.oai.openapi+json; version=3.1")
