"""Charts and maps: chosen by an editor, drawn by the worker, read by everybody, kept when a new file does not fit."""

import gzip
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from datasets.charts.shown import chart_for
from datasets.charts.spec import Spec
from datasets.models import Capacity, Chart, Version
from datasets.services.charts import save_chart

from .factories import member
from .sending import send
from .test_public_pages import Publish, publish, text_of  # noqa: F401
from .uploading import signed_in

pytestmark = pytest.mark.django_db
Work = Callable[[], None]
CODES = {"name": "កូដឃុំ", "type": "string", "kind": "administrative-code"}
SCHEMA = {
    "fields": [
        {**CODES, "title_translated": {"km": "លេខកូដឃុំ", "en": "Commune code"}},
        {"name": "ស្រុក", "type": "string"},
        {"name": "poor", "type": "integer", "title_translated": {"km": "គ្រួសារក្រីក្រ", "en": "Poor households", "zh-hans": "贫困家庭"}},
        {"name": "all", "type": "integer", "title_translated": {"km": "គ្រួសារទាំងអស់", "en": "Households"}},
    ]
}
# 180208 and 180203 are codes of the older edition: today's are 180601 and 180602. Nobody knows 189999.
ROWS = "កូដឃុំ,ស្រុក,poor,all\n180208,ព្រៃនប់,162,2898\n180101,ព្រះសីហនុ,609,5502\n180203,ព្រៃនប់,173,1150\n189999,ព្រៃនប់,5,9\n"


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, settings) -> None:
    settings.FILES_DIR, settings.PARQUET_DIR, settings.CHARTS_DIR = tmp_path / "files", tmp_path / "parquet", tmp_path / "charts"


@pytest.fixture
def version(publish: Publish) -> Version:  # noqa: F811
    return publish(ROWS, schema=SCHEMA)


@pytest.fixture
def draw(work: Work) -> Callable[..., Chart]:
    def run(version: Version, spec: Spec, *, public: bool = True) -> Chart:
        user = member(version.resource.dataset.organization, Capacity.ADMIN)
        titles = {"title_km": "គ្រួសារក្រីក្រតាមឃុំ", "title_en": "Poor households", "title_zh_hans": "贫困家庭"}
        chart = save_chart(chart=Chart(resource=version.resource), user=user, titles=titles, spec=spec, public=public)
        work()
        chart.refresh_from_db()
        assert not chart.problem
        return chart

    return run


def svg(client: Client, chart: Chart, language: str = "km", size: str = "wide") -> str:
    response = client.get(f"/chart/{chart.uuid}/{language}-{size}.svg")
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode()


