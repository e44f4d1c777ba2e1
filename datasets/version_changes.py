"""What changed from one version of a file to another, for pages and the API. Versions never change, so neither does the answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .models import Version
from .selectors import published_before, visible_versions
from .tabular import QueryError, QueryTimeout, TabularError
from .tabular.diff import Difference, SchemaChange, compare_schemas, compare_tables
from .tabular.findings.contract import CODE


class NotComparable(Exception):
    """Why two versions cannot be compared, in words."""


@dataclass(frozen=True, slots=True)
class Changes:
    """`rows` is None where one of the two is not a table; `same_bytes`: the files are the same to the last byte."""

    before: Version
    after: Version
    schema: Sequence[SchemaChange]
    rows: Difference | None
    same_bytes: bool


def version_to_compare(version: Version, wanted: str) -> Version:
    """The published version of the same file named by `wanted` (its uuid), or the one before. NotComparable says why there is none."""
    if not wanted:
        before = published_before(version)
        if before is None:
            raise NotComparable(_("This is the first version: there is nothing to compare it with."))
        return before
    try:
        found = visible_versions(None, version.resource).filter(uuid=UUID(wanted), published__isnull=False).first()
    except ValueError:
        found = None
    if found is None:
        raise NotComparable(
            _("“%(version)s” is no published version of this file. Choose one from its list of versions.") % {"version": wanted}
        )
    return found


def changes_between(before: Version, after: Version) -> Changes:
    """Raises NotComparable where the tables cannot be read in time."""
    rows = None
    if before.parquet_path and after.parquet_path:
        try:
            rows = _compared(before.parquet_path, after.parquet_path, _key(after.schema))
        except QueryTimeout:
            raise NotComparable(_("The tables are too large to be compared at once. Download both versions and compare them.")) from None
        except (TabularError, QueryError, OSError):
            raise NotComparable(_("The tables cannot be compared just now. Try again in a few minutes.")) from None
    schema = compare_schemas(before.schema, after.schema, language=get_language() or "")
    return Changes(before, after, schema, rows, before.data_file_id == after.data_file_id)


def _key(schema: Mapping[str, Any]) -> tuple[str, ...]:
    """What tells rows apart: the primary key, else a column of which each value stands once, else codes of units; used where it does."""
    if key := schema.get("primaryKey"):
        return (key,) if isinstance(key, str) else tuple(key)
    fields = schema.get("fields") or []
    unique = [field["name"] for field in fields if (field.get("constraints") or {}).get("unique")]
    return tuple([*unique, *(field["name"] for field in fields if field.get("kind") == CODE)][:1])


@lru_cache(maxsize=64)
def _compared(before: Path, after: Path, key: tuple[str, ...]) -> Difference:
    return compare_tables(before, after, key=key)
