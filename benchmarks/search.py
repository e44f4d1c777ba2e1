"""How fast the index is written and read: `python benchmarks/search.py [1000 100000 …] [--elasticsearch URL]`.

Mixed documents of about 2 kB in three languages, put together from the sentences of the sample city and the names of Cambodia's
villages with a fixed seed; the indexer's own path (analysis in several processes, engine, commit) and the readers' own path (analysis,
query, five facets, ten hits with highlights). No database, no HTTP. The questions are the judged ones and names of villages.
"""

# ruff: noqa: E402
import argparse
import csv
import multiprocessing
import os
import random
import re
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="search-benchmark-"))
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"

import django

django.setup()

from django.conf import settings
from elasticsearch import Elasticsearch

from portal.garbage import settle
from search import registry, synonyms
from search.documents import LANGUAGES, Document
from search.engines import Engine, engine_for
from search.prepared import prepare
from search.preparing import prepare_all
from search.query import Query
from search.selectors import search
from search.thesaurus import Thesaurus

FACETS = ("kind", "topic", "organization", "format", "language")
CLIENTS = 8


def _rows(path: str, delimiter: str) -> list[dict[str, str]]:
    with (ROOT / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter, quoting=csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL))


def _sentences() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    for row in _rows("benchmarks/relevance/corpus.tsv", "\t"):
        found[row["language"]] += [piece.strip() for piece in re.split(r"(?<=[។.!?。！？])\s*", row["text"]) if 10 < len(piece) < 300]
    return found


