"""One ASCII address for a page in all languages; whoever kept the old one is led to the new one, in every language."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield
from wagtail_localize.models import TranslationSource

from pages.services.publish_translation import publish_translation

from .conftest import EVICTION, VACCINATION, page_of

pytestmark = pytest.mark.usefixtures("city")


Rename = Callable[[str, str], None]


@pytest.fixture
def rename(django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]) -> Rename:
    """Give the Khmer page another slug and publish it, with all that follows from it."""

    def do(slug: str, new: str) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            page = page_of(slug, "km")
            page.slug = new
            page.save_revision().publish()

    return do


@pytest.mark.parametrize("language", ["km", "en", "zh-hans"])
def test_a_renamed_page_is_found_at_its_old_address(client: Client, rename: Rename, language: str) -> None:
    rename("eviction-notice", "asked-to-leave")
    answer = client.get(f"/{language}/{EVICTION}")
    assert answer.status_code == 301
    assert answer["Location"] == f"/{language}/land-and-housing/asked-to-leave/"
    assert client.get(answer["Location"]).context["reading"].content_language == language


@pytest.mark.parametrize("language", ["km", "en", "zh-hans"])
def test_a_renamed_page_without_translation_is_found_too(client: Client, rename: Rename, language: str) -> None:
    rename("vaccination", "vaccines")
    answer = client.get(f"/{language}/{VACCINATION}")
    assert answer.status_code == 301
    assert answer["Location"] == f"/{language}/health/vaccines/"
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize("language", ["km", "en", "zh-hans"])
def test_what_stands_below_a_renamed_topic_is_found(client: Client, rename: Rename, language: str) -> None:
    rename("land-and-housing", "housing")
    answer = client.get(f"/{language}/{EVICTION}")
    assert answer.status_code == 301
    assert client.get(answer["Location"]).status_code == 200
    assert answer["Location"] == f"/{language}/housing/eviction-notice/"


def test_translators_do_not_bring_the_old_address_back(rename: Rename) -> None:
    rename("eviction-notice", "asked-to-leave")
    source = TranslationSource.objects.get(object_id=page_of("asked-to-leave", "km").translation_key)
    assert publish_translation(source=source, locale=Locale.objects.get(language_code="en")).slug == "asked-to-leave"


def test_a_moved_page_is_found_at_its_old_address(client: Client) -> None:
    for language in ("km", "en", "zh-hans"):
        page_of("eviction-notice", language).move(page_of("health", language), pos="last-child")
    for language in ("km", "en", "zh-hans"):
        assert client.get(f"/{language}/{EVICTION}")["Location"] == f"/{language}/health/eviction-notice/"


def test_khmer_words_make_no_address(sign_in: Callable[..., Client]) -> None:
    """Wagtail would make of ដីធ្លី and ដធល the same letters: it must ask for Latin ones instead."""
    topic = page_of("health", "km")
    empty = nested_form_data({"body": streamfield([]), "comments": inline_formset([])})
    fields = {**empty, "title": "ដីធ្លី", "slug": "ដីធ្លី", "summary": ""}
    answer = sign_in().post(reverse("wagtailadmin_pages:add", args=["pages", "plainpage", topic.pk]), fields)
    assert answer.status_code == 200
    assert "slug" in answer.context["form"].errors
