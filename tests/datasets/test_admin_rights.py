"""Who may do what in the admin: every view of a dataset by its URL, as everybody, by GET and by POST."""

from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from wagtail.models import Workflow

from datasets.models import Capacity, Dataset, Organization

from .admin_people import ADMINISTER, EDIT, PEOPLE, PUBLISH, VIEW, client_of, form_of, refused, text, url
from .factories import DatasetFactory, OrganizationFactory, UserFactory, member

pytestmark = pytest.mark.django_db


def in_moderation(organization: Organization, **fields: str) -> tuple[Dataset, Any]:
    dataset = DatasetFactory(organization=organization, live=False, **fields)
    dataset.save_revision()
    state = Workflow.objects.get(name="Data moderation").start(dataset, UserFactory(is_superuser=True))
    return dataset, state.current_task_state


ROW_VIEWS = {
    "inspect": VIEW,
    "edit": EDIT,
    "history": EDIT,
    "history_results": EDIT,
    "usage": EDIT,
    "workflow_history": EDIT,
    "preview_on_edit": EDIT,
    "delete": ADMINISTER,
    "unpublish": PUBLISH,
}


@pytest.mark.parametrize("kind", PEOPLE)
@pytest.mark.parametrize("name", sorted(ROW_VIEWS))
def test_looking_at_a_view_of_a_row(people: Any, organization: Organization, kind: str, name: str) -> None:
    dataset = DatasetFactory(organization=organization)
    dataset.save_revision()
    response = people(kind).get(url(name, dataset.pk))
    if kind == "anonymous":
        assert response.status_code == 302
        assert "/login/" in response["Location"]
    elif kind in ROW_VIEWS[name]:
        assert response.status_code == 200
    else:
        # Wagtail's own answer to a refusal in the admin: back to its home, with a message.
        assert refused(response)


@pytest.mark.parametrize("kind", PEOPLE)
def test_publishing_by_post(people: Any, organization: Organization, kind: str) -> None:
    dataset = DatasetFactory(organization=organization)
    dataset.save_revision()
    people(kind).post(url("edit", dataset.pk), form_of(dataset, **{"action-publish": "action-publish"}))
    dataset.refresh_from_db()
    assert (dataset.title_km == "ចំណងជើងថ្មី") == (kind in PUBLISH)


@pytest.mark.parametrize("kind", PEOPLE)
def test_saving_a_draft_by_post(people: Any, organization: Organization, kind: str) -> None:
    dataset = DatasetFactory(organization=organization)
    dataset.save_revision()
    people(kind).post(url("edit", dataset.pk), form_of(dataset))
    dataset.refresh_from_db()
    assert dataset.title_km != "ចំណងជើងថ្មី"
    assert (dataset.get_latest_revision_as_object().title_km == "ចំណងជើងថ្មី") == (kind in EDIT)


@pytest.mark.parametrize("kind", PEOPLE)
@pytest.mark.parametrize(
    ("name", "changed", "allowed"),
    [
        ("unpublish", lambda dataset: not dataset.live, PUBLISH),
        ("delete", lambda dataset: dataset.deleted_at is not None, ADMINISTER),
        ("lock", lambda dataset: dataset.locked, PUBLISH),
    ],
)
def test_withdrawing_deleting_and_locking_by_post(
    people: Any, organization: Organization, kind: str, name: str, changed: Any, allowed: set[str]
) -> None:
    dataset = DatasetFactory(organization=organization)
    dataset.save_revision()
    people(kind).post(url(name, dataset.pk), {"reason": "ទិន្នន័យខុស"})
    dataset.refresh_from_db()
    assert changed(dataset) == (kind in allowed)


@pytest.mark.parametrize("kind", PEOPLE)
def test_unlocking_by_post(people: Any, organization: Organization, kind: str) -> None:
    dataset = DatasetFactory(organization=organization, locked=True, locked_by=UserFactory())
    people(kind).post(url("unlock", dataset.pk))
    dataset.refresh_from_db()
    assert dataset.locked == (kind not in PUBLISH)


@pytest.mark.parametrize("kind", PEOPLE)
def test_revisions_are_seen_compared_and_brought_back_by_editors_only(people: Any, organization: Organization, kind: str) -> None:
    dataset = DatasetFactory(organization=organization)
    first = dataset.save_revision()
    dataset.title_km = "បន្ទាប់"
    second = dataset.save_revision()
    client = people(kind)
    allowed = kind in EDIT
    compare = client.get(url("revisions_compare", dataset.pk, first.pk, second.pk))
    assert (compare.status_code == 200) == allowed
    assert (client.get(url("revisions_revert", dataset.pk, first.pk)).status_code == 200) == allowed
    before = dataset.revisions.count()
    client.post(url("revisions_revert", dataset.pk, first.pk), form_of(dataset))
    assert (dataset.revisions.count() > before) == allowed


