"""What happens when something else does: one line each, calling a service."""

from typing import Any

from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from pages.models import HomePage
from pages.services.ensure_homes import ensure_homes


def make_homes(using: str, **kwargs: Any) -> None:
    """A migrated portal has its home pages: there is no state in which it answers 404 at its door."""
    connection = connections[using]
    if HomePage._meta.db_table not in connection.introspection.table_names() or HomePage.objects.using(using).exists():
        return
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        ensure_homes()
