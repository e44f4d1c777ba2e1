"""Errors under /api/ as RFC 9457 problem details: always JSON, a `type` that never changes, no internals."""

import logging
import re
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.core.exceptions import ValidationError as ModelError
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from datasets.tabular import TableLost
from datasets.tombstones import tombstone_at

logger = logging.getLogger(__name__)

CONTENT_TYPE = "application/problem+json"
# status -> (the last part of its `type`, what it means)
PROBLEMS = {
    400: ("bad-request", gettext_lazy("A parameter or field is not right; “errors” names it.")),
    401: ("not-authenticated", gettext_lazy("The token in the request is unknown, expired or revoked.")),
    403: ("not-allowed", gettext_lazy("The token's owner may not do this.")),
    404: ("not-found", gettext_lazy("There is nothing here, or it is not public.")),
    405: ("method-not-allowed", gettext_lazy("This address does not take this method.")),
    406: ("not-acceptable", gettext_lazy("No form of the answer suits the request.")),
    409: ("conflict", gettext_lazy("The request does not fit what is stored now.")),
    410: ("gone", gettext_lazy("These data were withdrawn")),
    413: ("too-large", gettext_lazy("The request is too large.")),
    415: ("unsupported-media-type", gettext_lazy("The body is in a form this address does not read.")),
    429: (
        "too-many-attempts",
        gettext_lazy("Too many requests, or too many unknown tokens, came from your address: wait as long as Retry-After says."),
    ),
    500: ("internal-error", gettext_lazy("A mistake on our side. It has been noted.")),
    503: ("unavailable", gettext_lazy("A part of the portal, most often search, does not answer now. Try again in a minute.")),
}
LOST_TABLE = gettext_lazy("The table is being prepared. Try again in a few minutes; the original file can be downloaded.")
# The documentation page explains each type under this anchor: a reference any copy of the portal can resolve.
TYPE = "/api/v1/docs/#problem-{slug}"


def problem(status: int, detail: str = "", **members: Any) -> dict[str, Any]:
    """The body of one problem: `type`, `title`, `status`, `detail`, and whatever else `members` holds (`errors`: field -> messages)."""
    slug, _meaning = PROBLEMS.get(status) or PROBLEMS[500 if status >= 500 else 400]
    title = HTTPStatus(status).phrase
    return {"type": TYPE.format(slug=slug), "title": title, "status": status, "detail": detail or title, **members}


def problem_response(status: int, detail: str = "", **members: Any) -> JsonResponse:
    """A problem outside Django REST framework: handlers, middleware."""
    return JsonResponse(
        problem(status, detail, **members), status=status, content_type=CONTENT_TYPE, json_dumps_params={"ensure_ascii": False}
    )


def exception_handler(error: Exception, context: dict[str, Any]) -> Response:
    """Every exception of a view under /api/v1/ as a problem; what nobody foresaw is logged and answered as 500."""
    headers: dict[str, str] = {}
    members: dict[str, Any] = {}
    if isinstance(error, Http404):
        status, detail = 404, _("There is nothing here, or it is not public.")
        if tombstone := tombstone_at(context["request"].path):
            status, detail, members = 410, _("These data were withdrawn"), {**tombstone.for_programs()}
    elif isinstance(error, PermissionDenied):
        status, detail = 403, _("Your account may not do this.")
    elif isinstance(error, TableLost):
        status, detail = 503, str(LOST_TABLE)
    elif isinstance(error, ModelError):
        status, detail = 400, _("Some fields are not right.")
        members["errors"] = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    elif isinstance(error, RecursionError):  # JSON nested deeper than Python reads
        status, detail = 400, _("The request could not be understood.")
    elif isinstance(error, RequestDataTooBig):
        status, detail = 413, _("The request is too large.")
    elif isinstance(error, exceptions.ValidationError):
        status, detail = 400, _("Some fields are not right.")
        members["errors"] = error.detail if isinstance(error.detail, dict) else {"": error.detail}
    elif isinstance(error, exceptions.APIException):
        status, detail = error.status_code, str(error.detail)
        if getattr(error, "auth_header", None):
            headers["WWW-Authenticate"] = error.auth_header
        if getattr(error, "wait", None):
            headers["Retry-After"] = str(int(error.wait))
    else:
        logger.exception("%s failed", type(context.get("view")).__name__, exc_info=error)
        status, detail = 500, _("Something went wrong on our side. It has been noted.")
    set_rollback()
    return Response(problem(status, detail, **members), status=status, headers=headers, content_type=CONTENT_TYPE)


_API = re.compile(r"/api(/|$)|/[a-zA-Z_-]+/api/(3/)?action/")  # CKAN's actions answer under a language too


def is_api(request: HttpRequest) -> bool:
    """Whether a machine asked: these addresses never answer HTML errors and never redirect."""
    return bool(_API.match(request.path_info))


def not_found(request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
    """Any address under /api/ that leads nowhere."""
    return problem_response(404, _("There is nothing here, or it is not public."))
