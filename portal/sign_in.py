"""How many wrong passwords are too many."""

from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest


class NameAndNetworkHandler(AxesDatabaseHandler):
    """axes' own, and a higher limit for what a network tries on all names together.

    axes has one limit for every combination, and would let whoever signs in wipe out what the whole network tried.
    """

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        recent = AccessAttempt.objects.filter(ip_address=request.axes_ip_address, attempt_time__gte=get_cool_off_threshold(request))
        of_network = recent.aggregate(failures=Sum("failures_since_start", default=0))["failures"]
        if of_network >= settings.NETWORK_FAILURE_LIMIT:
            return int(settings.AXES_FAILURE_LIMIT)
        return int(super().get_failures(request, credentials))
