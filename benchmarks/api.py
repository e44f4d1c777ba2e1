"""How fast the Action API answers: `python benchmarks/api.py http://localhost:8000 [--ckan-figures] [--token TOKEN]`.

Takes any base URL that speaks CKAN's Action API, a CKAN's too, and asks what there is before it measures: names, words, and a table
(that of `benchmark-table`, or the first). One client, one connection kept alive, no compression asked for, medians by the clock; where the
server runs on this machine, also the processor time of its process and those below it, per request. `--ckan-figures` sets beside it what
CKAN 2.12 took (one worker, 2,000 datasets, a table of 100,000 rows). `benchmarks/fill.py` makes such a catalogue. Without an address it
measures the portal on `PORT`.
"""

import argparse
import http.client
import json
import os
import platform
import statistics
import time
import urllib.parse
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psutil

# Median milliseconds of CKAN 2.12 in the same set-up.
CKAN = {
    "status_show": 1.6,
    "package_show": 10.8,
    "package_search": 12,
    "package_search, words": 16,
    "package_search, 5 facets": 14,
    "package_search, words, 5 facets": 22,
    "package_search, 1,000 rows": 280,
    "datastore_search": 11,
    "datastore_search, filter and sort": 73,
    "datastore_search, full text": 84,
    "datastore_search, offset 90,000": 41,
    "datastore_search_sql, group by": 54,
    "CSV dump of the table": 430,
    "package_create": 81,
    "dataset page": 74,
}
FACETS = ["organization", "groups", "tags", "res_format", "license_id"]


@dataclass
class Line:
    """One kind of request: `ask(round)` gives method, path, body."""

    name: str
    ask: Callable[[int], tuple[str, str, Any]]
    rounds: int = 60


class Site:
    """One kept connection to a server."""

    def __init__(self, base: str, token: str) -> None:
        parts = urllib.parse.urlsplit(base)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self.connection = kind(parts.hostname or "localhost", parts.port, timeout=120)
        self.prefix = parts.path.rstrip("/")
        self.token = token
        self.processes = _listeners(parts.port or 80) if parts.hostname in ("localhost", "127.0.0.1") else []

    def send(self, method: str, path: str, body: Any = None) -> tuple[int, bytes]:
        headers = {"Accept-Encoding": "identity", "User-Agent": "benchmark"}
        if body is not None:
            headers |= {"Content-Type": "application/json", "Authorization": self.token}
        self.connection.request(method, self.prefix + path, json.dumps(body) if body is not None else None, headers)
        answer = self.connection.getresponse()
        return answer.status, answer.read()

    def action(self, name: str, **parameters: Any) -> Any:
        """The result of an action, None where there is none."""
        status, body = self.send("POST", f"/api/3/action/{name}", parameters)
        return json.loads(body)["result"] if status == 200 else None

    def spent(self) -> float:
        """Processor seconds of the server so far."""
        found = 0.0
        for process in self.processes:
            times = process.cpu_times()
            found += times.user + times.system
        return found


def _listeners(port: int) -> list[psutil.Process]:
    """Who listens there, and what they started."""
    found: dict[int, psutil.Process] = {}
    for process in psutil.process_iter():
        try:
            if any(link.laddr.port == port and link.status == "LISTEN" for link in process.net_connections("tcp")):
                found |= {one.pid: one for one in (process, *process.children(recursive=True))}
        except psutil.Error:
            continue
    return list(found.values())


def get(path: str, **query: Any) -> Callable[[int], tuple[str, str, Any]]:
    question = f"?{urllib.parse.urlencode(query, doseq=True)}" if query else ""
    return lambda _round: ("GET", path + question, None)


def post(name: str, parameters: Callable[[int], dict[str, Any]]) -> Callable[[int], tuple[str, str, Any]]:
    return lambda number: ("POST", f"/api/3/action/{name}", parameters(number))


def lines(site: Site) -> list[Line]:
    """What can be asked of this server."""
    names = site.action("package_list", limit=200)
    show = lambda number: {"id": names[number % len(names)]}  # noqa: E731
    titles = [row["title"].split() for row in site.action("package_search", rows=20, sort="name asc")["results"]]  # not those made below
    words = [title[0] for title in titles if title] or ["a"]
    search = "/api/3/action/package_search"
    facets = {"facet.field": json.dumps(FACETS)}

    def worded(**more: Any) -> Callable[[int], tuple[str, str, Any]]:
        return lambda number: ("GET", f"{search}?{urllib.parse.urlencode({'q': words[number % len(words)], **more})}", None)

    found = [
        Line("status_show", get("/api/3/action/status_show"), 200),
        Line("package_show", lambda number: get("/api/3/action/package_show", **show(number))(number), 100),
        Line("package_search", get(search)),
        Line("package_search, words", worded()),
        Line("package_search, 5 facets", get(search, **facets)),
        Line("package_search, words, 5 facets", worded(**facets)),
        Line("package_search, 1,000 rows", get(search, rows=1000), 10),
    ]
    if resource := table_of(site, names):
        found += table_lines(site, resource)
    if site.token and (offices := site.action("organization_list_for_user", permission="create_dataset")):
        new = lambda number: {  # noqa: E731
            "name": f"measured-{uuid.uuid4().hex[:12]}", "owner_org": offices[0]["name"], "title": "អណ្ដូងទឹក", "notes": "Every public well.",
            "license_id": "cc-by", "tags": [{"name": "wells"}], "resources": [{"url": "https://example.org/wells.csv", "format": "CSV"}],
        }  # fmt: skip
        found.append(Line("package_create", post("package_create", new), 20))
    language = "/en" if site.send("GET", f"/en/dataset/{names[0]}/")[0] == 200 else ""
    slash = "/" if language else ""
    found.append(Line("dataset page", lambda number: ("GET", f"{language}/dataset/{names[number % len(names)]}{slash}", None), 40))
    return found


