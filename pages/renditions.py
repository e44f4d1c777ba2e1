"""An image in the sizes and formats that screens ask for. The worker makes them when it is uploaded; a request only looks them up."""

from typing import Any

from wagtail.images.models import AbstractImage

WIDTHS = (320, 640, 960)  # CSS pixels
# The smallest first; JPEG for browsers that know neither, on white where the image lets the page shine through.
FORMATS = {"avif": "format-avif", "webp": "format-webp", "jpeg": "bgcolor-ffffff|format-jpeg"}


def specs(kind: str) -> list[str]:
    return [f"width-{width}|{FORMATS[kind]}" for width in WIDTHS]


def make_all(image: AbstractImage) -> None:
    """Whatever is missing. May be cut off and run again."""
    image.get_renditions(*(spec for kind in FORMATS for spec in specs(kind)))


def ready(image: AbstractImage) -> dict[str, list[Any]]:
    """Format -> renditions, the narrowest first, each width once (an image is never enlarged); empty until all are made."""
    wanted = {spec: kind for kind in FORMATS for spec in specs(kind)}
    made = image.renditions.filter(filter_spec__in=wanted).order_by("width")
    if len(made) < len(wanted):
        return {}
    return {kind: list({one.width: one for one in made if wanted[one.filter_spec] == kind}.values()) for kind in FORMATS}
