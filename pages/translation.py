"""Texts of records that are one row in all languages."""

from modeltranslation.translator import TranslationOptions, translator

from .models import RECORDS, Place, Term

for model, texts, required in (
    (Place, Place.texts, ("name",)),
    (Term, ("term", "explanation"), ()),
    *((record, record.texts, ("title",)) for record in RECORDS.values()),
):
    members = {"fields": texts, "required_languages": {"km": required}}
    translator.register(model, type(f"{model.__name__}Translation", (TranslationOptions,), members))
