"""Every action, by what it is about. Importing this package registers them."""

from . import datasets, datastore, help, organizations, resources, search, sql, tags  # noqa: F401
