"""The way of a file: received, read, confirmed, checked, published."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django_tasks_db.models import DBTaskResult

from datasets.models import Capacity, State, Version
from datasets.services.detect_version import detect_version
from datasets.services.publication import NotPublishable, publish_dataset, publish_version
from datasets.services.resume_versions import resume_versions
from datasets.services.validate_version import validate_version
from datasets.services.versions import NotConfirmable, confirm_version, revise_version
from search.models import OutboxEntry

from .factories import DatasetFactory, ResourceFactory, UserFactory, member
from .sending import FAULTY, VILLAGES, accept, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folders")]
Work = Callable[[], None]


def test_a_table_waits_for_confirmation_and_is_then_checked(work: Work) -> None:
    version = send(ResourceFactory(), VILLAGES)
    work()
    version.refresh_from_db()
    assert version.state == State.DETECTED
    assert [field["name"] for field in version.schema["fields"]] == ["កូដ", "ឈ្មោះ", "ប្រជាជន"]
    accept(version)
    work()
    version.refresh_from_db()
    assert (version.state, version.row_count, version.error_count) == (State.VALID, 2, 0)
    assert version.parquet_path.is_file()
    assert version.published is None


def test_a_program_is_asked_nothing_and_published_where_it_may(work: Work) -> None:
    resource = ResourceFactory()
    version = send(resource, VILLAGES, confirm=True, publish=True)
    work()
    resource.refresh_from_db()
    assert resource.current == version
    assert resource.format == "CSV"


def test_an_editor_cannot_publish_through_the_automatic_way(work: Work) -> None:
    resource = ResourceFactory()
    version = send(resource, VILLAGES, user=member(resource.dataset.organization), confirm=True, publish=True)
    work()
    version.refresh_from_db()
    assert (version.state, version.published) == (State.VALID, None)


def test_given_schemas_are_used_as_they_are(work: Work) -> None:
    schema = {"fields": [{"name": "កូដ", "type": "string", "title_translated": {"km": "កូដភូមិ"}}, {"name": "ឈ្មោះ"}, {"name": "ប្រជាជន"}]}
    schema["fields"][2]["type"] = "integer"
    version = send(ResourceFactory(), VILLAGES, confirm=True, schema=schema)
    work()
    version.refresh_from_db()
    assert version.schema == schema
    assert version.state == State.VALID


def test_faults_are_reported_and_published_only_by_who_says_so(work: Work) -> None:
    resource = ResourceFactory()
    version = send(resource, FAULTY)
    work()
    version.refresh_from_db()
    schema = {**version.schema, "fields": [{**field} for field in version.schema["fields"]]}
    schema["fields"][2]["type"] = "integer"
    confirm_version(version=version, dialect=version.dialect, schema=schema, user=version.created_by)
    work()
    version.refresh_from_db()
    assert (version.state, version.error_count) == (State.INVALID, 1)
    error = version.report["tasks"][0]["errors"][0]
    assert (error["rowNumber"], error["fieldName"], error["cell"]) == (3, "ប្រជាជន", "ច្រើន")
    with pytest.raises(NotPublishable):
        publish_version(version=version, user=version.created_by)
    publish_version(version=version, user=version.created_by, accept_errors=True)
    resource.refresh_from_db()
    assert resource.current == version


def test_the_same_bytes_again_are_recorded_as_no_change(work: Work) -> None:
    resource = ResourceFactory()
    first = send(resource, VILLAGES, confirm=True, publish=True)
    work()
    again = send(resource, VILLAGES, confirm=True, publish=True)
    work()
    again.refresh_from_db()
    resource.refresh_from_db()
    assert (again.number, again.state, again.published) == (2, State.NO_CHANGE, None)
    assert resource.current == first


def test_columns_are_described_anew_in_a_new_version(work: Work) -> None:
    resource = ResourceFactory()
    first = send(resource, VILLAGES, confirm=True, publish=True)
    work()
    first.refresh_from_db()
    with pytest.raises(NotConfirmable):
        accept(first)
    second = revise_version(version=first, user=first.created_by)
    schema = {**second.schema, "fields": [dict(field) for field in second.schema["fields"]]}
    schema["fields"][0]["title_translated"] = {"km": "កូដភូមិ", "en": "Village code"}
    confirm_version(version=second, dialect=second.dialect, schema=schema, user=first.created_by)
    work()
    second.refresh_from_db()
    assert (second.state, second.number) == (State.VALID, 2)
    third = revise_version(version=second, user=first.created_by)
    assert accept(third, first.created_by).state == State.NO_CHANGE


def test_a_mended_file_keeps_what_was_said_about_its_columns(work: Work) -> None:
    resource = ResourceFactory()
    first = send(resource, VILLAGES)
    work()
    first.refresh_from_db()
    schema = {**first.schema, "fields": [{**field, "title_translated": {"en": field["name"]}} for field in first.schema["fields"]]}
    confirm_version(version=first, dialect=first.dialect, schema=schema, user=first.created_by)
    work()
    second = send(resource, VILLAGES + "18010103,ភូមិ៣,40\n", user=first.created_by)
    work()
    second.refresh_from_db()
    assert second.state == State.DETECTED
    assert second.schema == schema


def test_a_file_that_is_no_table_is_kept_and_published_as_it_is(work: Work) -> None:
    resource = ResourceFactory()
    version = send(resource, b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", filename="របាយការណ៍.pdf", publish=True)
    work()
    resource.refresh_from_db()
    version.refresh_from_db()
    assert version.state == State.KEPT
    assert (resource.current, resource.format) == (version, "PDF")


def test_a_draft_dataset_publishes_its_waiting_data_with_itself(work: Work) -> None:
    dataset = DatasetFactory(live=False)
    admin = member(dataset.organization, Capacity.ADMIN)
    good, faulty = ResourceFactory(dataset=dataset), ResourceFactory(dataset=dataset)
    waiting = send(good, VILLAGES, user=admin, confirm=True, publish=True)
    number = {"fields": [{"name": "កូដ", "type": "string"}, {"name": "ឈ្មោះ", "type": "string"}, {"name": "ប្រជាជន", "type": "integer"}]}
    refused = send(faulty, FAULTY, user=admin, confirm=True, publish=True, schema=number)
    work()
    for version in (waiting, refused):
        version.refresh_from_db()
        assert version.published is None
    publish_version(version=waiting, user=admin)
    waiting.refresh_from_db()
    assert waiting.published is None
    publish_dataset(dataset=dataset, user=admin)
    good.refresh_from_db()
    faulty.refresh_from_db()
    assert (good.current, faulty.current) == (waiting, None)


def test_an_older_version_never_replaces_a_newer_one(work: Work) -> None:
    resource = ResourceFactory()
    admin = member(resource.dataset.organization, Capacity.ADMIN)
    first = send(resource, VILLAGES, user=admin, confirm=True)
    second = send(resource, VILLAGES + "18010103,ភូមិ៣,40\n", user=admin, confirm=True)
    work()
    publish_version(version=second, user=admin)
    publish_version(version=first, user=admin)
    resource.refresh_from_db()
    assert resource.current == second


def test_tasks_run_twice_or_killed_on_the_way_give_the_same(work: Work) -> None:
    version = send(ResourceFactory(), VILLAGES, confirm=True)
    detect_version(version=version)
    detect_version(version=version)
    Version.objects.filter(pk=version.pk).update(state=State.CHECKING)
    version.refresh_from_db()
    validate_version(version=version)
    validate_version(version=version)
    work()
    version.refresh_from_db()
    assert (version.state, version.row_count) == (State.VALID, 2)
    assert [path.name for path in Path(settings.PARQUET_DIR).iterdir()] == [version.parquet]


def test_strangers_can_do_nothing_with_a_version(work: Work) -> None:
    resource = ResourceFactory()
    version = send(resource, VILLAGES)
    work()
    version.refresh_from_db()
    editor = member(resource.dataset.organization)
    for stranger in (UserFactory(), member(DatasetFactory().organization, Capacity.ADMIN)):
        with pytest.raises(PermissionDenied):
            send(resource, FAULTY, user=stranger)
        with pytest.raises(PermissionDenied):
            accept(version, stranger)
    with pytest.raises(PermissionDenied):
        publish_version(version=version, user=editor)


def test_publishing_tells_search(work: Work) -> None:
    resource = ResourceFactory()
    version = send(resource, VILLAGES, confirm=True)
    work()
    assert not OutboxEntry.objects.exists()
    publish_version(version=version, user=version.created_by)
    assert set(OutboxEntry.objects.values_list("source", "object_pk")) == {("resource", resource.pk), ("dataset", resource.dataset_id)}


def test_a_version_whose_task_failed_is_tried_again_and_then_given_up(work: Work) -> None:
    version = send(ResourceFactory(), VILLAGES)
    DBTaskResult.objects.update(status="FAILED")
    assert resume_versions() == 1
    assert resume_versions() == 0  # it waits in the queue
    work()
    version.refresh_from_db()
    assert version.state == State.DETECTED
    stuck = send(ResourceFactory(), VILLAGES)
    for _attempt in range(3):
        DBTaskResult.objects.filter(args_kwargs__args=[stuck.pk]).update(status="FAILED")
        resume_versions()
    stuck.refresh_from_db()
    assert (stuck.state, stuck.problem["code"]) == (State.REFUSED, "engine-error")
    assert resume_versions() == 0
