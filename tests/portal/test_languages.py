"""The root, the prefixes, and what never gets one."""

import pytest
from django.conf import settings
from django.test import Client

MACHINES = [
    "/api/nowhere/",
    "/api/v1/nowhere",
    "/api/3/action/nowhere",
    "/data.json",
    "/catalog.nowhere",
    "/health/nowhere",
    "/version/0b4d4f6e-0000-4000-8000-000000000000/download/ភូមិ.csv",
    "/dataset/0b4d4f6e-0000-4000-8000-000000000000/resource/0b4d4f6e-0000-4000-8000-000000000000/download/a.csv",
    "/resource/0b4d4f6e-0000-4000-8000-000000000000/export.csv",
    "/sitemap-nowhere.xml",
]


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        (None, "km"),
        ("km", "km"),
        ("fr-FR,fr;q=0.9", "km"),
        ("en-GB,en;q=0.8,km;q=0.5", "en"),
        ("zh-CN,zh;q=0.9", "zh-hans"),
        ("zh", "zh-hans"),
        ("zh-Hans-KH", "zh-hans"),
        ("fr,zh;q=0.5,en;q=0.2", "zh-hans"),
    ],
)
def test_the_root_follows_the_browser(client: Client, asked: str | None, given: str) -> None:
    response = client.get("/", headers={"accept-language": asked} if asked else {})
    assert response.status_code == 302
    assert response["Location"] == f"/{given}/"
    assert "Accept-Language" in response["Vary"]
    assert "Cookie" not in response["Vary"]


@pytest.mark.parametrize("address", ["/", "/about/", "/api/v1/nowhere/"])
def test_a_cookie_changes_no_answer_that_caches_hand_to_others(client: Client, db: None, address: str) -> None:
    plain = client.get(address, headers={"accept-language": "en"})
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
    with_cookie = client.get(address, headers={"accept-language": "en"})
    assert (with_cookie.status_code, with_cookie.get("Location"), with_cookie.content) == (
        plain.status_code,
        plain.get("Location"),
        plain.content,
    )


@pytest.mark.parametrize("path", MACHINES)
def test_machine_addresses_answer_json_and_are_never_sent_to_a_language(client: Client, db: None, path: str) -> None:
    response = client.get(path, headers={"accept-language": "en"})
    assert response.status_code in {400, 404}  # CKAN says 400 for an unknown action
    assert "json" in response["Content-Type"]


@pytest.mark.parametrize("code", [code for code, _ in settings.LANGUAGES])
def test_a_missing_page_says_so_in_its_own_language(client: Client, db: None, code: str) -> None:
    response = client.get(f"/{code}/nowhere/")
    html = response.content.decode()
    assert response.status_code == 404
    assert f'<html lang="{code}">' in html
    assert 'content="noindex"' in html
    assert response["Content-Language"] == code


def test_an_address_without_prefix_finds_the_readers_language(client: Client, db: None) -> None:
    response = client.get("/about/", headers={"accept-language": "zh-CN"})
    assert response.status_code == 302
    assert response["Location"] == "/zh-hans/about/"


def test_when_everything_fails_the_answer_is_in_three_languages(client: Client, db: None) -> None:
    from django.test import RequestFactory

    from portal.views import server_error

    page = server_error(RequestFactory().get("/km/"))
    assert page.status_code == 500
    assert all(f'lang="{code}"' in page.content.decode() for code, _ in settings.LANGUAGES)
    assert server_error(RequestFactory().get("/api/v1/")).headers["Content-Type"].endswith("json")
