"""Links to files elsewhere: fetched when due, kept in versions, and refused in words where they lead somewhere else."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from datasets.models import Capacity, DataFile, Dataset, Resource, State
from datasets.models.resource import FetchEvery
from datasets.remote import RemoteError, is_public, open_remote
from datasets.services.links import queue_due_fetches
from datasets.services.resources import update_resource

from .factories import DatasetFactory, ResourceFactory, member
from .other_site import OtherSite, other_site
from .sending import VILLAGES, accept
from .uploading import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folders")]
Work = Callable[[], None]
PATH = "/ទិន្នន័យ/ភូមិ.csv"


@pytest.fixture
def site(settings: Any) -> Iterator[OtherSite]:
    with other_site() as found:
        settings.REMOTE_FETCH_ALLOW = [found.place]
        yield found


def linked(site: OtherSite, body: str = VILLAGES, **headers: str) -> Resource:
    resource = ResourceFactory(dataset=DatasetFactory(live=True))
    site.replies[quote(PATH)] = (200, headers, body.encode())
    user = member(resource.dataset.organization, Capacity.ADMIN)
    return update_resource(resource=resource, user=user, fields={"link_url": site.url + PATH, "fetch_every": "24"})


def due(resource: Resource, work: Work) -> Resource:
    """The time has come, the clock looks, the worker works."""
    Resource.objects.filter(pk=resource.pk).update(fetch_due=timezone.now())
    assert queue_due_fetches() == 1
    assert queue_due_fetches() == 0, "queued once for each time"
    work()
    resource.refresh_from_db()
    return resource


def test_a_link_is_fetched_and_what_changed_is_published_by_itself(site: OtherSite, work: Work) -> None:
    resource = due(linked(site), work)
    first = resource.versions.get()
    assert (first.state, first.filename, first.data_file.absolute_path.read_text()) == (State.DETECTED, "ភូមិ.csv", VILLAGES)
    accept(first)
    work()
    assert due(resource, work).versions.count() == 1, "unchanged bytes make no version"

    site.replies[quote(PATH)] = (200, {}, (VILLAGES + "18010103,ភូមិ៣,40\n").encode())
    resource = due(resource, work)
    assert (resource.current.number, resource.current.row_count) == (2, 3)
    assert "problem" not in resource.fetched or not resource.fetched["problem"]


@pytest.mark.parametrize(("renewed", "days"), [("daily", 1), ("weekly", 7), ("monthly", 31), ("irregular", 30)])
def test_a_link_is_fetched_as_often_as_the_dataset_is_renewed(site: OtherSite, work: Work, renewed: str, days: int) -> None:
    resource = linked(site)
    Dataset.objects.filter(pk=resource.dataset_id).update(update_frequency=renewed)
    Resource.objects.filter(pk=resource.pk).update(fetch_every=FetchEvery.PROMISED)
    resource = due(resource, work)
    assert len(site.asked) == 1
    assert round((resource.fetch_due - timezone.now()) / timedelta(days=1), 2) == days


def test_the_other_site_is_asked_whether_anything_changed(site: OtherSite, work: Work) -> None:
    resource = linked(site, ETag='"១"', **{"Last-Modified": "Mon, 23 Nov 2026 01:00:00 GMT"})
    tag = "1"
    body = VILLAGES.encode()
    site.replies[quote(PATH)] = lambda headers: (304, {}, b"") if headers["If-None-Match"] == tag else (200, {"ETag": tag}, body)
    due(due(resource, work), work)
    assert [headers["If-None-Match"] for headers in site.asked] == [None, tag]
    assert resource.versions.count() == 1


def test_a_failure_is_shown_with_when_and_why_and_mended_by_the_next_time(site: OtherSite, work: Work) -> None:
    resource = linked(site)
    good = site.replies[quote(PATH)]
    site.replies[quote(PATH)] = (404, {}, b"")
    due(resource, work)
    client = signed_in(resource, Capacity.EDITOR)
    address = reverse("catalogue_admin:files", args=[resource.dataset.uuid])
    shown = client.get(address).content.decode()
    assert "The file behind the link is fetched every day." in shown
    assert f"It did not come on {timezone.localtime():%Y-%m-%d}" in shown
    assert "The other site answered with the error 404." in shown
    assert not resource.versions.exists()

    site.replies[quote(PATH)] = good
    client.post(reverse("catalogue_admin:fetch_now", args=[resource.uuid]))
    work()
    assert "It did not come" not in client.get(address).content.decode()
    assert resource.versions.count() == 1


def test_who_lost_the_right_to_edit_fetches_no_more(site: OtherSite, work: Work) -> None:
    resource = linked(site)
    resource.fetch_user.is_active = False
    resource.fetch_user.save()
    due(resource, work)
    assert (resource.fetched["problem"]["code"], site.asked) == ("no-rights", [])


def test_only_editors_have_a_link_fetched(site: OtherSite, work: Work) -> None:
    resource = linked(site)
    client = Client()
    client.force_login(member(resource.dataset.organization, Capacity.MEMBER))
    assert client.post(reverse("catalogue_admin:fetch_now", args=[resource.uuid])).status_code in (302, 403)
    work()
    assert site.asked == []


def fails(url: str) -> str:
    try:
        with open_remote(url, {}) as answer:
            while answer.read(1000):
                pass
    except RemoteError as error:
        return error.code
    return "came whole"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://127.0.0.1:{port}/", "private-address"),
        ("http://localhost:{port}/", "private-address"),
        ("http://[::1]:{port}/", "private-address"),
        ("http://[::ffff:127.0.0.1]:{port}/", "private-address"),
        ("http://0:{port}/", "private-address"),
        ("http://2130706433:{port}/", "private-address"),
        ("http://169.254.169.254/latest/meta-data/", "private-address"),
        ("file:///etc/passwd", "bad-scheme"),
        ("ftp://example.org/ភូមិ.csv", "bad-scheme"),
        ("http://user:secret@example.org/", "bad-address"),
        ("http://example.org:99999/", "bad-address"),
        ("http:///ភូមិ.csv", "bad-address"),
        ("http://ភូមិ.invalid/", "no-host"),
    ],
)
def test_links_into_the_house_are_refused(site: OtherSite, settings: Any, url: str, code: str) -> None:
    settings.REMOTE_FETCH_ALLOW = []
    assert fails(url.format(port=site.server.server_port)) == code
    assert site.asked == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("10.1.2.3", False),
        ("172.20.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("2001:0:7f00:1::", False),
    ],
)
def test_which_addresses_are_the_open_network(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_every_hop_of_a_redirect_is_checked(site: OtherSite) -> None:
    site.replies["/away"] = (302, {"Location": f"http://localhost:{site.server.server_port}/secret"}, b"")
    site.replies["/file"] = (302, {"Location": "file:///etc/passwd"}, b"")
    site.replies["/round"] = (302, {"Location": "/round"}, b"")
    assert [fails(site.url + path) for path in ("/away", "/file", "/round")] == ["private-address", "bad-scheme", "too-many-hops"]


def test_half_a_file_is_no_file(site: OtherSite, work: Work) -> None:
    resource = linked(site, **{"Content-Length": "5000"})
    due(resource, work)
    assert resource.fetched["problem"]["code"] == "cut-off"
    assert not DataFile.objects.exists()


def test_a_file_that_trickles_in_is_given_up(site: OtherSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datasets.remote.TOTAL_SECONDS", 0)
    site.replies["/slow"] = (200, {"Content-Length": "5000"}, b"1")
    assert fails(site.url + "/slow") == "too-slow"


def test_a_file_over_the_limit_is_refused_in_words(site: OtherSite, settings: Any, work: Work) -> None:
    settings.MAX_UPLOAD_MB = 1
    resource = due(linked(site, "ក,ខ\n" * 200_000), work)
    assert resource.fetched["problem"] == {"code": "too-large", "context": {"limit": 1}}


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_packed_answers_are_not_kept_as_the_file(site: OtherSite, encoding: str) -> None:
    site.replies["/packed"] = (200, {"Content-Encoding": encoding}, b"\x1f\x8b")
    assert fails(site.url + "/packed") == "encoded"


def test_the_name_is_the_one_the_site_gives(site: OtherSite) -> None:
    site.replies["/download?id=1"] = (200, {"Content-Disposition": f"attachment; filename*=UTF-8''{quote('ភូមិ.xlsx')}"}, b"1")
    with open_remote(site.url + "/download?id=1", {}) as answer:
        assert answer.filename == "ភូមិ.xlsx"


def test_fetching_needs_a_link(work: Work) -> None:
    dataset = DatasetFactory(live=False)
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(member(dataset.organization, Capacity.EDITOR))
    data = {"name_km": "ភូមិ", "fetch_every": "24", "file": SimpleUploadedFile("ភូមិ.csv", VILLAGES.encode())}
    shown = client.post(reverse("catalogue_admin:add_resource", args=[dataset.uuid]), data).content.decode()
    assert "Give the link from which the file is fetched." in shown
