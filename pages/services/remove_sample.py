"""Taking the sample out of a portal in use, without touching what people have made."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Model
from wagtail.models import Page

from datasets.services.sample_data import remove_sample_data
from pages.content.files import STARTER_FOLDER, read
from pages.content.page_fields import home as home_content
from pages.models import RECORDS, BasePage, Place, Term
from pages.page_types import PAGE_TYPES

from .ensure_homes import ensure_homes
from .write_page import write_page

DEEPEST_FIRST = ("journey", "service_guide", "rights_guide", "health_guide", "initiative", "plain", "topic", "initiative_index")


def remove_sample(*, progress: Callable[[str], None] = lambda line: None) -> None:
    """Delete sample pages, places and data. A sample topic that holds somebody's own pages stays and is a topic like any other."""
    with transaction.atomic():
        for model in map(PAGE_TYPES.__getitem__, DEEPEST_FIRST):
            for key in list(model.objects.filter(is_sample=True).order_by("-depth").values_list("pk", flat=True)):
                page = model.objects.filter(pk=key).first()
                if page is None:  # went with its parent
                    continue
                if page.get_children().exists():
                    _adopt(page)
                    progress(f"  kept, it holds other pages: {page.title}")
                else:
                    page.delete()
                    progress(f"  {page.title}")
        records: list[type[Model]] = [*RECORDS.values(), Place, Term]
        for kind in records:
            count, _ = kind._default_manager.filter(is_sample=True).delete()
            progress(f"  {count} {kind._meta.verbose_name_plural}")
        _tidy_home()
    remove_sample_data(progress)


def _adopt(page: BasePage) -> None:
    page.is_sample = False
    page.save()
    if page.latest_revision:
        page.latest_revision.content["is_sample"] = False
        page.latest_revision.save(update_fields=["content"])


def _tidy_home() -> None:
    """Questions that led to sample pages lead nowhere now; a home page that nobody has edited is as it was on the first day."""
    page = ensure_homes()
    if page.latest_revision is None or page.latest_revision.user_id is None:
        root: Page = page.get_parent()
        write_page(content=home_content(read(STARTER_FOLDER / "home.yaml"), {}), parent=root, is_sample=False, refresh=True)
