"""Pages as data: everything readers see, nothing that only the editor understands."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale, PageViewRestriction, get_page_models

from pages.api.representation import detailed
from pages.models import BasePage, Term

from .conftest import EVICTION, VACCINATION, page_of

pytestmark = pytest.mark.usefixtures("city")
LIST = "/api/v1/pages/"


def get(client: Client, address: str, **parameters: str) -> Any:
    answer = client.get(address, parameters)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_pages_are_listed_by_type_language_and_topic(client: Client) -> None:
    answer = get(client, LIST, type="rights_guide")
    assert answer["count"] == 3
    assert {page["language"] for page in answer["results"]} == {"km", "en", "zh-hans"}
    (page,) = get(client, LIST, type="rights_guide", locale="km")["results"]
    assert page["title"] == "ធ្វើអ្វី ពេលទទួលបានលិខិតបណ្តេញចេញ"
    assert page["url"] == f"http://localhost:8000/km/{EVICTION}"
    assert page["is_sample"] is True
    slugs = {page["slug"] for page in get(client, LIST, topic="health", locale="en")["results"]}
    assert slugs == {"health", "vaccination"}


def test_lists_come_in_pages(client: Client) -> None:
    first = get(client, LIST, limit="5")
    assert len(first["results"]) == 5
    second = get(client, first["next"])
    assert not {page["id"] for page in first["results"]} & {page["id"] for page in second["results"]}


def test_a_page_has_its_typed_fields_blocks_and_translations(client: Client) -> None:
    page = get(client, f"{LIST}{page_of('eviction-notice', 'en').pk}/")
    assert page["type"] == "rights_guide"
    assert page["sdgs"] == ["1", "11", "16"]
    assert page["signed_by"] is None
    assert page["change_notes"][0]["note"] == "Checked again"
    assert {translation["language"] for translation in page["translations"]} == {"km", "en", "zh-hans"}
    content = page["content"]
    assert content["reviewed_on"] == "2026-10-01"
    assert content["owner"] == "Sample working group"
    assert content["steps"][0]["value"]["title"] == "Read the notice"
    assert '<a href="https://www.un.org/">UN</a>' in content["steps"][0]["value"]["text"]
    assert content["legal_basis"][0]["value"]["url"].startswith("https://www.refworld.org/")
    assert content["places"][0]["value"] == {
        "id": "sample-legal-aid",
        "kind": "legal_aid",
        "title": "Legal aid office (sample)",
        "url": "/en/place/sample-legal-aid/",
    }
    assert [block["type"] for block in content["body"]] == ["heading", "paragraph", "callout"]


def test_a_page_is_found_by_its_path_in_its_source_language_if_need_be(client: Client) -> None:
    page = get(client, LIST, path=f"/en/{VACCINATION}")
    assert (page["language"], page["is_fallback"]) == ("en", False)
    page = get(client, LIST, path=f"/zh-hans/{VACCINATION}")
    assert (page["language"], page["is_fallback"]) == ("km", True)
    assert get(client, LIST, path="/km/")["type"] == "home"


def test_a_moved_page_says_where_it_went(client: Client) -> None:
    page = page_of("vaccination", "km")
    page.slug = "vaccines"
    page.save_revision().publish()
    found = get(client, LIST, path=f"/km/{VACCINATION}")
    assert (found["redirected_from"], found["address"]) == (f"/km/{VACCINATION}", "/km/health/vaccines/")
    assert get(client, LIST, path=found["address"])["redirected_from"] is None


def test_a_cursor_walks_the_whole_list_once(client: Client) -> None:
    seen: list[int] = []
    address = f"{LIST}?cursor=&limit=4&fields=id"
    while address:
        answer = client.get(address)
        body = answer.json()
        seen += [page["id"] for page in body["results"]]
        assert all(set(page) == {"id"} for page in body["results"])
        assert ('rel="next"' in answer.get("Link", "")) == bool(body["next"])
        address = body["next"]
    assert sorted(seen) == sorted(page["id"] for page in get(client, LIST, limit="100")["results"])
    assert client.get(LIST, {"cursor": "ក"}).status_code == 400


def test_menus_and_words_around_the_pages_in_the_readers_language(client: Client) -> None:
    menus = get(client, "/api/v1/navigation/", locale="zh-hans")
    health = next(section for section in menus["sections"] if section["url"] == "/zh-hans/health/")
    assert [(child["url"], child["language"]) for child in health["children"]] == [(f"/zh-hans/{VACCINATION}", "km")]
    assert "/zh-hans/privacy/" in {link["url"] for link in menus["menu"]}
    words = get(client, "/api/v1/interface/", locale="km")["strings"]
    assert words["Skip to the content"] == "រំលងទៅមាតិកា"
    assert get(client, "/api/v1/interface/", locale="en")["strings"].keys() == words.keys()
    assert all(words.values())
    assert client.get("/api/v1/navigation/", {"locale": "fr"}).status_code == 400


@pytest.mark.parametrize("path", ["/km/nothing/", "/fr/health/", "health", "/"])
def test_a_path_without_page_is_a_json_404(client: Client, path: str) -> None:
    answer = client.get(LIST, {"path": path})
    assert answer.status_code == 404
    assert "json" in answer["Content-Type"]


def test_drafts_and_private_pages_are_nobody_s_business(client: Client) -> None:
    draft, private = page_of("vaccination", "km"), page_of("eviction-notice", "km")
    draft.unpublish()
    PageViewRestriction.objects.create(page=private.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    for page in (draft, private):
        assert client.get(f"{LIST}{page.pk}/").status_code == 404
        assert page.pk not in {listed["id"] for listed in get(client, LIST, limit="100")["results"]}
    assert "km" not in {t["language"] for t in get(client, f"{LIST}{page_of('eviction-notice', 'en').pk}/")["translations"]}


def test_an_unchanged_page_costs_a_304(client: Client) -> None:
    address = f"{LIST}{page_of('vaccination', 'km').pk}/"
    etag = client.get(address)["ETag"]
    assert client.get(address, headers={"if-none-match": etag}).status_code == 304


def test_a_wrong_question_is_told_what_is_wrong(client: Client) -> None:
    assert client.get(LIST, {"type": "blog"}).status_code == 400
    assert client.get(LIST, {"locale": "fr"}).status_code == 400


def test_a_picture_comes_in_sizes_with_its_description(
    client: Client, work: Callable[[], None], django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        image = get_image_model().objects.create(title="ផែនទី", file=get_test_image_file("map.png", size=(700, 350)))
    page = page_of("eviction-notice", "km")
    value = {"image": image.pk, "alt_text": "ផែនទីផ្លូវទៅសាលាខណ្ឌ", "decorative": False}
    page.body = json.dumps([{"type": "picture", "value": value}])
    page.save_revision().publish()
    assert "<img" not in client.get(f"/km/{EVICTION}").content.decode(), "no request waits for a picture to be made"
    work()
    (block,) = get(client, f"{LIST}{page.pk}/")["content"]["body"]
    assert block["value"]["alt"] == "ផែនទីផ្លូវទៅសាលាខណ្ឌ"
    sizes = [(one["width"], one["height"], one["format"]) for one in block["value"]["renditions"]]
    assert sizes == [(*size, kind) for kind in ("avif", "webp", "jpeg") for size in ((320, 160), (640, 320), (700, 350))]
    shown = client.get(f"/km/{EVICTION}").content.decode()
    assert 'alt="ផែនទីផ្លូវទៅសាលាខណ្ឌ"' in shown
    small = block["value"]["renditions"][0]["url"].removeprefix("http://localhost:8000")
    assert small in shown
    picture = client.get(small)
    assert picture["Content-Type"] == "image/avif"
    assert re.search(r'<img src="[^"]+" width="700" height="350" alt="[^"]+" loading="lazy"', shown)
    assert (
        client.get(f"/media/{image.file.name}").status_code == 404
    )  # the file itself may hold more than it shows, such as where it was taken


def test_unusual_words_are_explained(client: Client) -> None:
    Term.objects.create(term_km="បណ្តេញចេញ", explanation_km="ត្រូវបង្ខំឱ្យចាកចេញពីផ្ទះ។")
    page = get(client, f"{LIST}{page_of('eviction-notice', 'km').pk}/")
    assert page["terms"] == [{"term": "បណ្តេញចេញ", "explanation": "ត្រូវបង្ខំឱ្យចាកចេញពីផ្ទះ។", "source": None}]


@pytest.mark.parametrize("page_type", [model for model in get_page_models() if issubclass(model, BasePage)])
def test_no_field_of_a_page_is_kept_from_the_api(page_type: type[BasePage]) -> None:
    common = {field.name for field in BasePage._meta.get_fields()}
    own = {field.name for field in page_type._meta.get_fields() if field.concrete and not field.auto_created} - common
    content = detailed(page_type(title="សាកល្បង", locale=Locale.objects.get(language_code="km")), [])["content"]
    assert {name.removesuffix("_office") for name in own} <= set(content) | {"basepage_ptr"}
