"""Living facts: the figure of a published table, on a page that says where it comes from, and editors who hear when it goes."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from datasets.models import Resource
from datasets.services.receive_file import receive_file
from datasets.services.resources import create_resource
from datasets.services.versions import create_version
from tests.datasets.factories import DatasetFactory

from .conftest import EVICTION, page_of

pytestmark = pytest.mark.usefixtures("city")
TABLE = "commune,households\nព្រែកព្នៅ,1200\nអូរចារ,34\n"


@pytest.fixture
def resource(work: Callable[[], None]) -> Resource:
    user = get_user_model()._default_manager.create_superuser("ចាន់ណា")
    made = create_resource(dataset=DatasetFactory(), user=user, fields={"name_km": "ភូមិ"})
    put(made, TABLE)
    work()
    return made


def put(resource: Resource, table: str) -> None:
    user = get_user_model()._default_manager.get(username="ចាន់ណា")
    file = receive_file(stream=io.BytesIO(table.encode()), filename="communes.csv", user=user)
    create_version(resource=resource, data_file=file, filename="communes.csv", user=user, confirm=True, publish=True)


def show(resource: Resource, **value: object) -> None:
    page = page_of("eviction-notice", "km")
    fact = {"label": "ចំនួនគ្រួសារ", "resource": resource.pk, "shown_as": "sum", "where_column": "", "where_value": "", "unit": "គ្រួសារ"}
    columns = [{"type": "item", "value": name, "id": name} for name in value.pop("columns", ["households"])]  # type: ignore[attr-defined]
    page.body = json.dumps([{"type": "fact", "value": {**fact, "columns": columns, **value}}])
    page.save_revision().publish()


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ({"shown_as": "sum"}, "1,234"),
        ({"shown_as": "value", "where_column": "commune", "where_value": "អូរចារ"}, ">34<"),
        ({"shown_as": "count"}, ">2<"),
        ({"shown_as": "table", "columns": ["commune", "households"]}, "ព្រែកព្នៅ"),
    ],
)
def test_a_figure_stands_with_its_source_and_date(client: Client, resource: Resource, value: dict[str, object], shown: str) -> None:
    show(resource, **value)
    html = client.get(f"/km/{EVICTION}").content.decode().replace(" <span>", "<span>")
    assert shown in html
    assert f'href="{resource.get_absolute_url()}"' in html
    assert "ភូមិក្នុងខេត្តព្រះសីហនុ" in html
    assert "បោះពុម្ពផ្សាយនៅថ្ងៃទី" in html


def test_new_data_are_a_new_figure_and_old_data_are_not_asked_twice(
    client: Client, resource: Resource, work: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    show(resource)
    client.get(f"/km/{EVICTION}")
    table = resource.versions.get().parquet_path
    assert table
    table.rename(table.with_suffix(".away"))
    assert "1,234" in client.get(f"/km/{EVICTION}").content.decode(), "the table was not opened again"
    table.with_suffix(".away").rename(table)
    put(resource, TABLE + "ស្ទឹងហាវ,6\n")
    work()
    assert "1,240" in client.get(f"/km/{EVICTION}").content.decode()


@pytest.mark.parametrize("loss", ["withdrawn", "column"])
def test_when_the_data_go_readers_see_no_figure_and_editors_hear_of_it(
    client: Client, sign_in: Callable[..., Client], resource: Resource, work: Callable[[], None], loss: str
) -> None:
    show(resource)
    if loss == "withdrawn":
        resource.dataset.unpublish(user=get_user_model()._default_manager.get(username="ចាន់ណា"))
    else:
        put(resource, TABLE.replace("households", "families"))
        work()
    html = client.get(f"/km/{EVICTION}").content.decode()
    assert "1,234" not in html
    assert "តួលេខនេះមិនអាចបង្ហាញបានឥឡូវនេះទេ" in html
    browser, words = sign_in(), {"withdrawn": "ទិន្នន័យត្រូវបានដកចេញហើយ", "column": "តារាងលែងមានជួរឈរ «households» ហើយ"}[loss]
    assert words in browser.get(reverse("wagtailadmin_pages:edit", args=[page_of("eviction-notice", "km").pk])).content.decode()
    assert words in browser.get(reverse("pages_report", args=["facts"])).content.decode()


def test_the_dataset_s_page_lists_what_rests_on_it(client: Client, resource: Resource, work: Callable[[], None]) -> None:
    assert page_of("eviction-notice", "km").title not in client.get(resource.dataset.get_absolute_url()).content.decode()
    show(resource)
    work()
    html = client.get(f"/en/dataset/{resource.dataset.name}/").content.decode()
    assert "What rests on these data" in html
    assert f'href="/en/{EVICTION}"' in html


def test_an_editor_chooses_among_published_tables(sign_in: Callable[..., Client], resource: Resource) -> None:
    DatasetFactory(name="draft", live=False).resources.create(name_km="សម្ងាត់")
    html = sign_in().get("/admin/resource_chooser/").json()["html"]
    assert "ភូមិ" in html
    assert "សម្ងាត់" not in html


def test_the_api_gives_the_figures_too(client: Client, resource: Resource) -> None:
    show(resource)
    page = client.get("/api/v1/pages/", {"path": f"/km/{EVICTION}"}).json()
    fact = next(block["value"] for block in page["content"]["body"] if block["type"] == "fact")
    assert (fact["rows"], fact["problem"]) == ([[1234]], None)


def test_an_indicator_stands_beside_its_target_and_has_a_trend_only_where_the_figure_changed(
    client: Client, resource: Resource, work: Callable[[], None]
) -> None:
    page = page_of("housing-and-land", "km")
    value = {
        "label": "គ្រួសារមានប័ណ្ណ",
        "resource": resource.pk,
        "shown_as": "sum",
        "columns": [{"type": "item", "value": "households", "id": "a"}],
    }
    value |= {"where_column": "", "where_value": "", "unit": "គ្រួសារ", "target": "2000", "better": "higher"}
    page.indicators = json.dumps([{"type": "indicator", "value": value, "id": "1"}])
    page.save_revision().publish()

    def shown() -> str:
        return client.get("/km/initiatives/housing-and-land/").content.decode()

    assert "1,234" in shown()
    assert "គោលដៅ៖ 2,000 គ្រួសារ" in shown()
    assert "បានកើនឡើង" not in shown()
    put(resource, TABLE.replace("1200", '"1200"'))  # other bytes, the same figure
    work()
    assert resource.versions.filter(published__isnull=False).count() == 2
    assert "បានកើនឡើង" not in shown()
    put(resource, TABLE + "កំពង់សោម,100\n")
    work()
    assert "1,334" in shown()
    assert "បានកើនឡើង" in shown()
    assert "ពីមុនគឺ 1,234" in shown()
    put(resource, "commune,people\nព្រែកព្នៅ,5\n")
    work()
    assert "1,334" not in shown()
    assert "គោលដៅ៖ 2,000" not in shown()


def test_any_number_of_facts_costs_one_question(client: Client, resource: Resource, django_assert_max_num_queries: Any) -> None:
    show(resource)
    page = page_of("eviction-notice", "km")
    block = {"type": "fact", "value": page.body.get_prep_value()[0]["value"]}
    page.body = json.dumps([block] * 4)
    page.save_revision().publish()
    client.get(f"/km/{EVICTION}")
    with django_assert_max_num_queries(10):
        assert client.get(f"/km/{EVICTION}").content.decode().count("1,234") == 4
