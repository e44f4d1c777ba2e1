"""The site's synonyms as a thesaurus, and the list a site starts with."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from django.db.models.signals import post_delete, post_save

from .models import Synonym
from .thesaurus import Entry, Thesaurus

STARTING_LIST = Path(__file__).parent / "data" / "synonyms.yaml"
FRESH = 30.0  # seconds until another process's change is seen

_known: tuple[float, Thesaurus] | None = None


def thesaurus() -> Thesaurus:
    """What questions are widened by; read from the database twice a minute and after a change in this process."""
    global _known
    if _known is None or time.monotonic() > _known[0]:
        found = tuple(entries())
        # The same one where nothing changed: what was made with it may be kept.
        use(_known[1] if _known and _known[1].entries == found else Thesaurus(found))
    assert _known is not None  # noqa: S101
    return _known[1]


def entries(*, exclude: int | None = None) -> Iterator[Entry]:
    """All synonyms but one."""
    return (Entry(*synonym.entry()) for synonym in Synonym.objects.exclude(pk=exclude))


def use(known: Thesaurus, *, seconds: float = FRESH) -> None:
    """Take this thesaurus for a while."""
    global _known
    _known = (time.monotonic() + seconds, known)


def forget(**_: Any) -> None:
    """Read the database again at the next question."""
    global _known
    _known = None


def starting_list() -> list[dict[str, str]]:
    """The fields of the synonyms a new site has."""
    rows = yaml.safe_load(STARTING_LIST.read_text(encoding="utf-8"))
    sides = [(row["terms"], row["means"]) if isinstance(row, dict) else (row, []) for row in rows]
    return [{"terms": "\n".join(terms), "means": "\n".join(means)} for terms, means in sides]


def starting_entries() -> Iterator[Entry]:
    """The synonyms of a new site, without a database."""
    return (Entry(*Synonym(**fields).entry()) for fields in starting_list())


post_save.connect(forget, sender=Synonym)
post_delete.connect(forget, sender=Synonym)
