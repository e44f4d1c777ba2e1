"""The three trees of the portal: a home page per language, below one root, with the Khmer one as the site's door."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Locale, Page, Site

from pages.content.files import STARTER_FOLDER, read
from pages.content.page_fields import home
from pages.models import HomePage

from .write_page import SOURCE, write_page


@transaction.atomic
def ensure_homes() -> HomePage:
    """The Khmer home page; makes whatever is missing of languages, root, home pages and site, and changes nothing that is there."""
    for code, _name in settings.LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    root = Page.get_first_root_node() or Page.add_root(
        title="Root", slug="root", content_type=ContentType.objects.get_for_model(Page), locale=Locale.objects.get(language_code=SOURCE)
    )
    _drop_stock_welcome(root)
    page: HomePage | None = HomePage.objects.child_of(root).filter(locale__language_code=SOURCE).order_by("path").first()
    if page is None:
        root.refresh_from_db()
        page = write_page(content=home(read(STARTER_FOLDER / "home.yaml"), {}), parent=root, is_sample=False).page
    address = urlsplit(settings.SITE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(
            hostname=address.hostname or "localhost",
            port=port,
            root_page=page,
            is_default_site=True,
            site_name=settings.WAGTAIL_SITE_NAME,
        )
    elif not isinstance(site.root_page.specific, HomePage):
        site.hostname, site.port, site.root_page, site.site_name = address.hostname or "localhost", port, page, settings.WAGTAIL_SITE_NAME
        site.save()
    return page


def _drop_stock_welcome(root: Page) -> None:
    """Wagtail's own first migration leaves a page that greets developers; it holds the slug, and the site points at it."""
    plain_pages = ContentType.objects.get_for_model(Page)
    for welcome in Page.objects.child_of(root).filter(content_type=plain_pages, slug="home"):
        Site.objects.filter(root_page=welcome).update(root_page=root)
        welcome.delete()
