"""Commitments, notices, courses and ambassadors: what readers, calendars, feeds, programs and searchers get of them."""

import json
from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.translation import override
from icalendar import Calendar

from datasets.models import Dataset
from datasets.services.publish_own_records import publish_own_records
from pages.models import Ambassador, Commitment, Event, Notice
from pages.nearness import outline

pytestmark = pytest.mark.usefixtures("city")
Work = Callable[[], None]


def test_a_notice_says_until_when_how_and_to_whom_to_object_and_shows_its_area(client: Client) -> None:
    html = client.get("/km/notices/plan-sangkat-2/").content.decode()
    for words in (
        "ប្លង់ប្រើប្រាស់ដីសង្កាត់២",
        "សរសេរលិខិតជាភាសាខ្មែរ",
        "សាលាសង្កាត់",
        "15 មករា 2099",
        'href="https://example.org/plan.pdf"',
        'class="area"',
    ):
        assert words in html
    assert "សេចក្តីព្រាងប្លង់" in html
    assert "open for objections" in client.get("/en/notices/plan-sangkat-2/").content.decode()
    assert "closed for objections" in client.get("/en/notices/waste-site/").content.decode()
    assert client.get("/km/notices/nowhere/").status_code == 404
    course = client.get("/en/events/first-course/").content.decode()
    for words in ("9 January 2099", "08:00–10:00", "Room 1", "free of charge", "Khmer · English"):
        assert words in course
    assert "Every morning" in client.get("/en/ambassadors/first-steps/").content.decode()
    assert "late" in client.get("/en/commitments/list-of-centres/").content.decode()


def test_lists_put_first_what_comes_next_and_can_be_narrowed(client: Client) -> None:
    def listed(path: str) -> list[str]:
        return [row.slug for row in client.get(path).context["rows"]]

    assert listed("/km/notices/") == ["plan-sangkat-2", "waste-site"]
    assert listed("/km/notices/?state=closed") == ["waste-site"]
    assert listed("/km/notices/?kind=plan&state=closed") == []
    assert listed("/km/events/") == ["first-course", "open-day"]
    assert listed("/km/events/?languages=en&is_free=true") == ["first-course"]
    assert listed("/km/commitments/?state=late") == ["list-of-centres"]
    assert listed("/km/ambassadors/") == ["first-steps"]
    assert client.get("/km/events/?languages=☂&kind=").status_code == 400


def test_an_initiative_shows_its_promises_notices_courses_and_people(client: Client) -> None:
    html = client.get("/km/initiatives/neighbourhood-centres/").content.decode()
    for words in ("បោះពុម្ពផ្សាយបញ្ជីមជ្ឈមណ្ឌល", "យឺត", "វគ្គកុំព្យូទ័រដំបូង", "ទូតជំហានដំបូង"):
        assert words in html
    other = client.get("/km/initiatives/housing-and-land/").content.decode()
    assert "ម៉ោងជំនួយផ្នែកច្បាប់" in other
    assert "ប្លង់ប្រើប្រាស់ដីសង្កាត់២" in other
    assert "យឺត" not in other


def test_a_centre_shows_what_is_on_there_and_whom_to_ask(client: Client) -> None:
    course = Event.objects.get(slug="first-course")
    html = client.get(course.place.get_absolute_url()).content.decode()
    for words in ("វគ្គកុំព្យូទ័រដំបូង", "08:00–10:00", "ទូតជំហានដំបូង"):
        assert words in html
    course.is_cancelled = True
    course.save()
    assert "បានលុបចោល" in client.get(course.place.get_absolute_url()).content.decode(), "those who meant to come must learn of it"
    Event.objects.update(sessions="2020-01-09 08:00-10:00", is_cancelled=False)
    assert "វគ្គកុំព្យូទ័រដំបូង" not in client.get(course.place.get_absolute_url()).content.decode()


