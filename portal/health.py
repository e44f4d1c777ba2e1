"""`/health/live` and `/health/ready`: what a load balancer, an operator or a monitor asks."""

import shutil
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django_tasks_db.models import DBTaskResult

from portal.models import Heartbeat
from search.engines import get_engine
from search.models import OutboxEntry

SILENT_AFTER = timedelta(minutes=2)
LATE_AFTER = timedelta(minutes=5)
DISK_NEEDED_MB = 200


@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """200 as long as the web process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Every part with its state: 200 when the site can serve (`status` ok or degraded), 503 when it cannot."""
    try:
        checks = {"database": _database(), "disk": _disk(), "search": get_engine().health(), **_background()}
    except DatabaseError:
        return JsonResponse({"status": "down", "checks": {"database": {"ok": False}}}, status=503)
    essential = checks["database"]["ok"] and checks["disk"]["ok"]
    status = "ok" if all(check["ok"] for check in checks.values()) else "degraded" if essential else "down"
    return JsonResponse({"status": status, "checks": checks}, status=200 if essential else 503)


def _database() -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"ok": True, "engine": connection.vendor}


def _disk() -> dict[str, Any]:
    free = shutil.disk_usage(settings.VAR_DIR).free // 2**20
    return {"ok": free >= DISK_NEEDED_MB, "free_mb": free}


def _background() -> dict[str, dict[str, Any]]:
    now = timezone.now()
    beats = dict(Heartbeat.objects.values_list("name", "at"))
    oldest_task = DBTaskResult.objects.ready().order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    oldest_change = OutboxEntry.objects.order_by("created").values_list("created", flat=True).first()
    checks: dict[str, dict[str, Any]] = {}
    for name in ("worker", "tick"):
        silence = now - beats[name] if name in beats else None
        checks[name] = {"ok": silence is not None and silence < SILENT_AFTER, "silent_seconds": _seconds(silence)}
    for name, oldest in (("queue", oldest_task), ("index", oldest_change)):
        age = now - oldest if oldest else timedelta()
        checks[name] = {"ok": age < LATE_AFTER, "lag_seconds": _seconds(age)}
    return checks


def _seconds(span: timedelta | None) -> float | None:
    return None if span is None else round(span.total_seconds(), 1)
