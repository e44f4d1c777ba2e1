"""Where to go: when a place is open, how far it is, what its page says."""

import json
import re
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.translation import override

from datasets.models import Dataset
from datasets.services.publish_own_records import publish_own_records
from pages.models import Place, RightsGuide
from pages.opening import read_opening

from .conftest import EVICTION, VACCINATION

Work = Callable[[], None]
HOURS = "Mo-Fr 07:30-11:30,14:00-17:00; Sa 08:00-12:00; 2026 Nov 24-25 off"


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Phnom_Penh"))


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-11-23T08:00", "Open now, until 11:30"),
        ("2026-11-23T11:30", "Closed now, opens today at 14:00"),
        ("2026-11-23T18:00", "Closed now, opens Thursday at 07:30"),
        ("2026-11-28T12:00", "Closed now, opens Monday at 07:30"),
    ],
)
def test_hours_say_whether_it_is_open(now: str, words: str) -> None:
    moment = local(now)
    with override("en"):
        assert next(read_opening(HOURS).spans(moment)).words(moment) == words
        assert next(read_opening(HOURS).spans(moment.astimezone(ZoneInfo("UTC")))).words(moment) == words


def test_a_place_that_never_closes_says_so_before_and_after_midnight() -> None:
    for moment in (local("2026-11-23T23:59"), local("2026-11-24T00:00")):
        (span,) = read_opening("24/7").spans(moment)
        with override("en"):
            assert span.words(moment) == "Open now, day and night"
    (night, *_rest) = read_opening("Fr 20:00-24:00; Sa 00:00-02:00").spans(local("2026-11-27T21:00"))
    assert (night.start, night.end) == (local("2026-11-27T20:00"), local("2026-11-28T02:00"))


@pytest.mark.parametrize(
    ("language", "closed", "again"),
    [
        ("km", ("24 វិច្ឆិកា 2026", "បិទ"), "10 ធ្នូ 2026"),
        ("en", ("24 November 2026", "closed"), "10 December 2026"),
        ("zh-hans", ("2026年11月24日", "关闭"), "2026年12月10日"),
    ],
)
def test_days_off_are_written_out_in_the_readers_language(language: str, closed: tuple[str, str], again: str) -> None:
    now = local("2026-11-24T09:00")
    opening = read_opening("2026 Nov 24 off; 2026 Dec 10 08:00-12:00")
    with override(language):
        assert opening.table(now)[7] == closed
        assert again in next(opening.spans(now)).words(now)


def test_hours_over_the_end_of_the_week_and_lists_of_days() -> None:
    opening = read_opening("Sa-Mo 09:00-10:00; We,Fr 08:00-09:00")
    assert {day for day, spans in opening.week.items() if spans} == {5, 6, 0, 2, 4}


@pytest.mark.parametrize(
    "text", ["ព្រឹក", "Mo 8-12", "Mo 12:00-08:00", "Mo 08:00-25:00", "Mo 08:61-09:00", "Mo 08:00-10:00,09:00-11:00", "2026 Feb 30 off"]
)
def test_hours_that_cannot_be_read_are_told_in_words(text: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(text)):
        read_opening(text)


@pytest.fixture
def places(city: None) -> None:
    for slug, name, latitude, services in (
        ("near", "មណ្ឌលជិត", "10.63", "ចាក់វ៉ាក់សាំង"),
        ("far", "មណ្ឌលឆ្ងាយ", "11.10", "ពិនិត្យផ្ទៃពោះ; ចាក់វ៉ាក់សាំង"),
        ("between", "មណ្ឌលកណ្តាល", "10.80", "អត្តសញ្ញាណប័ណ្ណ"),
    ):
        place = Place(slug=slug, kind="health", name_km=name, services_km=services, latitude=latitude, longitude="103.52", is_sample=True)
        place.opening = "24/7"
        place.full_clean()
        place.save()


def listed(html: str) -> list[str]:
    return re.findall(r'<h3><a href="/km/place/([\w-]+)/"', html)


def test_places_stand_by_their_distance_from_a_commune(places: None, client: Client) -> None:
    html = client.get("/km/places/?commune=180102&kind=health", follow=True).content.decode()
    assert listed(html)[:2] == ["near", "sample-health-centre"]
    assert listed(html)[2:] == ["between", "far"]
    assert "សង្កាត់២" in html
    assert listed(client.get("/km/place/?service=ចាក់វ៉ាក់សាំង").content.decode()) == ["far", "near"]
    assert listed(client.get("/km/place/?kind=school").content.decode()) == []
    assert client.get("/km/place/?commune=999999&kind=x&service=x").status_code == 400


