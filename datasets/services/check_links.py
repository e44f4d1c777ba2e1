"""See whether links still lead somewhere: each at most once a week, a few at a time, one after another."""

from datetime import timedelta

from django.utils import timezone

from datasets.models import Resource
from datasets.remote import RemoteError, open_remote

WEEK = timedelta(days=7)
AT_ONCE = 10


def check_links() -> int:
    """Tries the links whose turn it is; `link_check` tells how it went. Returns how many were tried."""
    before = (timezone.now() - WEEK).isoformat()
    links = Resource.objects.filter(deleted_at__isnull=True, dataset__deleted_at__isnull=True).exclude(link_url="")
    due = [row for row in links.order_by("pk").only("link_url", "link_check") if row.link_check.get("checked", "") < before][:AT_ONCE]
    for resource in due:
        problem = {}
        try:
            with open_remote(resource.link_url, {"Range": "bytes=0-0"}):
                pass
        except RemoteError as error:
            # 206 is the answer to our question for one byte.
            if error.context.get("answer") != 206:
                problem = {"code": error.code, "context": error.context}
        Resource.objects.filter(pk=resource.pk).update(link_check={"checked": timezone.now().isoformat(), "problem": problem})
    return len(due)
