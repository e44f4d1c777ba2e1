"""Links to pages inside a text: they stay in the reader's language, even where the page is read in its source language."""

from django.utils.html import escape
from django.utils.translation import get_language
from wagtail.rich_text.pages import PageLinkHandler

from pages.selectors.addresses import path_of


class ReadersPageLink(PageLinkHandler):
    """`<a linktype="page" id="…">` as a link to where the reader reads that page. A deleted page leaves its words."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        language = get_language() or "km"
        return [f'<a href="{escape(path_of(page, language))}">' if page else "<a>" for page in cls.get_many(attrs_list)]
