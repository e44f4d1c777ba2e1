"""Fixtures every room's tests share."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils.translation.reloader import translation_file_changed

from tests import database

if connection.vendor == "sqlite":

    @pytest.fixture(scope="session")
    def django_db_setup(django_test_environment: None, django_db_blocker: Any, django_db_modify_db_settings: None) -> Iterator[None]:
        """Instead of migrating anew in each process: a copy of the migrated database."""
        with django_db_blocker.unblock():
            database.copy_into_memory()
        yield
        with django_db_blocker.unblock():
            connection.close()


from tests.browser import chromium, small_city  # noqa: F401


def pytest_configure() -> None:
    """People read a translated interface, so that is what is tested. A test forgets what it wrote, so no page is kept for the next."""
    call_command("compile_catalogues", verbosity=0)
    translation_file_changed(None, Path("django.mo"))  # Django read them when it started
    settings.PAGE_CACHE = False


@pytest.fixture
def work(db: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Do what the worker and the indexer would do next: every queued task, then the search outbox, until both are empty."""
    if connection.in_atomic_block:
        # The worker drops its connection between tasks; here it works inside the transaction of the test.
        monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)

    from search.engines import get_engine

    get_engine().drop()  # the database forgets between tests; an index that is not there is built anew by the first drain

    def run() -> None:
        from search.services.drain_outbox import drain_outbox

        call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
        while drain_outbox():
            pass

    return run
