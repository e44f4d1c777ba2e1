"""The sample city's texts keep the rules that the city's readers rely on: three languages, honest law, no invented number."""

import csv
import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

import datasets
from pages.fidelity import facts_of

FOLDER = Path(__file__).resolve().parents[2] / "pages" / "sample"
FILES = {path.relative_to(FOLDER).as_posix(): yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.rglob("*.yaml"))}
LANGUAGES = {"km", "en", "zh-hans"}
GUIDES = {data["slug"]: data for name, data in FILES.items() if name.startswith("guides/")}
INITIATIVES = {data["slug"]: data for name, data in FILES.items() if name.startswith("initiatives/")}
TOPICS = {data["slug"] for name, data in FILES.items() if name.startswith("topics/")}
PLACES = {place["key"]: place for place in FILES["places.yaml"]}
DATASETS = {
    yaml.safe_load(path.read_text(encoding="utf-8"))["name"]
    for path in (Path(datasets.__file__).parent / "sample" / "datasets").glob("*.yaml")
}
HUMAN_SECURITY = {"economic", "food", "health", "environmental", "personal", "community", "political"}
DISAGGREGATION = {"sex", "age", "disability", "urban_rural"}
GUIDE_KEYS = {
    "type",
    "topic",
    "slug",
    "title",
    "summary",
    "who_for",
    "what_to_bring",
    "steps",
    "fee",
    "time_needed",
    "legal_basis",
    "places",
    "questions",
    "body",
    "related_datasets",
    "owner",
    "reviewed_on",
    "next_review",
    "sdgs",
    "human_security",
    "disaggregation",
    "change_note",
}


