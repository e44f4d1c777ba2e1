"""Who may do what in the admin with organizations, their members and files: as everybody, by URL."""

from typing import Any

import pytest
from django.urls import reverse

from datasets.models import Capacity, Chart, DataFile, Organization, State, Version

from .admin_people import ADMINISTER, EDIT, PEOPLE, PUBLISH, VIEW, refused
from .factories import DatasetFactory, ResourceFactory, UserFactory

pytestmark = pytest.mark.django_db
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
    people(kind).post(reverse(f"catalogue_admin:{name}", args=[row.uuid]), {"name_km": "ក្រោយ", "position": "0", "reason": "ខុស"})
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


@pytest.mark.parametrize("kind", PEOPLE)
def test_charts_are_drawn_by_editors_shown_by_publishers_and_deleted_by_either(people: Any, organization: Organization, kind: str) -> None:
    resource = ResourceFactory(dataset__organization=organization)
    chart, shown = (Chart.objects.create(resource=resource, title_km="គ្រួសារ", is_public=public) for public in (False, True))
    browser = people(kind)
    for screen in (("add_chart", resource.uuid), ("edit_chart", chart.uuid)):
        response = browser.get(reverse(f"catalogue_admin:{screen[0]}", args=[screen[1]]))
        assert (response.status_code == 200) == (kind in EDIT)
        assert response.status_code == 200 or refused(response) or "/login/" in response["Location"]
    form = {"title_km": "គ្រួសារក្រីក្រ", "type": "bar", "x": "ស្រុក", "y": ["poor"], "aggregate": "sum", "public": "on"}
    browser.post(reverse("catalogue_admin:edit_chart", args=[chart.uuid]), form)
    for one in (chart, shown):
        browser.post(reverse("catalogue_admin:delete_chart", args=[one.uuid]))
    left = set(Chart.objects.values_list("pk", flat=True))
    assert (chart.pk not in left, shown.pk not in left) == (kind in EDIT, kind in PUBLISH)


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


@pytest.mark.parametrize(("kind", "sees"), [("outsider", False), ("stranger", False), ("member", True), ("superuser", True)])
def test_the_queue_of_translations_names_no_draft_of_another_organization(
    people: Any, organization: Organization, kind: str, sees: bool
) -> None:
    draft = DatasetFactory(organization=organization, live=False, title_km="សេចក្តីព្រាងសម្ងាត់", title_en="", title_zh_hans="")
    ResourceFactory(dataset=draft, name_km="តារាងសម្ងាត់", name_en="", name_zh_hans="")
    listed = people(kind).get(reverse("pages_report", args=["waiting"])).content.decode()
    assert ("សេចក្តីព្រាងសម្ងាត់" in listed) is sees
    assert ("តារាងសម្ងាត់" in listed) is sees
