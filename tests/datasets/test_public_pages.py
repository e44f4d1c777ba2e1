"""Pages of the catalogue as a reader meets them."""

import html
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from datasets.models import Capacity, Resource, Version
from datasets.services.publication import publish_version
from datasets.services.receive_file import receive_file
from datasets.services.versions import create_version

from .factories import DatasetFactory, GroupFactory, ResourceFactory, member

pytestmark = pytest.mark.django_db
LANGUAGES = ("km", "en", "zh-hans")
VILLAGES = "កូដ,ឈ្មោះ,ប្រជាជន,ថ្ងៃ\n" + "".join(f"1801{n:04},ភូមិ{n},{n * 10},2026-01-{n % 28 + 1:02}\n" for n in range(1, 121))
FAULTY = "កូដ,ឈ្មោះ,ប្រជាជន\n18010101,ភូមិ១,1200\n18010102,ភូមិ២,ច្រើន\n"
SCHEMA = {
    "fields": [
        {"name": "កូដ", "type": "string", "title_translated": {"km": "លេខកូដ", "en": "Code"}, "constraints": {"required": True}},
        {"name": "ឈ្មោះ", "type": "string", "description_translated": {"km": "ឈ្មោះភូមិ"}},
        {"name": "ប្រជាជន", "type": "integer", "constraints": {"minimum": 0}},
        {"name": "ថ្ងៃ", "type": "date"},
    ],
    "primaryKey": ["កូដ"],
}
Publish = Callable[..., Version]


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, settings) -> None:
    settings.FILES_DIR = tmp_path / "files"
    settings.PARQUET_DIR = tmp_path / "parquet"


@pytest.fixture
def publish(work: Callable[[], None]) -> Publish:
    """A file, checked and published in a dataset of its own; `accept` publishes it with its errors."""

    def run(
        data: str = VILLAGES, *, resource: Resource | None = None, schema: dict | None = None, accept: bool = False, **fields
    ) -> Version:
        resource = resource or ResourceFactory(dataset=DatasetFactory(**fields))
        user = member(resource.dataset.organization, Capacity.ADMIN)
        kept = receive_file(stream=io.BytesIO(data.encode()), filename="ភូមិ.csv", user=user)
        version = create_version(resource=resource, data_file=kept, filename="ភូមិ.csv", user=user, confirm=True, schema=schema)
        work()
        version.refresh_from_db()
        if version.state != "no_change":
            version = publish_version(version=version, user=user, accept_errors=accept)
            version.resource.refresh_from_db()
        return version

    return run


def text_of(response) -> str:
    return response.content.decode()


def path(version: Version, language: str = "en", tail: str = "") -> str:
    return f"/{language}/dataset/{version.resource.dataset.name}/resource/{version.resource.uuid}/{tail}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_public_cacheable_and_sets_no_cookie(client: Client, publish: Publish, language: str) -> None:
    group = GroupFactory()
    version = publish(schema=SCHEMA, groups=[group])
    dataset = version.resource.dataset
    for address in (
        f"/{language}/dataset/",
        f"/{language}/organization/",
        f"/{language}/group/",
        f"/{language}/organization/{dataset.organization.name}/",
        f"/{language}/group/{group.name}/",
        f"/{language}/dataset/{dataset.name}/",
        path(version, language),
        path(version, language, "report/"),
    ):
        response = client.get(address)
        assert response.status_code == 200, address
        assert response["Content-Language"] == language
        assert response["Cache-Control"].startswith("public")
        assert "Cookie" not in response.get("Vary", "")
        assert not response.cookies
        assert "csrf" not in text_of(response).lower()
        assert "<script>" not in text_of(response)
        again = client.get(address, headers={"if-none-match": response["ETag"]})
        assert again.status_code == 304, address


def test_the_dataset_says_what_it_is_before_anything_is_downloaded(client: Client, publish: Publish) -> None:
    version = publish(schema=SCHEMA, source_name="វិទ្យាស្ថានជាតិស្ថិតិ")
    text = text_of(client.get(f"/en/dataset/{version.resource.dataset.name}/"))
    assert "120 rows" in text
    assert "4 kB" in text or "5 kB" in text
    assert version.data_file.sha256 in text
    assert f"/version/{version.uuid}/download/" in text
    assert f"/resource/{version.resource.uuid}/export.xlsx" in text
    assert "identifies the row" in text
    assert "វិទ្យាស្ថានជាតិស្ថិតិ" in text
    assert f"datastore_search?resource_id={version.resource.uuid}" in text
    assert f"/api/v1/datasets/{version.resource.dataset.name}/" in text


