"""Take up the tasks a killed worker left unfinished."""

import logging

from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger(__name__)
ATTEMPTS = 3


@transaction.atomic
def requeue_interrupted(*, worker_id: str) -> int:
    """Put the tasks that `worker_id` was running when it died back into the queue; returns how many.

    A task that has taken its worker down ATTEMPTS times is given up, so that one bad file cannot stop all others.
    Every task of the portal is idempotent: running it again from its beginning gives the same result.
    """
    requeued = 0
    for result in DBTaskResult.objects.select_for_update().running():
        if not result.worker_ids or result.worker_ids[-1] != worker_id:
            continue
        if len(result.worker_ids) >= ATTEMPTS:
            result.set_failed(RuntimeError(f"The worker ended {ATTEMPTS} times while running this task."))
            logger.error("Task %s was given up after %d attempts.", result.id, ATTEMPTS)
            continue
        result.status = TaskResultStatus.READY
        result.started_at = None
        result.save(update_fields=["status", "started_at"])
        requeued += 1
    return requeued
