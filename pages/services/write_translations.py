"""Storing texts that are already translated where the translation editor keeps them, so that editors go on from there."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from wagtail.models import Locale
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from pages.models import BasePage
from pages.selectors.addresses import in_language

from .publish_translation import publish_translation


@transaction.atomic
def write_translations(*, page: BasePage, texts: Callable[[str], dict[str, Any]], languages: Iterable[str]) -> list[str]:
    """Translate the published `page` and publish its translations; gives the languages published.

    `texts(language)` are the page's fields in that language, of the same shape as the source (the same blocks with the same ids).
    A language in which a text is missing keeps what there is for its translators and is not published.
    """
    source, _ = TranslationSource.update_or_create_from_instance(page)
    published = []
    for locale in Locale.objects.filter(language_code__in=languages).exclude(pk=page.locale_id):
        twin = type(page)(**texts(locale.language_code))
        _store(source, locale, [segment for segment in extract_segments(twin) if isinstance(segment, StringSegmentValue)])
        _keep_links_in(source, locale)
        if StringSegment.objects.filter(source=source).annotate_translation(locale).filter(translation__isnull=True).exists():
            continue
        Translation.objects.get_or_create(source=source, target_locale=locale, defaults={"enabled": True})
        publish_translation(source=source, locale=locale)
        published.append(locale.language_code)
    return published


def _store(source: TranslationSource, locale: Locale, translated: Iterable[StringSegmentValue]) -> None:
    """Pair by path, and within one path (a text of several paragraphs) by order."""
    texts: dict[str, list[StringSegmentValue]] = defaultdict(list)
    for segment in translated:
        texts[segment.path].append(segment)
    for segment in source.stringsegment_set.select_related("context", "string").order_by("order"):
        waiting = texts[segment.context.path]
        if not waiting:
            continue
        value = waiting.pop(0)
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            defaults={
                "data": _with_ids_of(json.loads(segment.attrs) or {}, value),
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                "has_error": False,
            },
        )


def _with_ids_of(source_attrs: dict[str, dict[str, str]], value: StringSegmentValue) -> str:
    """The translated HTML with the link ids of the source: the same target is the same link, wherever it stands in the sentence."""
    ids = {_target(attrs.get("href", "")): key for key, attrs in source_attrs.items()}
    renamed = {key: ids.get(_target(attrs.get("href", ""))) for key, attrs in (value.attrs or {}).items()}
    return re.sub(r'id="(\w+)"', lambda match: f'id="{renamed.get(match[1]) or match[1]}"', value.string.data)


def _target(href: str) -> str:
    return in_language(href, "km")


def _keep_links_in(source: TranslationSource, locale: Locale) -> None:
    """Links within the portal lead to the same page in the translation's language."""
    for segment in OverridableSegment.objects.filter(source=source).select_related("context"):
        href = json.loads(segment.data_json)
        if isinstance(href, str) and (there := in_language(href, locale.language_code)) != href:
            SegmentOverride.objects.update_or_create(
                locale=locale, context=segment.context, defaults={"data_json": json.dumps(there), "has_error": False}
            )
