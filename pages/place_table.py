"""Places as a table: one row each, the same columns in the dataset, in the API and in the file that editors exchange in bulk."""

from collections.abc import Iterator
from typing import Any

from pages.models import Place
from pages.models.place import PlaceKind

LANGUAGES = ("km", "en", "zh_hans")
TEXTS = {
    "name": ("ឈ្មោះ", "Name", "名称"),
    "description": ("ការពិពណ៌នា", "Description", "说明"),
    "services": ("សេវា", "Services", "服务"),
    "address": ("អាសយដ្ឋាន", "Address", "地址"),
    "directions": ("របៀបទៅដល់", "How to get there", "如何前往"),
    "hours": ("ពាក្យអំពីម៉ោងបើក", "Words about the opening hours", "开放时间说明"),
}
CODES = ("access", "languages")  # lists of codes, a space between


def _field(name: str, titles: tuple[str, str, str], kind: str = "string", **constraints: Any) -> dict[str, Any]:
    km, en, zh = titles
    field = {"name": name, "type": kind, "title": en, "title_translated": {"km": km, "en": en, "zh-hans": zh}}
    return field | ({"constraints": constraints} if constraints else {})


def _texts() -> Iterator[dict[str, Any]]:
    for name, titles in TEXTS.items():
        for language, ending in zip(LANGUAGES, ("km", "en", "zh"), strict=True):
            constraints = {"required": True} if (name, language) == ("name", "km") else {}
            km, en, zh = (f"{title} ({ending})" for title in titles)
            yield _field(f"{name}_{language}", (km, en, zh), **constraints)


SCHEMA = {
    "primaryKey": "slug",
    "fields": [
        _field("slug", ("អាសយដ្ឋានលើគេហទំព័រ", "Address on this site", "本站地址"), required=True, unique=True, pattern="[-a-zA-Z0-9_]+"),
        _field("kind", ("ប្រភេទ", "Kind", "类型"), required=True, enum=list(PlaceKind.values)),
        *_texts(),
        _field("opening", ("ម៉ោងបើក", "Opening hours", "开放时间")),
        _field("phone", ("ទូរស័ព្ទ", "Telephone", "电话")),
        _field("access", ("ភាពងាយស្រួលចូលប្រើ", "Accessibility", "无障碍设施")),
        _field("languages", ("ភាសាដែលនិយាយ", "Languages spoken", "可用语言")),
        _field("commune_code", ("លេខកូដឃុំ សង្កាត់", "Code of the commune", "乡（分区）代码"), pattern="[0-9]{6}"),
        _field("latitude", ("រយៈទទឹង", "Latitude", "纬度"), "number", minimum=-90, maximum=90),
        _field("longitude", ("រយៈបណ្តោយ", "Longitude", "经度"), "number", minimum=-180, maximum=180),
        _field("is_sample", ("គំរូ", "Sample", "示例"), "boolean", required=True),
    ],
}
NAMES = [field["name"] for field in SCHEMA["fields"]]


def cells(place: Place) -> list[Any]:
    """The row of a place, as it stands in a CSV file."""
    row: list[Any] = []
    for name in NAMES:
        value = getattr(place, name)
        if name in CODES:
            value = " ".join(value)
        elif isinstance(value, bool):
            value = "true" if value else "false"
        row.append("" if value is None else value.replace("\r", "").replace("\n", "; ") if name.startswith("services") else value)
    return row


def place_rows() -> Iterator[list[Any]]:
    """Every place, in the order of their addresses."""
    yield from map(cells, Place.objects.order_by("slug"))
