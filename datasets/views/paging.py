"""Page numbers over things that are counted already and fetched a page at a time."""

from django.core.paginator import Page, Paginator
from django.http import QueryDict

LAST = 100_000


def page_number(parameters: QueryDict) -> int:
    """`page` from an address: 1 for anything that is not a page number."""
    text = parameters.get("page") or "1"
    return min(max(int(text), 1), LAST) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def page_of(total: int, number: int, per_page: int) -> Page:
    """Django's page object for the pager, of `total` things that nobody has to fetch; a number too high gives the last page."""
    return Paginator(range(total), per_page).get_page(number)
