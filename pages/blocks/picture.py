"""A picture, in the sizes that screens ask for."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.images.blocks import ImageBlock

from pages.selectors.addresses import absolute

WIDTHS = (320, 640, 960)  # CSS pixels; the template names the same


class PictureBlock(ImageBlock):
    """An image with its description for those who do not see it; the description is translated, the image is the same in all languages."""

    def get_api_representation(self, value: Any, context: dict[str, Any] | None = None) -> dict[str, Any] | None:
        """`alt` is empty where the picture says nothing that the text does not."""
        if value is None:
            return None
        renditions = value.get_renditions(*(f"width-{width}|format-webp" for width in WIDTHS)).values()
        return {
            "id": value.pk,
            "title": value.title,
            "alt": "" if value.decorative else value.contextual_alt_text or "",
            "renditions": [
                {"url": absolute(one.url), "width": one.width, "height": one.height, "format": "webp"}
                for one in {one.width: one for one in renditions}.values()  # an image is never enlarged: small ones come once
            ],
        }

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "pages/blocks/picture.html"
