"""One HTTP request is one protocol message and one JSON answer: the SDK's own transport, stateless, run inside a synchronous worker."""

from collections.abc import Mapping
from typing import Any

from asgiref.sync import async_to_sync
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

MOST_BYTES = 256 * 1024  # a question; answers are bounded by the tools


@csrf_exempt
@require_POST  # no stream is offered (GET) and no session kept (DELETE): the protocol lets a server answer 405
def endpoint(request: HttpRequest) -> HttpResponse:
    """Streamable HTTP of the Model Context Protocol, JSON answers."""
    status, headers, body = async_to_sync(_answer)(request)
    response = HttpResponse(body, status=status)
    for name, value in headers.items():
        if name.lower() in {"content-type", "mcp-protocol-version"}:
            response[name] = value
    response["Cache-Control"] = "no-store"
    return response


async def _answer(request: HttpRequest) -> tuple[int, Mapping[str, str], bytes]:
    # The SDK takes most of a second to load, and most processes never need it.
    from mcp.server.transport_security import TransportSecuritySettings

    from .tools import server

    app = server().streamable_http_app(
        streamable_http_path=request.path,
        json_response=True,
        stateless_http=True,
        max_request_body_size=MOST_BYTES,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),  # ALLOWED_HOSTS has looked at the host
    )
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": request.body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(dict(message))

    async with app.router.lifespan_context(app):
        await app(_scope(request), receive, send)
    start = next(message for message in sent if message["type"] == "http.response.start")
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in start["headers"]}
    body = b"".join(message.get("body", b"") for message in sent if message["type"] == "http.response.body")
    return start["status"], headers, body


def _scope(request: HttpRequest) -> dict[str, Any]:
    return {
        "type": "http",
        "http_version": "1.1",
        "method": request.method,
        "scheme": request.scheme,
        "path": request.path,
        "raw_path": request.path.encode(),
        "query_string": b"",
        "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in request.headers.items()],
        "server": (request.get_host(), None),
        "client": None,
        "root_path": "",
    }
