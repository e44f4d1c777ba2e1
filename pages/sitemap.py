"""`/sitemap.xml`: every public text in every language, with its siblings (sitemaps.org, and xhtml:link as search engines read it)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from datasets.models.identity import language_path
from datasets.selectors import visible_datasets
from pages.models import RECORDS, BasePage
from pages.selectors.addresses import absolute, path_of
from pages.selectors.variants import public_pages, source_first


@dataclass(frozen=True, slots=True)
class Location:
    """One address, when its text last changed, and (hreflang, address) of the same text in each language."""

    address: str
    changed: str
    alternates: list[tuple[str, str]]


def locations() -> Iterator[Location]:
    """Texts, records and datasets for search engines: what is published for everybody and is not sample. Grouped by text, Khmer first."""
    texts: dict[object, list[tuple[str, str, str]]] = defaultdict(list)
    for page in source_first(public_pages()).select_related("locale").specific().defer_streamfields():
        if isinstance(page, BasePage) and not page.is_sample and (address := path_of(page, page.locale.language_code)):
            changed = page.last_published_at.date().isoformat() if page.last_published_at else ""
            texts[page.translation_key].append((page.locale.language_code, absolute(address), changed))
    for variants in texts.values():
        alternates = [(code, address) for code, address, _ in variants]
        for _code, address, changed in variants:
            yield Location(address, changed, [*alternates, ("x-default", alternates[0][1])])
    for model in RECORDS.values():
        for record in model.public().filter(is_sample=False):
            yield from _in_every_language(f"/{record.register}/{record.slug}/", record.modified)
    for dataset in visible_datasets().filter(is_sample=False):
        yield from _in_every_language(f"/dataset/{dataset.name}/", dataset.modified)


def _in_every_language(path: str, changed: datetime) -> Iterator[Location]:
    alternates = [(code, absolute(language_path(path, code))) for code, _name in settings.LANGUAGES]
    for _code, address in alternates:
        yield Location(address, changed.date().isoformat(), [*alternates, ("x-default", alternates[0][1])])


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The portal's pages for search engines."""
    return TemplateResponse(request, "pages/sitemap.xml", {"locations": locations()}, content_type="application/xml")
