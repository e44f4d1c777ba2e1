"""Every action, by what it is about. Importing this package registers them."""

from . import catalogue, collections, datasets, datastore, help, organizations, resources, search, sql, tags, tokens  # noqa: F401
