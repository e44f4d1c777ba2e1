"""Texts of records that are one row in all languages."""

from modeltranslation.translator import TranslationOptions, register, translator

from .models import RECORDS, Place, Term


@register(Place)
class PlaceTranslation(TranslationOptions):
    fields = ("name", "description", "services", "address", "directions", "hours")
    required_languages = {"km": ("name",)}


@register(Term)
class TermTranslation(TranslationOptions):
    fields = ("term", "explanation")


for model in RECORDS.values():
    options = type(f"{model.__name__}Translation", (TranslationOptions,), {"fields": model.texts, "required_languages": {"km": ("title",)}})
    translator.register(model, options)
