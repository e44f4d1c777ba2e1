"""References to other records: places, datasets, guides. In the API each is an id and a title, never a bare key."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock


class PlaceBlock(SnippetChooserBlock):
    """A place where the reader can go."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("pages.Place", **kwargs)

    def get_api_representation(self, value: Any, context: dict[str, Any] | None = None) -> dict[str, Any] | None:
        return value and {"id": value.slug, "kind": value.kind, "title": value.name, "url": value.get_absolute_url()}

    class Meta:
        icon = "site"
        label = _("Place")


class DatasetBlock(SnippetChooserBlock):
    """The data behind a text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("datasets.Dataset", **kwargs)

    def get_api_representation(self, value: Any, context: dict[str, Any] | None = None) -> dict[str, Any] | None:
        return value and {"id": value.name, "title": value.title}

    class Meta:
        icon = "table"
        label = _("Dataset")


class PageBlock(blocks.PageChooserBlock):
    """Another page of this portal; readers get it in their own language where it exists."""

    def get_api_representation(self, value: Any, context: dict[str, Any] | None = None) -> dict[str, Any] | None:
        return value and {"id": value.pk, "title": value.title, "url": value.url}

    class Meta:
        icon = "doc-empty-inverse"
        label = _("Page")


class StartingQuestionBlock(blocks.StructBlock):
    """A question people come with, in their words, and the page that answers it."""

    question = blocks.CharBlock(max_length=200, label=_("Question"))
    page = PageBlock(label=_("Page that answers it"))

    class Meta:
        icon = "help"
        label = _("Question people come with")


PLACES = [("place", PlaceBlock())]
DATASETS = [("dataset", DatasetBlock())]
GUIDES = [("guide", PageBlock(page_type=["pages.ServiceGuide", "pages.RightsGuide", "pages.HealthGuide"], label=_("Guide")))]
STARTING_QUESTIONS = [("question", StartingQuestionBlock())]
