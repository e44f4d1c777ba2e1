"""CKAN's own client, unmodified, as a library and on the command line, against a running server."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from ckanapi import NotAuthorized, NotFound, RemoteCKAN, ValidationError
from ckanapi.errors import CKANAPIError

from .conftest import VILLAGES, City

COMMAND = str(Path(sys.executable).with_name("ckanapi"))


@pytest.mark.parametrize("get_only", [False, True])
def test_the_library_reads(server: str, city: City, get_only: bool) -> None:
    with RemoteCKAN(server, get_only=get_only) as portal:
        assert portal.action.package_list() == ["villages"]
        assert portal.action.package_show(id="villages")["organization"]["name"] == "land-office"
        assert portal.action.package_search(q="ភូមិ", fq="res_format:CSV", rows=5)["count"] == 1
        assert portal.action.organization_show(id="land-office", include_datasets=True)["packages"]
        assert portal.action.datastore_search(resource_id=str(city.table.uuid), limit=2)["total"] == 4
        with pytest.raises(NotFound):
            portal.action.package_show(id="nope")
        with pytest.raises(ValidationError) as wrong:
            portal.action.package_search(rows=-1)
        assert wrong.value.error_dict["rows"] == ["Must be a natural number"]
        with pytest.raises(CKANAPIError):
            portal.action.no_such_action()


def test_the_library_writes(server: str, city: City, work: Callable[[], None]) -> None:
    with RemoteCKAN(server) as anonymous, pytest.raises(NotAuthorized):
        anonymous.action.package_create(name="wells", owner_org="land-office")
    with RemoteCKAN(server, apikey=city.token) as portal:
        dataset = portal.action.package_create(name="wells", owner_org="land-office", title="អណ្ដូងទឹក")
        file = BytesIO(VILLAGES.encode())
        file.name = "wells.csv"
        resource = portal.action.resource_create(package_id=dataset["id"], name="Wells", upload=file)
        work()
        rows = portal.action.datastore_search(resource_id=resource["id"])
        assert rows["total"] == 4
        assert rows["records"][2]["name_km"] == "ភូមិថ្មី"
        portal.action.package_patch(id="wells", notes="Every well.")
        assert portal.action.package_show(id="wells")["notes"] == "Every well."
        portal.action.package_delete(id="wells")
        with pytest.raises(NotFound):
            portal.action.package_show(id="wells")


def test_the_command_line(server: str, city: City) -> None:
    def run(*arguments: str) -> list[Any]:
        # Its own workers call it by name.
        environment = {**os.environ, "PATH": f"{Path(COMMAND).parent}:{os.environ['PATH']}"}
        done = subprocess.run([COMMAND, *arguments, "-r", server], capture_output=True, text=True, timeout=60, check=True, env=environment)
        return [json.loads(line) for line in done.stdout.splitlines() if line.strip()]

    (status,) = run("action", "status_show", "-j")
    assert status["ckan_version"] == "2.12.0"
    assert [row["name"] for row in run("search", "datasets", "q=ភូមិ")] == ["villages"]
    assert [row["name"] for row in run("dump", "datasets", "--all")] == ["villages"]
    assert [row["name"] for row in run("dump", "organizations", "--all")] == ["land-office"]
    assert [row["name"] for row in run("dump", "groups", "--all")] == ["housing"]
    (described,) = run("dump", "datasets", "--all", "-d")
    assert "code" in [field["id"] for field in described["resources"][0]["datastore_fields"]]
