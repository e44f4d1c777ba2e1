"""Which fields have a column per language (django-modeltranslation finds this module by its name)."""

from modeltranslation.translator import TranslationOptions, register

from .models import Chart, DataNeed, Dataset, Group, Licence, Organization, Resource


@register(Organization)
class OrganizationTranslation(TranslationOptions):
    fields = ("title", "description")
    empty_values = ""


@register(Group)
class GroupTranslation(TranslationOptions):
    fields = ("title", "description")
    empty_values = ""


@register(Licence)
class LicenceTranslation(TranslationOptions):
    fields = ("title",)
    empty_values = ""


@register(Dataset)
class DatasetTranslation(TranslationOptions):
    fields = ("title", "summary", "notes", "spatial_text")
    empty_values = ""


@register(DataNeed)
class DataNeedTranslation(TranslationOptions):
    fields = ("title", "description")
    empty_values = ""


@register(Resource)
class ResourceTranslation(TranslationOptions):
    fields = ("name", "description")
    empty_values = ""


@register(Chart)
class ChartTranslation(TranslationOptions):
    fields = ("title",)
    empty_values = ""