def table_of(site: Site, names: list[str]) -> str | None:
    """A resource with rows."""
    for name in ["benchmark-table", *names[:200]]:
        for resource in (site.action("package_show", id=name) or {}).get("resources", []):
            if resource.get("datastore_active"):
                return str(resource["id"])
    return None


def table_lines(site: Site, resource: str) -> list[Line]:
    """Questions to its columns, whatever they are called: text columns are filtered and searched, number columns sorted and added."""
    sample = site.action("datastore_search", resource_id=resource, limit=100)
    fields = [(field["id"], field["type"]) for field in sample["fields"] if field["id"] != "_id"]
    texts = [name for name, kind in fields if kind == "text"] or [fields[0][0]]
    numbers = [name for name, kind in fields if kind.rstrip("248") in ("int", "float", "numeric")] or [fields[-1][0]]
    row = sample["records"][0]
    word = str(sample["records"][1][texts[-1]]).split()[0]
    search = "/api/3/action/datastore_search"
    filtered = {"filters": json.dumps({texts[0]: row[texts[0]]}), "sort": f"{numbers[0]} desc"}
    sql = f'SELECT "{texts[0]}", count(*) AS n, sum("{numbers[0]}") AS total FROM "{resource}" GROUP BY 1 ORDER BY 2 DESC LIMIT 100'
    found = [
        Line("datastore_search", get(search, resource_id=resource)),
        Line("datastore_search, filter and sort", get(search, resource_id=resource, **filtered)),
        Line("datastore_search, full text", get(search, resource_id=resource, q=word)),
        Line("datastore_search, offset 90,000", get(search, resource_id=resource, offset=int(sample["total"] * 0.9))),
    ]
    if site.action("datastore_search_sql", sql=sql) is not None:
        found.append(Line("datastore_search_sql, group by", get("/api/3/action/datastore_search_sql", sql=sql)))
    return [*found, Line("CSV dump of the table", get(f"/datastore/dump/{resource}"), 8)]


def measure(site: Site, line: Line, rounds: float) -> list[str]:
    """Median, 95th percentile, processor milliseconds, bytes; or what went wrong."""
    count = max(3, int(line.rounds * rounds))
    times: list[float] = []
    size = spent = 0.0
    for number in range(-3, count):
        if number == 0:
            spent = site.spent()
        method, path, body = line.ask(number)
        started = time.perf_counter()
        status, data = site.send(method, path, body)
        if number >= 0:
            times.append((time.perf_counter() - started) * 1000)
        if status != 200:
            return [f"status {status}", "", "", ""]
        size = len(data)
    own = f"{(site.spent() - spent) / count * 1000:.1f}" if site.processes else "–"
    times.sort()
    return [f"{statistics.median(times):.1f}", f"{times[int(len(times) * 0.95)]:.1f}", own, f"{size / 1000:,.0f}"]


def main() -> None:
    """Print the machine, the client and the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", nargs="?", default=f"http://localhost:{os.environ.get('PORT', '8000')}")
    parser.add_argument("--ckan-figures", action="store_true", help="the times of CKAN 2.12 beside them")
    parser.add_argument("--token", default=os.environ.get("TOKEN", ""), help="to measure writing too (default: TOKEN)")
    parser.add_argument("--rounds", type=float, default=1.0, help="times as many requests")
    parser.add_argument("--only", default="", help="only lines with this text in their name")
    arguments = parser.parse_args()
    site = Site(arguments.base, arguments.token)
    try:
        datasets = site.action("package_search", rows=0)["count"]
    except OSError:
        print(f"Not measured: nothing answers at {arguments.base}. Start the portal with `make run`, or name an address.")
        return
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"{arguments.base}: {datasets:,} datasets. {platform.system()} {platform.machine()}, {os.cpu_count()} processors, load {load};")
    print(f"client: http.client of Python {platform.python_version()}, one connection kept alive, no compression.\n")
    head = ["request", "median ms", "p95", "server CPU ms", "kB"]
    if arguments.ckan_figures:
        head += ["CKAN 2.12 ms", "times as fast"]
    print("|", " | ".join(head), "|")
    print("|" + "---|" * len(head), flush=True)
    for line in lines(site):
        if arguments.only not in line.name:
            continue
        row = [line.name, *measure(site, line, arguments.rounds)]
        if arguments.ckan_figures:
            known = CKAN.get(line.name)
            faster = f"{known / float(row[1]):.1f}×" if known and not row[1].startswith("status") else "–"
            row += [str(known or "–"), faster]
        print("|", " | ".join(row), "|", flush=True)


if __name__ == "__main__":
    main()
