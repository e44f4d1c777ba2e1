"""A picture, in the sizes that screens ask for."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.images.blocks import ImageBlock

from pages.renditions import ready
from pages.selectors.addresses import absolute


class PictureBlock(ImageBlock):
    """An image with its description for those who do not see it; the description is translated, the image is the same in all languages."""

    def get_api_representation(self, value: Any, context: dict[str, Any] | None = None) -> dict[str, Any] | None:
        """`renditions` are empty until the worker has made them; `alt` is empty where the picture says nothing that the text does not."""
        if value is None:
            return None
        return {
            "id": value.pk,
            "title": value.title,
            "alt": self._alt(value),
            "renditions": [
                {"url": absolute(one.url), "width": one.width, "height": one.height, "format": kind}
                for kind, renditions in ready(value).items()
                for one in renditions
            ],
        }

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """`sizes`: format -> renditions, empty until the worker has made them; `alt`."""
        return super().get_context(value, parent_context=parent_context) | {"sizes": ready(value), "alt": self._alt(value)}

    @staticmethod
    def _alt(value: Any) -> str:
        return "" if value.decorative else value.contextual_alt_text or ""

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "pages/blocks/picture.html"
