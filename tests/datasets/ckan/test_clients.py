"""Other people's programs, unmodified: `ckanapi` on the command line with everything it can write, and frictionless's CKAN control.

What leaves as a dump comes back as it was: our own catalogue, and the one that a CKAN 2.12 wrote (see `RECORDED`).
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from frictionless import Catalog, Package, Resource
from frictionless.portals import CkanControl

from datasets.models import Dataset
from datasets.services.tokens import create_token

from .conftest import VILLAGES, Api, City

COMMAND = Path(sys.executable).with_name("ckanapi")
RECORDED = Path(__file__).parents[4] / "shared" / "contracts" / "ckan"
Run = Callable[..., list[Any]]
# What every portal says for itself.
OWN = {"id", "package_id", "created", "metadata_created", "metadata_modified", "creator_user_id", "owner_org", "position"}


@pytest.fixture
def chief(city: City) -> str:
    return create_token(user=get_user_model().objects.get(username="chief"), name="test")[1]


@pytest.fixture
def run(server: str, tmp_path: Path) -> Run:
    """`run("dump", "datasets", …)`: the lines it prints, as JSON."""

    def ckanapi(*arguments: str, token: str = "", lines: list[Any] | None = None) -> list[Any]:
        given = [*arguments, "-r", server, *(["-a", token] if token else [])]
        environment = {**os.environ, "PATH": f"{COMMAND.parent}:{os.environ['PATH']}"}  # its own workers call it by name
        text = "".join(json.dumps(line) + "\n" for line in lines or [])
        options: dict[str, Any] = {"capture_output": True, "text": True, "cwd": tmp_path, "env": environment, "timeout": 100}
        done = subprocess.run([str(COMMAND), *given], input=text, **options)
        assert done.returncode in (0, 3), done.stderr  # 3: some lines failed, as the log says
        found = (tmp_path / "log").read_text() if "-l" in arguments else done.stdout
        (tmp_path / "log").unlink(missing_ok=True)
        return [json.loads(line) for line in found.splitlines() if line.strip()]

    return ckanapi


def load(run: Run, kind: str, lines: list[Any], token: str, *options: str) -> list[tuple[str, Any, Any]]:
    """(action, error, answer) for each line."""
    log = run("load", kind, "-l", "log", *options, token=token, lines=lines)
    return [(action, error, answer) for _time, _number, action, error, answer in sorted(log, key=lambda line: line[1])]


def same(value: Any, *, but: set[str] = OWN) -> Any:
    """`value` without what cannot be the same elsewhere."""
    if isinstance(value, dict):
        return {key: same(item, but=but) for key, item in value.items() if key not in but}
    return [same(item, but=but) for item in value] if isinstance(value, list) else value


def like(mine: Any, theirs: Any) -> Any:
    """`mine` with no more keys than `theirs` has: ours say more."""
    if isinstance(theirs, dict):
        return {key: like(mine[key], item) for key, item in theirs.items()}
    if isinstance(theirs, list):
        assert len(mine) == len(theirs)
        return [like(one, other) for one, other in zip(mine, theirs, strict=True)]
    return mine


def test_dump_with_tables_views_and_files(run: Run, city: City, tmp_path: Path) -> None:
    city.dataset.resources.exclude(link_url="").get().delete()  # it fetches links too, from wherever they lead
    (dumped,) = run("dump", "datasets", "--all", "-d", "-R")
    table = dumped["resources"][0]
    assert "population" in [field["id"] for field in table["datastore_fields"]]
    assert "resource_views" not in table  # it asked, and there are none
    assert run("dump", "datasets", "--all", "-d", "-R", "-D", "packages") == []
    (file,) = tmp_path.rglob("*.csv")
    assert file.read_text() == VILLAGES
    (described,) = tmp_path.rglob("datapackage.json")
    assert json.loads(described.read_text())["name"] == "villages"


def test_load_what_was_dumped_changes_nothing(run: Run, city: City) -> None:
    for kind in ("organizations", "groups", "datasets"):
        before = run("dump", kind, "--all", token=city.token)
        if kind != "groups":  # those are for superusers
            assert load(run, kind, before, city.token) == [("update", None, before[0]["name"])]
        assert same(run("dump", kind, "--all", token=city.token)) == same(before)


def test_load_creates_updates_and_uploads(run: Run, city: City, work: Callable[[], None]) -> None:
    (original,) = run("dump", "datasets", "--all")
    resources = [{**one, "id": str(uuid4())} for one in original["resources"]]
    other = {**original, "name": "villages-2", "id": str(uuid4()), "resources": resources}
    assert load(run, "datasets", [other], city.token, "--upload-resources") == [("create", None, "villages-2")]
    work()
    addresses = {"url", "name"}
    copy = run("dump", "datasets", "villages-2")[0]
    assert same(copy, but=OWN | addresses) == same(original, but=OWN | addresses | {"last_modified"}) | {
        "resources": same(copy["resources"], but=OWN | addresses)
    }
    for one, two in zip(copy["resources"], original["resources"], strict=True):
        assert same(one, but=OWN | {"url", "last_modified"}) == same(two, but=OWN | {"url", "last_modified"})
    assert copy["resources"][0]["url_type"] == "upload"
    assert load(run, "datasets", [{**other, "title": "ភូមិផ្សេង"}], city.token, "--update-only") == [("update", None, "villages-2")]
    assert Dataset.objects.get(name="villages-2").title_km == "ភូមិផ្សេង"
    assert load(run, "datasets", [other], city.token, "--create-only")[0][1] == "ValidationError"
    assert load(run, "datasets", [other], city.stranger_token)[0][1] == "NotAuthorized"


def test_delete_batch_and_search(run: Run, city: City, work: Callable[[], None]) -> None:
    lines = [{"action": "package_patch", "data": {"id": name, "notes": "ថ្មី"}} for name in ("villages", "nope")]
    log = run("batch", "-l", "log", token=city.token, lines=lines)
    assert [line[3] for line in sorted(log, key=lambda line: line[1])] == [None, "NotFound"]
    work()
    assert [row["name"] for row in run("search", "datasets", "q=ភូមិ", "fq=organization:land-office")] == ["villages"]
    run("delete", "datasets", "villages", token=city.token)
    assert not Dataset.objects.filter(name="villages", deleted_at__isnull=True).exists()


@pytest.fixture
def recorded() -> dict[str, list[Any]]:
    """The dump of a real CKAN by kind."""
    if not RECORDED.is_dir():
        reason = "The recordings of a real CKAN are not beside this repository."
        pytest.fail(reason) if "CI" in os.environ else pytest.skip(reason)
    return {kind: list(map(json.loads, (RECORDED / f"{kind}.jsonl").open())) for kind in ("organizations", "groups", "datasets")}


def test_a_real_ckans_catalogue_comes_back_as_it_was(run: Run, city: City, chief: str, recorded: dict[str, list[Any]]) -> None:
    latest = {line["name"]: line for kind in ("organizations", "groups") for line in recorded[kind]}
    for kind in ("organizations", "groups", "datasets"):
        reports = load(run, kind, recorded[kind], chief)
        assert {(action, error and str(answer)) for action, error, answer in reports} == {("create", None)}
        names = [line["name"] for line in recorded[kind]]
        ours = {line["name"]: line for line in run("dump", kind, *names, token=chief)}
        for theirs in recorded[kind]:
            mine = ours[theirs["name"]]
            assert mine["id"] == theirs["id"]
            if kind == "datasets":  # the recorded organizations and groups were changed after the datasets were read
                groups = [{**one, **{key: latest[one["name"]][key] for key in one}} for one in theirs["groups"]]
                owner = theirs["organization"]
                theirs = {**theirs, "groups": groups, "organization": {**owner, "title": latest[owner["name"]]["title"]}}
            assert same(like(mine, theirs), but=COUNTED) == same(theirs, but=COUNTED), theirs["name"]
    again = load(run, "datasets", recorded["datasets"][:2], chief)
    assert {(action, error) for action, error, _answer in again} == {("update", None)}


COUNTED = OWN | {"package_count", "num_followers", "users"}


def test_frictionless_publishes_and_what_it_made_can_be_dumped_and_loaded(
    server: str, city: City, run: Run, work: Callable[[], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("villages.csv").write_text(VILLAGES)
    package = Package(name="wards", title="សង្កាត់", keywords=["乡", "ទឹក"], resources=[Resource(name="villages", path="villages.csv")])
    control = CkanControl(baseurl=server, apikey=city.token, organization_name="land-office")
    assert package.publish(control=control).url == f"{server}/dataset/wards"
    work()
    (before,) = run("dump", "datasets", "wards")
    assert [before["title"], *(tag["name"] for tag in before["tags"])] == ["សង្កាត់", "ទឹក", "乡"]
    table, description = before["resources"]
    assert table["datastore_active"]
    assert description["url"].endswith("/datapackage.json")
    assert not description["datastore_active"]
    assert load(run, "datasets", [before], city.token) == [("update", None, "wards")]
    assert same(run("dump", "datasets", "wards")) == same([before])
    again = {"id": before["id"], "title": "សង្កាត់ថ្មី"}
    changed = Package(name="wards", title=again["title"], resources=[Resource(name="villages", path="villages.csv")])
    changed.custom["id"] = again["id"]
    control.allow_update = True
    changed.publish(control=control)
    assert run("dump", "datasets", "wards")[0]["title"] == again["title"]


def test_frictionless_reads(server: str, city: City, api: Api) -> None:
    package = Package(control=CkanControl(baseurl=server, dataset="villages"))
    assert [resource.name for resource in package.resources]
    catalogue = Catalog(control=CkanControl(baseurl=server, search={"q": "organization:land-office"}))
    assert [dataset.package.name for dataset in catalogue.datasets] == ["villages"]
