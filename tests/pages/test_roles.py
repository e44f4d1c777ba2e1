"""Who may do what with pages, tried in the admin."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield
from wagtail.users.models import UserProfile

from .conftest import page_of

pytestmark = pytest.mark.usefixtures("city")


def form(**fields: object) -> dict[str, object]:
    empty = {
        "title": "ស្នើសុំអត្តសញ្ញាណប័ណ្ណ",
        "slug": "identity-card",
        "summary": "",
        "change_note": "",
        "sensitive": "",
        **{name: rich_text("") for name in ("who_for", "your_right", "deadlines", "fee", "time_needed")},
        **{name: streamfield([]) for name in ("what_to_bring", "steps", "places", "legal_basis", "body", "questions", "related_datasets")},
        "owner_office": "",
        "comments": inline_formset([]),
    }
    data: dict[str, object] = nested_form_data({**empty, **fields})
    return data


def add(browser: Client, **fields: object) -> Page | None:
    topic = page_of("health", "km")
    answer = browser.post(reverse("wagtailadmin_pages:add", args=["pages", "serviceguide", topic.pk]), form(**fields))
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    return Page.objects.filter(slug="identity-card").first()


@pytest.mark.parametrize(("role", "published"), [("author", False), ("reviewer", True)])
def test_an_author_writes_and_a_reviewer_publishes(client: Client, sign_in: Callable[..., Client], role: str, published: bool) -> None:
    page = add(sign_in(role), **{"action-publish": "1"})
    assert page is not None
    assert page.live is published
    assert (client.get("/km/health/identity-card/").status_code == 200) is published


def test_what_an_author_submits_waits_for_a_reviewer_who_publishes_it(client: Client, sign_in: Callable[..., Client]) -> None:
    page = add(sign_in("author"), **{"action-submit": "1"})
    assert page is not None
    state = page.current_workflow_state
    assert state.workflow.name == "Review before publication"
    assert isinstance(state.current_task_state.task.specific, GroupApprovalTask)
    approve = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.current_task_state.pk])
    sign_in("translator").post(approve)
    assert client.get("/km/health/identity-card/").status_code == 404
    sign_in("reviewer").post(approve)
    assert client.get("/km/health/identity-card/").status_code == 200


def test_the_stock_roles_are_gone() -> None:
    from django.contrib.auth.models import Group

    assert {"author", "translator", "reviewer"} <= set(Group.objects.values_list("name", flat=True))
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()


@pytest.mark.parametrize("slug", ["eviction-notice", "vaccination", "health", "initiatives", "housing-and-land", "privacy", "home"])
def test_every_page_type_opens_in_the_editor_and_in_preview(sign_in: Callable[..., Client], slug: str) -> None:
    browser = sign_in()
    page = page_of(slug, "km")
    assert browser.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    assert browser.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).status_code == 200


def test_a_sample_place_takes_no_telephone_number(sign_in: Callable[..., Client]) -> None:
    browser = sign_in("author")
    fields = {"kind": "office", "slug": "sample-office", "name_km": "ការិយាល័យ (គំរូ)", "is_sample": "on", "phone": "012 345 678"}
    answer = browser.post(reverse("wagtailsnippets_pages_place:add"), fields)
    assert answer.status_code == 200
    assert "phone" in answer.context["form"].errors
    answer = browser.post(reverse("wagtailsnippets_pages_place:add"), {**fields, "phone": ""})
    assert answer.status_code == 302


def test_staff_choose_any_of_the_three_languages(client: Client, sign_in: Callable[..., Client]) -> None:
    staff = sign_in("author")
    account = staff.get(reverse("wagtailadmin_account")).content.decode()
    for code in ("km", "en", "zh-hans"):
        assert f'<option value="{code}"' in account
    UserProfile.objects.update_or_create(user_id=int(staff.session["_auth_user_id"]), defaults={"preferred_language": "km"})
    assert '<html lang="km"' in staff.get(reverse("wagtailadmin_home")).content.decode()
