"""What is told: pages and datasets that become public or cease to be, and new versions of public data."""

from typing import Any

from django.conf import settings
from django.db.models.signals import post_save
from wagtail.signals import page_published, page_unpublished, published, unpublished

from datasets.models import Dataset, Resource
from pages.models import BasePage
from pages.page_types import type_name
from pages.selectors.addresses import path_of
from pages.selectors.variants import public_pages

from .announce import announce


def _page(event: str, page: BasePage) -> None:
    language = page.locale.language_code
    api = f"{settings.SITE_URL}/api/v1/pages/{page.pk}/"
    told = {"id": page.pk, "type": type_name(page), "language": language, "path": path_of(page, language), "api": api}
    announce(event=event, payload={"page": told})


def _dataset(event: str, dataset: Dataset, **more: Any) -> None:
    api = f"{settings.SITE_URL}/api/v1/datasets/{dataset.name}/"
    announce(event=event, payload={"dataset": {"id": str(dataset.uuid), "name": dataset.name, "api": api}, **more})


def on_page_published(instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, BasePage) and public_pages().filter(pk=instance.pk).exists():
        _page("page.published", instance)


def on_page_unpublished(instance: Any, **kwargs: Any) -> None:  # deletion too
    if isinstance(instance, BasePage):
        _page("page.unpublished", instance)


def on_dataset_published(instance: Any, **kwargs: Any) -> None:
    if instance.is_public:
        _dataset("dataset.published", instance)


def on_dataset_unpublished(instance: Any, **kwargs: Any) -> None:
    _dataset("dataset.unpublished", instance)


def on_dataset_saved(instance: Dataset, update_fields: Any = None, **kwargs: Any) -> None:
    if "deleted_at" in (update_fields or ()) and instance.deleted_at and instance.live:
        _dataset("dataset.unpublished", instance)


def on_resource_saved(instance: Resource, update_fields: Any = None, **kwargs: Any) -> None:
    if "current" in (update_fields or ()) and instance.current and instance.dataset.is_public:
        _dataset("resource.published", instance.dataset, resource={"id": str(instance.uuid), "version": instance.current.number})


def connect() -> None:
    page_published.connect(on_page_published, dispatch_uid="webhooks.page_published")
    page_unpublished.connect(on_page_unpublished, dispatch_uid="webhooks.page_unpublished")
    published.connect(on_dataset_published, sender=Dataset, dispatch_uid="webhooks.published")
    unpublished.connect(on_dataset_unpublished, sender=Dataset, dispatch_uid="webhooks.unpublished")
    post_save.connect(on_dataset_saved, sender=Dataset, dispatch_uid="webhooks.dataset_saved")
    post_save.connect(on_resource_saved, sender=Resource, dispatch_uid="webhooks.resource_saved")