def test_a_revision_is_never_shown_by_way_of_another_row(people: Any, organization: Organization) -> None:
    mine, theirs = DatasetFactory(organization=organization), DatasetFactory(title_km="សម្ងាត់")
    revision, own = theirs.save_revision(), mine.save_revision()
    client = people("admin")
    for address in (url("revisions_compare", mine.pk, own.pk, revision.pk), url("revisions_revert", mine.pk, revision.pk)):
        response = client.get(address)
        assert "សម្ងាត់" not in response.content.decode()


@pytest.mark.parametrize("kind", PEOPLE)
def test_deleting_in_bulk(people: Any, organization: Organization, kind: str) -> None:
    mine, theirs = DatasetFactory(organization=organization), DatasetFactory()
    address = reverse("wagtail_bulk_action", args=["datasets", "dataset", "delete"])
    people(kind).post(f"{address}?id={mine.pk}&id={theirs.pk}", {"reason": "ទិន្នន័យខុស"})
    assert Dataset.objects.count() == 2
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.deleted_at is not None) == (kind in ADMINISTER)
    assert (theirs.deleted_at is not None) == (kind == "superuser")


@pytest.mark.parametrize("kind", PEOPLE)
def test_approving_is_for_the_organization(people: Any, organization: Organization, kind: str) -> None:
    dataset, task_state = in_moderation(organization)
    people(kind).post(url("workflow_action", dataset.pk, "approve", task_state.pk), {"comment": ""})
    dataset.refresh_from_db()
    assert dataset.live == (kind in PUBLISH)


def test_nobody_decides_on_a_row_by_way_of_their_own(people: Any, organization: Organization) -> None:
    mine, _own = in_moderation(organization)
    theirs, task_state = in_moderation(OrganizationFactory())
    for name in ("workflow_action", "collect_workflow_action_data"):
        people("admin").post(url(name, mine.pk, "approve", task_state.pk), {"comment": ""})
    theirs.refresh_from_db()
    assert not theirs.live
    assert theirs.workflow_in_progress


@pytest.mark.parametrize("kind", PEOPLE)
def test_lists_and_choosers_name_only_rows_of_ones_organizations(people: Any, organization: Organization, kind: str) -> None:
    mine = DatasetFactory(organization=organization, title_km="ឯកសាររបស់យើង", live=False)
    chooser = "wagtailsnippetchoosers_datasets_dataset"
    addresses = [url("list"), url("list_results"), reverse(f"{chooser}:choose"), reverse(f"{chooser}:choose_results")]
    addresses += [reverse(f"{chooser}:chosen", args=[mine.pk]), reverse(f"{chooser}:chosen_multiple") + f"?id={mine.pk}"]
    for address in addresses:
        response = people(kind).get(address)
        assert ("ឯកសាររបស់យើង" in text(response)) == (kind in VIEW), address


@pytest.mark.parametrize("kind", ["editor", "admin", "outsider"])
def test_new_datasets_belong_to_organizations_one_edits_for(people: Any, organization: Organization, kind: str) -> None:
    draft = DatasetFactory.build(organization=None, name="flood-zones")
    draft.organization_id = organization.pk
    people(kind).post(url("add"), form_of(draft, **{"action-publish": "action-publish"}))
    made = Dataset.objects.filter(name="flood-zones").first()
    assert (made is not None) == (kind != "outsider")
    if made:
        assert made.live == (kind == "admin")


def test_an_editor_cannot_give_a_dataset_to_another_organization(organization: Organization) -> None:
    other = OrganizationFactory()
    editor = member(organization, Capacity.EDITOR)
    other.memberships.create(user=editor, capacity=Capacity.ADMIN)
    dataset = DatasetFactory(organization=organization)
    client = Client()
    client.force_login(editor)
    moved = {"organization": str(other.pk), "action-publish": "action-publish"}
    client.post(url("edit", dataset.pk), form_of(dataset, **moved))
    dataset.refresh_from_db()
    assert (dataset.organization, dataset.title_km) == (organization, "ភូមិក្នុងខេត្តព្រះសីហនុ")


def test_the_name_of_what_was_published_stays(people: Any, organization: Organization) -> None:
    dataset = DatasetFactory(organization=organization, name="villages")
    people("admin").post(url("edit", dataset.pk), form_of(dataset, name="other", **{"action-publish": "action-publish"}))
    dataset.refresh_from_db()
    assert (dataset.name, dataset.title_km) == ("villages", "ចំណងជើងថ្មី")


