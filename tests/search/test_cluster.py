"""Three Elasticsearch nodes, one of them killed while people search and editors publish. `make test-cluster`."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from search import synonyms
from search.engines import get_engine
from search.models import OutboxEntry
from search.query import Query
from search.selectors import search
from search.services.drain_outbox import drain_outbox, engine_pause
from search.services.mark_changed import mark_changed
from search.services.reindex import reindex
from search.thesaurus import Thesaurus
from tests.running import free_port

from .city import Things, document

COMMAND = os.environ.get("ELASTICSEARCH_COMMAND", "")
pytestmark = [pytest.mark.cluster, pytest.mark.django_db, pytest.mark.skipif(not COMMAND, reason="make test-cluster")]
PATIENCE = 240.0  # seconds for a cluster to settle


def until(what: Any, message: str) -> None:
    """Ask again until it is so."""
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end, message
        threading.Event().wait(0.2)


@pytest.fixture
def nodes(tmp_path: Path) -> Iterator[tuple[list[str], list[subprocess.Popen[bytes]]]]:
    """Addresses and processes of a cluster."""
    ports, transports = [free_port() for _ in range(3)], [free_port() for _ in range(3)]
    seeds = ",".join(f"127.0.0.1:{port}" for port in transports)
    common = ["discovery.type=multi-node", f"discovery.seed_hosts={seeds}", "cluster.initial_master_nodes=n0,n1,n2"]
    running: list[subprocess.Popen[bytes]] = []
    try:
        with (tmp_path / "nodes.log").open("wb") as log:
            for number, (port, transport) in enumerate(zip(ports, transports, strict=True)):
                own = [f"node.name=n{number}", f"transport.port={transport}"]
                running.append(subprocess.Popen([COMMAND, str(port), str(tmp_path / f"n{number}"), *common, *own], stdout=log, stderr=log))
                if not number:  # the command may have to fetch what it runs, which three at once would do over each other
                    until(lambda: psutil.Process(running[0].pid).name() == "java", "the first node does not start")
        yield [f"http://127.0.0.1:{port}" for port in ports], running
    finally:
        for node in running:
            node.kill()
            node.wait()


def test_a_node_is_killed_under_load(nodes: Any, settings: Any, things: Things) -> None:
    urls, processes = nodes
    settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_INDEX = ",".join(urls), "cluster-test"
    settings.ELASTICSEARCH_SHARDS, settings.ELASTICSEARCH_REPLICAS = 2, 1
    synonyms.use(Thesaurus(), seconds=1e6)
    engine = get_engine()
    until(lambda: engine.health().get("nodes") == 3, "the cluster did not come up")
    things.rows = {pk: document("thing", pk, title=f"ភូមិទី {pk}", sort={"size": 0}) for pk in range(1, 201)}
    reindex()
    until(lambda: engine.health()["status"] == "green", "the index is not copied to a second node")

    failed: list[str] = []
    done = threading.Event()
    searches = 0

    def readers() -> None:
        nonlocal searches
        while not done.is_set():
            try:
                total = search(Query(text="ភូមិ", facets=("kind",)), engine=engine).total
                searches += 1
                if total < 200:
                    failed.append(f"{total} documents")
            except Exception as error:
                failed.append(f"{type(error).__name__}: {error}")

    clients = [threading.Thread(target=readers) for _ in range(4)]
    for client in clients:
        client.start()
    try:
        for round_number in range(1, 41):
            if round_number == 15:
                processes[0].send_signal(signal.SIGKILL)
            for pk in (round_number, 200 + round_number):
                things.rows[pk] = document("thing", pk, title=f"ភូមិទី {pk} ថ្មី", sort={"size": round_number})
                mark_changed(source="thing", pk=pk)
            drain_outbox()

        def drained() -> bool:
            engine_pause.clear()
            drain_outbox()
            return not OutboxEntry.objects.exists()

        until(drained, "changes are still waiting")
    finally:
        done.set()
        for client in clients:
            client.join()

    assert failed == []
    assert searches > 50
    found = search(Query(text="ថ្មី", limit=100, facets=("kind",)))
    assert {hit.key for hit in found.hits} == {f"thing:{pk}" for number in range(1, 41) for pk in (number, 200 + number)}
    assert search(Query(text="ភូមិ")).total == 240
    health = engine.health()
    assert (health["ok"], health["nodes"]) == (True, 2)
    assert health["status"] in ("yellow", "green")
