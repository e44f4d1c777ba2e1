"""Addresses under /admin/data/."""

from django.urls import path

from . import chart_views as charts
from . import file_views as files
from . import finding_views as findings
from . import harvest
from . import token_views as tokens
from . import version_views as versions
from . import withdrawn_views as withdrawn

urlpatterns = [
    path("harvest/<uuid:source>/now/", harvest.harvest_now, name="harvest_now"),
    path("tokens/", tokens.TokensView.as_view(), name="tokens"),
    path("tokens/<uuid:token>/revoke/", tokens.revoke, name="revoke_token"),
    path("withdrawn/", withdrawn.WithdrawnView.as_view(), name="withdrawn"),
    path("<uuid:dataset>/restore/", withdrawn.restore, name="restore"),
    path("resource/<uuid:resource>/restore/", withdrawn.restore_file, name="restore_resource"),
    path("<uuid:dataset>/rename/", withdrawn.RenameView.as_view(), name="rename"),
    path("<uuid:dataset>/files/", files.FilesView.as_view(), name="files"),
    path("<uuid:dataset>/files/add/", files.AddResourceView.as_view(), name="add_resource"),
    path("resource/<uuid:resource>/upload/", files.UploadView.as_view(), name="upload"),
    path("resource/<uuid:resource>/edit/", files.EditResourceView.as_view(), name="edit_resource"),
    path("resource/<uuid:resource>/fetch/", files.fetch_now, name="fetch_now"),
    path("resource/<uuid:resource>/delete/", files.DeleteResourceView.as_view(), name="delete_resource"),
    path("resource/<uuid:resource>/chart/", charts.ChartView.as_view(), name="add_chart"),
    path("chart/<uuid:chart>/", charts.ChartView.as_view(), name="edit_chart"),
    path("chart/<uuid:chart>/delete/", charts.delete, name="delete_chart"),
    path("version/<uuid:version>/", versions.VersionView.as_view(), name="version"),
    path("version/<uuid:version>/publish/", versions.publish, name="publish_version"),
    path("version/<uuid:version>/keep/", versions.keep, name="keep_version"),
    path("version/<uuid:version>/revise/", versions.revise, name="revise_version"),
    path("version/<uuid:version>/mend/", findings.MendView.as_view(), name="mend_version"),
    path("version/<uuid:version>/undo/<int:step>/", findings.undo, name="undo_mend"),
    path("version/<uuid:version>/decide/", findings.decide, name="decide_hold"),
    path("version/<uuid:version>/report.json", versions.report, name="report"),
    path("version/<uuid:version>/original/", versions.original, name="original"),
]
