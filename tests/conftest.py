"""Fixtures every room's tests share."""

from collections.abc import Callable

import pytest
from django.core.management import call_command


@pytest.fixture
def work(db: None) -> Callable[[], None]:
    """Do what the worker and the indexer would do next: every queued task, then the search outbox, until both are empty."""

    from search.engines import get_engine

    get_engine().drop()  # the database forgets between tests; an index that is not there is built anew by the first drain

    def run() -> None:
        from search.services.drain_outbox import drain_outbox

        call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
        while drain_outbox():
            pass

    return run
