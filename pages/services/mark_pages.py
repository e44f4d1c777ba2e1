"""Telling search about pages."""

from wagtail.models import Page

from search.services.mark_changed import mark_changed


def mark_page(*, pk: int) -> None:
    """One page was published, edited, hidden or deleted."""
    mark_changed(source="page", pk=pk)


def mark_tree(*, page: Page) -> None:
    """A page and everything below it got another address, or other readers."""
    for pk in Page.objects.descendant_of(page, inclusive=True).values_list("pk", flat=True):
        mark_changed(source="page", pk=pk)
