"""The one view behind every action: it finds the action, reads the parameters, asks who calls, and wraps the answer."""

import logging
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.core.exceptions import ValidationError as ModelError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from datasets.api.authentication import user_of_token
from datasets.services.tokens import TooManyAttempts as TooManyTokens
from datasets.tabular import TableLost

from . import actions  # noqa: F401  (registers every action)
from .errors import ActionError, BadRequest, NotAuthorized, NotFound, TableUnavailable, TooManyAttempts
from .model_errors import as_validation_error
from .parameters import read_parameters
from .registry import Action, find
from .responses import json_response
from .values import refuse_unstorable

logger = logging.getLogger(__name__)


@method_decorator(csrf_exempt, name="dispatch")
class ActionView(View):
    """`/api/3/action/<name>` and `/api/action/<name>`: GET for what changes nothing, POST for everything."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        return self.answer(request, name)

    post = get

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponse(headers={"Allow": "GET, HEAD, POST, OPTIONS"}, content_type="text/plain;charset=utf-8")

    def http_method_not_allowed(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = json_response("Bad request: Method not allowed", 405)
        response["Allow"] = "GET, HEAD, POST, OPTIONS"
        return response

    def answer(self, request: HttpRequest, name: str) -> HttpResponse:
        try:
            action = find(name)
            if action is None:
                raise BadRequest(f"Action name not known: {name}")
            if request.method != "POST" and not action.side_effect_free:
                raise BadRequest("JSON Error: Invalid request. Please use POST method for your request")
            parameters = read_parameters(request, query=action.side_effect_free)
        except BadRequest as problem:
            return json_response(problem.message, problem.status)
        envelope: dict[str, Any] = {"help": f"{settings.SITE_URL}/api/3/action/help_show?name={name}"}
        try:
            refuse_unstorable(parameters)
            result = run(action, request, parameters)
        except ActionError as problem:
            error = {**problem.error, "__type": problem.type}
            return json_response({**envelope, "error": error, "success": False}, problem.status)
        return json_response({**envelope, "success": True, "result": result})


def run(action: Action, request: HttpRequest, parameters: dict[str, Any]) -> Any:
    """The action's result. Every failure comes out as an ActionError, none with internals in it."""
    try:
        user = user_of_token(request)
        if action.side_effect_free:
            return action.run(user, parameters)
        if not user.is_authenticated:
            raise NotAuthorized(f"Action {action.name} requires an authenticated user")
        if "write" not in user.token_scopes:
            raise NotAuthorized(f"This token may only read; {action.name} writes")
        with transaction.atomic():
            return action.run(user, parameters)
    except ActionError:
        raise
    except TooManyTokens:
        raise TooManyAttempts("too many unknown tokens, try again later") from None
    except PermissionDenied:
        raise NotAuthorized from None
    except (Http404, ObjectDoesNotExist):
        raise NotFound from None
    except ModelError as error:
        raise as_validation_error(error) from None
    except TableLost:
        raise TableUnavailable("The table is being prepared. Try again in a few minutes; the original file can be downloaded.") from None
    except Exception:
        logger.exception("Action %s failed", action.name)
        raise ActionError("Internal Server Error") from None


def version(number: int) -> Any:
    """`/api/3` answers `{"version": 3}`, which old clients probe for."""

    def view(request: HttpRequest) -> HttpResponse:
        return json_response({"version": number})

    return csrf_exempt(view)
