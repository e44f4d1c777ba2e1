import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from portal.models import Heartbeat

pytestmark = pytest.mark.django_db


def ready(client: Client) -> tuple[int, dict]:
    answer = client.get("/health/ready")
    assert answer["Cache-Control"].startswith("max-age=0")
    return answer.status_code, json.loads(answer.content)


def test_a_portal_whose_worker_and_clock_beat_is_ok(client: Client, work: Callable[[], None]) -> None:
    if not settings.ELASTICSEARCH_URL:  # a folder that is not there is known at once; a server is asked whether it is well
        assert ready(client)[1]["checks"]["search"]["ok"] is False
    work()
    Heartbeat.beat("worker")
    Heartbeat.beat("tick")
    status, answer = ready(client)
    assert (status, answer["status"]) == (200, "ok")
    assert set(answer["checks"]) == {"database", "disk", "worker", "tick", "queue", "index", "search"}
    assert answer["checks"]["disk"]["free_mb"] > 0


def test_a_silent_worker_is_reported_while_the_site_goes_on(client: Client) -> None:
    Heartbeat.beat("tick")
    Heartbeat.objects.create(name="worker", at=timezone.now() - timedelta(minutes=10))
    status, answer = ready(client)
    assert (status, answer["status"]) == (200, "degraded")
    assert answer["checks"]["worker"]["ok"] is False
    assert answer["checks"]["worker"]["silent_seconds"] >= 600


def test_live_needs_nothing_but_the_process(client: Client, django_assert_num_queries: pytest.fixture) -> None:
    with django_assert_num_queries(0):
        assert client.get("/health/live").json() == {"status": "ok"}
