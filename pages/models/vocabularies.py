"""The vocabularies that pages share with datasets; a plain list stands in until the catalogue's field is there."""

from typing import Any

from django.db import models

try:
    from datasets.vocabularies import Disaggregation, HumanSecurity, Sdg, VocabularyField
except ImportError:
    Disaggregation = HumanSecurity = Sdg = None

    class VocabularyField(models.JSONField):  # type: ignore[no-redef]
        def __init__(self, vocabulary: Any = None, **options: Any) -> None:
            super().__init__(**{"default": list, "blank": True, **options})


__all__ = ["Disaggregation", "HumanSecurity", "Sdg", "VocabularyField"]
