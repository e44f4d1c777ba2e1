"""What search knows of pages and places."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.fields import RichTextField, StreamField

from datasets.vocabularies import HumanSecurity, Sdg
from pages.models import BasePage, Place, TopicPage
from pages.page_types import type_name
from pages.selectors.addresses import LANGUAGES, path_of
from pages.selectors.listing import all_in
from pages.selectors.variants import public_pages
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
    """One document for each public page in each language."""

    name = "page"

    def pks(self) -> Iterable[int]:
        return public_pages().filter(depth__gt=2).values_list("pk", flat=True)

    def documents(self, pks: Sequence[int]) -> Iterable[Document]:
        pages = public_pages().filter(pk__in=pks, depth__gt=2).select_related("locale").specific()
        topics = {topic.path: topic.slug for topic in TopicPage.objects.all()}
        for page in pages:
            if not isinstance(page, BasePage):
                continue
            language = page.locale.language_code
            topic = next((slug for path, slug in topics.items() if page.path.startswith(path)), None)
            yield Document(
                key=registry.key_of(self.name, page.pk),
                kind="page",
                language=language,
                title={language: page.title},
                summary={language: page.summary},
                body={language: body_text(page)},
                keywords=[],
                url={code: path_of(page, code) for code in LANGUAGES},
                facets={
                    "topic": [topic] if topic else [],
                    "sdg": page.sdgs,
                    "human_security": page.human_security,
                },
                modified=page.last_published_at or datetime.now(UTC),
                sort={"name": page.title, "created": (page.first_published_at or datetime.now(UTC)).timestamp()},
                extra={"type": type_name(page), "is_sample": "1" if page.is_sample else ""},
            )


class PlaceSource:
    """One document for each place; it speaks all the languages it has a name in."""

    name = "place"

    def pks(self) -> Iterable[int]:
        return Place.objects.values_list("pk", flat=True)

    def documents(self, pks: Sequence[int]) -> Iterable[Document]:
        for place in Place.objects.filter(pk__in=pks):
            kinds = []
            for code in LANGUAGES:
                with override(code):
                    kinds.append(str(place.get_kind_display()))
            yield Document(
                key=registry.key_of(self.name, place.pk),
                kind="place",
                language=None,
                title=_texts(place, "name"),
                summary=_texts(place, "description"),
                body=_texts(place, "address"),
                keywords=kinds,
                url={code: f"/{code}/place/{place.slug}/" for code in LANGUAGES},
                facets={},
                modified=place.modified,
                sort={"name": place.name},
                extra={"type": place.kind, "is_sample": "1" if place.is_sample else ""},
            )


def _texts(place: Place, name: str) -> dict[str, str]:
    """A text in the languages in which it was written, and in no other."""
    texts = {code: getattr(place, f"{name}_{code.replace('-', '_')}") or "" for code in LANGUAGES}
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
    registry.register(PlaceSource())
    registry.register_facet("topic", _("Topic"), topic_labels)
    registry.register_facet("sdg", _("Sustainable development goal"), sdg_labels)
    registry.register_facet("human_security", _("Human security"), human_security_labels)
