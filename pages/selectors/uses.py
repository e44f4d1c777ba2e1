"""Which pages rest on data: by a living fact, or by naming the dataset."""

from collections.abc import Iterable, Sequence

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex

from datasets.models import Dataset, Resource, Version
from datasets.usage import Use
from pages.facts import NO_COLUMN, blocks_on, lost_column

from .listing import items
from .variants import public_pages


def _pages(resources: Sequence[Resource]) -> QuerySet[Page]:
    kinds = ContentType.objects.get_for_models(Resource, Dataset, Page, for_concrete_models=False)
    resting = Q(to_content_type=kinds[Resource], to_object_id__in=[str(resource.pk) for resource in resources])
    resting |= Q(to_content_type=kinds[Dataset], to_object_id__in={str(resource.dataset_id) for resource in resources})
    keys = ReferenceIndex.objects.filter(resting, base_content_type=kinds[Page]).values_list("object_id", flat=True)
    found = public_pages().filter(pk__in=[int(key) for key in keys]) if keys else Page.objects.none()
    return found.order_by("path").specific()


def pages_resting_on(resources: Sequence[Resource]) -> Iterable[Use]:
    """The public pages, each once, in the reader's language where published."""
    language = get_language() or "km"
    for item in items(_pages(resources).defer_streamfields(), language):
        yield Use(item.page.title, item.url, str(item.page._meta.verbose_name), item.language if item.language != language else "")


def facts_broken_by(version: Version) -> Iterable[tuple[str, str]]:
    """Living facts on public pages, of every language, whose columns this version has not."""
    known = {field.get("name") for field in version.schema.get("fields", [])} if version.is_table else set()
    for page in _pages([version.resource]):
        for value in blocks_on(page):
            if value["resource"] and value["resource"].pk == version.resource_id and (column := lost_column(value, known)):
                words = {"name": value["label"], "page": page.title}
                yield _("“%(name)s” on the page “%(page)s”") % words, str(NO_COLUMN % {"name": column})
