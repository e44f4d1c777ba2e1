"""Everything under /api/ answers JSON, at exactly the address that was asked."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client


@pytest.fixture(autouse=True)
def _no_guesses_yet() -> None:
    cache.clear()


PROBLEM = "application/problem+json"


def test_the_front_door_lists_what_is_there(client: Client, work: Callable[[], None]) -> None:
    work()  # makes the index
    links = client.get("/api/v1/").json()
    assert links["datasets"].endswith("/api/v1/datasets/")
    assert links["ckan"].endswith("/api/3/action/status_show")
    for address in links.values():
        path = address.removeprefix("http://localhost:8000").replace("{words}", "x")
        assert client.get(path).status_code == 200, path


@pytest.mark.parametrize("path", ["/api/v1/", "/api/v1", "/api/v1/datasets/", "/api/v1/datasets", "/api/v1/schema", "/api/v1/licences"])
def test_with_and_without_the_last_slash(client: Client, db: None, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert "json" in answer["Content-Type"]


@pytest.mark.parametrize("accept", ["*/*", "text/html", "application/xml"])
@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/nothing",
        "/api/v1/nothing/",
        "/api/nothing",
        "/api/2/action/status_show",
        "/api/v1/datasets/none/",
        "/api/3/action/license_list/",
    ],
)
def test_what_is_not_there_is_a_problem_in_json(client: Client, db: None, path: str, accept: str) -> None:
    answer = client.get(path, headers={"Accept": accept})
    assert answer.status_code == 404
    assert answer["Content-Type"] == PROBLEM
    assert answer.json()["type"] == "/api/v1/docs/#problem-not-found"
    assert answer.json()["status"] == 404


def test_a_method_that_is_not_taken(client: Client, db: None) -> None:
    answer = client.delete("/api/v1/datasets/")
    assert (answer.status_code, answer["Content-Type"]) == (405, PROBLEM)
    assert answer.json()["type"].endswith("#problem-method-not-allowed")


def test_a_mistake_of_ours_is_a_problem_without_internals(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any, **options: Any) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("datasets.api.views.licences", broken)
    client.raise_request_exception = False
    answer = client.get("/api/v1/licences/")
    assert (answer.status_code, answer["Content-Type"]) == (500, PROBLEM)
    assert "secret" not in answer.content.decode()


def test_problems_speak_the_readers_language_but_keep_their_type(client: Client, db: None) -> None:
    english, khmer = (client.get("/api/v1/datasets/none/", headers={"Accept-Language": language}) for language in ("en", "km"))
    assert english.json()["type"] == khmer.json()["type"]
    assert english.json()["detail"] == "There is nothing here, or it is not public."


def test_any_web_page_may_read(client: Client, db: None) -> None:
    answer = client.get("/api/v1/licences/", headers={"Origin": "https://journal.example"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in answer["Access-Control-Expose-Headers"]
    preflight = client.options(
        "/api/3/action/package_create",
        headers={
            "Origin": "https://journal.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,content-type",
        },
    )
    assert preflight.status_code == 200
    assert "authorization" in preflight["Access-Control-Allow-Headers"]


def test_asking_for_the_head_tells_whether_it_changed(client: Client, db: None) -> None:
    etag = client.get("/api/v1/licences/")["ETag"]
    head = client.head("/api/v1/licences/")
    assert (head.status_code, head["ETag"], head.content) == (200, etag, b"")
    assert client.head("/api/v1/licences/", headers={"If-None-Match": etag}).status_code == 304


def test_what_did_not_change_is_not_sent_again(client: Client, db: None) -> None:
    for path in ("/api/v1/licences/", "/api/3/action/license_list"):
        first = client.get(path)
        again = client.get(path, headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 304
        assert again.content == b""
        assert "Authorization" in first["Vary"]
        assert first["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_a_bad_token_is_told_apart_from_none(client: Client, db: None) -> None:
    answer = client.get("/api/v1/datasets/", headers={"Authorization": "Bearer nonsense"})
    assert (answer.status_code, answer["Content-Type"]) == (401, PROBLEM)
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer["Cache-Control"] == "private, no-store"


def test_guessing_tokens_is_stopped(client: Client, db: None) -> None:
    statuses = [client.get("/api/v1/licences/", headers={"Authorization": f"guess-{n}"}).status_code for n in range(22)]
    assert statuses[0] == 401
    assert statuses[-1] == 429
    answer = client.get("/api/v1/licences/", headers={"Authorization": "guess"})
    assert int(answer["Retry-After"]) > 0
    ckan = client.post("/api/3/action/package_list", {}, content_type="application/json", headers={"Authorization": "guess"})
    assert ckan.status_code == 429
    assert ckan.json()["error"]["__type"] == "Authorization Error"
    assert client.get("/api/v1/licences/").status_code == 200


def test_too_many_requests_from_one_address_wait_and_others_do_not(
    client: Client, db: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time() // 60 * 60 + 1
    monkeypatch.setattr("time.time", lambda: now)  # all within one minute
    settings.API_RATE_LIMIT = 15
    answers = [client.get("/api/v1/licences/", REMOTE_ADDR="192.0.2.1") for _ in range(16)]
    assert [answer.status_code for answer in answers[:15]] == [200] * 15
    assert answers[0]["RateLimit-Policy"] == '"anonymous";q=15;w=60'
    assert answers[0]["RateLimit"].startswith('"anonymous";r=14;t=')
    last = answers[-1]
    assert (last.status_code, last["Content-Type"]) == (429, PROBLEM)
    assert 0 < int(last["Retry-After"]) <= 60
    settings.API_RATE_LIMIT = 1
    junk = [
        client.get("/api/3/action/status_show", headers={"Authorization": f"junk-{number}"}, REMOTE_ADDR="192.0.2.9")
        for number in range(11)
    ]
    assert [answer.status_code for answer in junk[9:]] == [200, 429]  # a header that nobody reads opens not everything
    settings.API_RATE_LIMIT = 15
    assert client.get("/api/v1/licences/", REMOTE_ADDR="192.0.2.2").status_code == 200
    assert client.get("/en/api/", REMOTE_ADDR="192.0.2.1").status_code == 200
    settings.BEHIND_PROXY = True
    seen = {"X-Forwarded-For": "192.0.2.1, 192.0.2.3"}
    assert client.get("/api/v1/licences/", headers=seen, REMOTE_ADDR="192.0.2.1").status_code == 200


def test_a_session_does_not_open_the_api(admin_client: Client) -> None:
    answer = admin_client.post("/api/3/action/package_create", {"name": "x"}, content_type="application/json")
    assert answer.status_code == 403
