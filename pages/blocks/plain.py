"""Values that are the same in all languages, and so never offered to translators."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from wagtail import blocks


class CodeBlock(blocks.FieldBlock):
    """A short name for the portal's own use. `slug`: Latin letters, digits and hyphens only."""

    def __init__(self, *, slug: bool = True, required: bool = True, help_text: Any = None, max_length: int = 100, **kwargs: Any) -> None:
        self._options = {"required": required, "help_text": help_text, "max_length": max_length}
        self._slug = slug
        super().__init__(**kwargs)

    @cached_property
    def field(self) -> forms.Field:
        return (forms.SlugField if self._slug else forms.CharField)(**self._options)

    class Meta:
        default = ""
