"""`/api/v1/pages/`: what citizens read, as data."""

from typing import Any, cast

from django.db.models import Case, When
from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from wagtail.models import Page

from datasets.api.frame import CURSOR, PAGING, fields_of, page_of, wanted_fields
from datasets.api.paging import paged_list
from pages.drafts import shared_draft
from pages.models import BasePage
from pages.page_types import PAGE_TYPES
from pages.selectors.addresses import path_of
from pages.selectors.locating import page_at
from pages.selectors.variants import public_pages, source_first
from search.api.views import SearchDown
from search.query import Query, SearchUnavailable
from search.selectors import matching_keys

from .representation import detailed, listed
from .serializers import PageDetailed, PageListed, PageParameters

# The schema tells both forms of the answer: a list, or with `path` the one page.
PAGES_OR_PAGE = PolymorphicProxySerializer(
    component_name="PagesOrPage", serializers=[page_of(PageListed), PageDetailed], resource_type_field_name=None, many=False
)


class PageListView(APIView):
    """Pages that anybody may read."""

    @extend_schema(
        operation_id="pages",
        tags=["pages"],
        summary="List pages, or find the page at a path",
        parameters=[PageParameters, fields_of(PageDetailed), *PAGING, CURSOR],
        responses=PAGES_OR_PAGE,
    )
    def get(self, request: Request) -> Response:
        """A page of pages; with `path`, the one page there."""
        parameters = PageParameters(data=request.query_params)
        parameters.is_valid(raise_exception=True)
        asked = parameters.validated_data
        context = wanted_fields(request)
        if asked.get("path"):
            return _whole(_at(asked["path"]), context)
        return paged_list(
            request, _matching(asked), cursor=True, results=lambda page: PageListed(_listed(page), many=True, context=context).data
        )


class PageView(APIView):
    """One page."""

    @extend_schema(
        operation_id="page",
        tags=["pages"],
        summary="One page with all its fields and blocks",
        parameters=[fields_of(PageDetailed)],
        responses={200: PageDetailed},
    )
    def get(self, request: Request, pk: int) -> Response:
        """The page, if anybody may read it."""
        page = public_pages().filter(pk=pk).select_related("locale").specific().first()
        if not isinstance(page, BasePage):
            raise NotFound(_("There is no such page."))
        return _whole(detailed(page, translations_of(page)), wanted_fields(request))


class PreviewView(APIView):
    """A draft."""

    @extend_schema(
        operation_id="preview",
        tags=["pages"],
        summary="Read a draft",
        parameters=[
            OpenApiParameter("token", str, required=True, description="As the preview in the administration gave it; for an hour.")
        ],
        responses={200: PageDetailed},
    )
    def get(self, request: Request) -> Response:
        """The page as it stands in the editor's form, for a front end that shows the preview of the administration."""
        draft = shared_draft(request.query_params.get("token", ""))
        if not isinstance(draft, BasePage):
            raise NotFound(_("There is no draft under this token, or its hour is over. Open the preview again."))
        return Response(PageDetailed(detailed(draft, translations_of(draft))).data, headers={"Cache-Control": "private, no-store"})


def _whole(page: dict[str, Any], context: dict[str, Any]) -> Response:
    """One page as an answer. A sensitive one is kept by no cache, as on the site itself."""
    kept = {"Cache-Control": "private, no-store"} if page["is_sensitive"] else None
    return Response(PageDetailed(page, context=context).data, headers=kept)


def _at(path: str) -> dict[str, Any]:
    try:
        page, language = page_at(path)
    except Http404:
        raise NotFound(_("There is no page at this path.")) from None
    address = path_of(page, language)
    moved = path.strip("/") != address.strip("/")
    return detailed(page, translations_of(page)) | {
        "is_fallback": page.locale.language_code != language,
        "address": address,
        "redirected_from": path if moved else None,
    }


def translations_of(page: BasePage) -> list[BasePage]:
    """The same text in every language in which anybody may read it."""
    variants = public_pages().filter(translation_key=page.translation_key)
    return cast(list[BasePage], list(source_first(variants).select_related("locale").specific().defer_streamfields()))


def _matching(asked: dict[str, Any]) -> Any:
    """The public pages asked for: by relevance where words are given, else as in the tree."""
    types = [PAGE_TYPES[asked["type"]]] if asked.get("type") else PAGE_TYPES.values()
    pages = public_pages().filter(pk__in=Page.objects.type(*types).values("pk"))
    if asked.get("locale"):
        pages = pages.filter(locale__language_code=asked["locale"])
    if asked.get("topic"):
        below = Page.objects.none()
        for topic in PAGE_TYPES["topic"].objects.filter(slug=asked["topic"]):
            below |= Page.objects.descendant_of(topic, inclusive=True)
        pages = pages.filter(pk__in=below.values("pk"))
    if not asked.get("q", "").strip():
        return pages.order_by("path")
    language = asked.get("locale") or get_language() or "km"
    try:
        keys = matching_keys(Query(text=asked["q"], language=language, filters={"kind": ["page"]}))
    except SearchUnavailable as error:
        raise SearchDown from error
    ranked = [int(key.partition(":")[2]) for key in keys]
    rank = Case(*(When(pk=key, then=position) for position, key in enumerate(ranked[:500])), default=len(ranked))
    return pages.filter(pk__in=ranked).order_by(*([rank] if ranked else []), "path")


def _listed(found: Any) -> list[dict[str, Any]]:
    keys = [page.pk for page in found]
    pages = {page.pk: page for page in Page.objects.filter(pk__in=keys).select_related("locale").specific().defer_streamfields()}
    return [listed(pages[key]) for key in keys]
