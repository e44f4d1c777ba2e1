"""Public answers: strict policy, whole-page cache, no cookie, small."""

import gzip
import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.portal.small_city import PATHS, build

PAGES = ["/", "/km/", "/en/land/", "/zh-hans/land/eviction-notice/", "/km/place/"]


@pytest.mark.parametrize("path", PAGES)
def test_public_answers_may_be_kept_by_any_cache(client: Client, db: None, path: str) -> None:
    build()
    response = client.get(path)
    assert response.status_code < 400
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert "public" in response["Cache-Control"]
    assert "max-age=60" in response["Cache-Control"]
    if response.status_code == 200:
        again = client.get(path, headers={"if-none-match": response["ETag"], "accept-encoding": "gzip"})
        assert again.status_code == 304


def test_what_was_asked_with_a_token_is_for_the_asker(client: Client, db: None) -> None:
    for header in ("authorization", "x-ckan-api-key"):
        for path in ("/km/dataset/", "/api/v1/datasets/"):
            assert "public" not in client.get(path, headers={header: "Bearer nobody"}).get("Cache-Control", "private"), (header, path)


def test_a_missing_page_is_asked_for_again(client: Client, db: None) -> None:
    assert client.get("/km/nowhere/")["Cache-Control"] == "no-cache"


def test_public_policy_has_no_exception(client: Client, db: None) -> None:
    policy = client.get("/km/nowhere/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "nonce" not in policy
    assert not re.search(r"https?:|\*", policy)


def test_only_the_admin_gets_the_looser_policy(client: Client, db: None) -> None:
    assert "'unsafe-inline'" in client.get("/admin/login/")["Content-Security-Policy"]
    assert "'unsafe-inline'" not in client.get("/administration/", follow=True)["Content-Security-Policy"]


def test_public_pages_carry_no_inline_code(client: Client, db: None) -> None:
    build()
    for path in PATHS:
        _assert_inert(client.get(f"/km/{path}").content.decode())


def _assert_inert(html: str) -> None:
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", html)
    assert "csrf" not in html
    assert not re.search(r'(?:src|action)="(?:https?:)?//', html)


def test_pages_are_packed_the_admin_is_not(client: Client, db: None) -> None:
    page = client.get("/km/nowhere/", headers={"accept-encoding": "gzip"})
    assert page["Content-Encoding"] == "gzip"
    assert gzip.decompress(page.content).startswith(b"<!doctype html>")
    assert not client.get("/admin/login/", headers={"accept-encoding": "gzip"}).has_header("Content-Encoding")


def test_the_admin_is_never_kept(client: Client, db: None) -> None:
    client.force_login(get_user_model().objects.create_superuser("editor", "e@example.org", "x"))
    assert "public" not in client.get("/admin/").get("Cache-Control", "")
