"""The front end of docs/examples, against a portal that answers on a port, as somebody without Django would run it."""

import runpy
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections

from pages.drafts import share_draft
from tests.datasets.ckan.conftest import SharingThread

from .conftest import VACCINATION, page_of

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "front_end.py"


@pytest.fixture
def front_end(city: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    shared = connections["default"]
    shared.inc_thread_sharing()
    portal: Any = SharingThread("127.0.0.1", StaticFilesHandler)
    portal.shared, portal.daemon = shared, True
    portal.start()
    portal.is_ready.wait()
    monkeypatch.setenv("PORTAL", f"http://{portal.host}:{portal.port}")
    site = ThreadingHTTPServer(("127.0.0.1", 0), runpy.run_path(str(EXAMPLE))["FrontEnd"])
    thread = Thread(target=site.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{site.server_port}"
    site.shutdown()
    site.server_close()
    thread.join()
    portal.terminate()
    shared.dec_thread_sharing()


def read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=60) as answer:
        return str(answer.read().decode())


def test_sixty_lines_render_home_a_guide_and_a_preview(front_end: str) -> None:
    home = read(f"{front_end}/km/")
    assert "<html lang='km'>" in home
    assert "<a href='/km/health/'>" in home
    guide = read(f"{front_end}/en/{VACCINATION}")
    assert f"<h1>{page_of('vaccination', 'en').title}</h1>" in guide
    assert "Sample content" in guide
    assert "<div class='step'>" in guide
    draft = page_of("vaccination", "km")
    draft.title = "ព្រាង < ចាស់"
    token = share_draft(page=draft, user=User.objects.create_user("editor"))
    assert "<h1>ព្រាង &lt; ចាស់</h1>" in read(f"{front_end}/preview?token={token}&locale=km")
    for wrong in ("/km/nothing/", "/preview?token=x", "/preview"):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            read(front_end + wrong)
