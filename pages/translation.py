"""Texts of records that are one row in all languages."""

from modeltranslation.translator import TranslationOptions, register

from .models import Place, Term


@register(Place)
class PlaceTranslation(TranslationOptions):
    fields = ("name", "description", "services", "address", "directions", "hours")
    required_languages = {"km": ("name",)}


@register(Term)
class TermTranslation(TranslationOptions):
    fields = ("term", "explanation")
