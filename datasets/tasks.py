"""What the worker does. Each task may be killed at any point and run again."""

from django_tasks import task

from datasets.models import Chart, HarvestSource, Resource, Version
from datasets.services.charts import draw_chart
from datasets.services.detect_version import detect_version
from datasets.services.harvesting import run_harvest
from datasets.services.links import fetch_link
from datasets.services.rebuild_table import rebuild_table
from datasets.services.validate_version import validate_version


@task()
def detect(version_id: int) -> None:
    """Find out what was uploaded."""
    for version in Version.objects.filter(pk=version_id):
        detect_version(version=version)


@task()
def validate(version_id: int) -> None:
    """Check the file against its schema and make the table."""
    for version in Version.objects.filter(pk=version_id):
        validate_version(version=version)


@task()
def harvest(source_id: int) -> None:
    """Take over another catalogue, as far as one turn goes."""
    for source in HarvestSource.objects.filter(pk=source_id):
        run_harvest(source=source)


@task()
def rebuild(version_id: int) -> None:
    """Write a table anew that is lost or laid out by older rules."""
    for version in Version.objects.filter(pk=version_id):
        rebuild_table(version=version)


@task()
def fetch(resource_id: int) -> None:
    """Bring the file behind a link here."""
    for resource in Resource.objects.select_related("dataset", "fetch_user").filter(pk=resource_id):
        fetch_link(resource=resource)


@task()
def draw(chart_id: int) -> None:
    """Draw a chart from the newest version of its table."""
    for chart in Chart.objects.select_related("resource__current", "resource__dataset__organization").filter(pk=chart_id):
        draw_chart(chart=chart)
