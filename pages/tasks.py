"""What the worker does for pages. Each task may be killed at any point and run again."""

from django_tasks import task
from wagtail.images import get_image_model

from pages.renditions import make_all


@task()
def make_renditions(image_id: int) -> None:
    """The sizes and formats of an uploaded image."""
    for image in get_image_model().objects.filter(pk=image_id):
        make_all(image)
