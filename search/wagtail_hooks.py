"""Registration only."""

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from search.admin.report import MENU_ITEM, report
from search.admin.synonyms import SynonymViewSet

register_snippet(SynonymViewSet)
hooks.register("register_reports_menu_item", lambda: MENU_ITEM)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [path("search-report/", report, name="search_report")]
