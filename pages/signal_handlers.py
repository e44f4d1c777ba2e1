"""What happens when something else does: one line each, calling a service."""

from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from pages.glossary import forget_words
from pages.models import RECORDS, BasePage, Place, Term
from pages.services.follow_slug import follow_slug
from pages.services.mark_pages import mark_page, mark_tree
from pages.services.record_change_note import record_change_note
from pages.tasks import make_renditions
from search.services.mark_changed import mark_changed


def note_change(instance: Page, **kwargs: Any) -> None:
    if isinstance(instance, BasePage):
        record_change_note(page=instance)


def page_changed(instance: Page, **kwargs: Any) -> None:
    mark_page(page=instance)


def page_deleted(instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, BasePage):
        mark_page(page=instance)


def page_moved(instance: Page, **kwargs: Any) -> None:
    mark_tree(page=instance)


def slug_changed(instance: Page, instance_before: Page, **kwargs: Any) -> None:
    mark_tree(page=instance)
    follow_slug(page=instance, old_slug=instance_before.slug)


def readers_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    mark_tree(page=instance.page)


def record_changed(instance: Model, **kwargs: Any) -> None:
    mark_changed(source=instance._meta.model_name or "", pk=instance.pk)


def word_changed(**kwargs: Any) -> None:
    forget_words()


def image_saved(instance: Any, **kwargs: Any) -> None:
    transaction.on_commit(lambda: make_renditions.enqueue(instance.pk))


def connect() -> None:
    post_save.connect(image_saved, sender=get_image_model(), dispatch_uid="pages.image")
    page_published.connect(note_change, dispatch_uid="pages.note_change")
    page_published.connect(page_changed, dispatch_uid="pages.published")
    page_unpublished.connect(page_changed, dispatch_uid="pages.unpublished")
    page_slug_changed.connect(slug_changed, dispatch_uid="pages.slug_changed")
    post_page_move.connect(page_moved, dispatch_uid="pages.moved")
    post_delete.connect(page_deleted, dispatch_uid="pages.deleted")
    for signal in (post_save, post_delete):
        signal.connect(readers_changed, sender=PageViewRestriction, dispatch_uid=f"pages.readers.{id(signal)}")
        signal.connect(word_changed, sender=Term, dispatch_uid=f"pages.term.{id(signal)}")
        for model in (Place, *RECORDS.values()):
            signal.connect(record_changed, sender=model, dispatch_uid=f"pages.{model._meta.model_name}.{id(signal)}")
