"""Publishing a translation: complete, or not at all."""

from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslationSource


@transaction.atomic
def publish_translation(*, source: TranslationSource, locale: Locale, user: Any = None) -> Page:
    """The published page in `locale`, made of `source` and the translator's texts.

    MissingTranslationError where one text is missing, and nothing is changed: wagtail-localize's own way puts the source text in its
    place, and readers would find Khmer in the middle of an English page. ValidationError as for any page.
    """
    page, _created = source.create_or_update_translation(locale, user=user, publish=False, copy_parent_pages=True, fallback=False)
    page.get_latest_revision().publish(user=user)
    page.refresh_from_db()
    return page
