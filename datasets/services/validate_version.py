"""Check a file against its schema and make the table: the body of the second task."""

import logging
import shutil
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from datasets.models import State, Version
from datasets.quality.measure import measure
from datasets.selectors import crosswalk
from datasets.tabular import Problem, Report, Table, TabularError, validate, write_parquet
from datasets.tabular.findings import HOLDS, Findings, find

from .rebuild_table import table_name
from .versions import publish_if_wanted

logger = logging.getLogger(__name__)
TELL_SECONDS = 1.0  # how often progress is written down


def _teller(version: Version) -> Callable[..., None]:
    """Writes down how far the check is, for those who wait."""
    told = 0.0

    def tell(rows: int, *, table: bool = False) -> None:
        nonlocal told
        if table or time.monotonic() - told >= TELL_SECONDS:
            told = time.monotonic()
            Version.objects.filter(pk=version.pk, state=State.CHECKING).update(progress={"rows": rows, "table": table})

    return tell


def _references(version: Version) -> dict[str, tuple[Path, dict[str, Any]]]:
    """The tables that foreign keys may name, by UUID and by each name: of the dataset's resources the newest version that was checked."""
    found: dict[str, tuple[Path, dict[str, Any]]] = {}
    for resource in version.resource.dataset.resources.filter(deleted_at__isnull=True) if version.schema.get("foreignKeys") else ():
        checked = resource.versions.filter(state__in=[State.VALID, State.INVALID]).order_by("-number")
        newest = version if resource.pk == version.resource_id else checked.first()
        if newest is not None:
            table = newest.data_file.absolute_path, {"dialect": newest.dialect, "schema": newest.schema}
            names = [str(resource.uuid), *(getattr(resource, f"name_{language}") for language in ("km", "en", "zh_hans"))]
            found |= {name: table for name in names if name}
    return found


def _make(version: Version, target: Path) -> tuple[Report, Table, Findings, dict[str, Any]]:
    """All derived things, or TabularError with the reason why there are none."""
    path, descriptor = version.data_file.absolute_path, {"dialect": version.dialect, "schema": version.schema}
    try:
        tell = _teller(version)
        report = validate(path, descriptor, filename=version.filename, references=_references(version), progress=tell)
        if report.problem is not None and report.problem.refused:
            raise TabularError(report.problem)
        tell(report.rows, table=True)
        table, findings = write_parquet(path, descriptor, target), find(path, descriptor, crosswalk())
        return report, table, findings, measure(target, version.schema, findings.to_dict())
    except (TabularError, MemoryError, OSError) as error:
        raise (
            error if isinstance(error, TabularError) else TabularError(Problem("engine-error", {"reason": type(error).__name__}))
        ) from error
    except Exception as error:
        # A file must never stop the queue, whatever an engine stumbles over; the trace goes to the log for us to mend.
        logger.exception("Validation failed: version %s", version.uuid)
        raise TabularError(Problem("engine-error", {"reason": type(error).__name__})) from error


def validate_version(*, version: Version) -> Version:
    """The version, "valid" or "invalid" with report, row count and Parquet, or "refused" with its problem.

    Does nothing unless it is "confirmed" or "checking" (killed on the way): running again gives the same.
    """
    started = Version.objects.filter(pk=version.pk, state__in=[State.CONFIRMED, State.CHECKING]).update(state=State.CHECKING, progress={})
    version = Version.objects.get(pk=version.pk)
    if not started:
        return version
    folder = Path(settings.PARQUET_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f".{version.uuid}-{uuid.uuid4().hex}"
    try:
        problem = None
        try:
            report, table, findings, profile = _make(version, temporary)
        except TabularError as error:
            problem = error.problem
        with transaction.atomic():
            current = Version.objects.select_for_update().get(pk=version.pk)
            if current.state != State.CHECKING or current.schema != version.schema or current.dialect != version.dialect:
                return current
            if problem is not None:
                current.state, current.problem = State.REFUSED, problem.to_dict()
            else:
                current.parquet, current.row_count = table_name(current), table.rows
                temporary.replace(folder / current.parquet)
                current.state = State.VALID if report.valid else State.INVALID
                current.report, current.error_count = report.to_dict(), report.total
                current.findings, current.profile = findings.to_dict(), profile
                current.held = any(one.kind in HOLDS for one in findings.findings)
            current.progress = {}
            current.save()
            publish_if_wanted(current)
        for leftover in folder.glob(f".*{current.uuid}-*"):  # of workers that were killed while they wrote
            shutil.rmtree(leftover, ignore_errors=True) if leftover.is_dir() else leftover.unlink(missing_ok=True)
        return current
    finally:
        temporary.unlink(missing_ok=True)
