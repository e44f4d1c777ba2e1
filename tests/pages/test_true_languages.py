"""Languages stay true to each other, and what waits for a translator is in one list."""

from collections.abc import Callable

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import Translation, TranslationSource

from pages.fidelity import differences, facts_of
from pages.models import Place

from .conftest import EVICTION, page_of
from .test_translation_editor import edit_source, press_publish, translate


@pytest.mark.parametrize(
    "same",
    [
        ("បង់ ១២.៥០០ រៀល", "Pay 12,500 riel", "支付12,500瑞尔"),
        ("មុនថ្ងៃទី 23 វិច្ឆិកា 2026", "before 23 November 2026", "2026年11月23日之前"),
        ("មុនថ្ងៃទី ២៣ ខែវិច្ឆិកា ឆ្នាំ ២០២៦", "before 2026-11-23", "２０２６年11月23日之前"),
        ("មាត្រា ៥ និង ១៦", "Articles 5 and 16", "第5条和第16条"),
        ("ក្នុងរយៈពេលបីថ្ងៃ", "within three days", "三天之内"),
        ("ប្រាំពីរខែ", "7 months", "七个月"),
        ("កម្ដៅ ៣៧,៥", "37.5 degrees", "37.5度"),
    ],
)
def test_the_same_value_is_the_same_in_three_languages(same: tuple[str, str, str]) -> None:
    assert facts_of(same[0]) == facts_of(same[1]) == facts_of(same[2])
    assert facts_of(same[0])


@pytest.mark.parametrize(
    ("khmer", "english"),
    [("មាត្រា ៥", "Article 6"), ("១២.៥០០ រៀល", "1,250 riel"), ("3 មករា 2026", "4 January 2026"), ("៣ ថ្ងៃ", "two weeks")],
)
def test_another_value_is_another(khmer: str, english: str) -> None:
    assert facts_of(khmer) != facts_of(english)


@pytest.mark.usefixtures("city")
def test_the_sample_translations_are_true() -> None:
    for language in ("en", "zh-hans"):
        assert differences(page_of("eviction-notice", "km"), page_of("eviction-notice", language)) == []


@pytest.mark.usefixtures("city")
def test_a_wrong_number_is_warned_of_at_publication_and_listed(sign_in: Callable[..., Client]) -> None:
    translate(edit_source("តវ៉ាក្នុងរយៈពេល ១៥ ថ្ងៃ"), "Object within 50 days")
    browser = sign_in("reviewer")
    press_publish(browser)
    said = browser.get(reverse("wagtailadmin_pages:edit", args=[page_of("eviction-notice", "en").pk])).content.decode()
    assert "15 ≠ 50" in said
    listed = browser.get(reverse("pages_report", args=["languages"]), {"language": "en"}).content.decode()
    assert "15 ≠ 50" in listed


@pytest.mark.usefixtures("city")
def test_one_queue_shows_pages_changed_texts_and_data(sign_in: Callable[..., Client]) -> None:
    edit_source("សេចក្តីសង្ខេបថ្មី")
    Place.objects.create(slug="school", kind="school", name_km="សាលាបឋមសិក្សា")
    browser = sign_in("translator")
    address = reverse("pages_report", args=["waiting"])
    chinese = browser.get(address, {"language": "zh-hans"}).content.decode()
    assert page_of("vaccination", "km").title in chinese, "not published in Chinese"
    assert "សេចក្តីសង្ខេបថ្មី" in chinese, "the changed text is marked"
    assert "សាលាបឋមសិក្សា" in chinese, "a place without a Chinese name"
    assert reverse("wagtailadmin_pages:edit", args=[page_of("eviction-notice", "zh-hans").pk]) in chinese, "to its editor"
    english = browser.get(address, {"language": "en"}).content.decode()
    assert page_of("vaccination", "km").title not in english


@pytest.mark.usefixtures("city")
def test_a_translation_goes_out_as_a_po_file_and_comes_back_by_hand(client: Client, sign_in: Callable[..., Client]) -> None:
    source: TranslationSource = edit_source("សេចក្តីសង្ខេបថ្មី")
    translation = Translation.objects.get(source=source, target_locale__language_code="en")
    browser = sign_in("reviewer")
    po = polib.pofile(browser.get(reverse("wagtail_localize:download_pofile", args=[translation.pk])).content.decode())
    waiting = [entry for entry in po if not entry.msgstr]
    assert [entry.msgid for entry in waiting] == ["សេចក្តីសង្ខេបថ្មី"]
    waiting[0].msgstr = "Brought back by hand."
    file = SimpleUploadedFile("guide.po", str(po).encode())
    browser.post(reverse("wagtail_localize:upload_pofile", args=[translation.pk]), {"file": file, "next": "/admin/"})
    queue = reverse("pages_report", args=["waiting"])
    assert "ប៉ុន្តែមិនទាន់បោះពុម្ពផ្សាយ" in browser.get(queue, {"language": "en"}).content.decode()
    press_publish(browser)
    assert "ប៉ុន្តែមិនទាន់បោះពុម្ពផ្សាយ" not in browser.get(queue, {"language": "en"}).content.decode()
    assert "Brought back by hand." in client.get(f"/en/{EVICTION}").content.decode()


@pytest.mark.usefixtures("city")
def test_a_po_file_from_elsewhere_is_refused_in_words_and_changes_nothing(sign_in: Callable[..., Client]) -> None:
    source: TranslationSource = edit_source("សេចក្តីសង្ខេបថ្មី")
    translation = Translation.objects.get(source=source, target_locale__language_code="en")
    browser = sign_in("reviewer")
    address = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
    for file in (b'msgid ""\nmsgstr ""\n\nmsgid "\xe1\x9e\x80"\nmsgstr "A"\n', b"", "ក\x00".encode(), b"\xff\xfe"):
        answer = browser.post(address, {"file": SimpleUploadedFile("other.po", file), "next": "/admin/"}, follow=True)
        assert answer.status_code == 200
        assert "PO file" in answer.content.decode()
    assert browser.post(address, {"next": "/admin/"}, follow=True).status_code == 200
    assert not translation.source.stringsegment_set.filter(string__translations__data="A").exists()
