from functools import partial

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DatasetsConfig(AppConfig):
    name = "datasets"
    verbose_name = _("Open data")

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from search.registry import facet, register, register_facet

        from . import search_sources, signal_handlers, usage
        from .admin.permissions import DatasetPolicy, OrganizationPolicy
        from .charts.uses import charts_broken_by, charts_resting_on
        from .models import Dataset, Group, Licence, Organization

        usage.register(charts_resting_on, charts_broken_by)
        register_permission_policy(Dataset, DatasetPolicy(Dataset))
        register_permission_policy(Organization, OrganizationPolicy(Organization))
        signal_handlers.connect()
        register(search_sources.DatasetSource())
        register(search_sources.ResourceSource())
        pages_topics = facet("topic").value_label

        def topics(values, language):  # type: ignore[no-untyped-def]
            return {**search_sources.titles(Group, "name", values, language), **(pages_topics(values, language) if pages_topics else {})}

        register_facet("topic", _("Topic"), topics)
        register_facet("organization", _("Organization"), partial(search_sources.titles, Organization, "name"))
        register_facet("format", _("Format"))
        register_facet("licence", _("Licence"), partial(search_sources.titles, Licence, "code"))
        register_facet("tag", _("Tag"))
