"""`/api/v1/search/`: the results page for machines."""

from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from search.asked import FACETS, Asked
from search.helping import suggest
from search.query import Hit, SearchUnavailable
from search.selectors import search

from .serializers import SearchAnswer, SearchParameters, SuggestionAnswer, SuggestionParameters


class SearchDown(APIException):
    """The engine does not answer; everything else does."""

    status_code = 503
    default_detail = _("Search does not work right now. Try again in a few minutes.")
    default_code = "unavailable"
    wait = 30


def _facet_parameter(name: str) -> OpenApiParameter:
    about = f"Only results with this {name}; repeat it for alternatives. Values: `facets.{name}` of an answer."
    return OpenApiParameter(name, str, many=True, description=about)


class SearchView(APIView):
    """Pages, datasets, resources and places in one list."""

    @extend_schema(
        operation_id="search",
        tags=["search"],
        summary="Search everything",
        description="Pages, datasets, data files and places that hold all the words, however they are spelt. Titles, excerpts and "
        "labels come in the language of `Accept-Language` (km, en, zh-hans) where a document speaks it. Facets count exactly the matches.",
        parameters=[SearchParameters, *(_facet_parameter(name) for name in FACETS)],
        responses={200: SearchAnswer},
    )
    def get(self, request: Request) -> Response:
        """One page of matches."""
        parameters = SearchParameters(data=request.query_params)
        parameters.is_valid(raise_exception=True)
        limit, offset = parameters.validated_data["limit"], parameters.validated_data["offset"]
        asked = Asked.of(request.query_params)
        try:
            found = search(asked.query(language=get_language() or "km", offset=offset, limit=limit))
        except SearchUnavailable as error:
            raise SearchDown from error

        def page(start: int) -> str:
            query = urlencode({"limit": limit, "offset": start})
            return request.build_absolute_uri(f"{request.path}?{'&'.join(filter(None, [asked.address(), query]))}")

        links = {
            "next": page(offset + limit) if limit and offset + limit < found.total else None,
            "previous": page(max(0, offset - limit)) if limit and offset else None,
        }
        relations = zip(("next", "prev"), links.values(), strict=True)
        return Response(
            {
                "count": found.total,
                **links,
                "relaxed": found.relaxed,
                "corrected": found.corrected,
                "results": [_result(hit) for hit in found.hits],
                "facets": {
                    name: [{"value": value.value, "label": value.label, "count": value.count} for value in values]
                    for name, values in found.facets.items()
                },
            },
            headers={"Link": ", ".join(f'<{url}>; rel="{relation}"' for relation, url in relations if url)},
        )


def _result(hit: Hit) -> dict[str, Any]:
    return {
        "key": hit.key,
        "kind": hit.kind,
        "language": hit.language,
        "languages": hit.languages,
        "title": hit.title,
        "excerpt": hit.excerpt_html,
        "excerpt_language": hit.excerpt_language,
        "url": hit.url,
        "modified": localtime(hit.modified).isoformat(),
        "values": [asdict(value) for value in hit.values],
    }


class SuggestionsView(APIView):
    """Titles while a reader types; what was typed is kept nowhere."""

    @extend_schema(
        operation_id="search_suggestions",
        tags=["search"],
        summary="Suggest titles while typing",
        description="Titles of which `q` begins a word, in any script; spaces do not matter. Ask no more often than people type.",
        parameters=[SuggestionParameters],
        responses={200: SuggestionAnswer},
    )
    def get(self, request: Request) -> Response:
        """At most eight titles."""
        parameters = SuggestionParameters(data=request.query_params)
        parameters.is_valid(raise_exception=True)
        language = parameters.validated_data.get("language") or get_language() or "km"
        try:
            found = suggest(parameters.validated_data["q"], language=language)
        except SearchUnavailable as error:
            raise SearchDown from error
        return Response({"suggestions": [asdict(suggestion) for suggestion in found]})
