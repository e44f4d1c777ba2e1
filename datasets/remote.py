"""Opens a link of unknown intent: public addresses only, every hop checked, bounded in time; says in codes why not.

The name is resolved once and the very address that was checked is connected to, so a name server that answers differently the second time
gains nothing. Proxies of the environment are not used: they would connect to whatever they like.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from typing import Any
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from django.conf import settings

HOPS = 5
READ_SECONDS = 30  # between two pieces
TOTAL_SECONDS = 900  # for everything
_WEB = ipaddress.ip_network("2000::/3")  # IPv6 in use; the rest maps, translates or is local
_MOVED = {301, 302, 303, 307, 308}


class RemoteError(Exception):
    """The file cannot be had; `code` and `context` are told in `datasets.remote_words`."""

    def __init__(self, code: str, **context: Any) -> None:
        super().__init__(code, context)
        self.code, self.context = code, context


@dataclass
class Answer:
    """`status` 200 with the bytes in `read`, or 304: unchanged since the headers that were sent."""

    status: int
    headers: Mapping[str, str]
    url: str
    response: http.client.HTTPResponse
    expired: threading.Event
    received: int = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes. RemoteError where they stop before their announced end."""
        try:
            piece = self.response.read(size)
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise RemoteError("too-slow" if self.expired.is_set() or isinstance(error, TimeoutError) else "cut-off") from error
        self.received += len(piece)
        announced = self.headers.get("Content-Length", "")
        if not piece and (self.expired.is_set() or (announced.isdigit() and self.received < int(announced))):
            raise RemoteError("too-slow" if self.expired.is_set() else "cut-off")
        return piece

    @property
    def filename(self) -> str:
        """As the server calls it, else the last part of the address."""
        message = Message()
        message["Content-Disposition"] = self.headers.get("Content-Disposition", "")
        return message.get_filename() or unquote(urlsplit(self.url).path).rstrip("/").rsplit("/", 1)[-1] or "file"


def is_public(address: str) -> bool:
    """Whether an address is one of the open network: not private, local, shared (CGNAT), reserved, multicast or a disguise of such."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return is_public(str(found.ipv4_mapped))
        return found in _WEB and found.is_global and found.sixtofour is None and found.teredo is None
    return found.is_global and not found.is_multicast


def _dial(host: str, port: int) -> socket.socket:
    """A connection to an address of `host` that may be connected to. `REMOTE_FETCH_ALLOW` names hosts that are not asked."""
    allowed = {host, f"{host}:{port}"} & set(settings.REMOTE_FETCH_ALLOW)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise RemoteError("no-host", host=host) from error
    if not allowed and not all(is_public(str(address[0])) for *_rest, address in found):
        raise RemoteError("private-address", host=host)
    failure: OSError | None = None
    for family, kind, protocol, _name, address in found:
        connection = socket.socket(family, kind, protocol)
        connection.settimeout(READ_SECONDS)
        try:
            connection.connect(address)
            return connection
        except OSError as error:
            connection.close()
            failure = error
    raise RemoteError("unreachable", host=host) from failure


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError as error:
        raise RemoteError("bad-address", url=url) from error
    if parts.scheme not in ("http", "https"):
        raise RemoteError("bad-scheme", scheme=parts.scheme)
    if not parts.hostname or parts.username is not None or parts.password is not None:
        raise RemoteError("bad-address", url=url)
    return parts


@contextmanager
def open_remote(url: str, headers: Mapping[str, str]) -> Iterator[Answer]:
    """The answer of the last hop. RemoteError: bad-address, bad-scheme, no-host, private-address, unreachable, not-safe, too-slow,
    cut-off, encoded, status (answer), too-many-hops."""
    expired, deadline = threading.Event(), time.monotonic() + TOTAL_SECONDS
    for _hop in range(HOPS + 1):
        parts = _parts(url)
        connection = _dial(str(parts.hostname), parts.port or (443 if parts.scheme == "https" else 80))
        with closing(connection), _stopped_at(deadline, connection, expired):
            connection, response = _ask(connection, parts, headers, expired)
            with closing(connection), _stopped_at(deadline, connection, expired):
                if response.status in _MOVED and (target := response.headers.get("Location")):
                    url = urljoin(url, target)
                    continue
                if response.status not in (200, 304):
                    raise RemoteError("status", answer=response.status)
                if (encoding := response.headers.get("Content-Encoding", "identity").lower()) != "identity":
                    raise RemoteError("encoded", encoding=encoding)
                yield Answer(response.status, response.headers, url, response, expired)
                return
    raise RemoteError("too-many-hops", limit=HOPS)


def post_remote(url: str, headers: Mapping[str, str], body: bytes, *, seconds: float = READ_SECONDS) -> int:
    """The status of the answer to one POST. No redirect is followed and nothing of the answer is read. RemoteError as above."""
    parts = _parts(url)
    expired, deadline = threading.Event(), time.monotonic() + seconds
    connection = _dial(str(parts.hostname), parts.port or (443 if parts.scheme == "https" else 80))
    with closing(connection), _stopped_at(deadline, connection, expired):
        connection, response = _ask(connection, parts, headers, expired, body)
        with closing(connection):
            return response.status


@contextmanager
def _stopped_at(deadline: float, connection: socket.socket, expired: threading.Event) -> Iterator[None]:
    """However slowly bytes trickle in, reading ends at `deadline`."""

    def stop() -> None:
        expired.set()
        with suppress(OSError):
            socket.socket.shutdown(connection, socket.SHUT_RDWR)  # of the plain socket: TLS would wait for the other side

    timer = threading.Timer(max(0.0, deadline - time.monotonic()), stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _ask(
    connection: socket.socket, parts: SplitResult, headers: Mapping[str, str], expired: threading.Event, body: bytes | None = None
) -> tuple[socket.socket, http.client.HTTPResponse]:
    host = str(parts.hostname)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    query = "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~?") if parts.query else ""
    try:
        if parts.scheme == "https":
            connection = ssl.create_default_context().wrap_socket(connection, server_hostname=host)
        client = http.client.HTTPConnection("remote")  # the connection is there already
        client.sock = connection
        name = f"[{host}]" if ":" in host else host.encode("idna").decode()
        sent = {"Host": f"{name}:{parts.port}" if parts.port else name, "User-Agent": "Open data portal", "Accept-Encoding": "identity"}
        client.request("GET" if body is None else "POST", path + query, body, headers={**sent, "Connection": "close", **headers})
        return connection, client.getresponse()
    except ssl.SSLError as error:
        raise RemoteError("not-safe", host=host) from error
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise RemoteError("too-slow" if expired.is_set() or isinstance(error, TimeoutError) else "cut-off") from error
