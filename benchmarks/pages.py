"""What a first visit costs a reader on a cheap phone: `python benchmarks/pages.py http://localhost:8000/km/ …`

Opens each address in Chromium at 360 px with an empty cache, 1.6 Mbit/s, 150 ms of latency and a processor four times slower, and prints
bytes on the wire, HTML + CSS and scripts as they travel (compressed), requests, layout shift and the largest contentful paint.
Ends with 1 if a page is over budget: 100 kB, 40 kB of HTML + CSS, 10 kB of scripts, layout shift 0.1, largest paint after 1.5 s.
"""

import argparse
import os
import shutil
import sys
import urllib.request
from collections import Counter
from dataclasses import dataclass, field

from playwright.sync_api import Browser, CDPSession, sync_playwright

BUDGET = {"total": 100_000, "html_css": 40_000, "script": 10_000, "shift": 0.1, "lcp": 1500}
USUAL = [
    "",
    "health/",
    "health/child-vaccination/",
    "land-and-housing/eviction-notice/",
    "land-and-housing/notice-to-leave/",
    "initiatives/housing-and-land-tenure/",
    "place/",
    "dataset/",
    "search/?q=ដី",
]
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
WATCH = """
window.__shift = 0; window.__lcp = 0;
new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) __shift += e.value; })
  .observe({type: 'layout-shift', buffered: true});
new PerformanceObserver(list => { for (const e of list.getEntries()) __lcp = e.startTime; })
  .observe({type: 'largest-contentful-paint', buffered: true});
"""


@dataclass
class Visit:
    """One first view: bytes by kind of resource, as they travelled; layout shift; milliseconds to the largest paint."""

    url: str
    status: int = 0
    sizes: Counter[str] = field(default_factory=Counter)
    requests: int = 0
    shift: float = 0.0
    lcp: float = 0.0

    @property
    def measures(self) -> dict[str, float]:
        return {
            "total": sum(self.sizes.values()),
            "html_css": self.sizes["Document"] + self.sizes["Stylesheet"],
            "script": self.sizes["Script"],
            "shift": self.shift,
            "lcp": self.lcp,
        }

    @property
    def over(self) -> list[str]:
        """Names of the budgets that this page breaks."""
        return [name for name, value in self.measures.items() if value > BUDGET[name]]


def _count(wire: CDPSession, visit: Visit) -> None:
    """Add up what the network layer received; headers of the answer count as well."""
    kinds: dict[str, str] = {}

    def answered(event: dict) -> None:
        if not event["response"]["url"].startswith("data:"):
            kinds[event["requestId"]] = event["type"]

    def finished(event: dict) -> None:
        if event["requestId"] in kinds:
            visit.sizes[kinds[event["requestId"]]] += int(event["encodedDataLength"])
            visit.requests += 1

    wire.on("Network.responseReceived", answered)
    wire.on("Network.loadingFinished", finished)


def measure(browser: Browser, url: str, *, slow: bool = True) -> Visit:
    """The first view of `url`, nothing cached."""
    visit = Visit(url)
    context = browser.new_context(viewport={"width": 360, "height": 780}, device_scale_factor=2, is_mobile=True, has_touch=True)
    context.add_init_script(WATCH)
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    if slow:
        wire.send("Network.emulateNetworkConditions", NETWORK)
        wire.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    _count(wire, visit)
    response = page.goto(url, wait_until="networkidle", timeout=60_000)
    page.evaluate("document.fonts.ready.then(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))")
    visit.status = response.status if response else 0
    visit.shift, visit.lcp = page.evaluate("[__shift, __lcp]")
    context.close()
    return visit


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("urls", nargs="*", metavar="URL", help="default: the usual pages of the portal on this machine's PORT")
    here = f"http://localhost:{os.environ.get('PORT', '8000')}"
    urls = parser.parse_args().urls
    if not urls:
        try:
            urllib.request.urlopen(f"{here}/", timeout=10).close()
        except OSError:
            print(f"Not measured: nothing answers at {here}. Start the portal with `make run`, or name addresses.")
            return 0
        urls = [f"{here}/{language}/{path}" for language in ("km", "en", "zh-hans") for path in USUAL]
    path = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
    if not path:
        print("Chromium is not installed: apt install chromium", file=sys.stderr)
        return 2
    failed = False
    print(f"{'wire kB':>8} {'HTML+CSS':>9} {'scripts':>8} {'requests':>9} {'shift':>6} {'LCP s':>6}  page")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
        )
        for url in urls:
            visit = measure(browser, url)
            size = visit.measures
            verdict = "" if visit.status == 200 else f"  status {visit.status}"
            verdict += f"  OVER BUDGET: {', '.join(visit.over)}" if visit.over else ""
            failed |= bool(verdict)
            print(
                f"{size['total'] / 1000:8.1f} {size['html_css'] / 1000:9.1f} {size['script'] / 1000:8.1f} {visit.requests:9d} "
                f"{visit.shift:6.3f} {visit.lcp / 1000:6.2f}  {url}{verdict}"
            )
        browser.close()
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