def test_calendars_hold_meetings_in_local_time_and_deadlines_as_days(client: Client) -> None:
    answer = client.get("/km/events/first-course/calendar.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    calendar = Calendar.from_ical(answer.content)
    first, second = calendar.walk("VEVENT")
    assert first["DTSTART"].dt.astimezone(ZoneInfo("Asia/Phnom_Penh")).isoformat() == "2099-01-09T08:00:00+07:00"
    assert first["DTSTART"].params["TZID"] == "Asia/Phnom_Penh"
    assert calendar.walk("VTIMEZONE")
    assert (str(first["SUMMARY"]), "បន្ទប់ទី 1" in str(first["LOCATION"])) == ("វគ្គកុំព្យូទ័រដំបូង", True)
    assert first["UID"] != second["UID"]
    assert first["CATEGORIES"].to_ical().decode() == "គំរូ"
    days = Calendar.from_ical(client.get("/en/notices/calendar.ics").content).walk("VEVENT")
    assert {day["DTSTART"].dt for day in days} == {date(2099, 1, 15), date(2020, 2, 2)}
    Event.objects.filter(slug="first-course").update(is_cancelled=True)
    assert b"STATUS:CANCELLED" in client.get("/km/events/first-course/calendar.ics").content
    assert client.get("/km/ambassadors/calendar.ics").status_code == 404


def test_search_engines_are_led_to_records_but_to_no_sample(client: Client) -> None:
    real, sample = (Notice.objects.create(slug=slug, title_km="ប្លង់គោលទីក្រុង", is_sample=slug == "sample") for slug in ("plan", "sample"))
    xml = client.get("/sitemap.xml").content.decode()
    assert all(f"/{language}/notices/{real.slug}/</loc>" in xml for language in ("km", "en", "zh-hans"))
    assert f"notices/{sample.slug}/" not in xml


def test_notices_can_be_followed_as_a_feed(client: Client) -> None:
    answer = client.get("/km/notices/feed.atom")
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert "ប្លង់ប្រើប្រាស់ដីសង្កាត់២" in answer.content.decode()
    assert "/km/notices/plan-sangkat-2/" in answer.content.decode()
    assert '<category term="គំរូ"' in answer.content.decode(), "samples say what they are, in every export"


def test_programs_get_the_same_records_and_are_told_what_is_wrong(client: Client) -> None:
    answer = client.get("/api/v1/notices/?state=open").json()
    (notice,) = answer["results"]
    assert (notice["id"], notice["state"], notice["geometry"]["type"]) == ("plan-sangkat-2", "open", "Polygon")
    assert notice["title_translated"]["zh-hans"] == "第二分区土地利用规划"
    course = client.get("/api/v1/events/first-course/").json()
    assert course["days"][0] == {"begin": "2099-01-09T08:00:00+07:00", "end": "2099-01-09T10:00:00+07:00"}
    assert (course["place"], course["languages"], course["is_sample"]) == ("sample-health-centre", ["km", "en"], True)
    assert client.get("/api/v1/commitments/list-of-centres/").json()["state"] == "late"
    for wrong in ("notices/?state=ajar", "events/?languages=xx", "events/?kind=party", "notices/?limit=-1", "notices/?fields=nothing"):
        assert client.get(f"/api/v1/{wrong}").status_code == 400, wrong
    assert client.get("/api/v1/ambassadors/nobody/").status_code == 404


def test_records_are_found_by_a_khmer_word_inside_their_title(work: Work, client: Client) -> None:
    work()
    for words, path in (("ប្រើប្រាស់ដី", "/km/notices/plan-sangkat-2/"), ("កុំព្យូទ័រ", "/km/events/first-course/")):
        assert path in client.get("/km/search/", {"q": words}).content.decode()
    Notice.objects.get(slug="plan-sangkat-2").delete()
    work()
    assert "/km/notices/plan-sangkat-2/" not in client.get("/km/search/", {"q": "ប្រើប្រាស់ដី"}).content.decode()


def test_records_are_datasets_and_a_notice_keeps_its_area_as_geojson(work: Work, client: Client) -> None:
    publish_own_records()
    work()
    for name in ("commitments", "notices", "events", "ambassadors"):
        resource = Dataset.objects.get(name=name).resources.get()
        assert resource.current.error_count == 0, resource.current.report
        assert resource.current.schema["fields"][0]["title_translated"]["km"] == "អាសយដ្ឋានលើគេហទំព័រនេះ"
    resource = Dataset.objects.get(name="notices").resources.get()
    features = json.loads(client.get(f"/resource/{resource.uuid}/export.geojson").getvalue())["features"]
    shapes = {feature["properties"]["slug"]: feature["geometry"] for feature in features}
    assert shapes["plan-sangkat-2"]["coordinates"][0][1] == [103.54, 10.6]
    assert shapes["waste-site"] is None
    assert all(feature["properties"]["is_sample"] for feature in features)
    assert "export.geojson" in client.get("/km/dataset/notices/").content.decode()


def test_an_ambassador_stands_nowhere_without_consent(work: Work, client: Client) -> None:
    person = Ambassador(slug="sokha", title_km="សុខា")
    with pytest.raises(ValidationError, match="consent"):
        person.full_clean()
    person.save()
    publish_own_records()
    work()
    for path in ("/km/ambassadors/", "/api/v1/ambassadors/", "/km/initiatives/neighbourhood-centres/"):
        assert "សុខា" not in client.get(path).content.decode()
    assert client.get("/km/ambassadors/sokha/").status_code == 404
    assert "/km/ambassadors/sokha/" not in client.get("/km/search/", {"q": "សុខា"}).content.decode()
    resource = Dataset.objects.get(name="ambassadors").resources.get()
    table = client.get(f"/resource/{resource.uuid}/export.csv").getvalue().decode()
    assert "first-steps" in table
    assert "sokha" not in table
    assert "consent" not in table


@pytest.mark.parametrize(
    ("row", "field", "says"),
    [
        (Commitment(initiative="2.4", progress="done"), "evidence_url", "needs evidence"),
        (Commitment(initiative="ក"), "initiative", "2.4"),
        (Notice(kind="plan", area={"type": "Polygon", "coordinates": [[[10.6, 103.5]]]}), "area", "longitude"),
        (Notice(kind="plan", area={"type": "FeatureCollection", "features": []}), "area", "GeoJSON"),
        (Notice(kind="plan", area=[]), "area", "GeoJSON"),
        (Notice(kind="plan", published_on=date(2026, 2, 1), deadline=date(2026, 1, 1)), "deadline", "before"),
        (Notice(kind="plan", documents_km="ប្លង់"), "documents_km", "ប្លង់"),
        (Event(kind="course", sessions="ថ្ងៃសៅរ៍"), "sessions", "ថ្ងៃសៅរ៍"),
        (Event(kind="course", sessions="2026-02-30 08:00-10:00"), "sessions", "2026-02-30"),
        (Event(kind="course", sessions="2026-12-05 08:00-10:00\n2026-12-05 09:00-11:00"), "sessions", "overlap"),
        (
            Event(kind="course", sessions="2026-12-05 08:00-10:00", contact_km="ទូរស័ព្ទ ០១២ ៣៤៥ ៦៧៨", is_sample=True),
            "contact_km",
            "telephone",
        ),
    ],
)
def test_what_is_wrong_is_said_at_the_field(row: Commitment | Notice | Event, field: str, says: str) -> None:
    row.slug, row.title_km = "a", "ចំណងជើង"
    with override("en"), pytest.raises(ValidationError) as caught:
        row.full_clean()
    with override("en"):
        assert says in " ".join(caught.value.message_dict[field])


def test_an_area_is_taken_out_of_what_a_map_program_saves() -> None:
    point = {"type": "Point", "coordinates": [103.5, 10.6]}
    notice = Notice(
        slug="a", title_km="ក", kind="plan", area={"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": point}]}
    )
    notice.full_clean()
    assert notice.area == point
    path, box = outline().shape(point)
    assert path.startswith("M")
    assert len(box.split()) == 4
