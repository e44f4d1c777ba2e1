"""wagtail-localize publishes from its editor without a workflow and fills gaps with source text. Here neither happens."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import MissingTranslationError, StringTranslation, Translation, TranslationSource

from pages.services.publish_translation import publish_translation

from .conftest import EVICTION, page_of

pytestmark = pytest.mark.usefixtures("city")


def edit_source(text: str) -> TranslationSource:
    """Change the Khmer summary, publish it, and hand the new text to the translators."""
    page = page_of("eviction-notice", "km")
    page.summary = text
    page.save_revision().publish()
    source, _ = TranslationSource.update_or_create_from_instance(page)
    return source


def translate(source: TranslationSource, text: str) -> None:
    segment = source.stringsegment_set.get(context__path="summary")
    StringTranslation.objects.update_or_create(
        translation_of=segment.string,
        locale=Locale.objects.get(language_code="en"),
        context=segment.context,
        defaults={"data": text, "translation_type": "manual"},
    )


def press_publish(browser: Client) -> None:
    browser.post(reverse("wagtailadmin_pages:edit", args=[page_of("eviction-notice", "en").pk]), {"action": "publish"})


def test_publishing_the_source_leaves_live_translations_as_they_were(client: Client) -> None:
    edit_source("សេចក្តីសង្ខេបថ្មី")
    html = client.get(f"/en/{EVICTION}").content.decode()
    assert "You have the right to ask why, and to ask for time." in html
    assert "សេចក្តីសង្ខេបថ្មី" not in html


def test_an_incomplete_translation_cannot_be_published_by_the_service() -> None:
    source = edit_source("សេចក្តីសង្ខេបថ្មី")
    with pytest.raises(MissingTranslationError):
        publish_translation(source=source, locale=Locale.objects.get(language_code="en"))
    assert page_of("eviction-notice", "en").summary == "You have the right to ask why, and to ask for time."


def test_an_incomplete_translation_cannot_be_published_from_the_editor(client: Client, sign_in: Callable[..., Client]) -> None:
    edit_source("សេចក្តីសង្ខេបថ្មី")
    press_publish(sign_in("reviewer"))
    html = client.get(f"/en/{EVICTION}").content.decode()
    assert "សេចក្តីសង្ខេបថ្មី" not in html


def test_a_reviewer_publishes_a_complete_translation_from_the_editor(client: Client, sign_in: Callable[..., Client]) -> None:
    translate(edit_source("សេចក្តីសង្ខេបថ្មី"), "A new summary.")
    press_publish(sign_in("reviewer"))
    assert "A new summary." in client.get(f"/en/{EVICTION}").content.decode()


def test_a_translator_translates_but_does_not_publish(client: Client, sign_in: Callable[..., Client]) -> None:
    source = edit_source("សេចក្តីសង្ខេបថ្មី")
    browser = sign_in("translator")
    assert browser.get(reverse("wagtailadmin_pages:edit", args=[page_of("eviction-notice", "en").pk])).status_code == 200
    translation = Translation.objects.get(source=source, target_locale__language_code="en")
    segment = source.stringsegment_set.get(context__path="summary")
    put = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    assert browser.put(put, "value=A+new+summary.", content_type="application/x-www-form-urlencoded").status_code in (200, 201)
    press_publish(browser)
    assert "A new summary." not in client.get(f"/en/{EVICTION}").content.decode()


def sync(browser: Client, source: TranslationSource) -> None:
    browser.post(reverse("wagtail_localize:update_translations", args=[source.pk]), {"publish_translations": "on"})


def test_syncing_translated_pages_publishes_only_what_is_complete(client: Client, sign_in: Callable[..., Client]) -> None:
    source = edit_source("សេចក្តីសង្ខេបថ្មី")
    translate(source, "A new summary.")
    sync(sign_in(), source)
    assert "A new summary." in client.get(f"/en/{EVICTION}").content.decode()
    assert "您有权询问原因" in client.get(f"/zh-hans/{EVICTION}").content.decode(), "the Chinese text waits for its translator"


def test_syncing_translated_pages_publishes_nothing_for_a_translator(client: Client, sign_in: Callable[..., Client]) -> None:
    source = edit_source("សេចក្តីសង្ខេបថ្មី")
    translate(source, "A new summary.")
    sync(sign_in("translator"), source)
    assert "A new summary." not in client.get(f"/en/{EVICTION}").content.decode()


def test_a_signature_stays_with_the_text_it_was_given_to(client: Client, sign_in: Callable[..., Client]) -> None:
    browser = sign_in("reviewer")
    browser.post(reverse("pages_sign", args=[page_of("eviction-notice", "zh-hans").pk]), {"name": "李明"})
    assert "李明" in client.get(f"/zh-hans/{EVICTION}").content.decode()
    assert client.get(f"/km/{EVICTION}").context["reading"].needs_signature
    translate(edit_source("សេចក្តីសង្ខេបថ្មី"), "A new summary.")
    press_publish(browser)
    assert "李明" in client.get(f"/zh-hans/{EVICTION}").content.decode()


@pytest.mark.parametrize("role", ["author", "translator"])
def test_only_those_who_publish_sign(sign_in: Callable[..., Client], role: str) -> None:
    page = page_of("eviction-notice", "km")
    sign_in(role).post(reverse("pages_sign", args=[page.pk]), {"name": "នរណាម្នាក់"})
    page.refresh_from_db()
    assert page.reviewed_by == ""
