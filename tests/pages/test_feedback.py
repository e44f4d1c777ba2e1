"""Feedback: one press without account or script; robots get nowhere; nothing about the reader; counts are open data."""

import re
import time
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from datasets.models import Dataset
from datasets.services.publish_own_records import publish_own_records
from pages.models import Feedback
from pages.services import record_feedback

from .conftest import EVICTION

pytestmark = pytest.mark.usefixtures("city")


def hidden(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', html)
    assert found, html
    return found[1]


def vote(client: Client, useful: str = "no", **fields: str) -> str:
    stamp = hidden(client.get(f"/km/{EVICTION}").content.decode(), "stamp")
    return client.post("/km/feedback/", {"stamp": stamp, "useful": useful, **fields}).content.decode()


def later(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    now = time.time() + seconds
    monkeypatch.setattr("time.time", lambda: now)


def test_a_reader_says_what_was_missing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = hidden(vote(client), "answer")
    later(monkeypatch, 20)
    page = client.post("/km/feedback/", {"answer": answer, "missing": "តើទៅរកមេធាវីនៅឯណា?"})
    assert "សូមអរគុណ" in page.content.decode()
    assert not page.cookies
    kept = Feedback.objects.get()
    assert (kept.path, kept.language, kept.useful, kept.missing) == (EVICTION, "km", False, "តើទៅរកមេធាវីនៅឯណា?")


def test_the_form_stands_under_every_kind_of_page(client: Client) -> None:
    for path in ("", "health/", EVICTION, "place/", "dataset/", "reviews/", "search/"):
        assert hidden(client.get(f"/en/{path}").content.decode(), "stamp"), path


def test_the_same_page_is_the_same_bytes(client: Client) -> None:
    assert client.get(f"/km/{EVICTION}").content == client.get(f"/km/{EVICTION}").content


@pytest.mark.parametrize("stamp", ["", "made-up", "WyJhIiwwLDFd:abc"])
def test_without_our_stamp_nothing_is_kept(client: Client, stamp: str) -> None:
    answer = client.post("/km/feedback/", {"stamp": stamp, "useful": "yes"})
    assert answer.status_code == 400
    assert not Feedback.objects.exists()


def test_an_old_stamp_is_refused_in_words(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    stamp = hidden(client.get(f"/en/{EVICTION}").content.decode(), "stamp")
    later(monkeypatch, 60 * 3600)
    answer = client.post("/en/feedback/", {"stamp": stamp, "useful": "yes"})
    assert "open for too long" in answer.content.decode()
    assert not Feedback.objects.exists()


def test_what_a_robot_fills_in_is_not_kept(client: Client) -> None:
    assert "សូមអរគុណ" in vote(client, website="https://spam.example")
    assert not Feedback.objects.exists()


def test_words_that_come_at_once_are_asked_for_again_and_not_lost(client: Client) -> None:
    answer = hidden(vote(client), "answer")
    page = client.post("/km/feedback/", {"answer": answer, "missing": "ពាក្យរបស់ខ្ញុំ"})
    assert page.status_code == 400
    assert "ពាក្យរបស់ខ្ញុំ" in page.content.decode()
    assert Feedback.objects.get().missing == ""


def test_a_flood_is_stopped_without_knowing_who_sends_it(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_feedback, "A_PAGE_AN_HOUR", 3)
    pages = [vote(client, "yes") for _ in range(5)]
    assert Feedback.objects.count() == 3
    assert 'name="answer"' not in pages[4]
    assert {field.name for field in Feedback._meta.get_fields()} == {
        "id",
        "path",
        "language",
        "useful",
        "missing",
        "created",
        "status",
        "note",
    }


def test_editors_triage_it(client: Client, sign_in: Callable[..., Client]) -> None:
    vote(client)
    browser, kept = sign_in("reviewer"), Feedback.objects.get()
    assert EVICTION in browser.get(reverse("wagtailsnippets_pages_feedback:list"), {"status": "new"}).content.decode()
    browser.post(reverse("wagtailsnippets_pages_feedback:edit", args=[kept.pk]), {"status": "done", "note": "បានបន្ថែម"})
    kept.refresh_from_db()
    assert (kept.status, kept.note, kept.path) == ("done", "បានបន្ថែម", EVICTION)


def test_the_counts_are_a_dataset_and_the_words_are_not(client: Client, monkeypatch: pytest.MonkeyPatch, work: Callable[[], None]) -> None:
    for useful in ("yes", "yes", "no"):
        vote(client, useful)
    Feedback.objects.filter(useful=False).update(missing="ពាក្យសម្ងាត់")
    Feedback.objects.create(path="spam/", language="en", useful=True, status="spam")
    assert publish_own_records() == 7, "feedback, review dates, places and the four registers"
    work()
    dataset = Dataset.objects.get(name="page-feedback")
    resource = dataset.resources.get()
    csv = b"".join(client.get(f"/resource/{resource.uuid}/export.csv").streaming_content).decode()
    assert f"/{EVICTION},km," in csv
    assert csv.strip().endswith(",2,1")
    assert "ពាក្យសម្ងាត់" not in csv
    assert "spam" not in csv
    assert "មតិអ្នកអានអំពីទំព័រ" in client.get("/km/dataset/page-feedback/").content.decode()
    assert publish_own_records() == 0, "nothing has changed"
    vote(client, "yes")
    assert publish_own_records() == 1
    work()
    assert resource.versions.filter(published__isnull=False).count() == 2


def test_nobody_is_asked_whether_an_error_was_useful(client: Client) -> None:
    answer = client.get("/km/nowhere/")
    assert answer.status_code == 404
    assert "/km/feedback/" not in answer.content.decode()
