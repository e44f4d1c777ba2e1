"""Lists in pages: `limit` and `offset`, or `cursor`, in the question, `count`, `next` and `previous` in the answer, and as Link headers."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import ValidationError as ModelError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

from datasets.selectors import as_uuid

LIMIT, MOST = 20, 100


def read_paging(request: Request, *, default: int = LIMIT, most: int = MOST) -> tuple[int, int]:
    """(limit, offset); ValidationError naming the parameter."""
    return _number(request, "limit", default, most), _number(request, "offset", 0, 2**53)


def read_uuid(request: Request, name: str) -> UUID | None:
    """The id in this parameter, None where there is none; ValidationError naming the parameter where it is no id."""
    given = request.query_params.get(name, "")
    found = as_uuid(given)
    if given and (found is None or str(found) != given.lower()):
        raise ValidationError({name: [_("Give an id like 3f2504e0-4f89-41d3-9a0c-0305e82c3301.")]})
    return found


def paged(request: Request, *, count: int, limit: int, offset: int, results: Any, **members: Any) -> Response:
    """The page as an answer."""
    links = {"first": 0, "last": max(count - 1, 0) // limit * limit if limit else 0}
    if offset > 0:
        links["prev"] = max(offset - limit, 0)
    if limit and offset + limit < count:
        links["next"] = offset + limit
    urls = {name: _url(request, limit, start) for name, start in links.items()}
    body = {"count": count, "next": urls.get("next"), "previous": urls.get("prev"), **members, "results": results}
    return Response(body, headers={"Link": ", ".join(f'<{url}>; rel="{name}"' for name, url in urls.items())})


class _Cursor(CursorPagination):
    """A place in a list that stays where it is while rows come and go before it, and costs the same at any depth."""

    def __init__(self, limit: int, order: Sequence[str]) -> None:
        self.page_size, self.order = limit, order

    def get_ordering(self, *_asked: Any) -> Sequence[str]:
        return self.order


def paged_list(request: Request, found: Any, *, results: Callable[[Any], Any], cursor: bool = False) -> Response:
    """A page of `found`, a queryset or list; by `cursor` where that may be and is asked for (empty: from the start)."""
    limit, offset = read_paging(request)
    count = found.count() if isinstance(found, QuerySet) else len(found)
    if not cursor or "cursor" not in request.query_params:
        return paged(request, count=count, limit=limit, offset=offset, results=results(found[offset : offset + limit]))
    order = [name for name in found.query.order_by if isinstance(name, str) and "__" not in name]
    if len(order) < len(found.query.order_by) or not order or not limit:
        raise ValidationError({"cursor": [_("A cursor needs a list in the order of name, created or modified, and a limit above 0.")]})
    paging = _Cursor(limit, order)
    try:
        page = paging.paginate_queryset(found, request)
    except (NotFound, ModelError, ValueError, OverflowError):
        raise ValidationError(
            {"cursor": [_("This is no cursor of this list. Take it from next or previous, or leave it empty.")]}
        ) from None
    urls = {"next": paging.get_next_link(), "prev": paging.get_previous_link()}
    body = {"count": count, "next": urls["next"], "previous": urls["prev"], "results": results(page)}
    links = ", ".join(f'<{url}>; rel="{name}"' for name, url in urls.items() if url)
    return Response(body, headers={"Link": links} if links else None)


def paged_by_key(request: Request, *, count: int, before: str | None, after: str | None, results: Any, **members: Any) -> Response:
    """The page as an answer, with the pages beside it reached by the keys of its first and last row: as fast at any depth."""
    keys = {"prev": ("before", before), "next": ("after", after)}
    urls = {name: _address(request, ("offset", "before", "after"), [key]) for name, key in keys.items() if key[1] is not None}
    body = {"count": count, "next": urls.get("next"), "previous": urls.get("prev"), **members, "results": results}
    return Response(body, headers={"Link": ", ".join(f'<{url}>; rel="{name}"' for name, url in urls.items())} if urls else None)


def _number(request: Request, name: str, default: int, most: int) -> int:
    given = request.query_params.get(name, "")
    if not given:
        return default
    if not given.isascii() or not given.isdigit() or int(given[:20]) > most:
        raise ValidationError({name: [_("Give a whole number from 0 to %(most)d.") % {"most": most}]})
    return int(given)


def _url(request: Request, limit: int, offset: int) -> str:
    return _address(request, ("limit", "offset"), [("limit", limit), ("offset", offset)])


def _address(request: Request, without: Sequence[str], more: Sequence[tuple[str, Any]]) -> str:
    query = [(name, value) for name, values in request.query_params.lists() for value in values if name not in without]
    path = request.path if request.path.endswith("/") else f"{request.path}/"
    return request.build_absolute_uri(f"{path}?{urlencode([*query, *more])}")
