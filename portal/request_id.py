"""A request's number: in every log line written on its way and in its answer, so that a reader's complaint leads to the line."""

import logging
import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

_current: ContextVar[str] = ContextVar("request_id", default="-")


class RequestIdMiddleware:
    """Gives each request a number of eight hexadecimal digits, sent back as `X-Request-ID`. It says nothing about the reader."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = secrets.token_hex(4)  # type: ignore[attr-defined]
        token = _current.set(request.request_id)  # type: ignore[attr-defined]
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = _current.get()
            return response
        finally:
            _current.reset(token)


class RequestIdFilter(logging.Filter):
    """Puts the number into each log record as `request_id`."""

    def filter(self, record: logging.LogRecord) -> bool:
        # Django logs an answer of 500 that a view gave when the request has left this middleware.
        record.request_id = getattr(getattr(record, "request", None), "request_id", None) or _current.get()
        return True
