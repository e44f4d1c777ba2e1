"""`/api/v1/navigation/` and `/api/v1/interface/`: what stands around every page, for front ends of others."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language, override
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

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


class NavigationView(APIView):
    @extend_schema(
        operation_id="navigation",
        tags=["pages"],
        summary="Read the menus",
        parameters=[LOCALE],
        responses=inline_serializer(
            "Navigation",
            {
                "language": serializers.CharField(),
                "languages": LanguageName(many=True),
                "sections": Section(many=True, help_text="Topics and initiatives, with the pages in each."),
                "menu": Link(many=True, help_text="At the foot of every page."),
            },
        ),
    )
    def get(self, request: Request) -> Response:
        """The languages, the topics with their guides, the initiatives, and the links at the foot of every page."""
        language = _language(request)
        with override(language):
            return Response(
                {
                    "language": language,
                    "languages": [{"code": code, "name": name} for code, name in settings.LANGUAGES],
                    "sections": [
                        _link(item) | {"children": [_link(child) for child in children_in(item.page, language)]}
                        for model in (TopicPage, InitiativeIndexPage)
                        for item in all_in(model, language)
                    ],
                    "menu": menu(),
                }
            )


class InterfaceView(APIView):
    @extend_schema(
        operation_id="interface",
        tags=["pages"],
        summary="Read the interface's words",
        parameters=[LOCALE],
        responses=inline_serializer(
            "Interface",
            {
                "language": serializers.CharField(),
                "strings": serializers.DictField(child=serializers.CharField(), help_text="English text: the same in the language."),
            },
        ),
    )
    def get(self, request: Request) -> Response:
        """Every label, notice and sentence of the public pages that no editor writes."""
        language = _language(request)
        return Response({"language": language, "strings": public_strings(language)})


def _link(item: Item) -> dict[str, str]:
    return {"title": item.page.title, "url": item.url, "language": item.language}
