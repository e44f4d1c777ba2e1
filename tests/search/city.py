"""A small city to search: documents in three languages, as the rooms above would register them."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from search.documents import Document
from search.query import Query
from search.selectors import search


def document(source: str, pk: int, **changes: Any) -> Document:
    """A document with as little as a document needs; `title`, `summary`, `body` may be given as a Khmer text or by language."""
    values: dict[str, Any] = {
        "kind": source,
        "language": None,
        "title": {},
        "summary": {},
        "body": {},
        "keywords": (),
        "url": {language: f"/{language}/{source}/{pk}/" for language in ("km", "en", "zh-hans")},
        "facets": {},
        "modified": datetime(2026, 1, 1, tzinfo=UTC),
        **changes,
    }
    for name in ("title", "summary", "body"):
        if isinstance(values[name], str):
            values[name] = {"km": values[name]}
    return Document(key=f"{source}:{pk}", **values)


CITY = {
    1: document(
        "thing",
        1,
        kind="page",
        title={"km": "សេវាចុះបញ្ជីដីធ្លីនៅក្រុងព្រះសីហនុ", "en": "Registering land in Sihanoukville", "zh-hans": "西哈努克市土地登记"},
        summary={"km": "របៀបសុំប័ណ្ណកម្មសិទ្ធិ", "en": "How to ask for a title to your land.", "zh-hans": "如何申请土地证"},
        body={"km": "សូមយកអត្តសញ្ញាណប័ណ្ណ និងលិខិតបញ្ជាក់ពីមេភូមិ។ តម្លៃសេវា ១០០០០ រៀល។", "en": "Bring your identity card."},
        facets={"topic": ["services"], "organization": ["city-hall"]},
        modified=datetime(2026, 3, 1, tzinfo=UTC),
        sort={"name": "land", "size": 3, "created": 100},
    ),
    2: document(
        "thing",
        2,
        kind="page",
        title={"km": "សិទ្ធិលំនៅឋាន និងការបណ្តេញចេញ", "en": "Housing rights and evictions", "zh-hans": "保障住房权利指南"},
        summary={"km": "អ្វីត្រូវធ្វើពេលទទួលបានលិខិតបណ្តេញចេញ", "en": "What to do about an eviction notice."},
        body={"km": "ស្ត្រី និងកុមារមានសិទ្ធិទទួលបានជំនួយ។", "en": "Legal aid is free of charge."},
        keywords=["បណ្តេញ", "legal aid"],
        facets={"topic": ["housing"], "organization": ["legal-aid"]},
        modified=datetime(2026, 4, 1, tzinfo=UTC),
        sort={"name": "housing", "size": 2, "created": 200},
    ),
    3: document(
        "thing",
        3,
        kind="dataset",
        title={"km": "បញ្ជីភូមិក្នុងខេត្តព្រះសីហនុ ២០២៤", "en": "Villages of the province, 2024", "zh-hans": "村庄名录"},
        summary={"km": "ឈ្មោះ និងលេខកូដភូមិ", "en": "Names and codes of villages, with their land area"},
        facets={"topic": ["services"], "organization": ["city-hall"], "format": ["CSV", "XLSX"]},
        modified=datetime(2026, 2, 1, tzinfo=UTC),
        sort={"name": "villages", "size": 1, "created": 300},
    ),
    4: document(
        "thing",
        4,
        kind="page",
        language="en",
        title={"en": "Vaccination for children"},
        body={"en": "Vaccines are given at every health centre; registration is not needed. Cafés are open."},
        facets={"topic": ["health"]},
        url={"en": "/en/vaccination/"},
        modified=datetime(2026, 5, 1, tzinfo=UTC),
        sort={"name": "vaccination", "size": 4, "created": 50},
    ),
}


class Things:
    """A source whose rows a test changes as it likes; a row may be an exception to raise."""

    name = "thing"

    def __init__(self, rows: dict[int, Document | Exception] | None = None) -> None:
        self.rows: dict[int, Document | Exception] = dict(rows or {})

    def documents(self, pks: Sequence[int]) -> Iterable[Document]:
        for pk in pks:
            row = self.rows.get(pk)
            if isinstance(row, Exception):
                raise row
            if row:
                yield row

    def pks(self) -> Iterable[int]:
        return list(self.rows)


def found(text: str = "", **changes: object) -> list[str]:
    """The keys of what is found, in order."""
    return [hit.key for hit in search(Query(text=text, **changes)).hits]
