"""Originals, byte for byte: the newest at an address that stays, each version at one that never changes."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_safe

from datasets.api.authentication import sent_token, user_of_token
from datasets.models import Version
from datasets.selectors import NOBODY, visible_resources, visible_versions
from datasets.services.tokens import TooManyAttempts

from .attachments import PERMANENT, PRIVATE, PUBLIC, send_attachment


def signed_in(request: HttpRequest) -> Any:
    """Who reads what the public may not see: the token's owner, else who is signed in. Only a browser's own session is opened."""
    if sent_token(request):
        with suppress(TooManyAttempts):
            return user_of_token(request)
        return NOBODY
    return request.user if settings.SESSION_COOKIE_NAME in request.COOKIES else NOBODY


@require_safe
def original(request: HttpRequest, dataset: UUID, resource: UUID, filename: str) -> HttpResponseBase:
    """The newest published file of a resource, under its own name; of a link, where it leads. 404 for what this reader may not see."""
    for user, cache_control in ((lambda: NOBODY, PUBLIC), (lambda: signed_in(request), PRIVATE)):
        found = visible_resources(user()).filter(uuid=resource, dataset__uuid=dataset, current__isnull=False).first()
        if found and found.current:
            return _send(request, found.current, cache_control)
    link = visible_resources().filter(uuid=resource, dataset__uuid=dataset).exclude(link_url="").first()
    if link:
        return HttpResponseRedirect(link.link_url)
    raise Http404


@require_safe
def version(request: HttpRequest, version: UUID, filename: str) -> HttpResponseBase:
    """One version's bytes, for ever the same. 404 for what this reader may not see."""
    found = Version.objects.filter(uuid=version).select_related("data_file", "resource__dataset").first()
    if found is None:
        raise Http404
    for user, cache_control in ((lambda: NOBODY, PERMANENT), (lambda: signed_in(request), PRIVATE)):
        reader = user()
        seen = visible_resources(reader).filter(pk=found.resource_id).exists()
        if seen and visible_versions(reader, found.resource).filter(pk=found.pk).exists():
            return _send(request, found, cache_control)
    raise Http404


def _send(request: HttpRequest, version: Version, cache_control: str) -> HttpResponseBase:
    path: Path = version.data_file.absolute_path
    if not path.is_file():
        raise Http404
    moment: datetime = version.published or version.created
    return send_attachment(
        request,
        open_file=lambda: path.open("rb"),
        size=version.data_file.size,
        etag=f'"{version.data_file.sha256}"',
        modified=moment,
        filename=version.filename,
        media_type=version.data_file.media_type,
        cache_control=cache_control,
    )
