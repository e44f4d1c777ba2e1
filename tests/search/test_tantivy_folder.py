"""The embedded index is files: they get lost, cut short and read by other processes."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from search.engines.tantivy import SETTLED, TantivyEngine
from search.query import Query, SearchUnavailable
from search.selectors import search
from search.services.mark_changed import mark_changed
from search.services.reindex import reindex

from .city import CITY, Things, document

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(db: None, settings: Any, tmp_path: Path, things: Things) -> Path:
    """The folder of the live index of the small city, which is not of today."""
    settings.ELASTICSEARCH_URL = ""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    things.rows = dict(CITY)
    reindex()
    live = settings.SEARCH_INDEX_DIR / (settings.SEARCH_INDEX_DIR / "current").read_text()
    age = (live / "version").stat().st_mtime - 2 * SETTLED
    os.utime(live / "version", (age, age))
    return live


def count() -> int:
    return search(Query()).total


@pytest.mark.parametrize("damage", ["meta.json", "*.store", "*.idx", "*.term", "*.fast"])
def test_damaged_files_are_noticed_and_the_index_rebuilt(index: Path, settings: Any, damage: str, drain: Callable[[], int]) -> None:
    assert count() == len(CITY), "the indexer has the index open, whole"
    for path in index.glob(damage):
        whole = path.read_bytes()
        path.unlink()
        path.write_bytes(whole[:20])
    other_process = TantivyEngine(settings.SEARCH_INDEX_DIR)  # it has nothing open yet
    with pytest.raises(SearchUnavailable):
        search(Query(text="ដីធ្លី", facets=("kind",)), engine=other_process)
    drain()
    assert search(Query(text="ដីធ្លី"), engine=other_process).total
    assert search(Query(), engine=other_process).total == count() == len(CITY)


@pytest.mark.parametrize("lost", ["current", "index-*/version"])
def test_lost_files_lead_to_a_new_index(index: Path, settings: Any, lost: str, drain: Callable[[], int]) -> None:
    for path in settings.SEARCH_INDEX_DIR.glob(lost):
        path.unlink()
    drain()
    assert count() == len(CITY)
    assert len(list(settings.SEARCH_INDEX_DIR.glob("index-*"))) == 1


def test_a_reader_sees_what_another_process_wrote(index: Path, settings: Any, things: Things, drain: Callable[[], int]) -> None:
    reader = TantivyEngine(settings.SEARCH_INDEX_DIR)
    assert len([key for key, _ in reader.digests()]) == len(CITY)
    things.rows[9] = document("thing", 9, title="កំពង់ផែ")
    mark_changed(source="thing", pk=9)
    drain()
    assert "thing:9" in [key for key, _ in reader.digests()]
    reindex()
    assert "thing:9" in [key for key, _ in reader.digests()]


def test_a_writer_killed_half_way_leaves_a_whole_index(index: Path, settings: Any, things: Things, drain: Callable[[], int]) -> None:
    script = (
        "import os, sys, tantivy\n"
        "writer = tantivy.Index.open(sys.argv[1]).writer(15_000_000, 1)\n"
        "writer.delete_all_documents()\n"
        "os.kill(os.getpid(), 9)\n"
    )
    assert subprocess.run([sys.executable, "-c", script, str(index)], check=False).returncode == -9
    things.rows[9] = document("thing", 9, title="កំពង់ផែ")
    mark_changed(source="thing", pk=9)
    drain()
    assert count() == len(CITY) + 1
