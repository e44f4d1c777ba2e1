"""Who may do what in the admin: every view of a dataset by its URL, as everybody, by GET and by POST."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group as Role
from django.test import Client
from django.urls import get_resolver, reverse
from wagtail.models import Workflow

from datasets.models import Capacity, Dataset, Organization, State, Version
from datasets.models.version import DataFile

from .factories import DatasetFactory, OrganizationFactory, ResourceFactory, UserFactory, member

pytestmark = pytest.mark.django_db
SNIPPET = "wagtailsnippets_datasets_dataset"
PEOPLE = ["anonymous", "stranger", "outsider", "member", "editor", "admin", "reviewer", "superuser"]


@pytest.fixture
def organization() -> Organization:
    return OrganizationFactory(name="land-office")


@pytest.fixture
def people(organization: Organization) -> Callable[[str], Client]:
    def client(kind: str) -> Client:
        made = {
            "anonymous": lambda: None,
            "stranger": lambda: _in_role(UserFactory(), "data publisher"),
            "outsider": lambda: member(OrganizationFactory(), Capacity.ADMIN),
            "member": lambda: member(organization, Capacity.MEMBER),
            "editor": lambda: member(organization, Capacity.EDITOR),
            "admin": lambda: member(organization, Capacity.ADMIN),
            "reviewer": lambda: _in_role(member(organization, Capacity.MEMBER), "reviewer"),
            "superuser": lambda: UserFactory(is_superuser=True),
        }[kind]()
        found = Client(raise_request_exception=True)
        if made:
            found.force_login(made)
        return found

    return client


def _in_role(user: Any, name: str) -> Any:
    user.groups.add(Role.objects.get(name=name))
    return user


def form_of(dataset: Dataset, **changes: str) -> dict[str, str]:
    fields = {f"{name}_{code}": "" for name in ("title", "summary", "notes", "spatial_text") for code in ("km", "en", "zh_hans")}
    fields |= {"title_km": "ចំណងជើងថ្មី", "organization": str(dataset.organization_id), "name": dataset.name, "tags": "ទឹកជំនន់"}
    fields |= dict.fromkeys(("licence", "source_name", "source_url", "update_frequency", "coverage_start", "coverage_end"), "")
    fields |= {"spatial_code": "", "contact_name": "", "contact_email": ""}
    return fields | changes


def url(name: str, *args: Any) -> str:
    return reverse(f"{SNIPPET}:{name}", args=args)


def in_moderation(organization: Organization) -> tuple[Dataset, Any]:
    dataset = DatasetFactory(organization=organization, live=False)
    dataset.save_revision()
    state = Workflow.objects.get(name="Data moderation").start(dataset, UserFactory(is_superuser=True))
    return dataset, state.current_task_state


# What a row's view answers to each kind of person: 200 seen, 302 (login or done), 403 refused.
VIEW = {"member", "editor", "admin", "reviewer", "superuser"}
EDIT = {"editor", "admin", "reviewer", "superuser"}
PUBLISH = {"admin", "reviewer", "superuser"}
ADMINISTER = {"admin", "superuser"}
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


def refused(response: Any) -> bool:
    return response.status_code == 403 or (response.status_code == 302 and response["Location"] == reverse("wagtailadmin_home"))


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
    people(kind).post(url(name, dataset.pk))
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
    people(kind).post(f"{address}?id={mine.pk}&id={theirs.pk}")
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
        assert ("ឯកសាររបស់យើង" in _text(response)) == (kind in VIEW), address


def _text(response: Any) -> str:
    if response.headers.get("Content-Type", "").startswith("application/json"):
        return json.dumps(response.json(), ensure_ascii=False)
    return str(response.content.decode())


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


ORGANIZATION_VIEWS = {"inspect": VIEW, "edit": ADMINISTER, "history": ADMINISTER, "usage": ADMINISTER, "delete": {"superuser"}}


@pytest.mark.parametrize("kind", PEOPLE)
@pytest.mark.parametrize("name", sorted(ORGANIZATION_VIEWS))
def test_organizations_are_changed_by_their_admins(people: Any, organization: Organization, kind: str, name: str) -> None:
    response = people(kind).get(reverse(f"wagtailsnippets_datasets_organization:{name}", args=[organization.pk]))
    assert (response.status_code == 200) == (kind in ORGANIZATION_VIEWS[name])


@pytest.mark.parametrize("kind", PEOPLE)
@pytest.mark.parametrize("name", ["files", "add_resource", "upload", "edit_resource", "delete_resource", "version", "original", "report"])
def test_screens_of_files(people: Any, organization: Organization, kind: str, name: str, settings: Any, tmp_path: Any) -> None:
    settings.FILES_DIR = tmp_path
    (tmp_path / "x").write_bytes(b"a,b\n")
    resource = ResourceFactory(dataset__organization=organization)
    data_file = DataFile.objects.create(sha256="0" * 64, size=4, path="x")
    version = Version.objects.create(
        resource=resource, number=1, data_file=data_file, filename="a.csv", state=State.VALID, report={"valid": True}
    )
    of = {"files": resource.dataset.uuid, "add_resource": resource.dataset.uuid}
    of |= dict.fromkeys(("upload", "edit_resource", "delete_resource"), resource.uuid)
    response = people(kind).get(reverse(f"catalogue_admin:{name}", args=[of.get(name, version.uuid)]))
    allowed = VIEW if name in ("files", "version", "original", "report") else EDIT
    assert (response.status_code == 200) == (kind in allowed)
    if response.status_code != 200:
        assert refused(response) or "/login/" in response["Location"]


@pytest.mark.parametrize("kind", PEOPLE)
@pytest.mark.parametrize("name", ["publish_version", "keep_version", "revise_version", "delete_resource", "edit_resource"])
def test_acting_on_files(people: Any, organization: Organization, kind: str, name: str) -> None:
    resource = ResourceFactory(dataset__organization=organization, name_km="មុន")
    data_file = DataFile.objects.create(sha256="0" * 64, size=4, path="x")
    kept = {"code": "too-wide"} if name == "keep_version" else {}
    state = State.REFUSED if name == "keep_version" else State.VALID
    schema = {"fields": [{"name": "a", "type": "string"}]}
    version = Version.objects.create(
        resource=resource, number=1, data_file=data_file, filename="a.csv", state=state, problem=kept, schema=schema
    )
    row = resource if name.endswith("resource") else version
    people(kind).post(reverse(f"catalogue_admin:{name}", args=[row.uuid]), {"name_km": "ក្រោយ", "position": "0"})
    version.refresh_from_db()
    resource.refresh_from_db()
    done = {
        "publish_version": version.published is not None,
        "keep_version": version.state == State.KEPT,
        "revise_version": resource.versions.count() == 2,
        "delete_resource": resource.deleted_at is not None,
        "edit_resource": resource.name_km == "ក្រោយ",
    }[name]
    assert done == (kind in (PUBLISH if name == "publish_version" else EDIT))


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
    assert ("ឯកសាររបស់យើង" in _text(response)) == (kind in VIEW)


def test_a_draft_is_previewed_as_readers_would_see_it(people: Any, organization: Organization) -> None:
    dataset = DatasetFactory(organization=organization, live=False, tags=["ទឹកជំនន់"])
    dataset.save_revision()
    client = people("editor")
    client.post(url("preview_on_edit", dataset.pk), form_of(dataset))
    assert "ចំណងជើងថ្មី" in _text(client.get(url("preview_on_edit", dataset.pk)))


@pytest.mark.parametrize("kind", PEOPLE)
def test_members_are_managed_by_the_organizations_admins(people: Any, organization: Organization, kind: str) -> None:
    newcomer = UserFactory()
    client = people(kind)
    existing = list(organization.memberships.all())
    form = {f"{name}_{code}": "" for name in ("title", "description") for code in ("km", "en", "zh_hans")}
    form |= {"title_km": "មន្ទីរ", "name": organization.name, "url": "", "email": ""}
    form |= {"memberships-TOTAL_FORMS": str(len(existing) + 1), "memberships-INITIAL_FORMS": str(len(existing))}
    form |= {"memberships-MIN_NUM_FORMS": "0", "memberships-MAX_NUM_FORMS": "1000"}
    for number, (pk, user, capacity) in enumerate(
        [*[(str(row.pk), row.user_id, row.capacity) for row in existing], ("", newcomer.pk, Capacity.EDITOR)]
    ):
        form |= {f"memberships-{number}-id": pk, f"memberships-{number}-user": str(user), f"memberships-{number}-capacity": capacity}
    client.post(reverse("wagtailsnippets_datasets_organization:edit", args=[organization.pk]), form)
    assert organization.memberships.filter(user=newcomer).exists() == (kind in ADMINISTER)
    assert newcomer.has_perm("wagtailadmin.access_admin") == (kind in ADMINISTER)