def documents(count: int) -> Iterator[Document]:
    """`count` documents, the same at each call: two of three in one language, as pages are, the others in three, as datasets are."""
    chance = random.Random(7)
    sentences = _sentences()
    villages = [(row["name_km"], row["name_latin"]) for row in _rows("datasets/sample/files/villages.csv", ",")]

    def text(language: str, size: int) -> str:
        parts: list[str] = []
        while size > 0:
            parts.append(chance.choice(sentences[language]))
            if chance.random() < 0.3:
                parts.append(chance.choice(villages)[language == "en"])
            size -= len(parts[-1].encode())
        return " ".join(parts)

    for number in range(count):
        language = LANGUAGES[number % 3] if number % 9 < 6 else None
        spoken = [language] if language else LANGUAGES
        share = 2000 // len(spoken)
        yield Document(
            key=f"page:{number}",
            kind="page" if language else chance.choice(["dataset", "resource"]),
            language=language,
            title={code: text(code, 1)[:100] for code in spoken},
            summary={code: text(code, share // 10) for code in spoken},
            body={code: text(code, share * 6 // 10) for code in spoken},
            keywords=[] if language else list(chance.choice(villages)),
            url={"km": f"/km/{number}/"},
            facets={
                "topic": [f"topic-{chance.randrange(12)}"],
                "organization": [f"org-{chance.randrange(30)}"],
                "format": [] if language else [chance.choice(("CSV", "XLSX", "PDF"))],
            },
            modified=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number),
            sort={"name": f"d{number}", "size": number},
        )


def questions() -> list[tuple[str, str]]:
    """(text, language): what the judged set asks, and a village for every five of them."""
    judged = list(dict.fromkeys((row["query"], row["language"]) for row in _rows("benchmarks/relevance/judgements.tsv", "\t")))
    villages = _rows("datasets/sample/files/villages.csv", ",")
    return judged + [(row["name_km"], "km") for row in villages[:: len(villages) * 5 // len(judged)]]


def _without_database() -> None:
    """Facets show their values; the synonyms are those of a new site."""
    registry._facets.clear()
    synonyms.use(Thesaurus(synonyms.starting_entries()), seconds=1e9)


def _ask(engine: Engine, question: tuple[str, str]) -> float:
    """Milliseconds for one whole search."""
    started = time.perf_counter()
    search(Query(text=question[0], language=question[1], facets=FACETS, limit=10), engine=engine)
    return (time.perf_counter() - started) * 1000


def _client(made: tuple[str, str, str], number: int, seconds: float, count: "multiprocessing.Value") -> None:  # type: ignore[valid-type]
    _without_database()
    engine, asked, until = engine_for(*made), questions(), time.monotonic() + seconds
    done = 0
    while time.monotonic() < until:
        _ask(engine, asked[(number * 17 + done) % len(asked)])
        done += 1
    with count.get_lock():  # type: ignore[attr-defined]
        count.value += done  # type: ignore[attr-defined]


def _throughput(made: tuple[str, str, str], seconds: float = 5.0) -> float:
    """Searches a second of eight clients, each a process as web workers are."""
    context = multiprocessing.get_context("fork")
    count = context.Value("i", 0)
    clients = [context.Process(target=_client, args=(made, number, seconds, count)) for number in range(CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return count.value / seconds


def _memory(url: str) -> str:
    """Megabytes: this process at most; the heap that Elasticsearch uses, at most too."""
    if not url:
        return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    nodes = Elasticsearch(url.replace(",", " ").split()).nodes.stats(metric="jvm")["nodes"].values()
    return f"heap {sum(pool['peak_used_in_bytes'] for node in nodes for pool in node['jvm']['mem']['pools'].values()) / 1e6:.0f} MB"


def _bytes(folder: str) -> int:
    return sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())


def measure(made: tuple[str, str, str], count: int, rounds: int) -> list[str]:
    """One row of the table."""
    engine = engine_for(*made)
    started = time.perf_counter()
    with engine.build() as build:
        build.add(prepare_all(documents(count), engine.pack, failed := {}))
    written = time.perf_counter() - started
    assert not failed, failed
    size = f"{_bytes(made[2]) / 1e6:,.0f} MB" if not made[0] else "—"
    settle()  # as a web process does
    asked = questions()
    for question in asked[:20]:
        _ask(engine, question)
    times, own = [], []
    for question in asked * rounds:
        before = time.process_time()
        times.append(_ask(engine, question))
        own.append((time.process_time() - before) * 1000)
    times.sort()
    visible = []
    for document in documents(5):
        started = time.perf_counter()
        engine.write([prepare(document)], [])
        search(Query(text="ដីធ្លី"), engine=engine)
        visible.append((time.perf_counter() - started) * 1000)
    throughput = _throughput(made)
    memory = _memory(made[0])
    engine.drop()
    return [
        engine.name,
        f"{count:,}",
        f"{count / written:,.0f}/s",
        size,
        f"{statistics.median(times):.1f} ms",
        f"{times[int(len(times) * 0.95)]:.1f} ms",
        f"{statistics.median(own):.1f} ms",
        f"{sorted(own)[int(len(own) * 0.95)]:.1f} ms",
        f"{throughput:,.0f}/s",
        f"{statistics.median(visible):.0f} ms",
        memory,
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=int, nargs="*", default=[1000, 100_000])
    parser.add_argument("--rounds", type=int, default=3, help="how often the questions are asked")
    parser.add_argument("--elasticsearch", default=settings.ELASTICSEARCH_URL, help="measure this one too")
    arguments = parser.parse_args()
    columns = ["engine", "documents", "indexing", "index", "query p50", "p95", "own CPU p50", "p95"]
    print("|", " | ".join([*columns, f"{CLIENTS} clients", "update to visible", "memory, peak"]), "|")
    print("|" + "---|" * 11)
    _without_database()  # labels are the rooms' business and come from the database
    for count in arguments.documents:
        for url in dict.fromkeys(["", arguments.elasticsearch]):
            with tempfile.TemporaryDirectory(prefix="search-benchmark-") as folder:
                print("|", " | ".join(measure((url, "portal-benchmark", folder), count, arguments.rounds)), "|", flush=True)


if __name__ == "__main__":
    main()
