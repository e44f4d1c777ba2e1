"""Asks another site slowly, only what its robots.txt allows, and not again for what did not change."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urljoin
from urllib.robotparser import RobotFileParser

from django.conf import settings
from django.utils.translation import gettext as _

from datasets.remote import RemoteError, open_remote
from datasets.remote_words import failure_in_words

from .records import HarvestError

AGENT = "SihanoukvilleForAll"
MOST_BYTES = 50_000_000  # a page of metadata


@dataclass
class Visitor:
    """One visit: remembers robots.txt and when it last asked."""

    robots: dict[str, RobotFileParser] = field(default_factory=dict)
    last: float = 0.0

    def get(self, url: str, *, etag: str = "", accept: str = "*/*") -> tuple[bytes | None, Mapping[str, str]]:
        """(body, headers); the body is None where the site says that nothing changed since `etag`. HarvestError in words."""
        robots = self._robots_of(url)
        if not robots.can_fetch(AGENT, url):
            raise HarvestError(f"{url}: " + _("The site asks programs not to read this (robots.txt)."))
        pause = max(float(robots.crawl_delay(AGENT) or 0), settings.HARVEST_PAUSE_SECONDS)
        time.sleep(max(0.0, min(pause, 60.0) - (time.monotonic() - self.last)))
        return self._fetch(url, {"Accept": accept} | ({"If-None-Match": etag} if etag else {}))

    def json(self, url: str, **parameters: Any) -> Any:
        """The JSON at an address with these parameters. HarvestError where it is none."""
        address = f"{url}?{urlencode(parameters)}" if parameters else url
        body, _headers = self.get(address, accept="application/json")
        try:
            return json.loads(body or b"")
        except ValueError:
            raise HarvestError(f"{address}: " + _("The answer is no JSON. Check the address and the protocol.")) from None

    def _fetch(self, url: str, headers: Mapping[str, str]) -> tuple[bytes | None, Mapping[str, str]]:
        try:
            with open_remote(url, {"User-Agent": AGENT, **headers}) as answer:
                self.last = time.monotonic()
                if answer.status == 304:
                    return None, answer.headers
                body = answer.read(MOST_BYTES + 1)
        except RemoteError as error:
            raise HarvestError(f"{url}: {failure_in_words({'code': error.code, 'context': error.context})}") from error
        if len(body) > MOST_BYTES:
            raise HarvestError(f"{url}: " + _("The answer is larger than %(limit)s MB.") % {"limit": MOST_BYTES // 1_000_000})
        return body, answer.headers

    def _robots_of(self, url: str) -> RobotFileParser:
        address = urljoin(url, "/robots.txt")
        if address not in self.robots:
            parser = RobotFileParser(address)
            try:
                body, _headers = self._fetch(address, {})
                parser.parse((body or b"").decode("utf-8", "replace").splitlines())
            except HarvestError as error:  # a site without the file allows everything; one that cannot give it, nothing (RFC 9309)
                if isinstance(error.__cause__, RemoteError) and int(error.__cause__.context.get("answer", 0)) >= 500:
                    raise
                parser.parse([])
            self.robots[address] = parser
        return self.robots[address]
