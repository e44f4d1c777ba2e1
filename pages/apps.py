from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        from datasets import usage
        from pages import checks, own_records, search_sources, signal_handlers
        from pages.selectors.uses import facts_broken_by, pages_resting_on

        checks.register()
        search_sources.register()
        signal_handlers.connect()
        own_records.register_all()
        usage.register(pages_resting_on, facts_broken_by)
