"""A page as data: its typed fields and blocks, with real addresses and no markup of the editor's."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Field
from django.utils.translation import override
from wagtail.fields import RichTextField, StreamField

from pages.glossary import Glossary
from pages.models import BasePage, GuidePage, HomePage, InitiativeIndexPage, InitiativePage, JourneyPage, PlainPage, TopicPage
from pages.page_types import type_name
from pages.rich_text import public_html
from pages.selectors.addresses import absolute, path_of

GUIDE = (
    "who_for",
    "your_right",
    "deadlines",
    "what_to_bring",
    "steps",
    "fee",
    "time_needed",
    "places",
    "legal_basis",
    "body",
    "questions",
    "related_datasets",
    "owner_office",
    "reviewed_on",
    "next_review",
)
CONTENT: dict[type[BasePage], tuple[str, ...]] = {
    HomePage: ("questions", "body"),
    TopicPage: ("body",),
    PlainPage: ("body",),
    JourneyPage: ("steps",),
    GuidePage: GUIDE,
    InitiativeIndexPage: ("body",),
    InitiativePage: (
        "number",
        "pillar",
        "purpose",
        "becomes",
        "body",
        "indicators",
        "related_guides",
        "related_datasets",
        "related_places",
    ),
}
VOCABULARIES = ("sdgs", "human_security", "disaggregation")


def listed(page: BasePage) -> dict[str, Any]:
    """What a list says of a page."""
    language = page.locale.language_code
    path = path_of(page, language)
    return {
        "id": page.pk,
        "type": type_name(page),
        "language": language,
        "title": page.title,
        "summary": page.summary,
        "slug": page.slug,
        "path": path,
        "url": absolute(path),
        "is_sample": page.is_sample,
        "published": page.first_published_at,
        "modified": page.last_published_at,
    }


def detailed(page: BasePage, translations: list[BasePage]) -> dict[str, Any]:
    """Everything readers see of a page; `content` holds the fields of its type. `translations`: the same text in all its languages."""
    language = page.locale.language_code
    with override(language):
        content = {name.removesuffix("_office"): _value(page, name) for name in _names(page)}
        met = Glossary(language).first_met_in(" ".join([page.summary, *_texts(content)]))
        return listed(page) | {
            "is_sensitive": page.is_sensitive,
            "signed_by": page.reviewed_by or None,
            "change_notes": [{"date": note.date, "note": note.note} for note in (page.change_notes.all() if page.pk else ())],
            **{name: getattr(page, name) for name in VOCABULARIES},
            "translations": [listed(translation) for translation in translations],
            "content": content,
            "terms": [{"term": term, "explanation": meaning, "source": source or None} for term, meaning, source in met],
        }


def _texts(part: Any) -> Iterator[str]:
    """Every text in it, however deep."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict | list):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from _texts(inner)


def _names(page: BasePage) -> tuple[str, ...]:
    return next(names for model, names in CONTENT.items() if isinstance(page, model))


def _value(page: BasePage, name: str) -> Any:
    field: Field[Any, Any] = page._meta.get_field(name)
    value = field.value_from_object(page)
    if isinstance(field, StreamField):
        return [
            {"type": block.block_type, "id": block.id, "value": block.block.get_api_representation(block.value)}
            for block in value
            if block.value is not None
        ]
    return public_html(value) if isinstance(field, RichTextField) else value