def texts(value: Any, where: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every text of a file with its place in it."""
    if isinstance(value, dict) and set(value) & LANGUAGES:
        yield where, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from texts(part, f"{where}.{key}")
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from texts(part, f"{where}[{number}]")


@pytest.mark.parametrize("name", FILES)
def test_every_text_stands_in_three_languages_in_their_own_script(name: str) -> None:
    found = list(texts(FILES[name]))
    assert found
    for where, text in found:
        assert set(text) == LANGUAGES, where
        assert re.search(r"[\u1780-\u17d3]", text["km"]), where
        assert re.search(r"[A-Za-z]", text["en"]), where
        assert re.search(r"[\u4e00-\u9fff]", text["zh-hans"]), where
        assert not re.search(r"[\u1780-\u17ff\u4e00-\u9fff]", text["en"]), where
        assert not re.search(r"[\u4e00-\u9fff]", text["km"]), where
        assert not re.search(r"[\u1780-\u17ff]", text["zh-hans"]), where


@pytest.mark.parametrize("name", FILES)
def test_texts_are_clean_unicode_and_hold_no_telephone_number(name: str) -> None:
    raw = (FOLDER / name).read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", raw)
    assert not re.search(r"[\u200b\u200c\u200d\u00ad\ufeff]", raw)
    for where, text in texts(FILES[name]):
        for language, words in text.items():
            plain = re.sub(r"\]\([^)]*\)", "]", words)
            numbers = re.findall(r"[0-9០-៩][0-9០-៩ .\-]{5,}[0-9០-៩]", plain)
            assert not numbers, f"{where}, {language}: {numbers}"


@pytest.mark.parametrize("name", FILES)
def test_khmer_signs_stand_in_the_order_that_search_and_fonts_expect(name: str) -> None:
    for where, text in texts(FILES[name]):
        words = text["km"]
        assert not re.search("\u17d2(?![\u1780-\u17b3])", words), f"{where}: a coeng needs a letter after it"
        assert not re.search("\u17d2\u179a\u17d2", words), f"{where}: the subscript ro comes after every other subscript"
        assert not re.search("[\u17b6-\u17c8]\u17d2", words), f"{where}: subscripts come before vowels"
        assert not re.search("\u17c1\u17b8|\u17c1\u17b6|\u17a3|\u17a4|\u17d3|\u17d8", words), (
            f"{where}: one vowel typed as two, or a sign out of use"
        )
        assert "ស្ដ្រី" not in words
        assert "ឲ្យ" not in words


@pytest.mark.parametrize("name", FILES)
def test_chinese_uses_full_width_punctuation(name: str) -> None:
    for where, text in texts(FILES[name]):
        assert not re.search(r"[\u4e00-\u9fff][,;:?!()]|[,;?!][\u4e00-\u9fff]", text["zh-hans"]), where


@pytest.mark.parametrize("name", FILES)
def test_markup_is_bold_and_links_only(name: str) -> None:
    for where, text in texts(FILES[name]):
        for words in text.values():
            rest = re.sub(r"\*\*[^*]+\*\*|\[[^\]]+\]\((?:https://|/)[^)\s]+\)", "", words)
            assert not re.search(r"[*<>`]|\]\(", rest), where


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith(("guides/", "initiatives", "plain/", "journeys/"))])
def test_same_figures_in_all_languages(name: str) -> None:
    """What the portal itself finds in a translation that says another number or date than its source."""
    for where, text in texts(FILES[name]):
        found = [facts_of(words) for words in text.values()]
        assert found[0] == found[1] == found[2], where


def test_every_topic_has_guides_and_people_find_rights_services_and_health() -> None:
    assert {guide["topic"] for guide in GUIDES.values()} == TOPICS
    assert {guide["type"] for guide in GUIDES.values()} == {"service", "rights", "health"}
    assert "ដីធ្លី" in GUIDES["land-registration"]["title"]["km"]


@pytest.mark.parametrize("slug", GUIDES)
def test_a_guide_is_complete(slug: str) -> None:
    guide = GUIDES[slug]
    assert set(guide) - {"sensitive", "your_right", "deadlines"} == GUIDE_KEYS
    assert re.fullmatch(r"[a-z0-9-]+", slug)
    assert guide["topic"] in TOPICS
    assert set(guide["places"]) <= set(PLACES)
    assert guide["places"]
    assert set(guide["related_datasets"]) <= DATASETS
    assert set(guide["sdgs"]) <= set(range(1, 18))
    assert set(guide["human_security"]) <= HUMAN_SECURITY
    assert set(guide["disaggregation"]) <= DISAGGREGATION
    assert len(guide["steps"]) >= 3
    assert guide["what_to_bring"]
    assert {block["type"] for block in guide["body"]} <= {"paragraph", "heading", "callout", "fact", "chart"}
    assert isinstance(guide["next_review"], date)
    for title in (guide["title"][language] for language in LANGUAGES):
        assert len(title) < 120


@pytest.mark.parametrize("slug", GUIDES)
def test_a_legal_basis_names_its_source_and_says_when_nobody_has_checked_it(slug: str) -> None:
    assert GUIDES[slug]["legal_basis"]
    for basis in GUIDES[slug]["legal_basis"]:
        assert set(basis) == {"instrument", "article", "url", "date_checked", "note"}
        assert basis["url"].startswith("https://")
        if basis["date_checked"] is None:
            assert "Not yet checked by a named reviewer." in basis["note"]["en"]


def test_the_thirteen_initiatives_say_where_they_stand() -> None:
    numbers = [f"{pillar}.{n}" for pillar, count in ((1, 4), (2, 7), (3, 2)) for n in range(1, count + 1)]
    assert sorted(item["number"] for item in INITIATIVES.values()) == numbers
    for item in INITIATIVES.values():
        assert item["pillar"] == int(item["number"][0])
        assert any(status in item["body"][0]["text"]["en"] for status in ("planned", "being built"))
        assert item["related_guides"]
        assert item["related_datasets"]
        assert set(item["related_guides"]) <= set(GUIDES)
        assert set(item["related_datasets"]) <= DATASETS
        assert item["related_places"]
        assert set(item["related_places"]) <= set(PLACES)
        assert item["indicators"]
        assert {figure["dataset"] for figure in item["indicators"]} <= set(item["related_datasets"]) | {"commune-idpoor-households"}
    assert {guide for item in INITIATIVES.values() for guide in item["related_guides"]} == set(GUIDES)


def test_sample_records_belong_to_initiatives_and_promise_nothing_in_a_real_office_or_place() -> None:
    numbers = {item["number"] for item in INITIATIVES.values()}
    records = {name: FILES[f"{name}.yaml"] for name in ("commitments", "notices", "events", "ambassadors")}
    assert {record["initiative"] for record in records["commitments"]} == numbers
    for record in (record for found in records.values() for record in found):
        assert record["key"].startswith("sample-")
        assert record["initiative"] in numbers
        assert record["organization"] == "sample-city-office"
        assert record.get("place", "sample-centre") in PLACES
        for language, word in {"km": "គំរូ", "en": "ample", "zh-hans": "示例"}.items():
            assert word in record["title"][language]
    for notice in records["notices"]:
        assert not any(in_province(x, y) for ring in notice["area"]["coordinates"] for x, y in ring)


def test_what_pages_claim_by_figures_stands_in_the_tables_they_name() -> None:
    """Columns and rows of every living fact and indicator are there; figures that are invented say so."""
    folder = Path(datasets.__file__).parent / "sample"
    tables = {}
    for path in (folder / "datasets").glob("*.yaml"):
        row = yaml.safe_load(path.read_text(encoding="utf-8"))
        tables[row["name"]] = folder / "files" / row["resources"][0]["file"]
    claims = [(slug, fact) for slug, guide in GUIDES.items() for fact in guide["body"] if fact["type"] == "fact"]
    assert {fact["dataset"] for slug, fact in claims if fact["dataset"] not in GUIDES[slug]["related_datasets"]} == set()
    charts = {(slug, block["chart"].split("/")[0]) for slug, guide in GUIDES.items() for block in guide["body"] if block["type"] == "chart"}
    assert charts
    assert all(name in GUIDES[slug]["related_datasets"] for slug, name in charts)
    shown = {slug for slug, _fact in claims} | {slug for slug, _name in charts}
    lacking = {slug for slug, guide in GUIDES.items() if any("/km/gaps/" in block.get("text", {}).get("km", "") for block in guide["body"])}
    assert shown | lacking == set(GUIDES), "a guide shows the data behind it, or says that there are none"
    claims += [(slug, figure) for slug, item in INITIATIVES.items() for figure in item["indicators"]]
    for slug, fact in claims:
        with tables[fact["dataset"]].open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        assert set(fact["columns"]) <= set(rows[0]), slug
        if where := fact.get("where_column"):
            rows = [found for found in rows if found[where] == fact["where_value"]]
        assert rows, f"{slug}: no row in which {where} is {fact.get('where_value')}"
        assert fact["shown_as"] != "value" or len(rows) == 1, slug
        invented = fact["dataset"].startswith("sample-") and fact["dataset"] != "sample-service-catalogue"
        assert not invented or "invented" in fact["text"]["en"], slug


def test_home_asks_questions_that_guides_answer() -> None:
    asked = {question["guide"] for question in FILES["home.yaml"]["questions"]}
    assert asked <= set(GUIDES)
    assert {GUIDES[slug]["topic"] for slug in asked} == TOPICS


def in_province(x: float, y: float) -> bool:
    """Whether a point lies on the land of the shipped outline, by how often a ray from it crosses the shores."""
    outline = json.loads((Path(datasets.__file__).parent / "sample" / "files" / "preah-sihanouk-outline.geojson").read_text())
    rings = [ring for part in outline["features"][0]["geometry"]["coordinates"] for ring in part]
    sides = [side for ring in rings for side in pairwise(ring)]
    return sum((a[1] > y) != (b[1] > y) and x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0] for a, b in sides) % 2 == 1


def test_the_sea_and_the_land_are_told_apart() -> None:
    assert in_province(103.8190054, 10.705124)  # Veal Renh
    assert not in_province(103.3, 10.3)


def test_sample_places_lead_nobody_astray() -> None:
    assert {place["kind"] for place in PLACES.values()} == {"centre", "health", "legal_aid", "wifi", "office", "school"}
    for place in PLACES.values():
        assert "គំរូ" in place["name"]["km"]
        assert "ample" in place["name"]["en"]
        assert "示例" in place["name"]["zh-hans"]
        assert place["phone"] is None
        assert not in_province(float(place["longitude"]), float(place["latitude"]))  # in the sea: nobody goes there


def test_the_portal_says_what_it_is_not_and_what_it_does_not_keep() -> None:
    about, privacy = FILES["plain/about.yaml"], FILES["plain/privacy.yaml"]
    for language in LANGUAGES:
        told = " ".join(block["text"][language] for block in about["body"])
        assert {"km": "UN-Habitat", "en": "UN-Habitat", "zh-hans": "联合国人居署"}[language] in told
        kept = " ".join(block["text"][language] for block in privacy["body"])
        assert {"km": "ខូគី", "en": "cookies", "zh-hans": "Cookie"}[language] in kept
