"""A small catalogue as an office would make it: people, tokens, a table that went through upload, check and publication."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.cache import cache
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections
from django.test import Client
from django.test.testcases import LiveServerThread, QuietWSGIRequestHandler

from datasets.models import Dataset, Group, Organization, Resource
from datasets.services.organizations import set_membership
from datasets.services.publication import publish_dataset
from datasets.services.receive_file import receive_file
from datasets.services.resources import create_resource
from datasets.services.tokens import create_token
from datasets.services.versions import create_version
from tests.datasets.factories import DatasetFactory, GroupFactory, OrganizationFactory, UserFactory

VILLAGES = """code,name_km,name_en,population,poor,surveyed,share
18010101,ភូមិ ១,Phum Muoy,1200,true,2024-04-27,12.5
18010102,ភូមិ ២,Phum Pir,800,false,2024-04-28,7.25
18010103,ភូមិថ្មី,"Phum Thmei, north",2500,true,2024-05-01,31.0
18010104,ភូមិចាស់,Phum Chas,,false,2023-12-31,3.5
"""


@dataclass
class City:
    organization: Organization
    group: Group
    admin: Any
    editor: Any
    stranger: Any
    token: str
    editor_token: str
    stranger_token: str
    dataset: Dataset
    table: Resource


def upload(resource: Resource, user: Any, text: str = VILLAGES, filename: str = "ភូមិ-villages.csv") -> None:
    """A file, sent by a program that wants it published."""
    data_file = receive_file(stream=BytesIO(text.encode()), filename=filename, user=user)
    create_version(resource=resource, data_file=data_file, filename=filename, user=user, confirm=True, publish=True)


@pytest.fixture
def city(db: None, work: Callable[[], None]) -> City:
    cache.clear()  # wrong tokens of other tests are not this one's
    organization = OrganizationFactory(name="land-office")
    group = GroupFactory(name="housing")
    chief, people = UserFactory(username="chief", is_superuser=True), {}
    for capacity in ("admin", "editor"):
        people[capacity] = UserFactory(username=f"sokha-{capacity}")
        set_membership(organization=organization, member=people[capacity], capacity=capacity, user=chief)
    stranger = UserFactory(username="dara")
    tokens = [create_token(user=user, name="test")[1] for user in (people["admin"], people["editor"], stranger)]
    dataset = DatasetFactory(
        name="villages", organization=organization, tags=["ភូមិ", "census"], groups=[group], source_name="NIS", extras={"title_old": "Phum"}
    )
    publish_dataset(dataset=dataset, user=people["admin"])
    dataset.refresh_from_db()
    table = create_resource(dataset=dataset, user=people["admin"], fields={"name_km": "តារាងភូមិ", "name_en": "Villages table"})
    upload(table, people["admin"])
    create_resource(
        dataset=dataset, user=people["admin"], fields={"name_en": "Report", "link_url": "https://example.org/report.pdf", "format": "PDF"}
    )
    work()
    table.refresh_from_db()
    dataset.refresh_from_db()
    return City(organization, group, people["admin"], people["editor"], stranger, *tokens, dataset=dataset, table=table)


class Api:
    """CKAN's Action API as a client sees it: `api("package_show", id="x")` posts JSON and gives status and body."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def post(self, name: str, token: str = "", /, **parameters: Any) -> tuple[int, Any]:
        headers = {"Authorization": token} if token else {}
        answer = self.client.post(f"/api/3/action/{name}", parameters, content_type="application/json", headers=headers)
        return answer.status_code, answer.json()

    def get(self, name: str, token: str = "", /, **parameters: Any) -> tuple[int, Any]:
        headers = {"Authorization": token} if token else {}
        answer = self.client.get(f"/api/3/action/{name}", parameters, headers=headers)
        return answer.status_code, answer.json()

    def __call__(self, name: str, token: str = "", /, **parameters: Any) -> Any:
        """The result of a call that works."""
        status, body = self.post(name, token, **parameters)
        assert status == 200, body
        assert body["success"] is True
        return body["result"]

    def error(self, name: str, token: str = "", /, **parameters: Any) -> tuple[int, dict[str, Any]]:
        """Status and `error` of a call that does not."""
        status, body = self.post(name, token, **parameters)
        assert body["success"] is False
        assert body["help"].endswith(f"/api/3/action/help_show?name={name}")
        return status, body["error"]


@pytest.fixture
def api(client: Client) -> Api:
    return Api(client)


class SharingServer(ThreadedWSGIServer):
    """Requests are answered inside the test's own transaction, which neither they nor the server's end may close."""

    def _close_connections(self) -> None:
        pass

    def serve_forever(self, poll_interval: float = 0.5) -> None:
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
        try:
            super().serve_forever(poll_interval)
        finally:
            for signal in (request_started, request_finished):
                signal.connect(close_old_connections)
            del connections["default"]  # what this thread still holds is closed when it ends


class SharingThread(LiveServerThread):
    shared: Any

    def _create_server(self, connections_override: Any = None) -> SharingServer:
        return SharingServer((self.host, self.port), QuietWSGIRequestHandler, connections_override={"default": self.shared})


@pytest.fixture
def server(city: City, settings: Any) -> Iterator[str]:
    """The address of a running server that sees what this test wrote."""
    shared = connections["default"]
    shared.inc_thread_sharing()
    thread = SharingThread("127.0.0.1", StaticFilesHandler)
    thread.shared = shared
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    assert thread.error is None
    settings.SITE_URL = f"http://{thread.host}:{thread.port}"
    yield settings.SITE_URL
    thread.terminate()
    shared.dec_thread_sharing()
