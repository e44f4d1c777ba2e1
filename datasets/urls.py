"""Pages of the catalogue, mounted inside the language prefix."""

from django.urls import path

from .views import catalogue, charts, dataset, join, quality, reports, resource, sql, versions

app_name = "datasets"
urlpatterns = [
    path("dataset/", catalogue.dataset_list, name="dataset-list"),
    path("dataset/<slug:name>/", dataset.dataset_page, name="dataset"),
    path("dataset/<slug:name>/resource/<uuid:resource>/", resource.resource_page, name="resource"),
    path("dataset/<slug:name>/resource/<uuid:resource>/report/", reports.report_page, name="report"),
    path("dataset/<slug:name>/resource/<uuid:resource>/join/", join.join_page, name="join"),
    path("version/<uuid:version>/", versions.version_page, name="version"),
    path("version/<uuid:version>/changes/", versions.changes_page, name="changes"),
    path("chart/<uuid:chart>/", charts.chart_page, name="chart"),
    path("organization/", catalogue.collections, {"kind": "organization"}, name="organization-list"),
    path("organization/<slug:name>/", catalogue.collection, {"kind": "organization"}, name="organization"),
    path("quality/", quality.quality_page, name="quality"),
    path("sql/", sql.sql_page, name="sql"),
    path("group/", catalogue.collections, {"kind": "group"}, name="group-list"),
    path("group/<slug:name>/", catalogue.collection, {"kind": "group"}, name="group"),
]
