"""Teach search other words for the same thing."""

from django.db import transaction

from search.models import Synonym


@transaction.atomic
def set_synonym(*, terms: str, means: str = "", language: str = "", note: str = "", synonym: Synonym | None = None) -> Synonym:
    """Make a synonym, or change `synonym`; `terms` and `means`: one a line. ValidationError by field. No reindex is needed."""
    synonym = synonym or Synonym()
    synonym.terms, synonym.means, synonym.language, synonym.note = terms, means, language, note
    synonym.full_clean()
    synonym.save()
    return synonym


def delete_synonym(*, synonym: Synonym) -> None:
    """Forget a synonym."""
    synonym.delete()
