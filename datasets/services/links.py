"""Links to files elsewhere: what is behind them brought here, and whether they still lead somewhere."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from datasets.models import DataFile, Resource, Version
from datasets.models.resource import FetchEvery
from datasets.models.version import PUBLISHABLE
from datasets.policies import can_edit, require
from datasets.quality.freshness import promised_days
from datasets.remote import Answer, RemoteError, open_remote

from .receive_file import FileTooLarge, receive_file
from .versions import create_version

VALIDATORS = {"etag": "ETag", "last_modified": "Last-Modified"}


def _conditions(resource: Resource) -> dict[str, str]:
    asked = {"If-None-Match": resource.fetched.get("etag"), "If-Modified-Since": resource.fetched.get("last_modified")}
    return {name: value for name, value in asked.items() if value}


def _receive(answer: Answer, resource: Resource) -> tuple[DataFile, str] | None:
    if answer.status == 304:
        return None
    return receive_file(stream=answer, filename=answer.filename, user=resource.fetch_user), answer.filename


def fetch_link(*, resource: Resource) -> Version | None:
    """A new version of what the link leads to; None where nothing changed or it could not be had (`resource.fetched` tells why).

    The first version waits for confirmation; later ones are checked, and published when valid, in the name of `fetch_user`. Running again
    gives the same: bytes that are the newest version's make no other.
    """
    if not (resource.link_url and resource.fetch_every) or resource.deleted_at is not None:
        return None
    state: dict[str, Any] = {**resource.fetched, "checked": timezone.now().isoformat()}
    problem: dict[str, Any] = {}
    got = None
    try:
        require(resource.fetch_user is not None and can_edit(resource.fetch_user, resource))
        with open_remote(resource.link_url, _conditions(resource)) as answer:
            got = _receive(answer, resource)
            state |= {key: answer.headers.get(name, state.get(key)) for key, name in VALIDATORS.items()}
    except RemoteError as error:
        problem = {"code": error.code, "context": error.context}
    except FileTooLarge:
        problem = {"code": "too-large", "context": {"limit": settings.MAX_UPLOAD_MB}}
    except PermissionDenied:
        problem = {"code": "no-rights", "context": {}}
    with transaction.atomic():
        row = Resource.objects.select_for_update(of=("self",)).get(pk=resource.pk)
        if row.link_url != resource.link_url or row.fetch_every != resource.fetch_every:
            return None  # somebody changed the link meanwhile: that is a task of its own
        row.fetched = {**state, "problem": problem} | ({} if problem else {"good": state["checked"]})
        row.save(update_fields=["fetched"])
        newest = row.versions.order_by("-number").first()
        if got is None or (newest is not None and newest.data_file_id == got[0].pk):
            return None
        known = row.versions.filter(state__in=PUBLISHABLE).exists()
        return create_version(resource=row, data_file=got[0], filename=got[1], user=row.fetch_user, confirm=known, publish=True)


def interval(resource: Resource) -> timedelta:
    """How long until the file behind a link is fetched again. Data renewed at no fixed time are looked at once a month."""
    if resource.fetch_every == FetchEvery.PROMISED:
        return timedelta(days=promised_days(resource.dataset) or 30)
    return timedelta(hours=int(resource.fetch_every or 24))


@transaction.atomic
def queue_fetch(*, resource: Resource, user: Any = None) -> None:
    """Have it fetched now, and again when its time has passed. PermissionDenied for a `user` who may not edit."""
    from datasets.tasks import fetch

    require(user is None or can_edit(user, resource))
    Resource.objects.filter(pk=resource.pk).update(fetch_due=timezone.now() + interval(resource))
    fetch.enqueue(resource.pk)


def queue_due_fetches() -> int:
    """Queue every link whose time has come; returns how many."""
    due = Resource.objects.filter(fetch_due__lte=timezone.now(), deleted_at__isnull=True).exclude(fetch_every="")
    for resource in due:
        queue_fetch(resource=resource)
    return len(due)


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
