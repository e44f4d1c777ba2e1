"""Nobody waits for ever: versions whose task failed are tried again, and refused when that does not help."""

import logging

from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from datasets.models import State, Version
from datasets.models.version import WORKING

logger = logging.getLogger(__name__)
ATTEMPTS = 3


@transaction.atomic
def _resume(version: Version) -> bool:
    from datasets.tasks import detect, validate

    version = Version.objects.select_for_update().get(pk=version.pk)
    task = detect if version.state == State.RECEIVED else validate
    runs = DBTaskResult.objects.filter(task_path=task.module_path, args_kwargs__args=[version.pk], enqueued_at__gte=version.created)
    if version.state not in WORKING or runs.filter(status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING]).exists():
        return False
    failed = list(runs.filter(status=TaskResultStatus.FAILED))
    if sum(max(1, len(run.worker_ids or [])) for run in failed) >= ATTEMPTS:
        logger.error("Version %s was given up after %d failed tasks.", version.uuid, len(failed))
        version.state, version.problem = State.REFUSED, {"code": "engine-error", "context": {"reason": "gave up"}}
        version.save(update_fields=["state", "problem"])
    else:
        task.enqueue(version.pk)
    return True


def resume_versions() -> int:
    """How many stuck versions were queued again, or refused ("engine-error") after ATTEMPTS failures. Safe to run at any time."""
    return sum(_resume(version) for version in Version.objects.filter(state__in=WORKING))
