"""How a large upload goes in, and what it costs the server: `python benchmarks/upload.py URL TOKEN [--gigabytes 2] [--wait SECONDS]`.

Against a running portal of this machine and user, through CKAN's `resource_create`: a CSV with Khmer in every row, sent as it is made, so
that the client needs no memory. Prints the time and the peak resident memory of each process of the portal, while the file arrives and,
with `--wait`, until its table is there. The resource is deleted afterwards; its bytes stay in `files/`.
"""

import argparse
import http.client
import json
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import psutil

BOUNDARY = "ឯកសារ".encode().hex()
HEADER = b"code,village,population,area\n"
BLOCK = "".join(f"0{18010000 + n},ភូមិថ្មី {n:05},{n % 3000},{n / 7:09.3f}\n" for n in range(20_000)).encode()


class Memory:
    """The largest resident memory of each process of the portal that listens on a port."""

    def __init__(self, port: int) -> None:
        web = next(c.pid for c in psutil.net_connections("tcp") if c.status == "LISTEN" and c.laddr.port == port and c.pid)
        top = psutil.Process(web)
        while "supervisor" not in " ".join(top.cmdline()):
            top = top.parent() or top
        self.top, self.peaks, self.stopped = top, defaultdict[str, int](int), threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)
        self.thread.start()

    def _look(self) -> None:
        while not self.stopped.wait(0.1):
            for process in self.top.children(recursive=True):
                try:
                    words = " ".join(process.cmdline())
                    name = next(
                        (name for name in ("granian", "manage.py worker", "manage.py tick") if name in words), "child of the worker"
                    )
                    self.peaks[name] = max(self.peaks[name], process.memory_info().rss)
                except psutil.Error:
                    continue

    def say(self, what: str, seconds: float) -> None:
        found = ", ".join(f"{name} {peak / 1e6:,.0f} MB" for name, peak in sorted(self.peaks.items()))
        print(f"{what}: {seconds:.1f} s; peak memory: {found}", flush=True)
        self.peaks.clear()


def body(package: str, blocks: int) -> tuple[int, Iterator[bytes]]:
    """(length, pieces) of a multipart form."""
    part = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="package_id"\r\n\r\n{package}\r\n--{BOUNDARY}\r\n'
    start = (part + 'Content-Disposition: form-data; name="upload"; filename="upload.csv"\r\nContent-Type: text/csv\r\n\r\n').encode()
    end = f"\r\n--{BOUNDARY}--\r\n".encode()

    def pieces() -> Iterator[bytes]:
        yield start + HEADER
        for _number in range(blocks):
            yield BLOCK
        yield end

    return len(start) + len(HEADER) + blocks * len(BLOCK) + len(end), pieces()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url", nargs="?", help="of the portal, like http://127.0.0.1:8000")
    parser.add_argument("token", nargs="?", help="manage.py api_token USERNAME prints one")
    parser.add_argument("--gigabytes", type=float, default=2.0)
    parser.add_argument("--wait", type=int, default=0, help="seconds in which the table may be made")
    options = parser.parse_args()
    if not options.token:
        parser.print_usage()
        return
    address = urlsplit(options.url)
    memory = Memory(address.port or 80)

    def ask(action: str, data: Any = None, length: int = 0, kind: str = "application/json") -> Any:
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=3600)
        headers = {"Authorization": options.token, "Content-Type": kind} | ({"Content-Length": str(length)} if length else {})
        sent = data if length else json.dumps(data or {})
        connection.request("POST", f"/api/3/action/{action}", body=sent, headers=headers)
        answer = json.load(connection.getresponse())
        assert answer["success"], answer
        return answer["result"]

    package = ask("package_list", {"limit": 1})[0]
    length, pieces = body(package, int(options.gigabytes * 1e9) // len(BLOCK))
    started = time.monotonic()
    resource = ask("resource_create", pieces, length, f"multipart/form-data; boundary={BOUNDARY}")
    memory.say(f"{length / 1e9:.2f} GB sent, kept and named by their SHA-256", time.monotonic() - started)
    started = time.monotonic()
    while time.monotonic() - started < options.wait:
        if ask("resource_show", {"id": resource["id"]})["datastore_active"]:
            break
        time.sleep(1)
    if options.wait:
        memory.say("read, every cell checked, table made, published", time.monotonic() - started)
    ask("resource_delete", {"id": resource["id"]})


if __name__ == "__main__":
    main()
