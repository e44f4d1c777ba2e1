"""Tables are derived from the files: one that is lost, damaged, or laid out by older rules, is written anew by itself."""

import logging
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from datasets.models import Version
from datasets.quality.measure import measure
from datasets.tabular import TabularError, write_parquet
from datasets.tabular.connection import damage_mark
from datasets.tabular.parquet import LAYOUT

logger = logging.getLogger(__name__)
ATTEMPTS = 3


def table_name(version: Version) -> str:
    """The file name of a version's table in today's layout."""
    return f"{version.uuid}.{LAYOUT}.parquet"


def is_whole(table: Path) -> bool:
    """Whether the file is there, and nobody has found it damaged."""
    return table.is_file() and not damage_mark(table).exists()


def rebuild_table(*, version: Version) -> bool:
    """Writes the table in today's layout, then removes the one it replaces, and counts in it what nobody has counted yet.

    False where that needs nothing or cannot be done.
    """
    old, name = version.parquet_path, table_name(version)
    target = Path(settings.PARQUET_DIR) / name
    if old is None:
        return False
    if old == target and is_whole(target):
        return not version.profile and _measured(version, target)
    try:
        descriptor = {"dialect": version.dialect, "schema": version.schema}
        write_parquet(version.data_file.absolute_path, descriptor, target)
    except (TabularError, OSError):
        logger.exception("The table of version %s cannot be written anew.", version.uuid)
        raise
    damage_mark(target).unlink(missing_ok=True)
    # Never over a version that was read anew meanwhile; that one gets its own table.
    replaced = Version.objects.filter(pk=version.pk, parquet=version.parquet).update(parquet=name)
    if replaced and old != target:
        old.unlink(missing_ok=True)
    return bool(replaced) and _measured(version, target)


def _measured(version: Version, table: Path) -> bool:
    profile = measure(table, version.schema, version.findings)
    return bool(Version.objects.filter(pk=version.pk, parquet=table.name).update(profile=profile))


def rebuild_tables() -> int:
    """How many tables were queued to be written anew. Safe to run at any time; one that failed three times is left alone."""
    from datasets.tasks import rebuild

    queued = 0
    for version in Version.objects.exclude(parquet="").defer("report", "findings", "detection"):
        path = version.parquet_path
        if path is None or (path.name == table_name(version) and is_whole(path) and version.profile):
            continue
        with transaction.atomic():
            runs = DBTaskResult.objects.filter(task_path=rebuild.module_path, args_kwargs__args=[version.pk])
            waiting = runs.filter(status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING]).exists()
            if not waiting and runs.filter(status=TaskResultStatus.FAILED).count() < ATTEMPTS:
                rebuild.enqueue(version.pk)
                queued += 1
    return queued
