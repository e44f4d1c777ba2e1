"""Everything that waits for a translator: pages and data alike."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from modeltranslation.translator import translator
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from datasets.models import Chart, Dataset, Resource
from datasets.selectors import editable_datasets, visible_datasets, visible_resources

from .addresses import LANGUAGES
from .variants import public_pages, source_first

NOT_CITY_TEXT = {"licence"}  # licences are a list from elsewhere


@dataclass(frozen=True, slots=True)
class Waiting:
    """One text or row in one language. `stale`: texts whose source has changed since they were translated; `url` is where to translate."""

    kind: str
    title: str
    language: str
    what: str
    since: datetime | None
    url: str = ""
    row: Any = None
    stale: tuple[str, ...] = ()


def texts_by_key() -> dict[Any, list[Page]]:
    """The public texts, each with its source first."""
    texts: dict[Any, list[Page]] = defaultdict(list)
    for page in source_first(public_pages().filter(depth__gt=1)).select_related("locale").specific():
        texts[page.translation_key].append(page)
    return texts


def waiting_pages() -> Iterator[Waiting]:
    """Public texts that are not, or no longer wholly, translated, and translations that nobody has published."""
    sources = {source.object_id: source for source in TranslationSource.objects.defer("content_json")}
    done: dict[Any, set[tuple[str, str]]] = defaultdict(set)
    newest: dict[Any, datetime] = {}
    rows = StringTranslation.objects.filter(has_error=False).order_by("updated_at")
    found = rows.values_list("context__object_id", "locale__language_code", "context__path", "translation_of__data", "updated_at")
    for key, language, path, text, updated in found.iterator():
        done[key, language].add((path, text))
        newest[key, language] = updated
    for key, variants in texts_by_key().items():
        source = variants[0]
        published = {page.locale.language_code: page for page in variants}
        texts = [segment for segment in extract_segments(source) if isinstance(segment, StringSegmentValue) and segment.string.data]
        kind, since = str(source._meta.verbose_name), source.last_published_at
        for language in LANGUAGES:
            if language == source.locale.language_code or (language in published and key not in sources):
                continue
            translated = done[key, language]
            paths = {path for path, _text in translated}
            left = [segment for segment in texts if (segment.path, segment.string.data) not in translated]
            stale = tuple(segment.string.data for segment in left if segment.path in paths)
            if language not in published:
                url = reverse("wagtail_localize:submit_page_translation", args=[source.pk])
                yield Waiting(kind, source.title, language, _("not published in this language; texts left: %d") % len(left), since, url)
                continue
            page, offered = published[language], sources[key]
            url = reverse("wagtailadmin_pages:edit", args=[page.pk])
            if left:
                words = _("texts changed since: %(stale)d, new texts: %(new)d") % {"stale": len(stale), "new": len(left) - len(stale)}
                if since and offered.last_updated_at < since:  # the translation editor does not have the new texts yet
                    url = reverse("wagtail_localize:update_translations", args=[offered.pk])
                yield Waiting(kind, source.title, language, words, since, url, stale=stale)
            elif page.last_published_at and newest.get((key, language), page.last_published_at) > page.last_published_at:
                yield Waiting(kind, page.title, language, _("translated, but not published"), newest[key, language], url)


def waiting_rows(user: Any) -> Iterator[Waiting]:
    """Datasets, resources, places, words …: what is written in one language and missing in another; and labels of columns.

    Of data only what `user` may see: a draft's title is its organization's business.
    """
    resources = visible_resources(user)
    charts = Chart.objects.filter(Q(is_public=True, resource__in=resources) | Q(resource__dataset__in=editable_datasets(user)))
    visible = {Dataset: visible_datasets(user), Resource: resources, Chart: charts}
    for model in translator.get_registered_models():
        if model._meta.model_name in NOT_CITY_TEXT:
            continue
        for row in visible.get(model, model._default_manager.all()):
            for language in LANGUAGES:
                missing = [str(field) for field in _missing(model, row, language)]
                if missing:
                    since = getattr(row, "modified", None)
                    yield Waiting(str(model._meta.verbose_name), str(row), language, ", ".join(missing), since, row=row)


def _missing(model: Any, row: Any, language: str) -> Iterator[Any]:
    suffix = language.replace("-", "_")
    for name in translator.get_options_for_model(model).get_field_names():
        filled = [code for code in LANGUAGES if getattr(row, f"{name}_{code.replace('-', '_')}")]
        if filled and not getattr(row, f"{name}_{suffix}"):
            yield model._meta.get_field(name).verbose_name
    schema = getattr(getattr(row, "current", None), "schema", None) or {}
    labels = [field.get("title_translated") or {} for field in schema.get("fields", ())]
    if any(labels) and not all(label.get(language) for label in labels):
        yield _("labels of columns")
