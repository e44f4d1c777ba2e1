"""A catalogue in JSON-LD is not followed to other addresses, whatever way it names them."""

from pathlib import Path
from typing import Any

import pytest

from datasets.models import Capacity, HarvestSource
from datasets.services.harvesting import run_harvest

from .factories import OrganizationFactory, member
from .other_site import other_site

CONTEXTS = [
    '{"@context": "http://PLACE/inside"}',
    '{"@context": "\\u0068ttp://PLACE/inside"}',
    '{"\\u0040context": ["http://PLACE/inside"]}',
    '{"@context": "/inside"}',
    '{"@context": {"@version": 1.1, "@import": "http://PLACE/inside"}}',
    '{"@graph": [{"@context": [{}, "//PLACE/inside"]}]}',
    '{"@context": {"word": {"@id": "http://example.org/word", "@context": "http://PLACE/inside"}}}',
    '{"@context": "FILE", "word": "x"}',
]


@pytest.mark.django_db
@pytest.mark.parametrize("document", CONTEXTS)
def test_a_context_elsewhere_is_refused_and_not_opened(document: str, settings: Any, tmp_path: Path) -> None:
    secret = tmp_path / "secret.jsonld"
    secret.write_text('{"@context": {"word": "http://example.org/word"}}')
    organization = OrganizationFactory()
    with other_site() as site:
        settings.REMOTE_FETCH_ALLOW, settings.HARVEST_PAUSE_SECONDS = [site.place], 0
        body = document.replace("PLACE", site.place).replace("FILE", secret.as_uri()).encode()
        opened: list[str] = []
        site.replies = {
            "/robots.txt": (404, {}, b""),
            "/catalog.jsonld": (200, {"Content-Type": "application/ld+json"}, body),
            "/inside": lambda _headers: opened.append("/inside") or (200, {}, b"{}"),
        }
        source = HarvestSource.objects.create(
            title="ក្រុងជិតខាង",
            url=f"{site.url}/catalog.jsonld",
            protocol="dcat",
            organization=organization,
            owner=member(organization, Capacity.ADMIN),
        )
        run = run_harvest(source=source)
    assert opened == []
    assert run.state == "failed"
    assert "@context" in run.problem
