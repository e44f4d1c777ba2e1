"""Moderation by the buttons under a dataset's form, as people use them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Workflow

from datasets.models import Capacity, Dataset, Resource

from .factories import DatasetFactory, member
from .sending import send

pytestmark = pytest.mark.django_db


def press(client: Client, dataset: Dataset, **changed: Any) -> None:
    """Open the form, leave everything as it is but `changed`, and press a button."""
    address = reverse("wagtailsnippets_datasets_dataset:edit", args=[dataset.pk])
    form = client.get(address).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    data = {name: value for name, value in shown.items() if value not in (None, False)}
    assert client.post(address, data | changed).status_code == 302
    dataset.refresh_from_db()


def test_a_dataset_approved_under_its_form_is_published() -> None:
    dataset = DatasetFactory(live=False)
    editor, admin = (member(dataset.organization, capacity) for capacity in (Capacity.EDITOR, Capacity.ADMIN))
    dataset.save_revision(user=editor)
    Workflow.objects.get(name="Data moderation").start(dataset, editor)
    client = Client()
    client.force_login(admin)
    press(client, dataset, **{"action-workflow-action": "true", "workflow-action-name": "approve"})
    assert not dataset.workflow_in_progress
    assert dataset.live


def test_what_the_moderator_changed_while_approving_is_approved_anew() -> None:
    dataset = DatasetFactory(live=False)
    editor, admin = (member(dataset.organization, capacity) for capacity in (Capacity.EDITOR, Capacity.ADMIN))
    dataset.save_revision(user=editor)
    Workflow.objects.get(name="Data moderation").start(dataset, editor)
    client = Client()
    client.force_login(admin)
    press(client, dataset, **{"action-workflow-action": "true", "workflow-action-name": "approve", "title_km": "អណ្ដូងទឹកក្នុងភូមិ"})
    assert not dataset.live
    press(client, dataset, **{"action-workflow-action": "true", "workflow-action-name": "approve"})
    assert dataset.live
    assert dataset.title_km == "អណ្ដូងទឹកក្នុងភូមិ"


def test_approving_from_the_dashboard_leaves_no_held_file_silently_behind(resource: Resource, work: Callable[[], None]) -> None:
    dataset = resource.dataset
    Dataset.objects.filter(pk=dataset.pk).update(live=False)
    dataset.refresh_from_db()
    people = "ឈ្មោះ,ទូរស័ព្ទ\n" + "".join(f"សុខ {n},012 345 6{n:02}\n" for n in range(30))
    version = send(resource, people, confirm=True)
    work()
    version.refresh_from_db()
    assert version.held
    admin = member(dataset.organization, Capacity.ADMIN)
    dataset.save_revision(user=admin)
    state = Workflow.objects.get(name="Data moderation").start(dataset, admin)
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(admin)
    address = reverse("wagtailsnippets_datasets_dataset:workflow_action", args=[dataset.pk, "approve", state.current_task_state.pk])
    answer = client.post(address, {"comment": ""}, follow=True)
    dataset.refresh_from_db()
    assert not dataset.live
    assert version.filename in answer.content.decode()
    assert "Not approved." in answer.content.decode()
