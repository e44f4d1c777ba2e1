"""`/api/v1/navigation/` and `/api/v1/interface/`: what stands around every page, for front ends of others."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language, override
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from datasets.api.frame import one
from pages.api.serializers import LANGUAGES
from pages.models import InitiativeIndexPage, TopicPage
from pages.selectors.listing import Item, all_in, children_in
from portal.catalogues.public import public_strings
from portal.navigation import menu

LOCALE = OpenApiParameter("locale", str, enum=LANGUAGES, description="The reader's language; else that of Accept-Language.")


class Link(serializers.Serializer[Any]):
    title = serializers.CharField()
    url = serializers.CharField(help_text="A path, in the reader's language.")


class PageLink(Link):
    language = serializers.CharField(help_text="Of the title: not the reader's where the page is not translated.")


class Section(PageLink):
    children = PageLink(many=True)


class LanguageName(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField(help_text="The language's own name.")


def _language(request: Request) -> str:
    locale = request.query_params.get("locale") or get_language() or "km"
    if locale not in LANGUAGES:
        raise ValidationError({"locale": [", ".join(LANGUAGES)]})
    return locale


class Navigation(serializers.Serializer[Any]):
    language = serializers.CharField()
    languages = LanguageName(many=True)
    sections = Section(many=True, help_text="Topics and initiatives, with the pages in each.")
    menu = Link(many=True, help_text="At the foot of every page.")


class Interface(serializers.Serializer[Any]):
    language = serializers.CharField()
    strings = serializers.DictField(child=serializers.CharField(), help_text="English text: the same in the language.")


@one("navigation", Navigation, tag="pages", summary="Read the menus", parameters=[LOCALE])
def navigation(request: Request) -> dict[str, Any]:
    """The languages, the topics with their guides, the initiatives, and the links at the foot of every page."""
    language = _language(request)
    with override(language):
        return {
            "language": language,
            "languages": [{"code": code, "name": name} for code, name in settings.LANGUAGES],
            "sections": [
                _link(item) | {"children": [_link(child) for child in children_in(item.page, language)]}
                for model in (TopicPage, InitiativeIndexPage)
                for item in all_in(model, language)
            ],
            "menu": menu(),
        }


@one("interface", Interface, tag="pages", summary="Read the interface's words", parameters=[LOCALE])
def interface(request: Request) -> dict[str, Any]:
    """Every label, notice and sentence of the public pages that no editor writes."""
    language = _language(request)
    return {"language": language, "strings": public_strings(language)}


def _link(item: Item) -> dict[str, str]:
    return {"title": item.page.title, "url": item.url, "language": item.language}
