"""Writing an explained word from its content file."""

from django.db import transaction

from pages.content.files import LANGUAGES, Entry
from pages.models import Term


@transaction.atomic
def write_term(*, entry: Entry, is_sample: bool, refresh: bool = False) -> Term:
    """The word, known by its Khmer form; made where it is missing, written again with `refresh`."""
    khmer = entry.text(entry.required("term"), "km")
    term = Term.objects.filter(term_km=khmer).first()
    if term and not refresh:
        return term
    term = term or Term()
    term.is_sample, term.source_url = is_sample, entry.get("source_url") or ""
    for name in ("term", "explanation"):
        for language in LANGUAGES:
            setattr(term, f"{name}_{language.replace('-', '_')}", entry.text(entry.get(name), language))
    term.full_clean()
    term.save()
    return term
