"""How fast the index is written and read: `python benchmarks/search.py [documents] [--elasticsearch URL]`.

Mixed documents of about 2 kB in three languages, made from a fixed seed; the indexer's own path (analysis, engine, commit) and the
readers' own path (analysis, query, five facets, ten hits with highlights). No database, no HTTP.
"""

# ruff: noqa: E402
import argparse
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="search-benchmark-"))
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"

import django

django.setup()

from django.conf import settings

from search import registry
from search.documents import Document
from search.engines import get_engine
from search.prepared import prepare
from search.query import Query
from search.selectors import search

KHMER = """
សេវា ចុះបញ្ជី ដីធ្លី ក្រុង ព្រះសីហនុ សិទ្ធិ លំនៅឋាន បណ្តេញ លិខិត សាលា ឃុំ សង្កាត់ ខណ្ឌ ភូមិ ខេត្ត សុខភាព មណ្ឌល
កុមារ ស្ត្រី វ៉ាក់សាំង ទឹកស្អាត អគ្គិសនី ប្រជាជន ទិន្នន័យ គម្រោង អភិវឌ្ឍន៍ ច្បាប់ តម្លៃ ឆ្នាំ ការងារ អាជ្ញាធរ
មូលដ្ឋាន បរិស្ថាន ទឹកជំនន់ គ្រួសារ ក្រីក្រ អត្តសញ្ញាណប័ណ្ណ សំបុត្រ កំណើត អាពាហ៍ពិពាហ៍ ផ្សារ កំពង់ផែ
"""
ENGLISH = """
service registration land city right housing eviction letter school commune district village province health
centre child woman vaccine water electricity people data project development law price year work authority
environment flood family poverty identity
"""
CHINESE = """
土地 登记 住房 权利 城市 服务 健康 中心 儿童 妇女 疫苗 数据 项目 法律 洪水 家庭 村庄 学校
"""
QUERIES = [
    "ដីធ្លី",
    "ចុះបញ្ជីដីធ្លី",
    "សិទ្ធិលំនៅឋាន ស្ត្រី",
    "លំនៅដ្ឋាន",
    "土地登记",
    "住房权利",
    "land registration",
    "flooded villages",
    "ទឹកជំនន់ 2024",
    "vaccines",
]
FACETS = ("kind", "topic", "organization", "format", "language")


def _text(chance: random.Random, words: str, count: int, space: str, every: int) -> str:
    known = words.split()
    return "".join(chance.choice(known) + (space if index % every == every - 1 else "") for index in range(count))


def documents(count: int) -> Iterator[Document]:
    """`count` documents, the same at each call."""
    chance = random.Random(7)
    for number in range(count):
        khmer, english, chinese = (
            lambda n: _text(chance, KHMER, n, " ", 4),
            lambda n: _text(chance, ENGLISH, n, " ", 1),
            lambda n: _text(chance, CHINESE, n, "，", 6),
        )
        yield Document(
            key=f"page:{number}",
            kind=chance.choice(["page", "dataset", "resource"]),
            language=None,
            title={"km": khmer(5), "en": english(5), "zh-hans": chinese(4)},
            summary={"km": khmer(12), "en": english(12)},
            body={"km": khmer(50), "en": english(60), "zh-hans": chinese(40)},
            keywords=[khmer(1), english(1)],
            url={"km": f"/km/{number}/"},
            facets={
                "topic": [f"topic-{chance.randrange(12)}"],
                "organization": [f"org-{chance.randrange(30)}"],
                "format": [chance.choice(("CSV", "XLSX", "PDF"))],
            },
            modified=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number),
            sort={"name": f"d{number}", "size": number},
        )


def _size(document: Document) -> int:
    return sum(len(text.encode()) for texts in (document.title, document.summary, document.body) for text in texts.values())


def measure(count: int, rounds: int) -> list[str]:
    """One engine's row: documents a second (analysis by CPU time, all by the clock), query times, update to visible."""
    engine = get_engine()
    made = list(documents(count))
    started = time.perf_counter()
    spent = time.process_time()
    prepared = [prepare(document) for document in made]
    spent = time.process_time() - spent
    analysed = time.perf_counter() - started
    started = time.perf_counter()
    with engine.build() as build:
        build.add(prepared)
    written = time.perf_counter() - started
    times = []
    own = []
    for _ in range(rounds):
        for text in QUERIES:
            started, own_started = time.perf_counter(), time.process_time()
            found = search(Query(text=text, facets=FACETS, limit=10))
            times.append((time.perf_counter() - started) * 1000)
            own.append((time.process_time() - own_started) * 1000)
            assert found.total, text
    visible = []
    for number in range(5):
        started = time.perf_counter()
        engine.write([prepared[number]], [])
        search(Query(text=QUERIES[0]))
        visible.append((time.perf_counter() - started) * 1000)
    engine.drop()
    times.sort()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        engine.name,
        f"{count:,}",
        f"{sum(map(_size, made)) / count / 1000:.1f} kB",
        f"{count / spent:,.0f}/s",
        f"{count / (analysed + written):,.0f}/s",
        f"{statistics.median(times):.1f} ms",
        f"{times[int(len(times) * 0.95)]:.1f} ms",
        f"{statistics.median(own):.1f} ms",
        f"{statistics.median(visible):.0f} ms",
        f"{peak:.0f} MB",
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=int, nargs="?", default=5000)
    parser.add_argument("--rounds", type=int, default=30, help="how often the ten queries are asked")
    parser.add_argument("--elasticsearch", default=settings.ELASTICSEARCH_URL, help="measure this one too")
    arguments = parser.parse_args()
    print("| engine | documents | size | analysis, CPU | indexing | query p50 | p95 | of it our CPU | update to visible | memory, peak |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    registry._facets.clear()  # labels are the rooms' business and come from the database
    settings.ELASTICSEARCH_INDEX += "-benchmark"
    for url in dict.fromkeys(["", arguments.elasticsearch]):
        settings.ELASTICSEARCH_URL = url
        print("|", " | ".join(measure(arguments.documents, arguments.rounds)), "|", flush=True)


if __name__ == "__main__":
    main()
