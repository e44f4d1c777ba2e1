"""What was changed is found, what was taken away is not, and nothing is lost on the way."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from search.documents import Document
from search.engines import get_engine
from search.models import OutboxEntry
from search.query import Query, SearchUnavailable
from search.selectors import search
from search.services.drain_outbox import MOST_ATTEMPTS, drain_outbox, engine_pause
from search.services.mark_changed import mark_changed
from search.services.reindex import reindex

from .city import CITY, Things, document

pytestmark = pytest.mark.django_db


def found(text: str = "") -> list[str]:
    return sorted(hit.key for hit in search(Query(text=text)).hits)


def later() -> None:
    """The time for the next attempt has come."""
    OutboxEntry.objects.filter(retry_at__gt=timezone.now()).update(retry_at=timezone.now() - timedelta(seconds=1))


def test_an_idle_indexer_asks_once(city: Things, django_assert_max_num_queries: Any) -> None:
    drain_outbox()
    with django_assert_max_num_queries(1):
        assert drain_outbox() == 0


def test_a_change_that_is_rolled_back_leaves_nothing(city: Things) -> None:
    with transaction.atomic():
        mark_changed(source="thing", pk=1)
        transaction.set_rollback(True)
    assert drain_outbox() == 0


def test_a_change_during_indexing_is_not_lost(city: Things, monkeypatch: pytest.MonkeyPatch, drain: Callable[[], int]) -> None:
    original = city.documents

    def edited_meanwhile(pks: Sequence[int]) -> Iterable[Document]:
        documents = list(original(pks))
        monkeypatch.setattr(city, "documents", original)
        city.rows[1] = document("thing", 1, title="កំពង់ផែ")
        mark_changed(source="thing", pk=1)
        return documents

    city.rows[1] = document("thing", 1, title="ផ្សារ")
    mark_changed(source="thing", pk=1)
    monkeypatch.setattr(city, "documents", edited_meanwhile)
    assert drain_outbox() == 1
    assert found("ផ្សារ") == ["thing:1"]
    drain()
    assert (found("ផ្សារ"), found("កំពង់ផែ")) == ([], ["thing:1"])


def test_a_rebuild_by_several_processes_leaves_out_only_what_cannot_be_analysed(city: Things) -> None:
    city.rows |= {pk: document("thing", pk, title=f"ភូមិទី {pk}") for pk in range(101, 331)}
    city.rows[205] = document("thing", 205, title={"km": 205})  # type: ignore[dict-item]
    assert reindex() == len(CITY) + 229
    assert "thing:330" in [hit.key for hit in search(Query(text="ភូមិទី ៣៣០")).hits]
    (failure,) = OutboxEntry.objects.all()
    assert (failure.object_pk, failure.error.split(":")[0]) == (205, "AttributeError")


def test_one_bad_document_holds_up_nobody(city: Things, drain: Callable[[], int], caplog: pytest.LogCaptureFixture) -> None:
    city.rows |= {5: ValueError("no title"), 6: document("thing", 6, title="កំពង់ផែ"), 7: document("other", 7)}
    for pk in (5, 6, 7):
        mark_changed(source="thing", pk=pk)
    mark_changed(source="stranger", pk=1)
    drain()
    assert found("កំពង់ផែ") == ["thing:6"]
    waiting = {entry.object_pk: entry for entry in OutboxEntry.objects.all()}
    assert set(waiting) == {5, 7, 1}
    assert "no title" in waiting[5].error
    assert "other:7" in waiting[7].error
    assert "stranger" in waiting[1].error

    for _ in range(MOST_ATTEMPTS + 2):
        later()
        drain()
    assert OutboxEntry.objects.get(object_pk=5).attempts == MOST_ATTEMPTS
    assert "given up" in caplog.text

    city.rows[5] = document("thing", 5, title="សាលារៀន")
    mark_changed(source="thing", pk=5)
    drain()
    assert found("សាលារៀន") == ["thing:5"]
    assert not OutboxEntry.objects.filter(object_pk=5).exists()


def test_a_rebuild_leaves_out_bad_documents_and_remembers_them(city: Things, drain: Callable[[], int]) -> None:
    city.rows[5] = ValueError("no title")
    assert reindex() == len(CITY)
    assert len(found()) == len(CITY)
    city.rows[5] = document("thing", 5, title="សាលារៀន")
    drain()
    assert found("សាលារៀន") == ["thing:5"]


def test_rows_wait_while_the_engine_is_down(city: Things, settings: Any, drain: Callable[[], int], tmp_path: Path) -> None:
    working = settings.ELASTICSEARCH_URL, settings.SEARCH_INDEX_DIR
    city.rows[1] = document("thing", 1, title="កំពង់ផែ")
    mark_changed(source="thing", pk=1)
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    assert drain_outbox() == 0
    entry = OutboxEntry.objects.get()
    assert (entry.attempts, entry.error) == (0, "")
    with pytest.raises(SearchUnavailable):
        search(Query(text="កំពង់ផែ"))

    settings.ELASTICSEARCH_URL, settings.SEARCH_INDEX_DIR = working
    assert drain_outbox() == 0, "an engine that failed a moment ago is left alone"
    engine_pause.clear()
    assert drain() == 1
    assert found("កំពង់ផែ") == ["thing:1"]


def test_reindex_brings_back_what_the_outbox_never_heard_of(city: Things) -> None:
    del city.rows[1]
    city.rows[9] = document("thing", 9, title="កំពង់ផែ")
    output = StringIO()
    call_command("reindex", stdout=output)
    assert "4 documents" in output.getvalue()
    assert found() == ["thing:2", "thing:3", "thing:4", "thing:9"]


def test_a_failed_rebuild_leaves_the_live_index(city: Things, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Iterable[int]:
        yield 1
        raise RuntimeError

    monkeypatch.setattr(city, "pks", broken)
    with pytest.raises(RuntimeError):
        reindex()
    assert len(found()) == len(CITY)


def test_an_index_of_older_rules_is_rebuilt(city: Things, monkeypatch: pytest.MonkeyPatch, drain: Callable[[], int]) -> None:
    city.rows[9] = document("thing", 9, title="កំពង់ផែ")
    monkeypatch.setattr(f"search.engines.{get_engine().name}.{'VERSION' if get_engine().name == 'tantivy' else 'INDEX_VERSION'}", "newer")
    monkeypatch.setattr(get_engine(), "_usable_until", 0.0, raising=False)
    assert found("កំពង់ផែ") == []
    drain()
    assert found("កំពង់ផែ") == ["thing:9"]


def test_a_lost_index_is_rebuilt(city: Things, drain: Callable[[], int]) -> None:
    get_engine().drop()
    with pytest.raises(SearchUnavailable):
        found()
    drain()
    assert len(found()) == len(CITY)


def test_all_keys_are_known(city: Things) -> None:
    assert sorted(key for key, _ in get_engine().digests()) == [f"thing:{pk}" for pk in CITY]


def test_drift_is_measured_and_mended(city: Things, drain: Callable[[], int]) -> None:
    call_command("check_index", stdout=StringIO())
    del city.rows[1]
    city.rows[2] = document("thing", 2, title="ផ្សារ")
    city.rows[9] = document("thing", 9, title="កំពង់ផែ")
    city.rows[4] = document("thing", 4, title="សាលារៀន")
    mark_changed(source="thing", pk=4)  # waits, which is no drift
    output = StringIO()
    with pytest.raises(CommandError, match="--mend"):
        call_command("check_index", stdout=output)
    assert output.getvalue().splitlines() == ["4 documents compared.", "missing: 1 (thing:9)", "stale: 1 (thing:2)", "extra: 1 (thing:1)"]
    call_command("check_index", mend=True, stdout=output)
    assert "Mended." in output.getvalue()
    assert found() == ["thing:2", "thing:3", "thing:4", "thing:9"]
    assert found("ផ្សារ") == ["thing:2"]
    call_command("check_index", stdout=StringIO())


def test_an_index_that_is_not_there_says_what_to_do(city: Things) -> None:
    get_engine().drop()
    with pytest.raises(CommandError, match="reindex"):
        call_command("check_index", stdout=StringIO())
