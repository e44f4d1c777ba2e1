"""Output fields shared by the serializers."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from .languages import COLUMNS, source_text, translations

LANGUAGE_MAP = {
    "type": "object",
    "description": "The texts there are, by language.",
    "properties": {code: {"type": "string"} for code in COLUMNS},
    "additionalProperties": False,
}


@extend_schema_field({"type": "string"})
class SourceText(serializers.Field):
    """The text in its source language. The attribute is the field's own name unless `field` says otherwise."""

    def __init__(self, field: str = "", **options: Any) -> None:
        self.field = field
        super().__init__(source="*", read_only=True, **options)

    def to_representation(self, value: Any) -> str:
        return source_text(value, self.field or str(self.field_name))


@extend_schema_field(LANGUAGE_MAP)
class Translations(serializers.Field):
    """All the texts of a field as a map; `title_translated` is of `title`. `source`: of what, if not of the thing itself."""

    def __init__(self, source: str = "*", **options: Any) -> None:
        super().__init__(source=source, read_only=True, **options)

    def to_representation(self, value: Any) -> dict[str, str]:
        return translations(value, str(self.field_name).removesuffix("_translated"))


class Sparse(serializers.Serializer[Any]):
    """A serializer that answers only the names in its context's `fields`, when there are any. ValidationError for names it has not."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if options.get("context"):
            _ = self.fields  # a wrong name is told even where there is nothing to show

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        found = super().get_fields()
        outermost = self.parent is None or (isinstance(self.parent, serializers.ListSerializer) and self.parent.parent is None)
        wanted = self.context.get("fields") if outermost else None
        if wanted and not wanted <= found.keys():
            raise serializers.ValidationError({"fields": [_("There are %(names)s.") % {"names": ", ".join(found)}]})
        return {name: field for name, field in found.items() if name in wanted} if wanted else found
