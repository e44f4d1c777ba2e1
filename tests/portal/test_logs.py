import io
import logging
import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

pytestmark = pytest.mark.django_db


def test_an_answer_carries_the_number_its_log_lines_carry(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    answer = client.get("/health/live")
    assert re.fullmatch(r"[0-9a-f]{8}", answer["X-Request-ID"])
    assert answer["X-Request-ID"] != client.get("/health/live")["X-Request-ID"]


def test_a_failure_is_logged_under_the_number_of_its_answer(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.StringIO()
    (configured,) = [
        handler for handler in logging.getLogger().handlers if handler.formatter and "request_id" in str(handler.formatter._fmt)
    ]
    monkeypatch.setattr(configured, "stream", written)
    monkeypatch.delattr("datasets.api.views.licences")
    answer = client.get("/api/v1/licences/")
    numbers = re.findall(r" ERROR \[(\S+)\]", written.getvalue())
    assert answer.status_code == 500
    assert numbers == [answer["X-Request-ID"]] * 2


def test_json_too_deep_to_be_read_is_refused_not_stumbled_over(client: Client) -> None:
    assert client.post("/api/v1/sql/", "[" * 200_000, content_type="application/json").status_code == 400


def test_neither_a_search_nor_a_failed_login_leaves_words_or_addresses_in_the_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    get_user_model().objects.create_user("សុភា", password="ការសាកល្បង១២៣")
    with caplog.at_level(logging.WARNING):
        client.get("/km/search/", {"q": "អំពើហិង្សា"}, REMOTE_ADDR="203.0.113.7")
        client.post("/admin/login/", {"username": "សុភា", "password": "ខុស"}, REMOTE_ADDR="203.0.113.7")
        client.get("/km/%E1%9E%82%E1%9F%92%E1%9E%98%E1%9E%B6%E1%9E%93/?q=អំពើហិង្សា", REMOTE_ADDR="203.0.113.7")
    assert "អំពើហិង្សា" not in caplog.text
    assert "203.0.113.7" not in caplog.text


def test_a_password_cannot_be_guessed_at_leisure(client: Client) -> None:
    get_user_model().objects.create_user("សុភា", password="ការសាកល្បង១២៣", is_superuser=True)
    for _ in range(5):
        client.post("/admin/login/", {"username": "សុភា", "password": "ខុស"})
    answer = client.post("/admin/login/", {"username": "សុភា", "password": "ការសាកល្បង១២៣"})
    assert answer.status_code == 429


def test_the_many_addresses_of_one_line_are_one_guesser(client: Client) -> None:
    get_user_model().objects.create_user("សុភា", password="ការសាកល្បង១២៣", is_superuser=True)
    for number in range(5):
        client.post("/admin/login/", {"username": "សុភា", "password": "ខុស"}, REMOTE_ADDR=f"2001:db8:1:2:{number}::1")
    right = {"username": "សុភា", "password": "ការសាកល្បង១២៣"}
    assert client.post("/admin/login/", right, REMOTE_ADDR="2001:db8:1:2:ffff::9").status_code == 429
    assert client.post("/admin/login/", right, REMOTE_ADDR="2001:db8:1:3::9").status_code == 302


def test_one_password_cannot_be_tried_on_many_names(client: Client) -> None:
    for name in ("សុភា", "បុប្ផា"):
        get_user_model().objects.create_user(name, password="ការសាកល្បង១២៣", is_superuser=True)

    def sign_in(name: str, password: str = "ការសាកល្បង១២៣", address: str = "192.0.2.7") -> int:
        return Client().post("/admin/login/", {"username": name, "password": password}, REMOTE_ADDR=address).status_code

    assert {sign_in(f"ឈ្មោះ{number}", "ខុស") for number in range(49)} == {200}
    assert sign_in("បុប្ផា") == 302  # a colleague in the same office, which forgives the others nothing
    sign_in("ឈ្មោះ៥០", "ខុស")
    right = {"username": "សុភា", "password": "ការសាកល្បង១២៣"}
    refused = client.post("/admin/login/", right, REMOTE_ADDR="192.0.2.7", headers={"Accept-Language": "km"})
    assert (refused.status_code, "ពាក្យសម្ងាត់ខុស" in refused.content.decode()) == (429, True)
    assert sign_in("សុភា", address="192.0.2.8") == 302


def test_guessing_on_prolongs_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    get_user_model().objects.create_user("សុភា", password="ការសាកល្បង១២៣", is_superuser=True)
    started = timezone.now()

    def sign_in(password: str, minutes: int) -> int:
        monkeypatch.setattr("axes.handlers.proxy.now", lambda: started + timedelta(minutes=minutes))
        return client.post("/admin/login/", {"username": "សុភា", "password": password}).status_code

    for _ in range(5):
        sign_in("ខុស", 0)
    assert sign_in("ខុស", 10) == 429
    assert sign_in("ការសាកល្បង១២៣", 14) == 429
    assert sign_in("ការសាកល្បង១២៣", 16) == 302


@pytest.mark.parametrize("address", ["/km/search/?q=%00", "/km/search/?topic=%00", "/km/a%00b/", "/api/v1/datasets/?q=%00"])
def test_an_address_with_a_null_byte_is_refused_not_stumbled_over(client: Client, address: str) -> None:
    assert client.get(address).status_code == 400
