"""The table explorer as a reader without scripts meets it."""

import gzip
import html
import io
import json
import re
import zipfile

import pytest
from django.test import Client

from datasets.views.exports import marked

from .test_downloads import body
from .test_public_pages import Publish, folders, link, path, publish, text_of  # noqa: F401

pytestmark = pytest.mark.django_db
DISTRICTS = ("ព្រៃនប់", "ស្ទឹងហាវ", "")
PLACES = "ឈ្មោះ,ស្រុក,open,longitude,latitude,n\n" + "".join(
    f"ភូមិចម្រើន{n},{DISTRICTS[n % 3]},{'true' if n % 2 else 'false'},{103 + n / 1000},{10 + n / 1000},{n}\n" for n in range(1, 121)
)


@pytest.fixture
def places(publish: Publish):  # noqa: F811
    return publish(PLACES)


def test_values_are_counted_and_chosen(client: Client, places) -> None:
    page = client.get(path(places))
    assert re.search(r'name="in.ស្រុក" value="ព្រៃនប់">\s*<span lang="km">ព្រៃនប់</span>\s*<span class="count">40<', text_of(page))
    chosen = text_of(client.get(path(places), {"in.ស្រុក": ["ព្រៃនប់", "ស្ទឹងហាវ"], "max.n": "9"}))
    assert "6 of 120 rows match" in chosen
    assert "ស្រុក is one of: ព្រៃនប់, ស្ទឹងហាវ" in chosen
    assert re.search(r'value="ព្រៃនប់" checked>\s*<span lang="km">ព្រៃនប់</span>\s*<span class="count">3<', chosen)
    assert "40 of 120 rows match" in text_of(client.get(path(places), {"empty.ស្រុក": "1"}))
    assert "80 of 120 rows match" in text_of(client.get(path(places), {"empty.ស្រុក": "0"}))
    assert "1 of 120 rows matches" in text_of(client.get(path(places), {"has.ឈ្មោះ": "=ភូមិចម្រើន7"}))
    assert "120 of 120 rows match" in text_of(client.get(path(places), {"has.ឈ្មោះ": "ចំរើន"}))
    assert "60 of 120 rows match" in text_of(client.get(path(places), {"in.open": "true"}))


def test_columns_are_chosen_and_stay_chosen(client: Client, places) -> None:
    page = text_of(client.get(path(places), {"col": ["n", "ឈ្មោះ"], "sort": "-n"}))
    heads = re.findall(r'<th scope="col"[^>]*><a href="\?([^"]+)"', page)
    assert len(heads) == 2
    assert all("col=n" in html.unescape(head) for head in heads)
    assert "col=n" in html.unescape(link(page, "next"))
    exported = body(client.get(f"/resource/{places.resource.uuid}/export.json", {"col": ["n", "ឈ្មោះ"], "sort": "-n"}))
    assert list(json.loads(exported)[0].items()) == [("ឈ្មោះ", "ភូមិចម្រើន120"), ("n", 120)]
    every = {"col": ["ឈ្មោះ", "ស្រុក", "open", "longitude", "latitude", "n"], "has.ឈ្មោះ": ""}
    assert client.get(path(places), every).headers["Location"] == path(places)


def test_a_row_has_an_address_of_its_own(client: Client, places) -> None:
    page = text_of(client.get(path(places)))
    assert '<a href="?row=7">7</a>' in page
    row = text_of(client.get(path(places), {"row": "77"}))
    assert "Row 77" in row
    assert 'id="row-77" class="marked"' in row
    assert "ភូមិចម្រើន77" in row
    assert client.get(path(places), {"row": "9999"}).status_code == 404
    assert client.get(path(places), {"after": "x"}).status_code == 400


def test_sorted_pages_follow_each_other(client: Client, places) -> None:
    page = text_of(client.get(path(places), {"sort": "-ស្រុក"}))
    seen = re.findall(r'href="\?row=(\d+)"', page)
    while 'rel="next"' in page:
        page = text_of(client.get(path(places) + link(page, "next")))
        seen += re.findall(r'href="\?row=(\d+)"', page)
    assert sorted(map(int, seen)) == list(range(1, 121))


def test_columns_say_what_they_hold(client: Client, places) -> None:
    page = text_of(client.get(path(places)))
    section = page[page.index('id="statistics"') :]
    assert "40 empty cells" in section
    assert "from 1 to 120" in section
    assert "mean 60.5" in section
    assert section.count("<rect") > 12
    assert "style=" not in section


def test_every_format_carries_the_rows_that_match(client: Client, places) -> None:
    base, question = f"/resource/{places.resource.uuid}/export", {"max.n": "2", "sort": "-n"}
    names = [f"ភូមិចម្រើន{n}" for n in (2, 1)]
    lines = body(client.get(f"{base}.ndjson", question)).decode().splitlines()
    assert [json.loads(line)["ឈ្មោះ"] for line in lines] == names
    assert [line.split("\t")[0] for line in body(client.get(f"{base}.tsv", question)).decode().splitlines()[1:]] == names
    points = json.loads(body(client.get(f"{base}.geojson", question)))
    assert [one["geometry"]["coordinates"] for one in points["features"]] == [[103.002, 10.002], [103.001, 10.001]]
    assert points["features"][0]["properties"]["ស្រុក"] is None
    with zipfile.ZipFile(io.BytesIO(body(client.get(f"{base}.zip", question)))) as archive:
        assert archive.testzip() is None
        assert archive.read("data.csv").decode("utf-8-sig").splitlines()[1].startswith(names[0])
        assert "longitude,number" in archive.read("columns.csv").decode("utf-8-sig")
        assert places.data_file.sha256 in archive.read("README.txt").decode("utf-8-sig")
    packed = client.get(f"{base}.csv", question, headers={"accept-encoding": "gzip"})
    assert packed["X-Row-Count"] == "2"
    assert gzip.decompress(body(packed)) == body(client.get(f"{base}.csv", question))


def test_no_points_no_geojson(client: Client, publish: Publish) -> None:  # noqa: F811
    version = publish("ឈ្មោះ\nភូមិ\n")
    assert "export.geojson" not in text_of(client.get(path(version)))
    assert client.get(f"/resource/{version.resource.uuid}/export.geojson").status_code == 400


def test_rest_pages_by_key_and_counts_values(client: Client, places) -> None:
    address = f"/api/v1/resources/{places.resource.uuid}/rows/"
    first = client.get(address, {"limit": 70, "sort": "-n", "facet": "ស្រុក"})
    assert {one["value"]: one["count"] for one in first.json()["facets"]["ស្រុក"]} == {"ព្រៃនប់": 40, "ស្ទឹងហាវ": 40, None: 40}
    second = client.get(first.json()["next"]).json()
    assert [row["n"] for row in second["results"]] == list(range(50, 0, -1))
    assert second["next"] is None
    assert client.get(second["previous"]).json()["results"] == first.json()["results"]
    assert 'rel="next"' in first["Link"]


@pytest.mark.parametrize("extension", ["csv", "tsv", "ndjson"])
def test_a_cut_off_file_says_so_itself(extension: str) -> None:
    def failing():
        yield "ឈ្មោះ\r\nភូមិ".encode()
        raise OSError("disk")

    chunks = marked(failing(), extension)
    assert next(chunks).decode() == "ឈ្មោះ\r\nភូមិ"
    last = next(chunks)
    assert b"not complete" in last
    assert last.startswith((b"\r\n", b"\n"))
    with pytest.raises(OSError, match="disk"):
        next(chunks)
