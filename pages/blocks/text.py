"""Running text: paragraphs, headings, callouts."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from pages.rich_text import FEATURES, INLINE_FEATURES, public_html

from .fact import FACTS
from .picture import PictureBlock


class TextBlock(blocks.RichTextBlock):
    """Formatted text. In the API: HTML with real addresses."""

    def __init__(self, inline: bool = False, **kwargs: Any) -> None:
        super().__init__(features=INLINE_FEATURES if inline else FEATURES, **kwargs)

    def get_api_representation(self, value: Any, context: dict[str, Any] | None = None) -> str:
        return public_html(value)


class HeadingBlock(blocks.CharBlock):
    """A heading of the second level; the page's title is the first."""

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "pages/blocks/heading.html"


class CalloutBlock(blocks.StructBlock):
    """One thing that must not be overlooked."""

    tone = blocks.ChoiceBlock(
        choices=[("note", _("Good to know")), ("warning", _("Be careful")), ("urgent", _("Urgent"))], default="note", label=_("Tone")
    )
    text = TextBlock(label=_("Text"))

    class Meta:
        icon = "warning"
        label = _("Callout")
        template = "pages/blocks/callout.html"


BODY = [
    ("paragraph", TextBlock(label=_("Paragraph"), icon="pilcrow", template="pages/blocks/paragraph.html")),
    ("heading", HeadingBlock(max_length=200)),
    ("callout", CalloutBlock()),
    ("picture", PictureBlock()),
    *FACTS,
]
