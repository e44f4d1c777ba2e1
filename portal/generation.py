"""One number for everything the public can see: it grows with each committed write, and a page kept under an older one is never shown.

Written at the level of statements, not of models: an update in bulk or by another room's service cannot be forgotten.
"""

import re
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F

from portal.models import Generation

WRITE = re.compile(r'\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
# Written all day long and shown on no page that is kept: sessions, tasks, logs, counts, drafts, work of translators, tokens.
UNSEEN = re.compile(
    r"(auth|axes|django|portal|wagtailadmin|wagtailsearch|wagtailusers|wagtail_localize)_"
    r"|wagtailcore_(apitoken|comment|\w*logentry|pagesubscription|revision|taskstate|uploadedfile|workflowstate)"
    r"|search_outcome$|pages_feedback$|datasets_(apitoken|packagedictionary|\w*logentry)"
)


def current(using: str = "default") -> int:
    """The number now. One indexed read, the same for every process."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT number FROM portal_generation WHERE id = 1")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def grow() -> None:
    """What was kept is old from now on."""
    try:
        if not Generation.objects.filter(pk=1).update(number=F("number") + 1):
            Generation.objects.get_or_create(pk=1, defaults={"number": 1})
    except DatabaseError:
        if Generation._meta.db_table in connection.introspection.table_names():
            raise  # else: the very first migrations, before the table is there


def watch(*, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """For `connection_created`: notice what this connection writes."""
    if connection.alias == "default" and note_write not in connection.execute_wrappers:
        connection.execute_wrappers.append(note_write)


def note_write(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Run the statement; the number grows once the transaction is committed, once for all that it wrote."""
    result = execute(sql, params, many, context)
    written = WRITE.match(sql)
    if written and not UNSEEN.match(written[1]):
        waiting = context["connection"].run_on_commit
        if not any(function is grow for _savepoints, function, _robust in waiting):
            transaction.on_commit(grow, robust=True)
    return result