def test_a_link_without_a_file_has_its_pages(client: Client) -> None:
    resource = ResourceFactory(name_km="", name_en="", name_zh_hans="", link_url="https://example.org/ភូមិ.pdf", format="PDF")
    for page in (resource.dataset.get_absolute_url(), resource.get_absolute_url()):
        answer = client.get(page)
        assert answer.status_code == 200
        assert "https://example.org/ភូមិ.pdf" in answer.content.decode()


def test_text_in_another_language_carries_its_own(client: Client) -> None:
    dataset = DatasetFactory(title_en="", title_zh_hans="", summary_en="", summary_zh_hans="")
    text = text_of(client.get(f"/en/dataset/{dataset.name}/"))
    assert '<h1><span lang="km">ភូមិក្នុងខេត្តព្រះសីហនុ</span></h1>' in text
    assert "<h1>ភូមិក្នុងខេត្តព្រះសីហនុ</h1>" in text_of(client.get(f"/km/dataset/{dataset.name}/"))


def test_drafts_private_and_unknown_datasets_are_not_there(client: Client) -> None:
    for dataset in (DatasetFactory(live=False), DatasetFactory(private=True)):
        assert client.get(f"/en/dataset/{dataset.name}/").status_code == 404
        assert dataset.name not in text_of(client.get("/en/dataset/"))
        assert client.get(f"/dataset/{dataset.name}", follow=True).status_code == 404
    assert client.get("/en/dataset/nothing-here/").status_code == 404


def test_the_table_is_filtered_sorted_and_paged_by_its_address(client: Client, publish: Publish) -> None:
    version = publish(schema=SCHEMA)
    address = path(version)
    first = text_of(client.get(address))
    assert "shown: 1 to 50" in first
    second = text_of(client.get(address + link(first, "next")))
    third = text_of(client.get(address + link(second, "next")))
    assert "shown: 51 to 100" in second
    assert "shown: 101 to 120" in third
    assert 'rel="next"' not in third
    assert "shown: 51 to 100" in text_of(client.get(address + link(third, "prev")))
    ranged = text_of(client.get(address, {"min.ប្រជាជន": "១១០០", "max.ប្រជាជន": "1150", "sort": "-ប្រជាជន"}))
    assert "6 of 120 rows match" in ranged
    assert re.findall(r'<td class="num">(\d+)</td>', ranged) == ["1150", "1140", "1130", "1120", "1110", "1100"]
    assert 'aria-sort="descending"' in ranged
    assert "export.csv?max.%E1" in ranged
    assert "1 of 120 rows matches" in text_of(client.get(address, {"is.កូដ": "18010007"}))
    nothing = text_of(client.get(address, {"has.ឈ្មោះ": "សាលា", "min.ប្រជាជន": "1100"}))
    assert "No row matches all of this" in nothing
    assert "Without “ឈ្មោះ contains “សាលា””</a>: 11 rows" in nothing


def link(page: str, rel: str) -> str:
    found = re.search(rf'rel="{rel}"[^>]* href="([^"]+)"', page)
    assert found, page
    return html.unescape(found[1])


@pytest.mark.parametrize("question", [{"min.ប្រជាជន": "ច្រើន"}, {"has.nowhere": "x"}, {"sort": "nowhere"}, {"max.ថ្ងៃ": "31/12/2026"}])
def test_a_wrong_filter_is_explained(client: Client, publish: Publish, question: dict[str, str]) -> None:
    version = publish(schema=SCHEMA)
    response = client.get(path(version), question)
    assert response.status_code == 400
    assert "There is a problem" in text_of(response)
    assert "“”" not in text_of(response)
    export = client.get(f"/resource/{version.resource.uuid}/export.csv", question)
    assert export.status_code == 400
    assert export["Content-Type"].startswith("text/plain")


def test_a_form_leads_to_an_address_worth_sharing(client: Client, publish: Publish) -> None:
    version = publish(schema=SCHEMA)
    response = client.get(path(version), {"has.ឈ្មោះ": "", "min.ប្រជាជន": "100", "max.ប្រជាជន": ""})
    assert response.status_code == 302
    assert response["Location"] == path(version) + "?min.%E1%9E%94%E1%9F%92%E1%9E%9A%E1%9E%87%E1%9E%B6%E1%9E%87%E1%9E%93=100"


def test_a_report_says_where_the_error_is_and_how_to_mend_it(client: Client, publish: Publish) -> None:
    version = publish(FAULTY, schema={"fields": SCHEMA["fields"][:3]}, accept=True)
    text = text_of(client.get(path(version, tail="report/")))
    assert "1 error was found, in 1 of 2 rows." in text
    assert "Row 3, ប្រជាជន" in text
    assert re.search(r'<td class="bad"[^>]*>ច្រើន', text)
    assert "a whole number, like 1200" in text
    page = text_of(client.get(f"/en/dataset/{version.resource.dataset.name}/"))
    assert "1 error" in page
    report = client.get(f"/version/{version.uuid}/report.json")
    assert report.json()["tasks"][0]["errors"][0]["cell"] == "ច្រើន"
    assert report["Content-Disposition"].startswith("attachment")


