from collections.abc import Callable

import pytest
from django_tasks_db.models import DBTaskResult

from portal.models import Heartbeat
from portal.services.requeue_interrupted import ATTEMPTS, requeue_interrupted
from portal.tasks import beat

pytestmark = pytest.mark.django_db


def killed_while_running(worker: str, times: int = 1) -> DBTaskResult:
    beat.enqueue()
    result = DBTaskResult.objects.get(task_path="portal.tasks.beat")
    for _ in range(times):
        result.claim(worker)
    return result


def test_a_task_whose_worker_was_killed_is_done_by_the_next_one(work: Callable[[], None]) -> None:
    result = killed_while_running("here")
    assert requeue_interrupted(worker_id="here") == 1
    work()
    result.refresh_from_db()
    assert result.status == "SUCCESSFUL"
    assert Heartbeat.objects.filter(name="worker").exists()


def test_a_task_that_another_worker_is_running_is_left_to_it() -> None:
    result = killed_while_running("elsewhere")
    assert requeue_interrupted(worker_id="here") == 0
    result.refresh_from_db()
    assert result.status == "RUNNING"


def test_a_task_that_kills_every_worker_is_given_up() -> None:
    result = killed_while_running("here", ATTEMPTS)
    assert requeue_interrupted(worker_id="here") == 0
    result.refresh_from_db()
    assert result.status == "FAILED"
    assert "ended 3 times" in result.traceback
