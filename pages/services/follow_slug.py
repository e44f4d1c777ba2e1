"""When a page gets another address, its translations follow, and the old addresses lead to the new ones in every language."""

import json

from django.db import transaction
from wagtail.models import Page
from wagtail_localize.models import TranslationSource


@transaction.atomic
def follow_slug(*, page: Page, old_slug: str) -> None:
    """Give the translations of `page` its new slug, where they had the old one and the new one is free beside them."""
    for translation in page.get_translations().filter(slug=old_slug).specific():
        siblings = Page.objects.child_of(translation.get_parent()).exclude(pk=translation.pk)
        if siblings.filter(slug=page.slug).exists():
            continue
        translation.slug = page.slug
        translation.save()  # also leaves the redirects, for the page and all below it
        for revision in translation.revisions.filter(pk__in=[translation.latest_revision_id, translation.live_revision_id]):
            revision.content["slug"] = page.slug
            revision.save(update_fields=["content"])
    _in_translation_source(page)


def _in_translation_source(page: Page) -> None:
    """What translators work from keeps the old slug otherwise, and the next published translation would take it back."""
    for source in TranslationSource.objects.filter(object_id=page.translation_key):
        content = json.loads(source.content_json)
        content["slug"] = page.slug
        source.content_json = json.dumps(content)
        source.save(update_fields=["content_json"])
