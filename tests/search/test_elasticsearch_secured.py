"""A node that speaks TLS under a certificate authority of its own and wants a key, as managed clusters do.

The node of the tests has no such module, so what stands before it does both: TLS and the key are real, the answers are the node's.
"""

import datetime
import os
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import urllib3
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from search.engines import get_engine
from search.query import Query, SearchUnavailable
from search.selectors import search
from search.services.reindex import reindex

from .city import CITY, Things

NODE = os.environ.get("ELASTICSEARCH_URL", "").split(",")[0]
KEY = "VGhlIGtleSBvZiB0aGUgdGVzdA=="

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not NODE, reason="needs Elasticsearch: make test-distributed")]


def _certificate(
    name: str, issuer: tuple[x509.Name, ec.EllipticCurvePrivateKey] | None
) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    signed_by, signing = issuer or (subject, key)
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(signed_by)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    )
    return made.sign(signing, hashes.SHA256()), key


class _Guard(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    node = urllib3.PoolManager()

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.headers.get("Authorization") != f"ApiKey {KEY}":
            self._answer(401, {"Content-Type": "application/json", "X-Elastic-Product": "Elasticsearch"}, b'{"error": "unauthorized"}')
            return
        kept = {name: value for name, value in self.headers.items() if name.lower() in ("content-type", "accept", "accept-encoding")}
        answer = self.node.request(self.command, f"{NODE}{self.path}", body=body or None, headers=kept, preload_content=False)
        self._answer(answer.status, dict(answer.headers), answer.read(decode_content=False))

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _pass_on  # noqa: N815

    def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            if name.lower() not in ("content-length", "transfer-encoding", "connection"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def secured(settings: Any, tmp_path: Path, things: Things) -> Iterator[Things]:
    """The site asks the guarded node, knows its authority and has its key."""
    authority, authority_key = _certificate("A city's own authority", None)
    certificate, key = _certificate("localhost", (authority.subject, authority_key))
    pem = serialization.Encoding.PEM
    files = {"ca": authority.public_bytes(pem), "certificate": certificate.public_bytes(pem)}
    files["key"] = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "certificate", tmp_path / "key")
    guard = ThreadingHTTPServer(("127.0.0.1", 0), _Guard)
    guard.socket = context.wrap_socket(guard.socket, server_side=True)
    threading.Thread(target=guard.serve_forever, daemon=True).start()
    settings.ELASTICSEARCH_URL = f"https://localhost:{guard.server_port}"
    settings.ELASTICSEARCH_INDEX += "-secured"
    settings.ELASTICSEARCH_API_KEY, settings.ELASTICSEARCH_CA = KEY, str(tmp_path / "ca")
    things.rows = dict(CITY)
    yield things
    guard.shutdown()
    guard.server_close()


def test_a_secured_node_is_written_and_asked(secured: Things) -> None:
    reindex()
    assert search(Query(text="ដីធ្លី")).hits[0].key == "thing:1"
    assert get_engine().health()["ok"]
    get_engine().drop()


@pytest.mark.parametrize(("setting", "value"), [("ELASTICSEARCH_API_KEY", "d3Jvbmc="), ("ELASTICSEARCH_CA", "")])
def test_a_wrong_key_or_an_unknown_authority_is_no_search(secured: Things, settings: Any, setting: str, value: str) -> None:
    setattr(settings, setting, value)
    with pytest.raises(SearchUnavailable):
        search(Query(text="ដីធ្លី"))
    assert get_engine().health()["problem"] in ("AuthenticationException", "TlsError", "ConnectionError")
