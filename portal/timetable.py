"""What the portal does by the clock. One failing entry is logged and tried again; it never stops the others."""

import logging
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from datasets.services.charts import queue_charts
from datasets.services.harvesting import claim_due_sources
from datasets.services.links import check_links, queue_due_fetches
from datasets.services.publish_own_records import publish_own_records
from datasets.services.rebuild_table import rebuild_tables
from datasets.services.resume_versions import resume_versions
from datasets.tasks import harvest
from portal.models import Heartbeat
from portal.tasks import beat
from portal.webhooks.announce import forget_old_deliveries
from search.services.count_outcome import forget_outcomes
from search.services.drain_outbox import drain_outbox

logger = logging.getLogger(__name__)


@dataclass
class Entry:
    """One job and how often it is due."""

    name: str
    every: float  # seconds
    run: Callable[[], object]
    due: float = 0.0  # monotonic seconds


def _remove_leftovers() -> None:
    """Uploads that were cut off and workers that were killed leave files behind: a day later nobody will come back for them."""
    yesterday = time.time() - 86_400
    converted = Path(tempfile.gettempdir()).glob("tabular-*")
    for path in (*(settings.FILES_DIR / "incoming").glob("*"), *converted):
        if path.lstat().st_mtime < yesterday and path.lstat().st_uid == os.getuid():
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def _harvest() -> None:
    for key in claim_due_sources():
        harvest.enqueue(key)


def entries() -> list[Entry]:
    """The timetable, most frequent first."""
    return [
        Entry("search outbox", 0, drain_outbox),
        Entry("heartbeat", 10, lambda: Heartbeat.beat("tick")),
        Entry("worker heartbeat", 30, lambda: beat.enqueue()),
        Entry("scheduled publishing", 60, lambda: call_command("publish_scheduled", verbosity=0)),
        Entry("files behind links", 60, queue_due_fetches),
        Entry("stuck versions", 300, resume_versions),
        Entry("lost and old tables", 300, rebuild_tables),
        Entry("charts", 300, queue_charts),
        Entry("links alive", 3600, check_links),
        Entry("own records", 3600, publish_own_records),
        Entry("harvest", 60, _harvest),
        Entry("old task results", 3600, lambda: call_command("prune_db_task_results", min_age_days=7, verbosity=0)),
        Entry("old webhook messages", 86_400, forget_old_deliveries),
        Entry("expired sessions", 86_400, lambda: call_command("clearsessions")),
        Entry("old search counts", 86_400, forget_outcomes),
        Entry("cut-off uploads", 86_400, _remove_leftovers),
    ]


class Timetable:
    """Runs what is due."""

    def __init__(self) -> None:
        self.entries = entries()

    def run_due(self, *, everything: bool = False) -> None:
        now = time.monotonic()
        for entry in self.entries:
            if not everything and now < entry.due:
                continue
            entry.due = now + entry.every
            try:
                entry.run()
            except Exception:
                # The search engine or the database may be away for a while; the work waits in the database.
                logger.exception("Timetable: %s failed and will be tried again.", entry.name)
                entry.due = now + max(entry.every, 5)
