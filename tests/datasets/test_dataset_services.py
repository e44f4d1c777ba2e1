"""Making, changing, publishing and deleting datasets and resources through services, each by everybody."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from datasets.models import Capacity, Dataset, Resource, Tag
from datasets.selectors import dataset_for, tags, visible_datasets, visible_resources
from datasets.services.datasets import create_dataset, rename_dataset, update_dataset
from datasets.services.organizations import set_membership
from datasets.services.publication import publish_dataset
from datasets.services.resources import create_resource, update_resource
from datasets.services.withdrawal import delete_dataset, delete_resource
from search.query import Query
from search.selectors import search

from .factories import DatasetFactory, GroupFactory, OrganizationFactory, ResourceFactory, UserFactory, member

pytestmark = pytest.mark.django_db
FIELDS = {"title_km": "តំបន់ទឹកជំនន់", "title_en": "Flood zones", "summary_km": "តំបន់ដែលលិចទឹក"}


@pytest.fixture
def organization() -> Any:
    return OrganizationFactory()


@pytest.fixture
def admin(organization: Any) -> Any:
    return member(organization, Capacity.ADMIN)


@pytest.fixture
def editor(organization: Any) -> Any:
    return member(organization, Capacity.EDITOR)


def test_a_dataset_is_drafted_by_an_editor_and_published_by_an_admin(organization: Any, editor: Any, admin: Any) -> None:
    group = GroupFactory()
    dataset = create_dataset(
        user=editor, organization=organization, name="flood-zones", fields=FIELDS, tags=["ទឹកជំនន់", "Flood"], groups=[group]
    )
    assert not visible_datasets().exists()
    assert visible_datasets(editor).get() == dataset
    with pytest.raises(PermissionDenied):
        publish_dataset(dataset=dataset, user=editor)
    publish_dataset(dataset=dataset, user=admin)
    public = dataset_for(None, "flood-zones")
    assert {tag.name for tag in public.tags.all()} == {"ទឹកជំនន់", "Flood"}
    assert list(public.groups.all()) == [group]
    assert public.title_en == "Flood zones"


def test_only_editors_of_the_organization_make_datasets(organization: Any) -> None:
    for user in (UserFactory(), member(organization, Capacity.MEMBER), member(OrganizationFactory(), Capacity.ADMIN)):
        with pytest.raises(PermissionDenied):
            create_dataset(user=user, organization=organization, name="flood-zones", fields=FIELDS)


@pytest.mark.parametrize(
    ("name", "fields", "wrong"),
    [
        ("flood zones", FIELDS, "name"),
        ("taken", FIELDS, "name"),
        ("free", {}, "title_km"),
        ("free", {**FIELDS, "organization_id": 1}, "organization_id"),
        ("free", {**FIELDS, "sdgs": ["99"]}, "sdgs"),
        ("free", {**FIELDS, "coverage_start": "2026-02-01", "coverage_end": "2025-02-01"}, "coverage_end"),
    ],
)
def test_what_is_wrong_is_said_by_field(organization: Any, editor: Any, name: str, fields: Any, wrong: str) -> None:
    DatasetFactory(name="taken")
    with pytest.raises(ValidationError) as refused:
        create_dataset(user=editor, organization=organization, name=name, fields=fields)
    assert wrong in refused.value.message_dict


def test_an_editors_change_to_a_public_dataset_waits_for_an_admin(organization: Any, editor: Any, admin: Any) -> None:
    dataset = DatasetFactory(organization=organization)
    update_dataset(user=editor, dataset=dataset, fields={"title_en": "Draft title"}, tags=["កម្ពុជា"])
    assert Dataset.objects.get().title_en == "Villages of Preah Sihanouk province"
    assert not tags().exists()
    update_dataset(user=admin, dataset=dataset, fields={"summary_en": "Every village"})
    published = Dataset.objects.get()
    assert (published.title_en, published.summary_en) == ("Draft title", "Every village")
    assert [tag.name for tag in tags()] == ["កម្ពុជា"]


def test_a_drafts_row_follows_what_was_saved(organization: Any, editor: Any) -> None:
    dataset = create_dataset(user=editor, organization=organization, name="flood-zones", fields=FIELDS)
    update_dataset(user=editor, dataset=dataset, fields={"title_en": "Better"}, tags=["ទឹកជំនន់"])
    row = dataset_for(editor, "flood-zones")
    assert (row.title_en, [tag.name for tag in row.tags.all()]) == ("Better", ["ទឹកជំនន់"])


def test_tags_differing_in_case_or_composition_are_one(organization: Any, editor: Any) -> None:
    create_dataset(user=editor, organization=organization, name="one", fields=FIELDS, tags=["Flood", "cafe\u0301"])
    create_dataset(user=editor, organization=organization, name="two", fields=FIELDS, tags=["flood", "café", "flood"])
    assert Tag.objects.count() == 2


def test_a_withdrawn_dataset_is_gone_for_the_public_only(organization: Any, editor: Any, admin: Any) -> None:
    dataset = DatasetFactory(organization=organization)
    dataset.unpublish(user=admin)
    assert not visible_datasets().exists()
    assert visible_datasets(editor).exists()


def test_a_deleted_dataset_is_gone_and_its_name_stays_taken(organization: Any, editor: Any, admin: Any) -> None:
    dataset = DatasetFactory(organization=organization, name="flood-zones")
    with pytest.raises(PermissionDenied):
        delete_dataset(dataset=dataset, user=editor)
    delete_dataset(dataset=dataset, user=admin)
    assert not visible_datasets(admin).exists()
    with pytest.raises(ValidationError):
        create_dataset(user=editor, organization=organization, name="flood-zones", fields=FIELDS)


def test_an_editor_may_throw_a_draft_away(organization: Any, editor: Any) -> None:
    dataset = create_dataset(user=editor, organization=organization, name="flood-zones", fields=FIELDS)
    delete_dataset(dataset=dataset, user=editor)
    assert not visible_datasets(editor).exists()


def test_an_old_name_still_leads_to_the_dataset(organization: Any, editor: Any, admin: Any) -> None:
    dataset = DatasetFactory(organization=organization, name="old")
    with pytest.raises(PermissionDenied):
        rename_dataset(dataset=dataset, name="new", user=editor)
    rename_dataset(dataset=dataset, name="new", user=admin)
    assert dataset_for(None, "old").name == "new"
    rename_dataset(dataset=dataset, name="old", user=admin)
    assert dataset_for(None, "new").name == "old"
    with pytest.raises(ValidationError):
        rename_dataset(dataset=dataset, name="ភូមិ", user=admin)


def test_private_datasets_are_for_members(organization: Any) -> None:
    DatasetFactory(organization=organization, private=True)
    resource = ResourceFactory(dataset=Dataset.objects.get(), link_url="https://example.org/a.csv")
    assert not visible_resources().exists()
    assert visible_resources(member(organization, Capacity.MEMBER)).get() == resource
    assert not visible_datasets(member(OrganizationFactory(), Capacity.ADMIN)).exists()


def test_links_in_public_datasets_need_somebody_who_may_publish(organization: Any, editor: Any, admin: Any) -> None:
    dataset = DatasetFactory(organization=organization)
    link = {"name_km": "តំណ", "link_url": "https://example.org/data.csv"}
    with pytest.raises(PermissionDenied):
        create_resource(dataset=dataset, user=editor, fields=link)
    resource = create_resource(dataset=dataset, user=admin, fields=link)
    assert visible_resources().get() == resource
    for forbidden in (
        lambda: update_resource(resource=resource, user=editor, fields={}),
        lambda: delete_resource(resource=resource, user=editor),
    ):
        with pytest.raises(PermissionDenied):
            forbidden()
    second = create_resource(dataset=dataset, user=editor, fields={"name_km": "ឯកសារ"})
    assert second.position == 1
    with pytest.raises(PermissionDenied):
        update_resource(resource=second, user=editor, fields={"link_url": "https://example.org/b.csv"})
    delete_resource(resource=resource, user=admin)
    assert not visible_resources().exists()
    assert Resource.objects.count() == 2


def test_admins_say_who_belongs_to_their_organization(organization: Any, editor: Any, admin: Any) -> None:
    newcomer = UserFactory()
    with pytest.raises(PermissionDenied):
        set_membership(organization=organization, member=newcomer, capacity=Capacity.ADMIN, user=editor)
    set_membership(organization=organization, member=newcomer, capacity=Capacity.EDITOR, user=admin)
    assert newcomer.has_perm("wagtailadmin.access_admin")
    set_membership(organization=organization, member=newcomer, capacity=None, user=admin)
    assert not organization.memberships.filter(user=newcomer).exists()


def test_publishing_editing_and_deleting_show_up_in_search(work: Any, organization: Any, admin: Any) -> None:
    def found(text: str) -> list[str]:
        return [hit.kind for hit in search(Query(text=text, filters={"kind": ["dataset", "resource"]})).hits]

    dataset = create_dataset(user=admin, organization=organization, name="flood-zones", fields=FIELDS, tags=["ទឹកជំនន់"])
    work()
    assert found("តំបន់ទឹកជំនន់") == []
    publish_dataset(dataset=dataset, user=admin)
    work()
    assert found("តំបន់ទឹកជំនន់") == ["dataset"]
    create_resource(
        dataset=dataset, user=admin, fields={"name_km": "ផែនទី", "name_en": "Hazard map", "link_url": "https://example.org/m.csv"}
    )
    work()
    assert sorted(found("hazard map")) == ["dataset", "resource"]
    delete_dataset(dataset=dataset, user=admin)
    work()
    assert found("តំបន់ទឹកជំនន់") == []
