"""One line each: what happens to rows, told to the services, inside the transaction in which it happens."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.signals import published

from datasets.charts.files import remove_others
from datasets.models import Chart, Dataset, Group, Licence, Membership, Organization, Resource, Tag
from datasets.services.announce_change import announce_dataset, announce_resource
from datasets.services.charts import queue_charts
from datasets.services.harvesting import release_links
from datasets.services.organizations import open_admin
from datasets.services.publication import publish_waiting_versions

BOOKKEEPING = {"latest_revision", "has_unpublished_changes"}  # columns that tell readers nothing


def on_dataset(sender: Any, instance: Dataset, created: bool = False, update_fields: Collection[str] | None = None, **kwargs: Any) -> None:
    unseen = instance.is_new and (created or update_fields == {"modified"})
    if not unseen and (update_fields is None or not BOOKKEEPING.issuperset(update_fields)):
        announce_dataset(dataset=instance)


def on_dataset_labels(sender: Any, instance: Any, action: str, reverse: bool, **kwargs: Any) -> None:
    if action.startswith("post_") and not reverse and not instance.is_new:
        announce_dataset(dataset=instance)


def on_resource(sender: Any, instance: Resource, raw: bool = False, **kwargs: Any) -> None:
    if not ("dataset" in instance._state.fields_cache and instance.dataset.is_new):
        announce_resource(resource=instance)
    if instance.current_id:
        queue_charts(resource=instance)


def on_chart_deleted(sender: Any, instance: Chart, **kwargs: Any) -> None:
    transaction.on_commit(lambda: remove_others(instance))


def on_label(sender: Any, instance: Organization | Group | Tag | Licence, created: bool, **kwargs: Any) -> None:
    if not created:
        for dataset in instance.datasets.all():  # which show its title
            announce_dataset(dataset=dataset)


def on_membership(sender: Any, instance: Membership, raw: bool = False, **kwargs: Any) -> None:
    open_admin(member=instance.user)


def on_published(sender: Any, instance: Dataset, **kwargs: Any) -> None:
    publish_waiting_versions(dataset=instance)
    release_links(dataset=instance)


def connect() -> None:
    for signal in (post_save, post_delete):
        signal.connect(on_dataset, sender=Dataset, dispatch_uid=f"dataset-{signal is post_save}")
        signal.connect(on_resource, sender=Resource, dispatch_uid=f"resource-{signal is post_save}")
    for through in (Dataset.tags.through, Dataset.groups.through):
        m2m_changed.connect(on_dataset_labels, sender=through, dispatch_uid=f"labels-{through.__name__}")
    for model in (Organization, Group, Tag, Licence):
        post_save.connect(on_label, sender=model, dispatch_uid=f"label-{model.__name__}")
    post_delete.connect(on_chart_deleted, sender=Chart, dispatch_uid="chart-deleted")
    post_save.connect(on_membership, sender=Membership, dispatch_uid="membership")
    published.connect(on_published, sender=Dataset, dispatch_uid="waiting-versions")
