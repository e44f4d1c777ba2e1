"""What is counted of questions, what is not, and what editors make of it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils.timezone import localdate

from search.models import Outcome, Synonym
from search.services.count_outcome import forget_outcomes
from search.services.drain_outbox import drain_outbox
from search.services.mark_changed import mark_changed

from .city import Things, document

pytestmark = pytest.mark.django_db


def stamp(client: Client, query: str, language: str = "km") -> str:
    found = re.search(r'data-stamp="([^"]+)"', client.get(f"/{language}/search/?{query}").content.decode())
    return found[1] if found else ""


def ask(client: Client, question: str, *, times: int = 1, opened: int = 0, language: str = "km") -> None:
    for number in range(times):
        sent = {"stamp": stamp(client, f"q={question}", language)}
        assert client.post(f"/{language}/search/outcome/", sent).status_code == 204
        if number < opened:
            assert client.post(f"/{language}/search/outcome/", sent | {"clicked": "1"}).status_code == 204


@pytest.fixture
def reviewer(client: Client) -> Client:
    user = User.objects.create_user("reviewer", password="x")
    user.groups.add(Group.objects.get(name="reviewer"))
    editor = Client(headers={"Accept-Language": "en"})
    editor.force_login(user)
    return editor


def test_a_question_is_counted_by_day_and_nothing_else_of_it(city: Things, client: Client) -> None:
    ask(client, "ដីធ្លី", times=2, opened=1)
    ask(client, "  LAND ", language="en")
    rows = Outcome.objects.order_by("query").values("day", "query", "language", "searches", "unanswered", "clicks")
    today = localdate()
    assert list(rows) == [
        {"day": today, "query": "land", "language": "en", "searches": 1, "unanswered": 0, "clicks": 0},
        {"day": today, "query": "ដីធ្លី", "language": "km", "searches": 2, "unanswered": 0, "clicks": 1},
    ]


def test_looking_at_the_page_alone_counts_nothing(city: Things, client: Client) -> None:
    assert stamp(client, "q=ដីធ្លី")
    assert not Outcome.objects.exists()


@pytest.mark.parametrize("query", ["q=", "q=ដីធ្លី&topic=services", "q=ដី 012 345 678", "q=sok@example.com", "q=ដីធ្លី សម្ងាត់"])
def test_what_is_never_counted(city: Things, client: Client, query: str) -> None:
    city.rows[9] = document("thing", 9, title="ដីធ្លី សម្ងាត់ ពេលមានអំពើហិង្សា", extra={"sensitive": "1"})
    mark_changed(source="thing", pk=9)
    drain_outbox()
    assert stamp(client, query) == ""


def test_a_made_up_or_foreign_message_is_not_counted(city: Things, client: Client) -> None:
    good = stamp(client, "q=ដីធ្លី")
    assert client.post("/km/search/outcome/", {"stamp": good[:-2]}).status_code == 400
    assert client.post("/km/search/outcome/", {}).status_code == 400
    assert client.get("/km/search/outcome/").status_code == 405
    client.post("/km/search/outcome/", {"stamp": good}, headers={"Sec-Fetch-Site": "cross-site"})
    assert not Outcome.objects.exists()


def test_editors_see_what_is_asked_and_not_found(city: Things, client: Client, reviewer: Client) -> None:
    ask(client, "zebra", times=3)
    ask(client, "ដីធ្លី", times=3)
    ask(client, "housing", times=4, opened=1)
    ask(client, "private matter", times=2)
    page = reviewer.get("/admin/search-report/").content.decode()
    unanswered, unopened, most = (re.findall(r"search/\?q=[^\"]*\">([^<]+)</a>", part) for part in page.split("<h2>")[1:])
    assert (unanswered, unopened, most) == (["zebra"], ["ដីធ្លី"], ["housing", "zebra", "ដីធ្លី"])
    assert client.get("/admin/search-report/").status_code == 302

    link = re.search(r'href="(/admin/snippets/search/synonym/add/\?terms=zebra[^"]*)"', page)
    assert link
    form = reviewer.get(link[1].replace("&amp;", "&")).content.decode()
    assert re.search(r'<textarea name="terms"[^>]*>\s*zebra</textarea>', form)


def test_an_editor_sees_what_a_synonym_would_do_and_keeps_it(city: Things, client: Client, reviewer: Client) -> None:
    fields: dict[str, Any] = {"terms": "allotment", "means": "land\n土地登记", "language": "", "note": ""}
    add = "/admin/snippets/search/synonym/"
    assert reviewer.post(f"{add}preview/", fields).json()["is_valid"]
    preview = reviewer.get(f"{add}preview/?mode=").content.decode()
    assert "land · 土地登记" in preview
    assert "<strong>2</strong>" in preview
    assert not Synonym.objects.filter(terms="allotment").exists()

    assert reviewer.post(f"{add}add/", fields).status_code == 302
    assert "2 results" in client.get("/en/search/?q=allotment").content.decode()
    refused = reviewer.post(f"{add}add/", fields | {"terms": "?!"}).content.decode()
    assert "Nobody can search for “?!”" in refused


def test_old_counts_are_dropped(db: None) -> None:
    for days in (0, 89, 91):
        Outcome.objects.create(day=localdate() - timedelta(days=days), query="land", language="en", searches=3)
    forget_outcomes()
    assert Outcome.objects.count() == 2
