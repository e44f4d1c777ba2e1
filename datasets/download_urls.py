"""Addresses without a language, mounted at the root: files for people and programs, and CKAN's own addresses."""

from django.urls import path, re_path

from .ckan.dump import dump
from .models import Group, Organization
from .views import charts, ckan_addresses, downloads, exports, feeds, join, reports, standards

app_name = "downloads"
urlpatterns = [
    path("dataset/<uuid:dataset>/resource/<uuid:resource>/download/<str:filename>", downloads.original, name="original"),
    path("dataset/<str:name>/resource/<uuid:resource>/download/<str:filename>", ckan_addresses.download),
    path("version/<uuid:version>/download/<str:filename>", downloads.version, name="version"),
    path("version/<uuid:version>/report.json", reports.report_json, name="report"),
    re_path(
        r"^resource/(?P<resource>[0-9a-f-]{36})/export\.(?P<extension>csv|tsv|xlsx|json|ndjson|parquet|geojson|zip)$",
        exports.export_resource,
        name="export",
    ),
    re_path(r"^resource/(?P<resource>[0-9a-f-]{36})/join\.(?P<extension>csv|json|parquet)$", join.join_export, name="join-export"),
    path("chart/<uuid:chart>/<str:language>-<slug:size>.svg", charts.chart_picture, name="chart-picture"),
    path("embed/chart/<uuid:chart>/", charts.embedded_chart, name="embedded-chart"),
    path("datastore/dump/<uuid:resource>", dump, name="dump"),
    re_path(
        r"^dataset/(?P<id_or_name>[\w-]+)(?:\.|/)(?P<ending>ttl|jsonld|xml|rdf|datapackage\.json|croissant\.json|bib|ris|csl\.json)$",
        standards.description,
        name="description",
    ),
    re_path(r"^catalog(?:\.(?P<ending>ttl|jsonld|xml|rdf))?$", standards.catalogue, name="catalogue"),
    re_path(r"^dataset/(?P<id_or_name>[\w-]+)\.atom$", feeds.of_dataset, name="dataset-feed"),
    path("feeds/dataset.atom", feeds.newest, name="feed"),
    path("feeds/custom.atom", feeds.of_search, name="search-feed"),
    re_path(r"^feeds/(?P<kind>organization|group|tag)/(?P<name>[^/]+)\.atom$", feeds.of_thing, name="thing-feed"),
    re_path(r"^dataset/?$", ckan_addresses.dataset_list, name="ckan-dataset-list"),
    re_path(r"^dataset/(?P<id_or_name>[\w-]+)/?$", ckan_addresses.dataset, name="ckan-dataset"),
    re_path(r"^dataset/(?P<id_or_name>[\w-]+)/resource/(?P<resource>[0-9a-f-]{36})/?$", ckan_addresses.resource, name="ckan-resource"),
    re_path(r"^organization/(?P<id_or_name>[\w-]+)/?$", ckan_addresses.collection, {"model": Organization}, name="ckan-organization"),
    re_path(r"^group/(?P<id_or_name>[\w-]+)/?$", ckan_addresses.collection, {"model": Group}, name="ckan-group"),
]