def test_every_view_with_a_row_in_its_address_is_guarded() -> None:
    """A view that a later Wagtail adds is refused to outsiders too: all are built by the guarded viewset."""
    viewset = Dataset.snippet_viewset
    for pattern in viewset.get_urlpatterns():
        view = getattr(pattern.callback, "view_class", None)
        assert "OrganizationGuard" in {base.__name__ for base in getattr(view, "__mro__", ())}, pattern


def test_the_matrix_misses_no_address() -> None:
    known = {*ROW_VIEWS, "list", "list_results", "add", "lock", "unlock", "preview_on_add", "revisions_view", "revisions_revert"}
    known |= {
        "revisions_compare",
        "revisions_unschedule",
        "workflow_action",
        "collect_workflow_action_data",
        "confirm_workflow_cancellation",
    }
    known |= {"workflow_history_detail", "workflow_preview"}
    names = {key for key in get_resolver().reverse_dict if isinstance(key, str)}
    assert names is not None
    assert {pattern.name for pattern in Dataset.snippet_viewset.get_urlpatterns()} == known


@pytest.mark.parametrize("kind", PEOPLE)
def test_the_sites_history_tells_only_of_ones_organizations(people: Any, organization: Organization, kind: str) -> None:
    dataset = DatasetFactory(organization=organization, title_km="ឯកសាររបស់យើង", live=False)
    dataset.save_revision(log_action=True)
    response = people(kind).get(reverse("wagtailadmin_reports:site_history"))
    assert ("ឯកសាររបស់យើង" in text(response)) == (kind in VIEW)


@pytest.mark.parametrize("name", ["workflow", "workflow_results", "workflow_tasks", "workflow_tasks_results"])
@pytest.mark.parametrize("asked", [{}, {"export": "csv"}])
def test_reports_on_moderation_name_only_ones_own_datasets(organization: Organization, name: str, asked: dict[str, str]) -> None:
    in_moderation(organization, title_km="ឯកសាររបស់យើង")
    elsewhere = OrganizationFactory()
    for kind, whose, seen in (("reviewer", organization, True), ("reviewer", elsewhere, False), ("superuser", elsewhere, True)):
        response = client_of(kind, whose).get(reverse(f"wagtailadmin_reports:{name}"), asked)
        assert response.status_code == 200
        assert ("ឯកសាររបស់យើង" in text(response)) == seen, kind
    assert "/login/" in Client().get(reverse(f"wagtailadmin_reports:{name}"), asked)["Location"]


def test_a_draft_is_previewed_as_readers_would_see_it(people: Any, organization: Organization) -> None:
    dataset = DatasetFactory(organization=organization, live=False, tags=["ទឹកជំនន់"])
    dataset.save_revision()
    client = people("editor")
    client.post(url("preview_on_edit", dataset.pk), form_of(dataset))
    assert "ចំណងជើងថ្មី" in text(client.get(url("preview_on_edit", dataset.pk)))


def addresses_of_all_else(dataset: Dataset, task_state: Any) -> dict[str, str]:
    """The views that no other test here asks for, each by its URL."""
    revision, state = dataset.latest_revision, task_state.workflow_state
    return {
        "revisions_view": url("revisions_view", dataset.pk, revision.pk),
        "revisions_unschedule": url("revisions_unschedule", dataset.pk, revision.pk),
        "confirm_workflow_cancellation": url("confirm_workflow_cancellation", dataset.pk),
        "workflow_history_detail": url("workflow_history_detail", dataset.pk, state.pk),
        "workflow_preview": url("workflow_preview", dataset.pk, task_state.task_id),
        "collect_workflow_action_data": url("collect_workflow_action_data", dataset.pk, "approve", task_state.pk),
    }


@pytest.mark.parametrize("kind", PEOPLE)
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_other_views_of_a_row(people: Any, organization: Organization, kind: str, method: str) -> None:
    dataset, task_state = in_moderation(organization)
    dataset.refresh_from_db()
    client = people(kind)
    for name, address in addresses_of_all_else(dataset, task_state).items():
        response = getattr(client, method)(address)
        inside = PUBLISH if name in ("revisions_unschedule", "collect_workflow_action_data", "workflow_preview") else EDIT
        if kind == "anonymous":
            assert "/login/" in response["Location"], name
        elif kind in inside:
            assert response.status_code in (200, 302, 405), name
            assert not refused(response) or method == "post", name
        elif name != "workflow_preview" or kind not in EDIT:
            assert refused(response) or response.status_code == 405, name
    dataset.refresh_from_db()
    assert not dataset.live
