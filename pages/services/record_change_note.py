"""Keeping what an editor says changed, once, with the day it was published."""

from pages.models import BasePage, ChangeNote


def record_change_note(*, page: BasePage) -> ChangeNote | None:
    """The note under which `page` was just published, unless readers have it already as the newest; None where there is nothing new."""
    newest = ChangeNote.objects.filter(page_id=page.pk).first()
    if not page.change_note or (newest and newest.note == page.change_note):
        return None
    return ChangeNote.objects.create(page_id=page.pk, note=page.change_note)
