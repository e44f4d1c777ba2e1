"""Which fields have a column per language (django-modeltranslation finds this module by its name)."""

from modeltranslation.translator import TranslationOptions, translator

from .models import Chart, DataNeed, Dataset, Group, Licence, Organization, Resource

TRANSLATED = {
    Organization: ("title", "description"),
    Group: ("title", "description"),
    Licence: ("title",),
    Dataset: ("title", "summary", "notes", "spatial_text"),
    DataNeed: ("title", "description"),
    Resource: ("name", "description"),
    Chart: ("title",),
}
for model, fields in TRANSLATED.items():
    translator.register(model, type(f"{model.__name__}Translation", (TranslationOptions,), {"fields": fields, "empty_values": ""}))
