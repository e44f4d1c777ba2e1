"""Which pages rest on data: by a living fact, or by naming the dataset."""

from collections.abc import Iterable, Sequence

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import get_language
from wagtail.models import Page, ReferenceIndex

from datasets.models import Dataset, Resource
from datasets.usage import Use

from .listing import items
from .variants import public_pages


def pages_resting_on(resources: Sequence[Resource]) -> Iterable[Use]:
    """The public pages, each once, in the reader's language where published."""
    kinds = ContentType.objects.get_for_models(Resource, Dataset, Page, for_concrete_models=False)
    resting = Q(to_content_type=kinds[Resource], to_object_id__in=[str(resource.pk) for resource in resources])
    resting |= Q(to_content_type=kinds[Dataset], to_object_id__in={str(resource.dataset_id) for resource in resources})
    keys = ReferenceIndex.objects.filter(resting, base_content_type=kinds[Page]).values_list("object_id", flat=True)
    pages = public_pages().filter(pk__in=[int(key) for key in keys]).order_by("path").specific().defer_streamfields()
    language = get_language() or "km"
    for item in items(pages, language):
        yield Use(item.page.title, item.url, str(item.page._meta.verbose_name), item.language if item.language != language else "")