def test_a_clean_report_says_so(client: Client, publish: Publish) -> None:
    version = publish(schema=SCHEMA)
    assert "120 rows were checked, and nothing is wrong." in text_of(client.get(path(version, tail="report/")))


def test_the_same_bytes_again_are_recorded_as_no_change(client: Client, publish: Publish) -> None:
    version = publish(schema=SCHEMA)
    publish(VILLAGES, resource=version.resource, schema=SCHEMA)
    text = text_of(client.get(f"/en/dataset/{version.resource.dataset.name}/"))
    assert "No change: the same bytes as before." in text


def test_the_list_finds_and_narrows(client: Client, publish: Publish, work: Callable[[], None]) -> None:
    group = GroupFactory(name="environment", title_en="Environment")
    flood = publish(schema=SCHEMA, title_en="Flood hazard by commune", title_km="គ្រោះថ្នាក់ទឹកជំនន់", groups=[group]).resource.dataset
    other = publish(schema=SCHEMA).resource.dataset
    flood.save()
    other.save()
    work()
    everything = text_of(client.get("/en/dataset/"))
    assert "2 datasets" in everything
    found = text_of(client.get("/en/dataset/", {"q": "ទឹកជំនន់"}))
    assert "1 dataset<" in found
    assert flood.name in found
    narrowed = text_of(client.get("/en/dataset/", {"topic": "environment"}))
    assert "1 dataset<" in narrowed
    assert "No dataset matches" in text_of(client.get("/en/dataset/", {"q": "zzzqqq"}))


def test_the_list_stays_up_without_the_search_engine(client: Client, publish: Publish, monkeypatch) -> None:
    from datasets.views import browsing
    from search.query import SearchUnavailable

    def down(query):
        raise SearchUnavailable

    dataset = publish(schema=SCHEMA).resource.dataset
    monkeypatch.setattr(browsing, "search", down)
    text = text_of(client.get("/km/dataset/", {"q": "ភូមិ"}))
    assert dataset.name in text
    assert 'class="notice alert slim"' in text


def test_sample_data_says_so_and_stays_out_of_search_engines(client: Client, publish: Publish) -> None:
    version = publish(schema=SCHEMA, is_sample=True)
    for address in (f"/en/dataset/{version.resource.dataset.name}/", path(version), path(version, tail="report/")):
        text = text_of(client.get(address))
        assert "Sample content" in text
        assert '<meta name="robots" content="noindex">' in text


def test_ckan_addresses_lead_into_the_readers_language(client: Client, publish: Publish) -> None:
    group = GroupFactory()
    version = publish(schema=SCHEMA, groups=[group])
    dataset = version.resource.dataset
    for address, target in {
        "/dataset": "/dataset/",
        f"/dataset/{dataset.name}": f"/dataset/{dataset.name}/",
        f"/dataset/{dataset.uuid}": f"/dataset/{dataset.name}/",
        f"/dataset/{dataset.name}/resource/{version.resource.uuid}": f"/dataset/{dataset.name}/resource/{version.resource.uuid}/",
        f"/organization/{dataset.organization.name}": f"/organization/{dataset.organization.name}/",
        f"/group/{group.name}": f"/group/{group.name}/",
    }.items():
        assert client.get(address)["Location"] == f"/km{target}"
        response = client.get(address, headers={"accept-language": "zh-CN,zh;q=0.9"})
        assert response["Location"] == f"/zh-hans{target}"
        assert "Accept-Language" in response["Vary"]
        assert not response.cookies
    chinese = client.get(f"/zh_Hans_CN/dataset/{dataset.name}/?q=ដី")
    assert chinese["Location"].startswith(f"/zh-hans/dataset/{dataset.name}/?q=")


def test_pages_ask_the_database_little(client: Client, publish: Publish, django_assert_max_num_queries) -> None:
    version = publish(schema=SCHEMA, groups=[GroupFactory()], tags=["ទឹកជំនន់", "flood"])
    dataset = version.resource.dataset
    for address, most in {
        "/en/dataset/": 8,
        f"/en/dataset/{dataset.name}/": 8,
        path(version): 3,
        path(version, tail="report/"): 3,
        f"/en/organization/{dataset.organization.name}/": 7,
        "/en/organization/": 2,
        "/en/group/": 2,
    }.items():
        client.get(address)
        with django_assert_max_num_queries(most):
            client.get(address)
