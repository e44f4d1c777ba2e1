"""Writing a page of the portal from its content file, in all languages."""

from dataclasses import dataclass

from django.db import transaction
from wagtail.models import Locale, Page

from pages.content.files import ContentError
from pages.content.page_fields import PageContent
from pages.models import BasePage

from .write_translations import write_translations

SOURCE = "km"
TRANSLATIONS = ("en", "zh-hans")


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a content file: the Khmer page, whether it was made now, and the languages published beside it."""

    page: BasePage
    created: bool
    languages: list[str]


@transaction.atomic
def write_page(*, content: PageContent, parent: Page, is_sample: bool, refresh: bool = False) -> Written:
    """The page under `parent` (a Khmer page), made and published where it is not there yet.

    A page that is there belongs to its editors: it is left alone unless `refresh`. ContentError names the file that cannot be used.
    """
    page = content.model.objects.child_of(parent).filter(slug=content.slug, locale__language_code=SOURCE).first()
    if page and not refresh:
        return Written(page, created=False, languages=[])
    fields = content.shared | content.texts(SOURCE) | {"is_sample": is_sample}
    if not fields["title"]:
        raise ContentError(f"{content.entry.path.name}: the title is missing in Khmer, the language of the source.")
    if created := page is None:
        page = content.model(slug=content.slug, locale=Locale.objects.get(language_code=SOURCE), live=False, **fields)
        parent.add_child(instance=page)
    else:
        for name, value in fields.items():
            setattr(page, name, value)
    page.save_revision().publish()
    page.refresh_from_db()
    languages = write_translations(page=page, texts=content.texts, languages=TRANSLATIONS)
    return Written(page, created=created, languages=languages)
