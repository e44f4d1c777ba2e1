"""`/api/v1/pages/`: what citizens read, as data."""

from typing import Any, cast

from django.http import Http404
from django.middleware.http import ConditionalGetMiddleware
from django.utils.decorators import decorator_from_middleware, method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from wagtail.models import Page

from pages.models import BasePage
from pages.page_types import PAGE_TYPES
from pages.selectors.locating import page_at
from pages.selectors.variants import public_pages, source_first
from search.api.views import SearchDown
from search.query import Query, SearchUnavailable
from search.selectors import matching_keys

from .representation import detailed, listed
from .serializers import PageDetailed, PageListed, PageParameters

with_etag = method_decorator(decorator_from_middleware(ConditionalGetMiddleware), name="dispatch")


class PageNumbers(LimitOffsetPagination):
    """`limit` and `offset`, as everywhere in this API."""

    default_limit = 20
    max_limit = 100


@with_etag
class PageListView(APIView):
    """Pages that anybody may read."""

    @extend_schema(
        operation_id="pages",
        tags=["pages"],
        summary="List pages, or find the page at a path",
        parameters=[PageParameters],
        responses={200: PageListed(many=True)},
    )
    def get(self, request: Request) -> Response:
        """A page of pages; with `path`, the one page there."""
        parameters = PageParameters(data=request.query_params)
        parameters.is_valid(raise_exception=True)
        asked = parameters.validated_data
        if asked.get("path"):
            return Response(PageDetailed(_at(asked["path"])).data)
        paging = PageNumbers()
        found = paging.paginate_queryset(_matching(asked), request, view=self)
        pages = _specific(found or [])
        return paging.get_paginated_response(PageListed([listed(page) for page in pages], many=True).data)


@with_etag
class PageView(APIView):
    """One page."""

    @extend_schema(operation_id="page", tags=["pages"], summary="One page with all its fields and blocks", responses={200: PageDetailed})
    def get(self, request: Request, pk: int) -> Response:
        """The page, if anybody may read it."""
        page = public_pages().filter(pk=pk).select_related("locale").specific().first()
        if not isinstance(page, BasePage):
            raise NotFound(_("There is no such page."))
        return Response(PageDetailed(detailed(page, _translations(page))).data)


def _at(path: str) -> dict[str, Any]:
    try:
        page, language = page_at(path)
    except Http404:
        raise NotFound(_("There is no page at this path.")) from None
    return detailed(page, _translations(page)) | {"is_fallback": page.locale.language_code != language}


def _translations(page: BasePage) -> list[BasePage]:
    variants = public_pages().filter(translation_key=page.translation_key)
    return cast(list[BasePage], list(source_first(variants).select_related("locale").specific().defer_streamfields()))


def _matching(asked: dict[str, Any]) -> Any:
    """Keys of the public pages asked for: by relevance where words are given, else in the order of the tree."""
    pages = public_pages().filter(pk__in=_keys_of_types([asked["type"]] if asked.get("type") else list(PAGE_TYPES)))
    if asked.get("locale"):
        pages = pages.filter(locale__language_code=asked["locale"])
    if asked.get("topic"):
        below = Page.objects.none()
        for topic in PAGE_TYPES["topic"].objects.filter(slug=asked["topic"]):
            below |= Page.objects.descendant_of(topic, inclusive=True)
        pages = pages.filter(pk__in=below.values("pk"))
    if not asked.get("q", "").strip():
        return pages.order_by("path").values_list("pk", flat=True)
    language = asked.get("locale") or get_language() or "km"
    try:
        keys = matching_keys(Query(text=asked["q"], language=language, filters={"kind": ["page"]}))
    except SearchUnavailable as error:
        raise SearchDown from error
    allowed = set(pages.values_list("pk", flat=True))
    return [pk for key in keys if (pk := int(key.partition(":")[2])) in allowed]


def _keys_of_types(names: list[str]) -> Any:
    types = [PAGE_TYPES[name] for name in names]
    return Page.objects.type(*types).values("pk")


def _specific(keys: list[int]) -> list[BasePage]:
    pages = {page.pk: page for page in Page.objects.filter(pk__in=keys).select_related("locale").specific().defer_streamfields()}
    return [pages[key] for key in keys if key in pages]
