"""The first page of the administration says what waits for the person who opens it, and only for them."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from datasets.models import Capacity, Organization, Resource
from pages.models import Feedback

from .factories import DatasetFactory, OrganizationFactory, member
from .uploading import confirm, signed_in, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folders")]
Work = Callable[[], None]


def first_page(browser: Client) -> str:
    return browser.get(reverse("wagtailadmin_home"), headers={"accept-language": "en"}).content.decode()


def test_a_file_waits_for_those_who_may_change_it_until_it_is_published(editor: Client, resource: Resource, work: Work) -> None:
    version = upload(editor, resource, "ឃុំ,គ្រួសារ\nរាម,12\nទួលទទឹង,14\n", "គ្រួសារ.csv")
    work()
    waits = reverse("catalogue_admin:version", args=[version.uuid])
    assert waits in first_page(editor)
    stranger = Client()
    stranger.force_login(member(OrganizationFactory(), Capacity.ADMIN))
    assert waits not in first_page(stranger)
    confirm(editor, version, {})
    work()
    publisher = signed_in(resource, Capacity.ADMIN)
    assert waits in first_page(publisher)
    publisher.post(reverse("catalogue_admin:publish_version", args=[version.uuid]))
    assert waits not in first_page(publisher)


def test_what_readers_said_waits_for_those_who_may_answer(people: Callable[[str], Client], organization: Organization) -> None:
    Feedback.objects.create(path="/land/", language="km", useful=False, missing="តើទៅរកមេធាវីនៅឯណា?")
    listed = f"{reverse('wagtailsnippets_pages_feedback:list')}?status=new"
    assert listed in first_page(people("superuser"))
    assert listed not in first_page(people("editor"))
    assert "Nothing waits for a decision of yours." in first_page(people("editor"))


def test_datasets_are_listed_in_the_language_of_who_reads(people: Callable[[str], Client], organization: Organization) -> None:
    dataset = DatasetFactory(organization=organization, title_km="អណ្ដូងទឹក", title_en="Wells")
    with translation.override("km"):
        dataset.save_revision()
    listed = people("editor").get(reverse("wagtailsnippets_datasets_dataset:list"), headers={"accept-language": "en"}).content.decode()
    assert "Wells" in listed
    assert "អណ្ដូងទឹក" not in listed