def test_a_place_tells_when_it_is_open_and_where_it_is(places: None, client: Client) -> None:
    Place.objects.filter(slug="near").update(access=["step_free"], languages=["km", "csx"], directions_km="ក្បែរផ្សារ")
    html = client.get("/en/place/near/").content.decode()
    assert "Open now, day and night" in html
    assert html.count("<tr><th scope") == 7
    for words in ("Cambodian sign language", "Entrance without steps", 'href="geo:10.630000,103.520000"', "<svg", "ក្បែរផ្សារ"):
        assert words in html
    assert '<svg class="outline"' not in client.get("/en/place/sample-legal-aid/").content.decode()


def test_a_guide_finds_the_nearest_place_but_a_sensitive_one_asks_for_no_commune(places: None, client: Client) -> None:
    html = client.get(f"/km/{VACCINATION}?commune=180102").content.decode()
    assert listed(html) == ["near", "sample-health-centre", "between"]
    assert listed(client.get(f"/km/{VACCINATION}").content.decode()) == ["sample-health-centre"]
    assert 'name="commune"' in html
    RightsGuide.objects.filter(slug="eviction-notice").update(sensitive="yes")
    quiet = client.get(f"/km/{EVICTION}?commune=180102").content.decode()
    assert 'name="commune"' not in quiet
    assert "?kind=legal_aid" in quiet
    Place.objects.filter(slug="far").update(kind="legal_aid")
    quiet = client.get(f"/km/{EVICTION}").content.decode()
    nearest = quiet.split("អ្នកណានៅជិតឃុំ ឬសង្កាត់ខ្ញុំជាងគេ")[1].split("</details>")[0]
    assert "មណ្ឌលឆ្ងាយ" in nearest
    assert "សង្កាត់២" in nearest, "each commune stands beside its nearest help, so nobody has to say where they live"


def test_the_sheet_keeps_the_nearest_and_on_a_sensitive_page_names_each_commune_s_own(places: None, client: Client) -> None:
    html = client.get(f"/km/{VACCINATION}?commune=180102").content.decode()
    assert 'href="?sheet&amp;commune=180102"' in html
    sheet = client.get(f"/km/{VACCINATION}?sheet&commune=180102").content.decode()
    assert sheet.index("មណ្ឌលជិត") < sheet.index("គីឡូម៉ែត្រ") < sheet.index("មណ្ឌលសុខភាព (គំរូ)")
    RightsGuide.objects.filter(slug="eviction-notice").update(sensitive="yes")
    Place.objects.filter(slug__in=["near", "far"]).update(kind="legal_aid")
    quiet = client.get(f"/km/{EVICTION}?sheet").content.decode()
    helpers = re.findall(r"<li><strong>(.+?)</strong>.*?ជិតឃុំ សង្កាត់៖ (.+?)</span>", quiet)
    assert {name for name, _communes in helpers} == {"មណ្ឌលជិត", "មណ្ឌលឆ្ងាយ"}
    assert [name for name, communes in helpers if "សង្កាត់២" in communes] == ["មណ្ឌលជិត"]
    assert "commune=" not in quiet


def test_the_api_lists_places_by_distance_and_tells_what_is_wrong(places: None, client: Client) -> None:
    answer = client.get("/api/v1/places/?kind=health&near=10.63,103.52").json()
    assert [(place["id"], place["distance"]) for place in answer["results"]][0] == ("near", 0)
    assert [place["id"] for place in answer["results"]] == ["near", "sample-health-centre", "between", "far"]
    assert answer["results"][0]["name_translated"] == {"km": "មណ្ឌលជិត"}
    place = client.get("/api/v1/places/far/").json()
    assert (place["open_now"], place["is_sample"], place["distance"]) == (True, True, None)
    assert client.get("/api/v1/places/nowhere/").status_code == 404
    for wrong in ("near=ក", "near=1", "near=91,0", "near=nan,0", "kind=palace"):
        assert client.get(f"/api/v1/places/?{wrong}").status_code == 400


def test_places_are_a_dataset_with_points_and_a_mark_on_samples(places: None, work: Work, client: Client) -> None:
    publish_own_records()
    work()
    resource = Dataset.objects.get(name="places").resources.get()
    features = json.loads(client.get(f"/resource/{resource.uuid}/export.geojson").getvalue())["features"]
    (near,) = [feature for feature in features if feature["properties"]["slug"] == "near"]
    assert near["geometry"]["coordinates"] == [103.52, 10.63]
    assert near["properties"]["is_sample"] is True
    assert resource.current.error_count == 0
