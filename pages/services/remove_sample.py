"""Taking the sample out of a portal in use, without touching what people have made."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Model
from wagtail.models import Page

from pages.content.files import STARTER_FOLDER, read
from pages.content.page_fields import home as home_content
from pages.models import (
    RECORDS,
    BasePage,
    HealthGuide,
    InitiativeIndexPage,
    InitiativePage,
    JourneyPage,
    Place,
    PlainPage,
    RightsGuide,
    ServiceGuide,
    Term,
    TopicPage,
)

from .ensure_homes import ensure_homes
from .write_page import write_page

DEEPEST_FIRST: tuple[type[BasePage], ...] = (
    JourneyPage,
    ServiceGuide,
    RightsGuide,
    HealthGuide,
    InitiativePage,
    PlainPage,
    TopicPage,
    InitiativeIndexPage,
)


def remove_sample(*, progress: Callable[[str], None] = lambda line: None) -> None:
    """Delete sample pages, places and data. A sample topic that holds somebody's own pages stays and is a topic like any other."""
    with transaction.atomic():
        for model in DEEPEST_FIRST:
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
    _remove_data(progress)


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


def _remove_data(progress: Callable[[str], None]) -> None:
    try:
        from datasets.services.remove_sample_data import remove_sample_data
    except ImportError:
        return
    remove_sample_data(progress)
