"""Stands under /api/v1/: what is about data."""

from django.urls import path

from .charts import ChartsView, ChartView
from .join import JoinView
from .resource_views import ReportView, ResourceView, RowsView, VersionsView
from .sql import SqlView
from .trust import DifferenceView, NeedsView, QualityView
from .views import DatasetsView, DatasetView, GroupsView, GroupView, LicencesView, OrganizationsView, OrganizationView

urlpatterns = [
    path("datasets/", DatasetsView.as_view(), name="api-datasets"),
    path("datasets/<str:id_or_name>/", DatasetView.as_view(), name="api-dataset"),
    path("resources/<uuid:uuid>/", ResourceView.as_view(), name="api-resource"),
    path("resources/<uuid:uuid>/rows/", RowsView.as_view(), name="api-rows"),
    path("resources/<uuid:uuid>/join/", JoinView.as_view(), name="api-join"),
    path("resources/<uuid:uuid>/versions/", VersionsView.as_view(), name="api-versions"),
    path("resources/<uuid:uuid>/report/", ReportView.as_view(), name="api-report"),
    path("versions/<uuid:uuid>/diff/", DifferenceView.as_view(), name="api-difference"),
    path("charts/", ChartsView.as_view(), name="api-charts"),
    path("charts/<uuid:uuid>/", ChartView.as_view(), name="api-chart"),
    path("needs/", NeedsView.as_view(), name="api-needs"),
    path("quality/", QualityView.as_view(), name="api-quality"),
    path("sql/", SqlView.as_view(), name="api-sql"),
    path("organizations/", OrganizationsView.as_view(), name="api-organizations"),
    path("organizations/<str:id_or_name>/", OrganizationView.as_view(), name="api-organization"),
    path("groups/", GroupsView.as_view(), name="api-groups"),
    path("groups/<str:id_or_name>/", GroupView.as_view(), name="api-group"),
    path("licences/", LicencesView.as_view(), name="api-licences"),
]
