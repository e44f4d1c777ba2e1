"""Law without its source never reaches readers, by whatever way; a signature stands under the text it was given to."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import rich_text, streamfield

from pages.services.sign_text import sign_text

from .conftest import EVICTION, page_of
from .test_roles import add, form

pytestmark = pytest.mark.usefixtures("city")
LAW = {"instrument": "ច្បាប់ភូមិបាល ឆ្នាំ 2001", "article": "មាត្រា 5", "url": "https://www.mlmupc.gov.kh/", "date_checked": "2026-11-01"}


def law(**changed: str) -> dict[str, Any]:
    return streamfield([("legal_basis", {**LAW, "note": rich_text(""), **changed})])


@pytest.mark.parametrize("missing", ["article", "date_checked"])
def test_the_form_refuses_law_without_article_or_date_and_says_which(sign_in: Callable[..., Client], missing: str) -> None:
    browser, topic = sign_in("reviewer"), page_of("health", "km")
    data = form(legal_basis=law(**{missing: ""}), **{"action-publish": "1"})
    answer = browser.post(reverse("wagtailadmin_pages:add", args=["pages", "serviceguide", topic.pk]), data)
    assert answer.status_code == 200
    assert LAW["instrument"] in str(answer.context["form"].errors["legal_basis"])
    assert add(browser, legal_basis=law(**{missing: ""})), "a draft may be unfinished"


def test_complete_law_is_published(sign_in: Callable[..., Client], client: Client) -> None:
    page = add(sign_in("reviewer"), legal_basis=law(), **{"action-publish": "1"})
    assert page
    assert page.live
    assert "ច្បាប់ភូមិបាល" in client.get("/km/health/identity-card/").content.decode()


def test_the_service_refuses_what_the_form_refuses() -> None:
    page = page_of("eviction-notice", "km")
    page.is_sample = False  # as a sample it may say that nobody has compared it yet
    with pytest.raises(ValidationError, match="ផ្ទៀងផ្ទាត់ជាមួយប្រភព"):
        page.save_revision().publish()
    page.legal_basis[0].value["date_checked"] = timezone.localdate() + timedelta(days=2)
    with pytest.raises(ValidationError, match="អនាគត"):
        page.save_revision().publish()
    page.legal_basis[0].value["date_checked"] = date(2026, 11, 1)
    page.save_revision().publish()


def test_a_right_without_law_is_not_told() -> None:
    page = page_of("eviction-notice", "km")
    page.your_right, page.legal_basis = "<p>អ្នកមានសិទ្ធិសួរ។</p>", []
    with pytest.raises(ValidationError, match="មូលដ្ឋានច្បាប់"):
        page.save_revision().publish()


def test_approving_an_unfit_page_tells_the_reviewer_and_publishes_nothing(client: Client, sign_in: Callable[..., Client]) -> None:
    author, reviewer = sign_in("author"), sign_in("reviewer")
    page = add(author, legal_basis=law(), **{"action-submit": "1"})
    assert page
    state = page.current_workflow_state.current_task_state
    draft = page.get_latest_revision_as_object()
    draft.legal_basis[0].value["date_checked"] = None
    state.revision = draft.save_revision()
    state.save()
    answer = reviewer.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]), follow=True)
    assert "មិនបានបោះពុម្ពផ្សាយទេ។" in answer.content.decode()
    assert client.get("/km/health/identity-card/").status_code == 404


def test_a_signature_lapses_with_the_text_and_survives_everything_else(client: Client) -> None:
    page = sign_text(page=page_of("eviction-notice", "km"), name="សុខ សុភា", user=None)
    page.next_review = date(2028, 1, 1)
    page.save_revision().publish()
    assert "សុខ សុភា" in client.get(f"/km/{EVICTION}").content.decode(), "a new date is not a new text"
    page = page_of("eviction-notice", "km")
    page.steps[0].value["title"] = "អានលិខិតម្តងទៀត"
    page.save_revision().publish()
    answer = client.get(f"/km/{EVICTION}")
    assert "សុខ សុភា" not in answer.content.decode()
    assert answer.context["reading"].needs_signature


def test_what_is_overdue_is_public(client: Client) -> None:
    page = page_of("eviction-notice", "km")
    assert page.title not in client.get("/km/reviews/").content.decode()
    page.next_review = date(2026, 1, 31)
    page.save_revision().publish()
    html = client.get("/km/reviews/").content.decode()
    assert page.title in html
    assert "31 មករា 2026" in html


def test_a_problem_is_answered_on_one_page(client: Client) -> None:
    page = page_of("eviction-notice", "km")
    page.your_right, page.deadlines = "<p>អ្នកមានសិទ្ធិសួរមូលហេតុ។</p>", "<p>តវ៉ាមុនថ្ងៃកំណត់ក្នុងលិខិត។</p>"
    page.places = []
    page.save_revision().publish()
    html = client.get(f"/km/{EVICTION}").content.decode()
    order = ['id="right"', 'id="steps"', 'id="deadlines"', 'id="papers"', "អ្នកណាជួយអ្នកដោយឥតគិតថ្លៃ", 'id="law"']
    places = [html.index(words) for words in order]
    assert places == sorted(places)
    assert "ការិយាល័យជំនួយផ្នែកច្បាប់ (គំរូ)" in html, "legal aid stands there without being chosen"
    kept = client.get(f"/en/{EVICTION}?papers")
    assert kept["Content-Type"].startswith("text/plain")
    assert "[ ] The notice you got" in kept.content.decode()
