"""The sample city's data: complete in three languages, valid, loaded once, taken out without a trace."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from django.test import Client

from datasets.models import DataFile, Dataset, Group, Organization, State, Version
from datasets.sample.convert_prism import TABLES
from datasets.services.sample_data import SAMPLE, load_sample_data, remove_sample_data, table_schema
from search.query import Query
from search.selectors import search

from .factories import DatasetFactory

LANGUAGES = {"km", "en", "zh-hans"}
FILES = sorted((SAMPLE / "datasets").glob("*.yaml"))


@pytest.fixture
def folders(tmp_path: Path, settings) -> None:
    settings.FILES_DIR = tmp_path / "files"
    settings.PARQUET_DIR = tmp_path / "parquet"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_text_speaks_all_three_languages(path: Path) -> None:
    row = yaml.safe_load(path.read_text(encoding="utf-8"))
    columns = yaml.safe_load((SAMPLE / "columns.yaml").read_text(encoding="utf-8"))
    texts = [row[key] for key in ("title", "summary", "notes", "spatial_text")]
    for resource in row["resources"]:
        texts += [resource["name"], resource["description"]]
        for field in table_schema(resource, columns)["fields"]:
            texts += [field["title_translated"], field["description_translated"]]
    for text in texts:
        assert set(text) == LANGUAGES
        assert all(words.strip() for words in text.values())
    assert row["source_name"]


@pytest.mark.parametrize("path", [path for path in FILES if path.stem.startswith("sample-")], ids=lambda path: path.stem)
def test_invented_data_say_so_in_every_language_and_are_nowhere_on_the_map(path: Path) -> None:
    row = yaml.safe_load(path.read_text(encoding="utf-8"))
    for language, words in {
        "km": ("គំរូ", "បង្កើតឡើងសម្រាប់ការបង្ហាញ"),
        "en": ("sample", "invented for demonstration"),
        "zh-hans": ("示例", "虚构"),
    }.items():
        assert words[0] in row["title"][language]
        assert words[1] in row["notes"][language]
    assert row["organization"] == "sample-city-office"
    assert "invented" in row["source_name"]
    names = {field["name"] for field in row["resources"][0]["fields"]}
    assert not names & {"lat", "long", "latitude", "longitude", "commune_code", "phone", "address"}


def test_codes_are_text_and_keep_their_zeros() -> None:
    for target in TABLES:
        lines = (SAMPLE / "files" / target).read_text(encoding="utf-8").splitlines()
        assert any(line.startswith("010201,") for line in lines)
    assert "date" not in (SAMPLE / "files" / "idpoor-households.csv").read_text(encoding="utf-8").splitlines()[0]


@pytest.mark.django_db
def test_it_is_published_valid_once_and_goes_without_a_trace(client: Client, folders: None, work: Callable[[], None]) -> None:
    own = DatasetFactory()
    lines: list[str] = []
    assert load_sample_data(lines.append) == len(FILES) == len(lines)
    before = Version.objects.count()
    assert load_sample_data() == len(FILES)
    assert Version.objects.count() == before == len(FILES)
    assert set(Version.objects.values_list("state", flat=True)) == {State.VALID}
    counts = dict(Version.objects.values_list("filename", "row_count"))
    invented = {name for name in counts if name.startswith("sample-")}
    assert sum(counts.pop(name) for name in invented) < 100  # small, so that a first start is quick
    assert counts == {
        "villages.csv": 14578,
        "administrative-codes.csv": 18159,
        "provinces-districts-communes.csv": 1887,
        "preah-sihanouk-units.csv": 147,
        "flood-hazard-index.csv": 1633,
        "idpoor-households.csv": 1646,
        "vulnerability-index.csv": 1652,
        "preah-sihanouk-outline.geojson": 1,
    }
    work()
    assert Version.objects.count() == before
    for dataset in Dataset.objects.filter(is_sample=True):
        for language in ("km", "en", "zh-hans"):
            response = client.get(f"/{language}/dataset/{dataset.name}/")
            assert response.status_code == 200
            assert "noindex" in response.content.decode()
    found = client.get("/km/dataset/", {"q": "ទឹកជំនន់"}).content.decode()
    assert "commune-flood-hazard" in found
    for typed in ("អូរធំ", "ភូមិអូរធំ"):  # unspaced, in the cells alone: the tables and their rows
        hits = search(Query(text=typed)).hits
        assert {hit.kind for hit in hits if "cambodia-villages" in hit.url} == {"dataset", "resource"}
    (value, *_) = next(hit.values for hit in search(Query(text="អូរធំ")).hits if hit.values)
    assert "01020101" in client.get(value.url).content.decode()
    assert remove_sample_data() == len(FILES)
    assert list(Dataset.objects.all()) == [own]
    assert not DataFile.objects.exists()
    assert not Organization.objects.filter(is_sample=True).exists()
    assert not Group.objects.filter(is_sample=True).exists()
    work()
    assert client.get("/km/dataset/commune-flood-hazard/").status_code == 404
    assert "commune-flood-hazard" not in client.get("/km/dataset/", {"q": "ទឹកជំនន់"}).content.decode()
