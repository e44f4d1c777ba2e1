"""Stands under /api/v1/: what is about data."""

from django.urls import path

from . import charts, resource_views, trust, views
from .join import JoinView
from .sql import SqlView

urlpatterns = [
    path("datasets/", views.dataset_list, name="api-datasets"),
    path("datasets/<str:id_or_name>/", views.dataset, name="api-dataset"),
    path("resources/<uuid:uuid>/", resource_views.resource, name="api-resource"),
    path("resources/<uuid:uuid>/rows/", resource_views.RowsView.as_view(), name="api-rows"),
    path("resources/<uuid:uuid>/join/", JoinView.as_view(), name="api-join"),
    path("resources/<uuid:uuid>/versions/", resource_views.version_list, name="api-versions"),
    path("resources/<uuid:uuid>/report/", resource_views.report, name="api-report"),
    path("versions/<uuid:uuid>/diff/", trust.DifferenceView.as_view(), name="api-difference"),
    path("charts/", charts.chart_list, name="api-charts"),
    path("charts/<uuid:uuid>/", charts.chart, name="api-chart"),
    path("needs/", trust.need_list, name="api-needs"),
    path("quality/", trust.QualityView.as_view(), name="api-quality"),
    path("sql/", SqlView.as_view(), name="api-sql"),
    path("organizations/", views.organization_list, name="api-organizations"),
    path("organizations/<str:id_or_name>/", views.organization, name="api-organization"),
    path("groups/", views.group_list, name="api-groups"),
    path("groups/<str:id_or_name>/", views.group, name="api-group"),
    path("licences/", views.licence_list, name="api-licences"),
]
