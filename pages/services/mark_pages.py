"""Telling search about pages. All languages of a text are one document, so a change of one marks them all."""

from wagtail.models import Page

from search.services.mark_changed import mark_changed


def mark_page(*, page: Page) -> None:
    """One page was published, edited, hidden or deleted."""
    for pk in {page.pk, *Page.objects.filter(translation_key=page.translation_key).values_list("pk", flat=True)}:
        mark_changed(source="page", pk=pk)


def mark_tree(*, page: Page) -> None:
    """A page and everything below it got another address, or other readers."""
    keys = Page.objects.descendant_of(page, inclusive=True).values("translation_key")
    for pk in Page.objects.filter(translation_key__in=keys).values_list("pk", flat=True):
        mark_changed(source="page", pk=pk)
