"""What search knows of pages and places."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Min, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from datasets.vocabularies import HumanSecurity, Sdg
from pages.models import RECORDS, BasePage, Place, Record, TopicPage
from pages.page_types import type_name
from pages.selectors.addresses import LANGUAGES, path_of
from pages.selectors.listing import all_in
from pages.selectors.variants import public_pages, source_first
from search import registry
from search.documents import Document


def body_text(page: BasePage) -> str:
    """Everything a reader reads on `page` beyond title and summary, as plain text."""
    parts: list[str] = []
    for field in page._meta.get_fields():
        if isinstance(field, StreamField | RichTextField):
            value = field.value_from_object(page)
            parts += field.get_searchable_content(value) if isinstance(field, StreamField) else [field.get_searchable_content(value)[0]]
    return "\n".join(part for part in parts if part)


class PageSource:
    """One document for each text in all the languages in which it is public, under the key of the oldest of these pages."""

    name = "page"

    def pks(self) -> Iterable[int]:
        found = public_pages().filter(depth__gt=2).order_by().values("translation_key").annotate(oldest=Min("pk"))
        return found.values_list("oldest", flat=True)

    def documents(self, pks: Sequence[int]) -> Iterable[Document]:
        keys = Page.objects.filter(pk__in=pks).values("translation_key")
        pages = source_first(public_pages().filter(translation_key__in=keys, depth__gt=2).select_related("locale")).specific()
        texts: dict[object, list[BasePage]] = {}
        for page in pages:
            if isinstance(page, BasePage):
                texts.setdefault(page.translation_key, []).append(page)
        topics = {topic.path: topic.slug for topic in TopicPage.objects.all()}
        for variants in texts.values():
            oldest = min(page.pk for page in variants)
            if oldest in pks:
                yield self._document(oldest, variants, topics)

    def _document(self, pk: int, variants: Sequence[BasePage], topics: Mapping[str, str]) -> Document:
        source, *_others = variants
        pages = {page.locale.language_code: page for page in variants}
        topic = next((slug for path, slug in topics.items() if source.path.startswith(path)), None)
        now = datetime.now(UTC)
        return Document(
            key=registry.key_of(self.name, pk),
            kind="page",
            language=None,
            title={code: page.title for code, page in pages.items()},
            summary={code: page.summary for code, page in pages.items()},
            body={code: body_text(page) for code, page in pages.items()},
            keywords=[],
            url={code: path_of(pages.get(code, source), code) for code in LANGUAGES},
            facets={
                "topic": [topic] if topic else [],
                "sdg": source.sdgs,
                "human_security": source.human_security,
            },
            modified=max(page.last_published_at or now for page in variants),
            sort={"name": source.title, "created": (source.first_published_at or now).timestamp()},
            extra={
                "type": type_name(source),
                "is_sample": "1" if source.is_sample else "",
                "sensitive": "1" if source.is_sensitive else "",
            },
        )


@dataclass(frozen=True, slots=True)
class RowSource:
    """One document for each public place, notice, event …; it speaks all the languages it has a title in."""

    name: str
    model: type[Place] | type[Record]
    address: str
    title: str = "title"
    body: Sequence[str] = ()

    def _rows(self) -> QuerySet[Any]:
        return self.model.public() if issubclass(self.model, Record) else self.model._default_manager.all()

    def pks(self) -> Iterable[int]:
        return self._rows().values_list("pk", flat=True)

    def documents(self, pks: Sequence[int]) -> Iterable[Document]:
        for row in self._rows().filter(pk__in=pks):
            yield Document(
                key=registry.key_of(self.name, row.pk),
                kind=self.name,
                language=None,
                title=_texts(row, self.title),
                summary=_texts(row, "description"),
                body=_texts(row, *self.body),
                keywords=_kinds(row),
                url={code: f"/{code}/{self.address}/{row.slug}/" for code in LANGUAGES},
                facets={},
                modified=row.modified,
                sort={"name": str(row)},
                extra={"type": getattr(row, "kind", self.name), "is_sample": "1" if row.is_sample else ""},
            )


def _kinds(row: Any) -> list[str]:
    """What it is, in all languages."""
    kinds = []
    for code in LANGUAGES:
        with override(code):
            kinds.append(str(row.get_kind_display() if hasattr(row, "kind") else row._meta.verbose_name))
    return kinds


def _texts(row: Any, *names: str) -> dict[str, str]:
    """Texts in the languages in which they were written, and in no other."""
    texts = {code: "\n".join(filter(None, (getattr(row, f"{name}_{code.replace('-', '_')}") for name in names))) for code in LANGUAGES}
    return {code: text for code, text in texts.items() if text}


def topic_labels(slugs: Sequence[str], language: str) -> Mapping[str, str]:
    return {item.page.slug: item.page.title for item in all_in(TopicPage, language) if item.page.slug in slugs}


def sdg_labels(codes: Sequence[str], language: str) -> Mapping[str, str]:
    with override(language):
        return {goal.value: f"{goal.value}. {goal.label}" for goal in Sdg if goal.value in codes}


def human_security_labels(codes: Sequence[str], language: str) -> Mapping[str, str]:
    with override(language):
        return {dimension.value: str(dimension.label) for dimension in HumanSecurity if dimension.value in codes}


def register() -> None:
    registry.register(PageSource())
    registry.register(RowSource("place", Place, "place", "name", ("services", "address", "directions")))
    for name, model in RECORDS.items():
        registry.register(RowSource(model._meta.model_name or "", model, name, body=model.texts[2:]))
    registry.register_facet("topic", _("Topic"), topic_labels)
    registry.register_facet("sdg", _("Sustainable development goal"), sdg_labels)
    registry.register_facet("human_security", _("Human security"), human_security_labels)
