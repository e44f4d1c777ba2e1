"""Atom feeds (RFC 4287): what is new in the portal, an organization, a group, a tag, a search, or one dataset. CKAN's addresses."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from datasets.models import Dataset, Group, Organization, Tag, Version
from datasets.selectors import visible_datasets
from datasets.standards.facts import UNWRITABLE, absolute, identifier, metadata_address, offered, page_address

from .addresses import version_path
from .attachments import PUBLIC
from .browsing import browse
from .ckan_addresses import public_dataset
from .speech import speak

ENTRIES = 20


@require_safe
def newest(request: HttpRequest) -> HttpResponse:
    """`/feeds/dataset.atom`: the datasets changed last."""
    return _datasets(request, _("Newest datasets"), visible_datasets())


@require_safe
def of_thing(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    """`/feeds/organization/<name>.atom`, `/feeds/group/<name>.atom`, `/feeds/tag/<name>.atom`; 404 for a name that is not there."""
    if kind == "tag":
        if not Tag.objects.filter(name=name).exists():
            raise Http404
        return _datasets(request, name, visible_datasets().filter(tags__name=name))
    model: type[Organization] | type[Group] = Organization if kind == "organization" else Group
    thing = model.objects.filter(name=name).first()
    if thing is None:
        raise Http404
    path = "organization" if kind == "organization" else "groups"
    return _datasets(request, speak(thing, "title")[0] or name, visible_datasets().filter(**{path: thing}))


@require_safe
def of_search(request: HttpRequest) -> HttpResponse:
    """`/feeds/custom.atom?q=…` with the filters of the list of datasets: follow a question."""
    asked = request.GET.copy()
    asked.pop("page", None)
    found = browse(asked, 1)
    return atom(
        request, _("Datasets for “%(words)s”") % {"words": request.GET.get("q", "")}, absolute("/dataset"), _entries(found.datasets)
    )


@require_safe
def of_dataset(request: HttpRequest, id_or_name: str) -> HttpResponse:
    """`/dataset/<name>.atom`: every new version of its files."""
    dataset = public_dataset(id_or_name)
    resources = {resource.pk: resource for resource in offered(dataset)}
    versions = Version.objects.filter(resource__in=resources, published__isnull=False).order_by("-published")[:ENTRIES]
    entries = [_version_entry(version, resources[version.resource_id]) for version in versions]
    return atom(request, speak(dataset, "title")[0] or dataset.name, page_address(dataset), entries, metadata_address(dataset, "atom"))


def _version_entry(version: Version, resource: Any) -> dict[str, Any]:
    title = f"{speak(resource, 'name')[0] or version.filename} – " + _("version %(number)s") % {"number": version.number}
    return {
        "title": title,
        "link": absolute(version_path(version)),
        "description": version.note,
        "unique_id": f"urn:uuid:{version.uuid}",
        "pubdate": version.published,
        "updateddate": version.published,
    }


def _datasets(request: HttpRequest, title: str, datasets: Any) -> HttpResponse:
    return atom(request, title, absolute("/dataset"), _entries(datasets.order_by("-modified").distinct()[:ENTRIES]))


def _entries(datasets: Iterable[Dataset]) -> list[dict[str, Any]]:
    return [
        {
            "title": speak(dataset, "title")[0] or dataset.name,
            "link": page_address(dataset),
            "description": speak(dataset, "summary")[0],
            "unique_id": identifier(dataset),
            "pubdate": dataset.first_published_at or dataset.created,
            "updateddate": dataset.modified,
            "author_name": speak(dataset.organization, "title")[0] or dataset.organization.name,
        }
        for dataset in datasets
    ]


def atom(request: HttpRequest, title: str, link: str, entries: Sequence[dict[str, Any]], own: str = "") -> HttpResponse:
    """A feed of `entries` (arguments of Django's `add_item`), kept as long as any public answer."""
    name = _("Sihanoukville for All")
    feed = Atom1Feed(
        title=UNWRITABLE.sub("", f"{title} · {name}"),
        link=link,
        description="",
        language=get_language(),
        author_name=name,
        feed_url=own or absolute(request.get_full_path()),
    )
    for entry in entries:
        feed.add_item(**{name: UNWRITABLE.sub("", value) if isinstance(value, str) else value for name, value in entry.items()})
    response = HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = PUBLIC
    patch_vary_headers(response, ["Accept-Language"])
    return response