def test_readers_of_each_language_get_picture_sentence_and_table(client: Client, version: Version, draw) -> None:
    chart = draw(version, Spec("stacked", "កូដឃុំ", ("poor", "all")))
    page = text_of(client.get(f"/km/chart/{chart.uuid}/"))
    assert "គ្រួសារក្រីក្រតាមឃុំ" in page
    assert re.search(r'<th scope="row">រាម</th><td class="num">162</td><td class="num">2,898</td>', page)
    assert "Highest: lek Muoy, 6,111. Lowest: 189999, 14. 4 values are shown." in text_of(client.get(f"/en/chart/{chart.uuid}/"))
    assert "贫困家庭" in text_of(client.get(f"/zh-hans/chart/{chart.uuid}/"))
    for language, name in (("km", "រាម"), ("en", "Ream"), ("zh-hans", "Ream")):
        for size in ("wide", "narrow"):
            drawn = svg(client, chart, language, size)
            texts = [element.text for element in ET.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314
            assert name in texts
            assert "<script" not in drawn
            assert "prefers-color-scheme:dark" in drawn
    assert f"/km/chart/{chart.uuid}/" in text_of(client.get(version.resource.get_absolute_url()))


def test_a_picture_is_inert_and_asked_for_once(client: Client, version: Version, draw) -> None:
    chart = draw(version, Spec("bar", "ស្រុក", ("poor",)))
    response = client.get(f"/chart/{chart.uuid}/km-narrow.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    packed = client.get(f"/chart/{chart.uuid}/km-narrow.svg", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.getvalue()) == response.getvalue()
    again = client.get(f"/chart/{chart.uuid}/km-narrow.svg", headers={"If-None-Match": packed["ETag"]})
    assert again.status_code == 304
    assert client.get(f"/chart/{chart.uuid}/fr-narrow.svg").status_code == 404


def test_text_of_the_data_stays_text(client: Client, publish: Publish, draw) -> None:  # noqa: F811
    version = publish('name,n\n"<script>alert(1)</script>",3\n"ភូមិ & ""ឃុំ""",5\n')
    chart = draw(version, Spec("bar", "name", ("n",)))
    drawn = svg(client, chart)
    assert "<script" not in drawn
    assert "<script>alert" not in text_of(client.get(f"/km/chart/{chart.uuid}/"))


def test_only_the_frame_may_stand_on_other_sites(client: Client, version: Version, draw) -> None:
    chart = draw(version, Spec("bar", "ស្រុក", ("poor",), aggregate="mean"))
    frame = client.get(f"/embed/chart/{chart.uuid}/?language=en")
    assert "frame-ancestors *" in frame["Content-Security-Policy"]
    assert "X-Frame-Options" not in frame
    assert "<script" not in text_of(frame)
    assert "SHA-256" in text_of(frame)
    assert 'lang="en"' in text_of(frame)
    page = client.get(f"/en/chart/{chart.uuid}/")
    assert "frame-ancestors 'self'" in page["Content-Security-Policy"]
    assert f"/embed/chart/{chart.uuid}/?language=en" in text_of(page)


def test_a_new_version_is_drawn_by_itself_and_one_that_does_not_fit_changes_nothing(client: Client, version, publish, draw, work) -> None:  # noqa: F811
    chart = draw(version, Spec("bar", "ស្រុក", ("poor",)))
    publish(ROWS.replace("609", "700"), resource=version.resource, schema=SCHEMA)
    work()
    assert "700" in text_of(client.get(f"/en/chart/{chart.uuid}/"))
    before = svg(client, chart)

    publish("ស្រុក,households\nព្រៃនប់,3\n", resource=version.resource, accept=True)
    work()
    page = text_of(client.get(f"/en/chart/{chart.uuid}/"))
    assert "The newer file does not fit this chart" in page
    assert "Shown: version 2" in page
    assert svg(client, chart) == before
    editor = signed_in(version.resource, Capacity.EDITOR)
    assert "does not fit the newest version" in text_of(editor.get(reverse("catalogue_admin:files", args=[version.resource.dataset.uuid])))
    screen = text_of(editor.get(reverse("catalogue_admin:edit_chart", args=[chart.uuid])))
    assert "The table has no column “poor” any more" in screen


def test_lost_pictures_are_drawn_again(client: Client, version: Version, draw, work: Work, settings) -> None:
    from datasets.services.charts import queue_charts

    chart = draw(version, Spec("bar", "ស្រុក", ("poor",)))
    assert queue_charts() == 0
    for path in settings.CHARTS_DIR.iterdir():
        path.unlink()
    assert client.get(f"/chart/{chart.uuid}/km-wide.svg").status_code == 404
    assert queue_charts() == 1
    work()
    assert "ព្រៃនប់" in svg(client, chart)


def test_rows_are_chosen_counted_and_split(version: Version, draw, work: Work) -> None:
    count = draw(version, Spec("bar", "ស្រុក", aggregate="count", filters=(("កូដឃុំ", "begins", "1802"),)))
    assert chart_for(count.uuid, "en").rows == [("ព្រៃនប់", "km", ["2"])]
    split = draw(version, Spec("stacked", "កូដឃុំ", ("poor",), series="ស្រុក", top=2))
    shown = chart_for(split.uuid, "km")
    assert list(shown.headings) == ["ទីកន្លែង", "ព្រះសីហនុ", "ព្រៃនប់"]
    assert [row[2] for row in shown.rows] == [["609", "–"], ["–", "173"]]
    assert chart_for(draw(version, Spec("line", "all", ("poor",))).uuid, "en").rows[0][0] == "9"
    points = chart_for(draw(version, Spec("point", "all", ("poor",))).uuid, "en")
    assert points.summary.startswith("Highest: Households 5502, 609.")


def test_a_map_says_what_it_matched_brought_over_and_could_not_place(client: Client, version: Version, draw) -> None:
    chart = draw(version, Spec("map", "កូដឃុំ", ("poor",)))
    page = text_of(client.get(f"/en/chart/{chart.uuid}/"))
    assert page.index("lek Muoy") < page.index("Show the map") < page.index("Not on the map: 3")
    assert "189999: no unit of today has this code" in page
    assert "Ream: its position is not known" in page
    assert "Codes: 1 are today" in page
    assert "2 were brought from older ones" in page
    assert ">លេខ១<" in svg(client, chart)
    assert ">រាម<" not in svg(client, chart)


def test_no_name_stands_over_another_on_a_map(client: Client, publish: Publish, draw) -> None:  # noqa: F811
    points = publish("ឈ្មោះ,longitude,latitude,n\nផ្សារលើ,103.53,10.63,9\nផ្សារក្រោម,103.535,10.632,8\nជើងគោ,103.75,10.95,7\n")
    picture = svg(client, draw(points, Spec("map", "ឈ្មោះ", ("n",))))
    assert [name for name in ("ផ្សារលើ", "ផ្សារក្រោម", "ជើងគោ") if f">{name}<" in picture] == ["ផ្សារលើ", "ជើងគោ"]


def test_coordinates_and_areas_are_drawn(client: Client, publish: Publish, draw) -> None:  # noqa: F811
    points = publish("ឈ្មោះ,longitude,latitude,n\nផ្សារលើ,103.53,10.63,4\nភ្នំពេញ,104.9,11.55,9\n")
    page = text_of(client.get(f"/en/chart/{draw(points, Spec('map', 'ឈ្មោះ', ('n',))).uuid}/"))
    assert "ភ្នំពេញ: outside the province" in page
    square = '"{""type"":""Polygon"",""coordinates"":[[[103.5,10.5],[103.6,10.5],[103.6,10.7],[103.5,10.5]]]}"'
    schema = {"fields": [{"name": "code", "type": "string", "kind": "administrative-code"}, {"name": "geometry", "type": "string"}]}
    borders = publish(f"code,geometry\n180101,{square}\n", schema=schema)
    rows = publish(ROWS, schema=SCHEMA)
    shaded = draw(rows, Spec("map", "កូដឃុំ", ("poor",), shapes=str(borders.resource.uuid)))
    assert [row[0] for row in chart_for(shaded.uuid, "en").rows] == ["lek Muoy"]
    assert "#00627b" in svg(client, shaded)


def test_an_editor_looks_first_and_a_publisher_makes_it_public(client: Client, version: Version, work: Work) -> None:
    editor = signed_in(version.resource, Capacity.EDITOR)
    address = reverse("catalogue_admin:add_chart", args=[version.resource.uuid])
    form = {"title_km": "គ្រួសារក្រីក្រ", "type": "bar", "x": "ស្រុក", "y": ["poor"], "aggregate": "sum", "top": "5", "public": "on"}
    looked = text_of(editor.post(address, {**form, "preview": "1"}))
    assert re.search(r'<th scope="row">ព្រះសីហនុ</th><td>609</td>', looked)
    assert not Chart.objects.exists()
    assert "Choose one column of values" in text_of(editor.post(address, {**form, "y": ["poor", "all"]}))
    assert editor.post(address, form).status_code == 302
    work()
    chart = Chart.objects.get()
    assert client.get(f"/km/chart/{chart.uuid}/").status_code == 404
    assert client.get(f"/chart/{chart.uuid}/km-wide.svg").status_code == 404
    assert editor.get(f"/chart/{chart.uuid}/km-wide.svg").status_code == 200
    publisher = signed_in(version.resource, Capacity.ADMIN)
    assert publisher.post(reverse("catalogue_admin:edit_chart", args=[chart.uuid]), form).status_code == 302
    work()
    assert client.get(f"/km/chart/{chart.uuid}/").status_code == 200
    assert editor.post(reverse("catalogue_admin:delete_chart", args=[chart.uuid])).status_code in (302, 403)
    assert Chart.objects.exists()


def test_programs_read_specification_rows_and_pictures(client: Client, version: Version, draw) -> None:
    chart = draw(version, Spec("bar", "ស្រុក", ("poor",)))
    listed = client.get("/api/v1/charts/", {"resource": str(version.resource.uuid)}).json()
    assert [one["id"] for one in listed["results"]] == [str(chart.uuid)]
    found = client.get(f"/api/v1/charts/{chart.uuid}/").json()
    assert found["title_translated"]["km"] == "គ្រួសារក្រីក្រតាមឃុំ"
    assert found["spec"]["x"] == "ស្រុក"
    assert found["rows"][0] == {"x": "ព្រះសីហនុ", "values": [609.0]}
    assert client.get(found["pictures"]["km"]["wide"].replace("http://localhost:8000", "")).status_code == 200


def test_editors_are_warned_by_name_before_a_version_breaks_a_chart(client: Client, version: Version, draw, work: Work) -> None:
    draw(version, Spec("bar", "ស្រុក", ("poor",)))
    page = text_of(client.get(f"/en/dataset/{version.resource.dataset.name}/"))
    assert page.count("Poor households") >= 2, "among the charts and among what rests on the data"
    editor = signed_in(version.resource, Capacity.ADMIN)
    next_one = send(version.resource, "ស្រុក,households\nព្រៃនប់,3\n", confirm=True)
    work()
    screen = text_of(editor.get(reverse("catalogue_admin:version", args=[next_one.uuid])))
    assert "The table has no column “poor” any more" in screen
