"""Which pages are sensitive because their topic is."""

from wagtail.models import Page


def stands_in_sensitive_topic(page: Page) -> bool:
    """What the nearest topic above `page` says of itself; no where none says anything."""
    from pages.models import TopicPage

    above = TopicPage.objects.ancestor_of(page).exclude(sensitive="").order_by("-depth")
    return above.values_list("sensitive", flat=True).first() == "yes"
