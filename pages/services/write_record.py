"""Writing a record that is one row in all languages (a place, a notice, an explained word …) from its content file."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar

from django.db import models, transaction
from modeltranslation.translator import translator

from pages.content.files import LANGUAGES, ContentError, Entry

Row = TypeVar("Row", bound=models.Model)
OTHER_NAMES = {"key": "slug"}


@transaction.atomic
def write_record(
    *,
    model: type[Row],
    entry: Entry,
    known_by: str = "slug",
    is_sample: bool,
    refresh: bool = False,
    progress: Callable[[str], None] = lambda line: None,
) -> Row:
    """The row that the entry's `known_by` names, made where it is missing, written again with `refresh`.

    ContentError for a key that the model has not; ValidationError where the file breaks a rule of the model.
    """
    data = {OTHER_NAMES.get(name, name): value for name, value in entry.data.items()}
    texts = set(translator.get_options_for_model(model).get_field_names())
    fields = {field.name: field for field in model._meta.concrete_fields}
    if unknown := data.keys() - fields.keys():
        raise ContentError(f"{entry.path.name}: {model._meta.verbose_name} has no {', '.join(sorted(unknown))}.")
    known: dict[str, Any] = (
        {f"{known_by}_km": entry.text(data.get(known_by), "km")} if known_by in texts else {known_by: data.get(known_by)}
    )
    if not all(known.values()):
        raise ContentError(f"{entry.path.name}: {known_by} is missing.")
    row = model._default_manager.filter(**known).first()
    if row and not refresh:
        return row
    row = row or model()
    for name, value in data.items():
        if name in texts:
            for language in LANGUAGES:
                setattr(row, f"{name}_{language.replace('-', '_')}", entry.text(value, language))
        else:
            setattr(row, name, _value(fields[name], value, entry, progress))
    row.is_sample = is_sample  # type: ignore[attr-defined]
    row.full_clean()
    row.save()
    return row


def _value(field: "models.Field[Any, Any]", value: Any, entry: Entry, progress: Callable[[str], None]) -> Any:
    """A file's value as the field takes it; another record is known by its address, and left out where it is not there."""
    if isinstance(field, models.ForeignKey):
        others: type[models.Model] = field.related_model
        by = "slug" if any(other.name == "slug" for other in others._meta.concrete_fields) else "name"
        found = others._default_manager.filter(**{by: value}).first() if value else None
        if value and found is None:
            progress(f"  {entry.path.name}: there is no {others._meta.model_name} {value!r}")
        return found
    if value is None:
        return None if field.null else field.get_default()
    if isinstance(field, models.DecimalField):
        return round(Decimal(str(value)), field.decimal_places)
    if isinstance(field, models.TextField) and isinstance(value, list):
        return "\n".join(map(str, value))
    return str(value) if isinstance(field, models.CharField | models.TextField) else value
