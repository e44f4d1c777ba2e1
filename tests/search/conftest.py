"""Every search test has an index of its own, on each engine that is there."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from search import registry, synonyms
from search.engines import get_engine
from search.services.drain_outbox import drain_outbox, engine_pause
from search.services.reindex import reindex

from .city import CITY, Things

# A busy machine is not a slow function.
hypothesis.settings.register_profile("search", deadline=None)
hypothesis.settings.register_profile("search-long", deadline=None, max_examples=3000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "search"))

ENGINES = ["tantivy", "elasticsearch"] if os.environ.get("ELASTICSEARCH_URL") else ["tantivy"]


@pytest.fixture(autouse=True)
def fresh_synonyms() -> Iterator[None]:
    """The database forgets between tests."""
    synonyms.forget()
    yield
    synonyms.forget()


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest, settings: Any, tmp_path: Path) -> Iterator[str]:
    """The test runs once on each engine. In CI an Elasticsearch that cannot be reached is a failure."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    if request.param == "tantivy":
        settings.ELASTICSEARCH_URL = ""
    settings.ELASTICSEARCH_INDEX += "-search"
    engine_pause.clear()
    yield request.param
    engine_pause.clear()
    get_engine().drop()


@pytest.fixture
def things(monkeypatch: pytest.MonkeyPatch) -> Things:
    """The only source there is, empty."""
    source = Things()
    monkeypatch.setattr(registry, "_sources", {source.name: source})
    return source


@pytest.fixture
def city(db: None, engine_name: str, things: Things) -> Things:
    """The small city, indexed."""
    things.rows = dict(CITY)
    reindex()
    return things


@pytest.fixture
def drain() -> Callable[[], int]:
    """Do what the indexer does until nothing is due; gives how many outbox rows that took."""

    def run() -> int:
        total = 0
        while done := drain_outbox():
            total += done
        return total

    return run
